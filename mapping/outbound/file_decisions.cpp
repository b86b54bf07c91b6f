#include "mapping/outbound/file_decisions.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/ledger/matter_search.hpp"
#include "mapping/outbound/invoice_delivery.hpp"
#include "mapping/outbound/print_batch.hpp"
#include "mapping/payouts/outcome.hpp"

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

struct collection_in_file {
    collection_item item;
    bool instructed_by_it = false;  // else the file asks for its cancellation
    bool answered = false;          // Bankgirot or the bank has told something of it since
};

constexpr std::string_view payouts_of_closed_file = "payouts-of-closed-file";
constexpr std::string_view file_taken_back = "file-taken-back";  // in place of a bank's code
constexpr std::string_view not_there = "13";                     // the comment of Bankgirot on a payment that it does not have

// What the ledger has put into a file.
struct contents {
    std::vector<payout_item> payouts;
    std::vector<collection_in_file> collections;
    std::vector<mandate_item> mandates;
};

// An event that a report of Bankgirot or a bank told, not a file of ours or a person.
result<bool> is_told(row_id source_id, ledger::transaction& in) {
    if (source_id == 0) return false;
    const auto file = in.exchange().outgoing_with_id(source_id);
    return file ? result<bool>(!*file) : tl::unexpected(file.error());
}

template <class Event>
auto first_of_file(const std::vector<Event>& oldest_first, row_id outgoing_id) {
    return std::find_if(oldest_first.begin(), oldest_first.end(),
                        [&](const Event& each) { return each.source_id == outgoing_id; });
}

// Whoever moves it, or refuses to cancel it, has it; that Bankgirot does not have it is no answer to the file that asks for it.
result<collection_in_file> of_file(collection_item item, row_id outgoing_id, ledger::transaction& in) {
    const auto events = in.direct_debit().collection_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    collection_in_file out{std::move(item), events->front().source_id == outgoing_id};
    for (auto each = first_of_file(*events, outgoing_id); each != events->end(); ++each) {
        if (each->source_id == outgoing_id) continue;
        if (out.instructed_by_it && each->state == collection_state::instructed && each->code == not_there) continue;
        const auto told = is_told(each->source_id, in);
        if (!told) return tl::unexpected(told.error());
        out.answered = out.answered || *told;
    }
    return out;
}

result<contents> contents_of(row_id outgoing_id, ledger::transaction& in) {
    auto payouts = in.payouts().payouts_of_file(outgoing_id);
    if (!payouts) return tl::unexpected(std::move(payouts.error()));
    auto collections = in.direct_debit().collections_of_source(outgoing_id);
    if (!collections) return tl::unexpected(std::move(collections.error()));
    auto mandates = in.direct_debit().mandates_of_source(outgoing_id);
    if (!mandates) return tl::unexpected(std::move(mandates.error()));
    contents out{std::move(*payouts), {}, std::move(*mandates)};
    for (collection_item& each : *collections) {
        auto known = of_file(std::move(each), outgoing_id, in);
        if (!known) return tl::unexpected(std::move(known.error()));
        out.collections.push_back(std::move(*known));
    }
    return out;
}

// It is as this file asks for it, and nobody has answered.
bool stands(const collection_in_file& each, row_id outgoing_id) {
    const collection_state now = each.item.newest.state;
    return each.instructed_by_it ? now == collection_state::instructed && !each.answered
                                 : now == collection_state::cancelling && each.item.newest.source_id == outgoing_id;
}
bool stands(const mandate_item& item, row_id outgoing_id) {
    return item.newest.source_id == outgoing_id;
}
bool stands(const payout_item& item, row_id) {
    return item.newest.state == payout_state::exported;
}
// Of what has not arrived Bankgirot has nothing, though a later file asks for its cancellation.
bool is_taken_back(const collection_in_file& each, row_id outgoing_id, bool not_arrived) {
    return stands(each, outgoing_id) ||
           (not_arrived && each.instructed_by_it && !each.answered && each.item.newest.state == collection_state::cancelling);
}
bool is_taken_back(const mandate_item& item, row_id outgoing_id, bool) {
    return stands(item, outgoing_id);
}

row_id id_of(const collection_in_file& each) {
    return each.item.row.id;
}
std::string_view state_of(const collection_in_file& each) {
    const collection_state now = each.item.newest.state;
    return now == collection_state::instructed && each.answered ? "answered" : name(now);
}
template <class Item>
row_id id_of(const Item& each) {
    return each.row.id;
}
template <class Item>
std::string_view state_of(const Item& each) {
    return name(each.newest.state);
}

