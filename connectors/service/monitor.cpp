#include "connectors/service/monitor.hpp"

#include <condition_variable>
#include <iterator>
#include <mutex>

#include "connectors/service/metrics.hpp"

namespace brygga::service {

using std::chrono::milliseconds;
using timing::moment;

void sleep(milliseconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock guard(mutex);
    never.wait_for(guard, stop, time, [] { return false; });
}

monitor::monitor(const config::settings& with, ledger::store& books, const dispatch::options& how, const partner_board& board,
                 const retention_board& removed)
    : with_(with),
      books_(books),
      how_(how),
      board_(board),
      removed_(removed),
      desk_(open_channels(with.alarms, *how.base.files), how.base.log),
      started_(now()) {}

moment monitor::now() const {
    return moment(milliseconds(how_.base.time->now()));
}

result<void> monitor::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        look(stop);
        sleep(with_.alarms.every, stop);
    }
    return {};
}

void monitor::look(const std::stop_token& stop) {
    std::vector<alarm> all;
    for (const config::tenant& who : with_.tenants) {
        auto found = alarms_of_tenant(who);
        if (!found) {
            failed(who.id, found.error());
            continue;
        }
        desk_.tell(who.id, *found, stop);
        std::move(found->begin(), found->end(), std::back_inserter(all));
    }
    if (!with_.metrics.port && with_.metrics.file.empty()) return;
    if (const auto shown = show(std::move(all)); !shown) failed({}, shown.error());
}

result<std::vector<alarm>> monitor::alarms_of_tenant(const config::tenant& who) {
    const auto in = books_.begin_read(who.id);
    if (!in) return tl::unexpected(in.error());
    auto found = alarms_of(who, **in, now(), with_.alarms.unreached_after);
    if (!found) return found;
    for (alarm& each : unreached(who, board_.all(), now(), with_.alarms.unreached_after))
        found->push_back(std::move(each));
    return found;
}

result<void> monitor::show(std::vector<alarm> alarms) {
    auto page = metrics_of(with_, books_, {started_, now(), std::move(alarms), board_.all(), removed_.all()});
    if (!page) return tl::unexpected(page.error());
    page_.set(page->text());
    if (with_.metrics.file.empty()) return {};
    return filedrop::write_durably(*how_.base.files, with_.metrics.file, "brygga", page->text(), filedrop::if_there::replace);
}

void monitor::failed(std::string_view tenant, const error& why) {
    if (how_.base.log != nullptr)
        how_.base.log->write(logging::log_level::error, "monitor-failed", {{"tenant", tenant}, {"text", why.text}});
}

}  // namespace brygga::service
