#include "connectors/dispatch/dispatch.hpp"

#include <thread>
#include <utility>

#include "connectors/dispatch/detail/desk.hpp"

namespace brygga::dispatch {

dispatch_report dispatch_once(const intake::config& with, ledger::store& books, const options& given, std::stop_token stop) {
    options how = given;
    if (!how.base.sleep) how.base.sleep = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); };
    const auto originals = intake::open_folder_store(*how.base.files, with.originals);
    filedrop::claim_source ids(*how.base.time);
    dispatch_report told;
    for (const intake::tenant& who : with.tenants)
        for (const partners::partner& partner : who.partners) {
            const detail::desk on{&who, &partner, &books, originals.get(), &how, &told, &ids, with.settle};
            for (const partners::send_rule& rule : partner.sends)
                if (!stop.stop_requested()) detail::queue_outbox(on, rule);
            if (!partner.sends.empty()) detail::send_due(on, stop);
        }
    return told;
}

}  // namespace brygga::dispatch
