#include "mapping/outbound/file_decisions.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace brygga::outbound {

namespace {

using ledger::collection_event;
using ledger::collection_item;
using ledger::collection_state;
using ledger::mandate_event;
using ledger::mandate_item;
using ledger::payout_item;
using ledger::row_id;
using ledger::sending;

template <class Item, class Predicate>
std::uint64_t count_of(const std::vector<Item>& all, Predicate is_one) {
    return static_cast<std::uint64_t>(std::count_if(all.begin(), all.end(), is_one));
}

// The newest event that this file did not tell.
template <class Event>
const Event* before_file(const std::vector<Event>& oldest_first, row_id outgoing_id) {
    const auto found = std::find_if(oldest_first.rbegin(), oldest_first.rend(),
                                    [&](const Event& each) { return each.source_id != outgoing_id; });
    return found == oldest_first.rend() ? nullptr : &*found;
}

result<void> see_to(std::string_view kind, std::string_view what, std::uint64_t count, row_id outgoing_id,
                    ledger::transaction& into) {
    const auto events = into.exchange().events_of(outgoing_id);
    if (!events) return tl::unexpected(events.error());
    ledger::matter told;
    told.kind = kind;
    told.key = fmt::format("{}:{}:{}", kind, ledger::format_id(outgoing_id), events->size());
    told.subject_id = outgoing_id;
    told.detail = nlohmann::json{{what, count}}.dump();
    return into.matters().add_matter(told);
}

// As it was before the file: instructed by another file where this one asked for its cancellation, else never asked for.
result<void> take_back(const collection_item& item, row_id outgoing_id, const speaker& who, ledger::transaction& into) {
    const auto events = into.direct_debit().collection_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    const collection_event* const before = before_file(*events, outgoing_id);
    collection_event again = before == nullptr ? item.newest : *before;
    if (before == nullptr) {
        again.state = collection_state::cancelled;
        again.code = ledger::cancelled_as_asked;
    }
    again.actor = who.actor;
    again.reason = who.reason;
    return into.direct_debit().add_collection_event(item.row.id, again);
}

// What was asked for before the file is asked for again: a person's word without a source.
result<bool> take_back(const mandate_item& item, row_id outgoing_id, const speaker& who, ledger::transaction& into) {
    const auto events = into.direct_debit().mandate_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    const mandate_event* const before = before_file(*events, outgoing_id);
    if (before == nullptr) return false;
    mandate_event again = *before;
    again.day = who.today;
    again.actor = who.actor;
    again.reason = who.reason;
    const auto added = into.direct_debit().add_mandate_event(item.row.id, again);
    return added ? result<bool>(true) : tl::unexpected(added.error());
}

result<std::uint64_t> take_back_mandates(row_id outgoing_id, const speaker& who, ledger::transaction& into) {
    const auto mandates = into.direct_debit().mandates_of_source(outgoing_id);
    if (!mandates) return tl::unexpected(mandates.error());
    std::uint64_t taken = 0;
    for (const mandate_item& each : *mandates) {
        if (each.newest.source_id != outgoing_id) continue;
        const auto done = take_back(each, outgoing_id, who, into);
        if (!done) return tl::unexpected(done.error());
        if (*done) ++taken;
    }
    return taken;
}

}  // namespace

result<std::string> objection_to_sending_again(row_id outgoing_id, ledger::transaction& in) {
    const auto payouts = in.payouts().payouts_of_file(outgoing_id);
    if (!payouts) return tl::unexpected(payouts.error());
    const auto ended = count_of(*payouts, [](const payout_item& each) { return !ledger::is_pending(each.newest.state); });
    if (ended != 0)
        return fmt::format("cannot be sent again: {} of it {} been paid, or the customer has the credit again",
                           ended == 1 ? "1 payout" : fmt::format("{} payouts", ended), ended == 1 ? "has" : "have");
    const auto collections = in.direct_debit().collections_of_source(outgoing_id);
    if (!collections) return tl::unexpected(collections.error());
    const auto over = count_of(*collections, [](const collection_item& each) { return !ledger::is_pending(each.newest.state); });
    if (over != 0)
        return fmt::format("cannot be sent again: {} of it {} been answered or taken back",
                           over == 1 ? "1 collection" : fmt::format("{} collections", over), over == 1 ? "has" : "have");
    const auto mandates = in.direct_debit().mandates_of_source(outgoing_id);
    if (!mandates) return tl::unexpected(mandates.error());
    const bool said_since = std::any_of(mandates->begin(), mandates->end(), [&](const mandate_item& each) {
        return each.newest.source_id != outgoing_id && !each.newest.actor.empty();
    });
    return said_since ? "cannot be sent again: the next daily run asks anew for a mandate of it" : std::string();
}

result<bool> never_left(row_id outgoing_id, ledger::transaction& in) {
    const auto events = in.exchange().events_of(outgoing_id);
    if (!events) return tl::unexpected(events.error());
    return std::all_of(events->begin(), events->end(), [](const ledger::outgoing_event& each) {
        return each.state == sending::queued || each.state == sending::held || each.state == sending::refused ||
               each.state == sending::closed;
    });
}

result<closing> note_closed(row_id outgoing_id, bool not_arrived, const speaker& who, ledger::transaction& into) {
    const auto payouts = into.payouts().payouts_of_file(outgoing_id);
    if (!payouts) return tl::unexpected(payouts.error());
    const auto collections = into.direct_debit().collections_of_source(outgoing_id);
    if (!collections) return tl::unexpected(collections.error());
    closing out;
    out.payouts = count_of(*payouts, [](const payout_item& each) { return ledger::is_pending(each.newest.state); });
    for (const collection_item& each : *collections) {
        if (!ledger::is_pending(each.newest.state)) continue;
        if (!not_arrived || each.newest.source_id != outgoing_id) {
            ++out.collections;
            continue;
        }
        ++out.taken_back;
        if (auto done = take_back(each, outgoing_id, who, into); !done) return tl::unexpected(done.error());
    }
    const auto mandates = not_arrived ? take_back_mandates(outgoing_id, who, into) : result<std::uint64_t>(0);
    if (!mandates) return tl::unexpected(mandates.error());
    out.taken_back += *mandates;
    if (out.payouts != 0)
        if (auto told = see_to("payouts-of-closed-file", "payouts", out.payouts, outgoing_id, into); !told)
            return tl::unexpected(told.error());
    if (out.collections != 0)
        if (auto told = see_to("collections-of-closed-file", "collections", out.collections, outgoing_id, into); !told)
            return tl::unexpected(told.error());
    return out;
}

}  // namespace brygga::outbound
