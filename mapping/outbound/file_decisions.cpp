#include "mapping/outbound/file_decisions.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace brygga::outbound {

namespace {

using ledger::collection_event;
using ledger::collection_item;
using ledger::collection_state;
using ledger::format_id;
using ledger::mandate_event;
using ledger::mandate_item;
using ledger::payout_item;
using ledger::payout_state;
using ledger::row_id;
using ledger::sending;

// What the ledger has put into a file.
struct contents {
    std::vector<payout_item> payouts;
    std::vector<collection_item> collections;
    std::vector<mandate_item> mandates;
};

result<contents> contents_of(row_id outgoing_id, ledger::transaction& in) {
    auto payouts = in.payouts().payouts_of_file(outgoing_id);
    if (!payouts) return tl::unexpected(std::move(payouts.error()));
    auto collections = in.direct_debit().collections_of_source(outgoing_id);
    if (!collections) return tl::unexpected(std::move(collections.error()));
    auto mandates = in.direct_debit().mandates_of_source(outgoing_id);
    if (!mandates) return tl::unexpected(std::move(mandates.error()));
    return contents{std::move(*payouts), std::move(*collections), std::move(*mandates)};
}

// It is as this file asks for it, and nobody has answered.
bool stands(const collection_item& item, row_id outgoing_id) {
    const collection_state now = item.newest.state;
    return item.newest.source_id == outgoing_id && (now == collection_state::instructed || now == collection_state::cancelling);
}
bool stands(const mandate_item& item, row_id outgoing_id) {
    return item.newest.source_id == outgoing_id;
}
bool stands(const payout_item& item, row_id) {
    return item.newest.state == payout_state::exported;
}

template <class Item>
std::string objection_of(std::string_view kind, const std::vector<Item>& all, row_id outgoing_id) {
    const auto changed = std::find_if(all.begin(), all.end(), [&](const Item& each) { return !stands(each, outgoing_id); });
    if (changed == all.end()) return {};
    return fmt::format("must not leave: {} {} of it is {} since; close it, and what is right then is asked for anew", kind,
                       format_id(changed->row.id), name(changed->newest.state));
}

template <class Event>
auto first_of_file(const std::vector<Event>& oldest_first, row_id outgoing_id) {
    return std::find_if(oldest_first.begin(), oldest_first.end(),
                        [&](const Event& each) { return each.source_id == outgoing_id; });
}

bool is_unsent_word(const mandate_event& event) noexcept {
    return event.source_id == 0 && !event.actor.empty();
}

result<void> see_to(std::string_view kind, std::uint64_t count, row_id outgoing_id, ledger::transaction& into) {
    if (count == 0) return {};
    const auto events = into.exchange().events_of(outgoing_id);
    if (!events) return tl::unexpected(events.error());
    ledger::matter told;
    told.kind = kind;
    told.key = fmt::format("{}:{}:{}", kind, format_id(outgoing_id), events->size());
    told.subject_id = outgoing_id;
    told.detail = nlohmann::json{{kind.substr(0, kind.find('-')), count}}.dump();
    return into.matters().add_matter(told);
}

// As it was before the file: instructed by another one where this one asks for its cancellation, else never asked for.
result<void> take_back(const collection_item& item, row_id outgoing_id, const speaker& who, ledger::transaction& into) {
    const auto events = into.direct_debit().collection_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    const auto first = first_of_file(*events, outgoing_id);
    collection_event again = first == events->begin() ? item.newest : *std::prev(first);
    if (first == events->begin()) {
        again.state = collection_state::cancelled;
        again.code = ledger::cancelled_as_asked;
    }
    again.actor = who.actor;
    again.reason = who.reason;
    return into.direct_debit().add_collection_event(item.row.id, again);
}

// As it was before the file: what had been told of it, and then the word that the file was to carry.
result<void> take_back(const mandate_item& item, row_id outgoing_id, const speaker& who, ledger::transaction& into) {
    const auto events = into.direct_debit().mandate_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    const auto first = first_of_file(*events, outgoing_id);
    auto from = first;
    while (from != events->begin() && is_unsent_word(*std::prev(from)))
        --from;
    if (from != events->begin()) --from;
    for (; from != first; ++from) {
        mandate_event again = *from;
        again.actor = who.actor;
        again.reason = who.reason;
        if (is_unsent_word(*from)) again.day = who.today;
        if (auto added = into.direct_debit().add_mandate_event(item.row.id, again); !added) return added;
    }
    return {};
}

// What of these still stands is taken back when the file has not arrived, else counted as being on its way.
template <class Item>
result<void> close_each(const std::vector<Item>& all, row_id outgoing_id, bool not_arrived, const speaker& who,
                        ledger::transaction& into, std::uint64_t& on_the_way, std::uint64_t& taken_back) {
    for (const Item& each : all) {
        if (!stands(each, outgoing_id)) continue;
        ++(not_arrived ? taken_back : on_the_way);
        if (!not_arrived) continue;
        if (auto done = take_back(each, outgoing_id, who, into); !done) return done;
    }
    return {};
}

}  // namespace