template <class Item>
std::string change_in(std::string_view kind, const std::vector<Item>& all, row_id outgoing_id) {
    const auto changed = std::find_if(all.begin(), all.end(), [&](const Item& each) { return !stands(each, outgoing_id); });
    if (changed == all.end()) return {};
    return fmt::format("{} {} of it is {} since", kind, format_id(id_of(*changed)), state_of(*changed));
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
result<void> take_back(const collection_in_file& each, row_id outgoing_id, const speaker& who, ledger::transaction& into) {
    const collection_item& item = each.item;
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
        if (again.actor.empty()) again.actor = who.actor;  // the word stays that of who said it
        again.reason = who.reason;
        if (is_unsent_word(*from)) again.day = who.today;
        if (auto added = into.direct_debit().add_mandate_event(item.row.id, again); !added) return added;
    }
    return {};
}

// A payout goes into one file (LB-R11): the customer has the credit again, and a person learns that it has to be asked for anew.
result<void> give_back(const payout_item& item, row_id outgoing_id, ledger::transaction& into) {
    if (!stands(item, outgoing_id)) return {};
    return payouts::rejected(item, {std::string(file_taken_back), outgoing_id}, into);
}

// What of these still stands is taken back when the file has not arrived, else counted as being on its way.
template <class Item>
result<void> close_each(const std::vector<Item>& all, row_id outgoing_id, bool not_arrived, const speaker& who,
                        ledger::transaction& into, std::uint64_t& on_the_way, std::uint64_t& taken_back) {
    for (const Item& each : all) {
        if (!is_taken_back(each, outgoing_id, not_arrived)) continue;
        ++(not_arrived ? taken_back : on_the_way);
        if (!not_arrived) continue;
        if (auto done = take_back(each, outgoing_id, who, into); !done) return done;
    }
    return {};
}

}  // namespace

namespace {

// Payouts through mandates that are told to be somebody else's.
result<std::string> anothers_in(const std::vector<payout_item>& all, ledger::transaction& in) {
    for (const payout_item& each : all) {
        if (each.newest.route != ledger::payout_route::direct_debit) continue;
        const auto anothers = is_anothers(each.newest.through_id, in);
        if (!anothers) return tl::unexpected(anothers.error());
        if (*anothers) return fmt::format("payout {} of it goes to a mandate that may be another's", format_id(id_of(each)));
    }
    return std::string();
}

// Whether a collection would be asked for just so today.
result<bool> fits(const collection_in_file& each, date today, ledger::transaction& in) {
    if (!each.instructed_by_it) return true;
    const auto invoice = in.invoice_with_id(each.item.row.invoice_id);
    if (!invoice) return tl::unexpected(invoice.error());
    const auto mandate = in.direct_debit().mandate_with_id(each.item.row.mandate_id);
    if (!mandate) return tl::unexpected(mandate.error());
    const auto anothers = is_anothers(each.item.row.mandate_id, in);
    if (!anothers || *anothers) return anothers ? result<bool>(false) : tl::unexpected(anothers.error());
    return *invoice && !(*invoice)->is_disputed() && (*invoice)->open_ore() == each.item.row.amount_ore && *mandate &&
           (*mandate)->newest.state == ledger::mandate_state::active && each.item.newest.payment_day > today;
}

result<std::string> misfit_in(const std::vector<collection_in_file>& all, date today, ledger::transaction& in) {
    for (const collection_in_file& each : all) {
        const auto fitting = fits(each, today, in);
        if (!fitting) return tl::unexpected(fitting.error());
        if (!*fitting)
            return fmt::format(
                "collection {} of it is not what would be asked for today: look at its invoice, its mandate and its day",
                format_id(id_of(each)));
    }
    return std::string();
}

// Approved changes of mandates that have ended since.
result<std::string> ended_under(const std::vector<mandate_item>& all, ledger::transaction& in) {
    for (const mandate_item& each : all) {
        if (!each.row.is_change || each.newest.state != ledger::mandate_state::applied) continue;
        const auto mandate = in.direct_debit().mandate_with_number(each.row.bankgiro, each.row.payer_number);
        if (!mandate) return tl::unexpected(mandate.error());
        if (!*mandate || !goes_on((*mandate)->newest.state))
            return fmt::format("mandate {} of it is a change of one that does not go on", format_id(each.row.id));
    }
    return std::string();
}

// A document of an invoice run that has been answered, or goes another way, since its file was made.
result<std::string> document_since(row_id outgoing_id, ledger::transaction& in) {
    const auto file = in.exchange().outgoing_with_id(outgoing_id);
    if (!file) return tl::unexpected(file.error());
    const auto delivery = *file ? delivery_of_file((*file)->row.key) : std::nullopt;
    if (!delivery) return std::string();
    const auto document = in.invoice_runs().run_document_of_delivery(*delivery);
    if (!document) return tl::unexpected(document.error());
    if (!*document) return std::string();
    const ledger::delivery_item& now = (*document)->now;
    if (now.row.id != *delivery) return fmt::format("document {} of it goes another way since", format_id((*document)->row.id));
    if (now.newest.state == ledger::delivery_state::queued) return std::string();
    return fmt::format("document {} of it is {} since", format_id((*document)->row.id), name(now.newest.state));
}

// Empty when all is as it was when the file was made.
result<std::string> overtaken_by(const contents& in_it, row_id outgoing_id, date today, ledger::transaction& in) {
    if (auto document = document_since(outgoing_id, in); !document || !document->empty()) return document;
    const auto changed = in.protections().changed_since(outgoing_id);
    if (!changed) return tl::unexpected(changed.error());
    if (!changed->empty()) return std::string("PRO-R06: the protection of somebody in it has changed since it was made");
    std::string why = change_in("payout", in_it.payouts, outgoing_id);
    if (why.empty()) why = change_in("collection", in_it.collections, outgoing_id);
    if (why.empty()) why = change_in("mandate", in_it.mandates, outgoing_id);
    if (!why.empty()) return why;
    auto ended = ended_under(in_it.mandates, in);
    if (ended && ended->empty()) ended = anothers_in(in_it.payouts, in);
    return ended && ended->empty() ? misfit_in(in_it.collections, today, in) : ended;
}

}  // namespace

