#include "connectors/service/monitor.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

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

monitor::monitor(const config::settings& with, ledger::store& books, const dispatch::options& how, memory& knows)
    : with_(with), books_(books), how_(how), knows_(knows) {}

moment monitor::now() const {
    return moment(milliseconds(how_.base.time->now()));
}

result<void> monitor::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        look();
        sleep(with_.alarms.every, stop);
    }
    return {};
}

void monitor::look() {
    alarm_desk::findings all;
    for (const config::tenant& who : with_.tenants) {
        std::optional<std::vector<alarm>>& of = all[who.id];
        if (auto found = alarms_of_tenant(who))
            of = std::move(*found);
        else
            failed(who.id, found.error());
    }
    knows_.desk.look(all);
    if (!with_.metrics.port && with_.metrics.file.empty()) return;
    if (const auto shown = show(); !shown) failed({}, shown.error());
}

result<std::vector<alarm>> monitor::alarms_of_tenant(const config::tenant& who) {
    const auto in = books_.begin_read(who.id);
    if (!in) return tl::unexpected(in.error());
    auto found = alarms_of(who, **in, now(), with_.alarms.unreached_after);
    if (!found) return found;
    for (alarm& each : unreached(who, knows_.board.all(), now(), with_.alarms.unreached_after))
        found->push_back(std::move(each));
    return found;
}

result<void> monitor::show() {
    auto page =
        metrics_of(with_, books_, {knows_.started, now(), knows_.desk.holding(), knows_.board.all(), knows_.removed.all()});
    if (!page) return tl::unexpected(page.error());
    knows_.page.set(page->text());
    if (with_.metrics.file.empty()) return {};
    return filedrop::write_durably(*how_.base.files, with_.metrics.file, "brygga", page->text(), filedrop::if_there::replace,
                                   filedrop::readers::everybody);
}

void monitor::failed(std::string_view tenant, const error& why) {
    if (how_.base.log != nullptr)
        how_.base.log->write(logging::log_level::error, "monitor-failed", {{"tenant", tenant}, {"text", why.text}});
}

}  // namespace brygga::service