result<std::string> objection_to_leaving(row_id outgoing_id, ledger::transaction& in) {
    const auto in_it = contents_of(outgoing_id, in);
    if (!in_it) return tl::unexpected(in_it.error());
    std::string out = objection_of("payout", in_it->payouts, outgoing_id);
    if (out.empty()) out = objection_of("collection", in_it->collections, outgoing_id);
    return out.empty() ? objection_of("mandate", in_it->mandates, outgoing_id) : out;
}

result<bool> never_left(row_id outgoing_id, ledger::transaction& in) {
    const auto events = in.exchange().events_of(outgoing_id);
    if (!events) return tl::unexpected(events.error());
    return std::all_of(events->begin(), events->end(), [](const ledger::outgoing_event& each) {
        return each.state == sending::queued || each.state == sending::held || each.state == sending::refused ||
               each.state == sending::closed;
    });
}

result<std::string> objection_to_not_arrived(row_id outgoing_id, ledger::transaction& in) {
    const auto collections = in.direct_debit().collections_of_source(outgoing_id);
    if (!collections) return tl::unexpected(collections.error());
    for (const collection_item& each : *collections) {
        const row_id told_by = each.newest.source_id;
        if (told_by == outgoing_id || told_by == 0) continue;
        const auto other = in.exchange().outgoing_with_id(told_by);
        if (!other) return tl::unexpected(other.error());
        if (!*other)
            return fmt::format("has arrived: an answer to it says that collection {} is {}", format_id(each.row.id),
                               name(each.newest.state));
        const auto waits = never_left(told_by, in);
        if (!waits) return tl::unexpected(waits.error());
        if (*waits && each.newest.state == collection_state::cancelling)
            return fmt::format("asks for collection {}, whose cancellation waits in file {}: close that one first",
                               format_id(each.row.id), format_id(told_by));
    }
    return std::string();
}

result<closing> note_closed(row_id outgoing_id, bool not_arrived, const speaker& who, ledger::transaction& into) {
    const auto in_it = contents_of(outgoing_id, into);
    if (!in_it) return tl::unexpected(in_it.error());
    closing out;
    out.payouts =
        static_cast<std::uint64_t>(std::count_if(in_it->payouts.begin(), in_it->payouts.end(),
                                                 [](const payout_item& each) { return ledger::is_pending(each.newest.state); }));
    const auto collections = close_each(in_it->collections, outgoing_id, not_arrived, who, into, out.collections, out.taken_back);
    if (!collections) return tl::unexpected(collections.error());
    const auto mandates = close_each(in_it->mandates, outgoing_id, not_arrived, who, into, out.mandates, out.taken_back);
    if (!mandates) return tl::unexpected(mandates.error());
    for (const auto& [kind, count] :
         {std::pair("payouts-of-closed-file", out.payouts), std::pair("collections-of-closed-file", out.collections),
          std::pair("mandates-of-closed-file", out.mandates)})
        if (auto told = see_to(kind, count, outgoing_id, into); !told) return tl::unexpected(told.error());
    return out;
}

}  // namespace brygga::outbound