result<std::string> objection_to_leaving(row_id outgoing_id, date today, ledger::transaction& in) {
    const auto in_it = contents_of(outgoing_id, in);
    if (!in_it) return tl::unexpected(in_it.error());
    const auto why = overtaken_by(*in_it, outgoing_id, today, in);
    if (!why || why->empty()) return why;
    const auto fresh = never_left(outgoing_id, in);
    if (!fresh) return tl::unexpected(fresh.error());
    const auto file = in.exchange().outgoing_with_id(outgoing_id);
    if (!file) return tl::unexpected(file.error());
    const bool is_closed = *file && (*file)->newest.state == sending::closed;
    // To ask anew for what may have arrived is to debit twice: nobody is led there by these words.
    const std::string_view then = !*fresh     ? "it may have arrived: ask the partner before you close it (brygga close --help)"
                                  : is_closed ? "it was never sent and is closed: what is right is asked for anew"
                                              : "it was never sent: once it is closed, what is right then is asked for anew";
    return fmt::format("must not leave: {}; {}", *why, then);
}

result<bool> is_anothers(row_id mandate_id, ledger::transaction& in) {
    return is_told(mandate_id, ledger::mandate_of_another, ledger::told_when::now, in.matters());
}

result<bool> never_left(row_id outgoing_id, ledger::transaction& in) {
    const auto events = in.exchange().events_of(outgoing_id);
    if (!events) return tl::unexpected(events.error());
    return std::all_of(events->begin(), events->end(), [](const ledger::outgoing_event& each) {
        return each.state == sending::queued || each.state == sending::held || each.state == sending::refused ||
               each.state == sending::closed;
    });
}

