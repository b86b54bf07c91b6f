// Sitting down at the desk of a partner. Internal.
#pragma once

#include <thread>

#include "connectors/dispatch/detail/desk.hpp"

namespace brygga::dispatch::detail {

// `work` at the desk of this partner, when it is free: nobody else exchanges files with it meanwhile.
template <class Work>
partners::visit_end at_desk(const config::settings& with, const config::tenant& who, const partners::partner& to,
                            ledger::store& books, const options& given, dispatch_report& into, const Work& work) {
    options how = given;
    if (!how.base.sleep) how.base.sleep = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); };
    const auto originals = intake::open_originals(*how.base.files, with.originals, with.original_keys);
    filedrop::claim_source ids(*how.base.time);
    const desk on{
        &who, &to, &books, originals ? originals->get() : nullptr, &how, &into, &ids, with.settle, with.published_seal_key()};
    if (!originals) {
        on.trouble("originals", originals.error().text);
        return partners::visit_end::not_now;
    }
    const auto lock = filedrop::take_lock(on.files(), who.lock_of(to));
    if (!lock) {
        const bool busy = lock.error().code == error_code::busy;
        on.trouble("lock", busy ? "another process exchanges files with it" : lock.error().text);
        return partners::visit_end::not_now;
    }
    return work(on);
}

}  // namespace brygga::dispatch::detail
