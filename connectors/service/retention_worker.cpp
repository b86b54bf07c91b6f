#include "connectors/service/retention_worker.hpp"

#include <algorithm>

namespace brygga::service {

namespace {

using std::chrono::milliseconds;
using timing::moment;

constexpr std::string_view each_night = "daily 03:00";
constexpr std::chrono::minutes until_others_are_done{10};
// A machine that slept, or whose clock was set, is not late by more.
constexpr milliseconds longest_sleep = std::chrono::hours(1);

}  // namespace

void retention_board::add(const retention::retention_report& told) {
    const std::lock_guard guard(mutex_);
    for (const retention::kind_report& each : told.kinds)
        removed_[{each.tenant, each.what}] += each.removed.files;
}

std::vector<removed_count> retention_board::all() const {
    const std::lock_guard guard(mutex_);
    std::vector<removed_count> out;
    for (const auto& [key, files] : removed_)
        out.push_back({key.first, key.second, files});
    return out;
}

retention_worker::retention_worker(const config::settings& with, ledger::store& books, const intake::options& how,
                                   retention_board& board)
    : with_(with), books_(books), how_(how), board_(board) {}

moment retention_worker::now() const {
    return moment(milliseconds(how_.time->now()));
}

result<void> retention_worker::run(const std::stop_token& stop) {
    const auto nights = timing::schedule::parse(each_night);
    if (!nights) return tl::unexpected(nights.error());
    auto next = nights->next_after(now());
    while (next && !stop.stop_requested()) {
        if (const moment at = now(); at < *next) {
            how_.sleep(std::min(std::chrono::duration_cast<milliseconds>(*next - at), longest_sleep));
            continue;
        }
        const auto told = retention::retain(with_, books_, how_, retention::extent::all, stop);
        board_.add(told);
        next = told.busy() ? result<moment>(now() + until_others_are_done) : nights->next_after(now());
    }
    if (!next) return tl::unexpected(next.error());
    return {};
}

}  // namespace brygga::service