namespace {

// Whether an answer to what the file asks of the mandate has come since.
result<bool> is_answered(const mandate_item& item, row_id outgoing_id, ledger::transaction& in) {
    const auto events = in.direct_debit().mandate_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    return std::any_of(first_of_file(*events, outgoing_id), events->end(), [](const mandate_event& each) {
        return each.information == "03" || each.information == "04" || each.information == "42" || each.information == "43";
    });
}

// What an answer says of it; empty where none has come.
result<std::string> answer_in(const contents& in_it, row_id outgoing_id, ledger::transaction& in) {
    for (const collection_in_file& each : in_it.collections)
        if (each.answered) return fmt::format("collection {} is {}", format_id(id_of(each)), state_of(each));
    for (const mandate_item& each : in_it.mandates) {
        const auto answered = is_answered(each, outgoing_id, in);
        if (!answered) return tl::unexpected(answered.error());
        if (*answered) return fmt::format("mandate {} is {}", format_id(each.row.id), name(each.newest.state));
    }
    for (const payout_item& each : in_it.payouts) {
        const auto told = is_told(each.newest.source_id, in);
        if (!told) return tl::unexpected(told.error());
        if (*told) return fmt::format("payout {} is {}", format_id(each.row.id), name(each.newest.state));
    }
    return std::string();
}

// A file that waits to be sent and cancels a collection of this one; 0 for none.
result<row_id> cancelled_by_waiting(const contents& in_it, ledger::transaction& in) {
    for (const collection_in_file& each : in_it.collections) {
        if (!each.instructed_by_it || each.item.newest.state != collection_state::cancelling) continue;
        const auto waits = never_left(each.item.newest.source_id, in);
        if (!waits) return tl::unexpected(waits.error());
        if (*waits) return each.item.newest.source_id;
    }
    return 0;
}

// What a person was told of the file is seen to when it is closed: that it is held, and when it has not arrived that its mandates
// and collections wait.
result<void> close_matters(row_id outgoing_id, bool not_arrived, const speaker& who, ledger::transaction& into) {
    const auto about = into.matters().matters_about(outgoing_id);
    if (!about) return tl::unexpected(about.error());
    for (const ledger::matter_item& each : *about) {
        const bool is_over = each.row.kind == ledger::file_overtaken || (not_arrived && each.row.kind != payouts_of_closed_file);
        if (each.closed_at != 0 || !is_over) continue;
        if (auto closed = into.matters().close_matter(each.row.id, who.actor, who.reason); !closed) return closed;
    }
    return {};
}

}  // namespace

result<std::string> objection_to_not_arrived(row_id outgoing_id, ledger::transaction& in) {
    const auto here = never_left(outgoing_id, in);
    if (!here) return tl::unexpected(here.error());
    if (*here) return std::string();
    const auto in_it = contents_of(outgoing_id, in);
    if (!in_it) return tl::unexpected(in_it.error());
    const auto other = cancelled_by_waiting(*in_it, in);
    if (!other) return tl::unexpected(other.error());
    if (*other != 0)
        return fmt::format("asks for a collection whose cancellation waits in file {}: close that one first", format_id(*other));
    const auto answer = answer_in(*in_it, outgoing_id, in);
    if (!answer || answer->empty()) return answer;
    return fmt::format("has arrived: an answer to it has come, for {}", *answer);
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
    if (auto closed = close_matters(outgoing_id, not_arrived, who, into); !closed) return tl::unexpected(closed.error());
    const auto batch = into.print_batches().print_batch_of_file(outgoing_id);  // a document alone may go by a person's hand
    if (!batch) return tl::unexpected(batch.error());
    if (not_arrived && *batch)
        if (auto back = take_back_documents(outgoing_id, {}, into); !back) return tl::unexpected(std::move(back.error()));
    const auto mandates = close_each(in_it->mandates, outgoing_id, not_arrived, who, into, out.mandates, out.taken_back);
    if (!mandates) return tl::unexpected(mandates.error());
    for (const auto& [kind, count] : {std::pair(payouts_of_closed_file, out.payouts),
                                      std::pair(std::string_view("collections-of-closed-file"), out.collections),
                                      std::pair(std::string_view("mandates-of-closed-file"), out.mandates)})
        if (auto told = see_to(kind, count, outgoing_id, into); !told) return tl::unexpected(told.error());
    return out;
}

result<std::string> take_back_overtaken(row_id outgoing_id, date today, ledger::transaction& into) {
    const auto fresh = never_left(outgoing_id, into);
    if (!fresh) return tl::unexpected(fresh.error());
    if (!*fresh) return std::string();
    const auto in_it = contents_of(outgoing_id, into);
    if (!in_it) return tl::unexpected(in_it.error());
    auto why = overtaken_by(*in_it, outgoing_id, today, into);
    if (!why || why->empty()) return why;
    const std::string_view payouts = in_it->payouts.empty() ? "" : "; its payouts are rejected, and a person asks for them again";
    const speaker itself{
        {}, fmt::format("taken back: {}; it was never sent, and what is right now is asked for anew{}", *why, payouts), today};
    if (auto closed = into.exchange().add_event(outgoing_id, {sending::closed, 0, itself.reason, {}, 0}); !closed)
        return tl::unexpected(closed.error());
    for (const payout_item& each : in_it->payouts)
        if (auto done = give_back(each, outgoing_id, into); !done) return tl::unexpected(done.error());
    if (const auto done = note_closed(outgoing_id, true, itself, into); !done) return tl::unexpected(done.error());
    if (auto back = take_back_documents(outgoing_id, {}, into); !back) return tl::unexpected(std::move(back.error()));
    return itself.reason;
}

}  // namespace brygga::outbound
