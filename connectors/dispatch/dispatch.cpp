#include "connectors/dispatch/dispatch.hpp"

#include <thread>
#include <utility>

#include "connectors/dispatch/detail/desk.hpp"

namespace brygga::dispatch {

namespace {

using partners::visit_end;

// `work` at the desk of this partner, when it is free.
template <class Work>
visit_end at_desk(const config::settings& with, const config::tenant& who, const partners::partner& to, ledger::store& books,
                  const options& given, dispatch_report& into, const Work& work) {
    options how = given;
    if (!how.base.sleep) how.base.sleep = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); };
    const auto originals = intake::open_originals(*how.base.files, with.originals, with.original_keys);
    filedrop::claim_source ids(*how.base.time);
    const detail::desk on{
        &who, &to, &books, originals ? originals->get() : nullptr, &how, &into, &ids, with.settle, with.published_seal_key()};
    if (!originals) {
        on.trouble("originals", originals.error().text);
        return visit_end::not_now;
    }
    const auto lock = filedrop::take_lock(on.files(), who.lock_of(to));
    if (!lock) {
        const bool busy = lock.error().code == error_code::busy;
        on.trouble("lock", busy ? "another process exchanges files with it" : lock.error().text);
        return visit_end::not_now;
    }
    return work(on);
}

}  // namespace

visit_end queue_for(const config::settings& with, const config::tenant& who, const partners::partner& to, ledger::store& books,
                    const options& how, dispatch_report& into) {
    return at_desk(with, who, to, books, how, into, [&](const detail::desk& on) {
        for (const partners::send_rule& rule : to.sends)
            detail::queue_outbox(on, rule);
        return visit_end::nothing_to_do;
    });
}

visit_end send_to(const config::settings& with, const config::tenant& who, const partners::partner& to, ledger::store& books,
                  const options& how, std::stop_token stop, dispatch_report& into) {
    return at_desk(with, who, to, books, how, into, [&](const detail::desk& on) { return detail::send_due(on, stop); });
}

dispatch_report dispatch_once(const config::settings& with, ledger::store& books, const options& how, std::stop_token stop) {
    dispatch_report told;
    for (const config::tenant& who : with.tenants)
        for (const partners::partner& each : who.partners) {
            if (each.sends.empty() || stop.stop_requested()) continue;
            if (queue_for(with, who, each, books, how, told) == visit_end::nothing_to_do)
                send_to(with, who, each, books, how, stop, told);
        }
    return told;
}

}  // namespace brygga::dispatch
