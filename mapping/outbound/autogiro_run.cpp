#include "mapping/outbound/autogiro_run.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/bankgirot/autogiro/reader.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/core/swedish_time.hpp"
#include "mapping/ledger/matter_search.hpp"
#include "mapping/outbound/file_decisions.hpp"
#include "mapping/payouts/request.hpp"

namespace brygga::outbound {

namespace {

using ledger::collection_item;
using ledger::collection_state;
using ledger::mandate_event;
using ledger::mandate_item;
using ledger::mandate_state;

constexpr std::size_t reference_width = 16;
constexpr std::string_view collection_unanswered = "collection-unanswered";
constexpr int bank_days_for_an_answer = 5;  // what lacks cover is tried again for some days
constexpr std::string_view currency = "SEK";

int bank_days_until(date from, date to) {
    int days = 0;
    for (date day = next_bank_day(from, false); day <= to; day = next_bank_day(day, false))
        ++days;
    return days;
}

date swedish_day(ledger::timestamp_ms at) {
    return date(std::chrono::floor<std::chrono::days>(
        in_sweden(std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(at)))));
}

// The day since which the mandate is active without a break (BILL-R15).
result<date> active_since(ledger::row_id mandate_id, ledger::transaction& in) {
    const auto events = in.direct_debit().mandate_events(mandate_id);
    if (!events) return tl::unexpected(events.error());
    date since{};
    for (const mandate_event& each : *events) {
        if (each.state != mandate_state::active)
            since = {};
        else if (!since.ok())
            since = each.day;
    }
    return since;
}

class run {
 public:
    run(const autogiro_terms& terms, ledger::row_id outgoing_id, ledger::transaction& into)
        : terms_(terms),
          outgoing_id_(outgoing_id),
          into_(into),
          out_({terms.today, terms.customer_number, terms.bankgiro, terms.watch_days, terms.pays_back.has_value()}) {}

    result<void> go() {
        auto mandates = into_.direct_debit().mandates_of_bankgiro(terms_.bankgiro);
        if (!mandates) return tl::unexpected(mandates.error());
        const mandate_item* mandate = nullptr;  // that a change is of: it stands before the change
        for (const mandate_item& each : *mandates) {
            if (auto asked = each.row.is_change ? change(*mandate, each) : ask_for(each); !asked) return asked;
            if (!each.row.is_change) mandate = &each;
        }
        auto pending = into_.direct_debit().pending_collections(terms_.bankgiro);
        if (!pending) return tl::unexpected(pending.error());
        if (auto over = close_answered(); !over) return over;
        for (const collection_item& each : *pending) {
            if (auto told = tell_unanswered(each); !told) return told;
            if (auto compared = compare(each); !compared) return compared;
        }
        for (const mandate_item& each : *mandates)
            if (!each.row.is_change && each.newest.state == mandate_state::active)
                if (auto collected = collect(each); !collected) return collected;
        return pay_back();
    }

    result<autogiro_order> finish() {
        order_.bytes = std::move(out_.bytes());
        if (order_.bytes.empty()) return std::move(order_);
        const auto told = autogiro::read(
            order_.bytes, {.policy = {}, .force_encoding = {}, .customer_number = terms_.customer_number, .passed = {}});
        if (told.findings.total() != 0)
            return fail(error_code::corrupt,
                        fmt::format("our own reader finds {} in what was written", told.findings.kept().front().rule->id));
        return std::move(order_);
    }

 private:
    result<void> sent(const mandate_item& item, mandate_state state) {
        mandate_event event = item.newest;
        event.state = state;
        event.day = terms_.today;
        event.information.clear();
        event.comment.clear();
        event.source_id = outgoing_id_;
        event.actor.clear();
        event.reason.clear();
        ++order_.mandates;
        return into_.direct_debit().add_mandate_event(item.row.id, event);
    }

    // Once, and anew from the day after somebody has closed it: what is refused still waits.
    result<void> refused(ledger::row_id subject_id, const std::string& customer_id, const autogiro::refusal& why) {
        ledger::matter item;
        item.kind = ledger::instruction_not_sent;
        item.key = fmt::format("{}:{}:{}", item.kind, ledger::format_id(subject_id), autogiro::info(why.broken).id);
        const auto about = into_.matters().matters_about(subject_id);
        if (!about) return tl::unexpected(about.error());
        const auto closed = std::count_if(about->begin(), about->end(), [&](const ledger::matter_item& each) {
            return each.closed_at != 0 && swedish_day(each.closed_at) < terms_.today &&
                   (each.row.key == item.key || each.row.key.starts_with(item.key + ':'));
        });
        if (closed != 0) item.key += fmt::format(":{}", closed);
        const bool is_new =
            std::none_of(about->begin(), about->end(), [&](const ledger::matter_item& each) { return each.row.key == item.key; });
        order_.left_out.push_back({subject_id, why, is_new});
        item.subject_id = subject_id;
        item.customer_id = customer_id;
        item.detail =
            nlohmann::json{{"rule", autogiro::info(why.broken).id}, {"field", why.field}, {"expected", why.expected}}.dump();
        return into_.matters().add_matter(item);
    }

    // Whether the mandate came from an internet bank: then TK04 answers it.
    result<bool> was_proposed(ledger::row_id mandate_id) {
        const auto events = into_.direct_debit().mandate_events(mandate_id);
        if (!events) return tl::unexpected(events.error());
        bool proposed = false;
        for (const mandate_event& each : *events) {
            if (each.state == mandate_state::proposed) proposed = true;
            const bool declined = each.state == mandate_state::rejected && each.source_id != 0;
            if (each.state == mandate_state::active || each.state == mandate_state::cancelled || declined) proposed = false;
        }
        return proposed;
    }

    // To have seen to it is not to approve: that is a word of its own, also when the matter is closed.
    result<bool> is_for_a_person(ledger::row_id mandate_id) {
        return is_told(mandate_id, ledger::internet_mandate_to_decide, ledger::told_when::ever, into_.matters());
    }

    result<void> ask_for(const mandate_item& item) {
        switch (item.newest.state) {
            case mandate_state::proposed: {
                const auto waits = is_for_a_person(item.row.id);
                if (!waits || *waits) return waits ? result<void>{} : tl::unexpected(waits.error());
                return answer(item, true);
            }
            case mandate_state::applied:
                return is_unsent_word(item.newest) ? apply(item) : result<void>{};
            case mandate_state::rejected:
                return is_unsent_word(item.newest) ? decline(item) : result<void>{};
            case mandate_state::cancelling:
                if (!is_unsent_word(item.newest)) return {};
                return write(item, mandate_state::cancelling, out_.cancel_mandate(item.row.payer_number));
            case mandate_state::active:
            case mandate_state::suspended:
            case mandate_state::cancelled:
                return {};
        }
        return {};
    }

    // By itself only while nothing else is under way with its mandate, and approved only while that goes on.
    result<void> change(const mandate_item& mandate, const mandate_item& proposed) {
        const mandate_state now = proposed.newest.state;
        const bool is_approved = now == mandate_state::applied && is_unsent_word(proposed.newest);
        const bool is_free = now == mandate_state::proposed ? mandate.newest.state == mandate_state::active
                                                            : !is_approved || goes_on(mandate.newest.state);
        if (is_free) return ask_for(proposed);
        const auto when = is_approved ? ledger::told_when::now : ledger::told_when::ever;
        const auto waits = is_told(proposed.row.id, ledger::internet_mandate_to_decide, when, into_.matters());
        if (!waits || *waits) return waits ? result<void>{} : tl::unexpected(waits.error());
        return ask_a_person(proposed, nlohmann::json{{"mandate", name(mandate.newest.state)}}.dump(), into_);
    }

    result<void> write(const mandate_item& item, mandate_state next, const autogiro::outcome& written) {
        if (!written) return refused(item.row.id, item.newest.customer_id, written.error());
        return sent(item, next);
    }

    // With the numbers of what is answered: another proposal may have come since.
    result<void> answer(const mandate_item& item, bool approves) {
        const mandate_event& now = item.newest;
        const bool has_numbers = !now.account.empty() && !now.identity.empty();
        const autogiro::new_mandate_out what{item.row.payer_number, has_numbers ? now.account : std::string(),
                                             has_numbers ? now.identity : std::string()};
        return write(item, approves ? mandate_state::applied : mandate_state::rejected, out_.answer_mandate(what, approves));
    }

    result<void> apply(const mandate_item& item) {
        const auto proposed = was_proposed(item.row.id);
        if (!proposed) return tl::unexpected(proposed.error());
        if (*proposed) return answer(item, true);
        return write(item, mandate_state::applied,
                     out_.new_mandate({item.row.payer_number, item.newest.account, item.newest.identity}));
    }

    result<void> decline(const mandate_item& item) {
        const auto proposed = was_proposed(item.row.id);
        if (!proposed) return tl::unexpected(proposed.error());
        if (!*proposed) return {};
        return answer(item, false);
    }

    // To the account of the mandate (supplier-payments.md section 6, recommendation c).
    result<void> pay_back() {
        if (!terms_.pays_back) return {};
        const auto of_this_bankgiro = [&](const ledger::payout_item& each) -> result<bool> {
            const auto mandate = into_.direct_debit().mandate_with_id(each.newest.through_id);
            if (!mandate) return tl::unexpected(mandate.error());
            return *mandate && (*mandate)->row.bankgiro == terms_.bankgiro;
        };
        const auto chosen = choose_payouts(ledger::payout_route::direct_debit, *terms_.pays_back, into_, of_this_bankgiro);
        if (!chosen) return tl::unexpected(chosen.error());
        order_.payouts_held = chosen->held;
        order_.payouts_beyond_limit = chosen->beyond_daily_limit;
        for (const chosen_payout& each : chosen->pays) {
            const auto mandate = into_.direct_debit().mandate_with_id(each.what.newest.through_id);
            if (!mandate) return tl::unexpected(mandate.error());
            if (auto paid = pay_back(each, **mandate); !paid) return paid;
        }
        return {};
    }

    result<void> pay_back(const chosen_payout& item, const mandate_item& mandate) {
        const date day = next_bank_day(terms_.today, false);
        const std::int64_t amount_ore = item.what.row.amount_ore;
        const auto written = out_.payment({.direction = autogiro::payment_direction::payout,
                                           .day = day,
                                           .period = '0',
                                           .recurrences = 0,
                                           .payer_number = mandate.row.payer_number,
                                           .amount_ore = amount_ore,
                                           .reference = reference_of(item.what.row)});
        if (!written) ++order_.payouts_held;
        if (!written)
            return payouts::send_back(item.what, autogiro::info(written.error().broken).id, written.error().field, into_);
        ++order_.payouts;
        order_.paid_back_ore += amount_ore;
        return note_exported(item, day, outgoing_id_, into_);
    }

    // Whether Bankgirot has the file that asks for it, or a person has said what became of that. Else the file is taken back, not
    // the collection cancelled, or it is held until somebody knows.
    result<bool> has_left(ledger::row_id collection_id) {
        const auto events = into_.direct_debit().collection_events(collection_id);
        if (!events) return tl::unexpected(events.error());
        const auto file = into_.exchange().outgoing_with_id(events->front().source_id);
        if (!file) return tl::unexpected(file.error());
        if (!*file) return true;
        const ledger::sending now = (*file)->newest.state;
        return now == ledger::sending::sent || now == ledger::sending::confirmed || now == ledger::sending::closed;
    }

    // Of collections that have been answered since.
    result<void> close_answered() {
        constexpr std::size_t at_once = 1000;
        const auto open = into_.matters().open_matters_of(collection_unanswered, at_once);
        if (!open) return tl::unexpected(open.error());
        for (const ledger::matter_item& each : *open) {
            const auto item = into_.direct_debit().collection_with_id(each.row.subject_id);
            if (!item) return tl::unexpected(item.error());
            if (*item && is_pending((*item)->newest.state)) continue;
            if (auto closed = into_.matters().close_matter(each.row.id, {}, "it was answered"); !closed) return closed;
        }
        return {};
    }

    // Nobody has told what became of it, some days after its day.
    result<void> tell_unanswered(const collection_item& item) {
        if (bank_days_until(item.newest.payment_day, terms_.today) <= bank_days_for_an_answer) return {};
        ledger::matter told;
        told.kind = collection_unanswered;
        told.key = fmt::format("{}:{}:{}", told.kind, ledger::format_id(item.row.id), format_iso_date(item.newest.payment_day));
        told.subject_id = item.row.id;
        told.detail =
            nlohmann::json{{"day", format_iso_date(item.newest.payment_day)}, {"state", name(item.newest.state)}}.dump();
        return into_.matters().add_matter(told);
    }

    // What a run holds or has not sent yet is not drawn: its invoice says that the amount is drawn (BILL-R15). Invoices of no run
    // are on their way by the customer system.
    result<bool> is_on_its_way(ledger::row_id invoice_id) {
        const auto of_run = into_.invoice_runs().run_document_of(invoice_id);
        if (!of_run) return tl::unexpected(of_run.error());
        if (!*of_run) return true;
        const ledger::delivery_state now = (*of_run)->now.newest.state;
        return now == ledger::delivery_state::queued || now == ledger::delivery_state::accepted_by_distributor ||
               now == ledger::delivery_state::accepted_by_bank || now == ledger::delivery_state::delivered;
    }
    result<bool> is_withdrawn(ledger::row_id invoice_id) {
        const auto of_run = into_.invoice_runs().run_document_of(invoice_id);
        if (!of_run) return tl::unexpected(of_run.error());
        return *of_run && (*of_run)->now.newest.state == ledger::delivery_state::withdrawn;
    }

    // A collection that no longer fits its invoice is taken back while that can be done: before its day.
    result<void> compare(const collection_item& item) {
        if (item.newest.state != collection_state::instructed || item.newest.payment_day <= terms_.today) return {};
        const auto invoice = into_.invoice_with_id(item.row.invoice_id);
        if (!invoice) return tl::unexpected(invoice.error());
        const auto anothers = is_anothers(item.row.mandate_id, into_);
        if (!anothers) return tl::unexpected(anothers.error());
        const auto withdrawn = is_withdrawn(item.row.invoice_id);
        if (!withdrawn) return tl::unexpected(withdrawn.error());
        const bool fits =
            *invoice && !(*invoice)->is_disputed() && (*invoice)->open_ore() == item.row.amount_ore && !*anothers && !*withdrawn;
        if (fits) return {};
        const auto there = has_left(item.row.id);
        if (!there || !*there) return there ? result<void>{} : tl::unexpected(there.error());
        const auto written = out_.change({.code = "25",
                                          .payer_number = item.row.payer_number,
                                          .day = item.newest.payment_day,
                                          .amount_ore = item.row.amount_ore,
                                          .direction = autogiro::payment_direction::collection,
                                          .new_day = {},
                                          .reference = item.row.reference});
        if (!written) return refused(item.row.id, {}, written.error());
        ++order_.cancellations;
        return into_.direct_debit().add_collection_event(
            item.row.id, {collection_state::cancelling, item.newest.payment_day, "25", outgoing_id_, {}, {}});
    }

    // PRO-R12: the payer number of a protected person is that of their identity.
    result<bool> names_protected(const mandate_item& mandate) {
        const auto who = into_.find_customer(mandate.newest.customer_id);
        if (!who) return tl::unexpected(who.error());
        if (!*who || !(*who)->protected_identity) return false;
        constexpr std::size_t shortest = 10;
        const std::string& identity = (*who)->identity_number;
        return identity.size() >= shortest &&
               mandate.row.payer_number.find(identity.substr(identity.size() - shortest)) != std::string::npos;
    }

    // Whether it is collected all the same, or the agreement gets another number, is a person's to decide.
    result<void> tell_named(const mandate_item& mandate) {
        ledger::matter item;
        item.kind = ledger::instruction_not_sent;
        item.key = fmt::format("{}:{}:PRO-R12", item.kind, ledger::format_id(mandate.row.id));
        item.subject_id = mandate.row.id;
        item.detail = nlohmann::json{{"rule", "PRO-R12"}, {"field", "payer number"}, {"expected", "no identity number"}}.dump();
        return into_.matters().add_matter(item);
    }

    result<void> collect(const mandate_item& mandate) {
        if (mandate.newest.customer_id.empty()) return {};
        const auto anothers = is_anothers(mandate.row.id, into_);
        if (!anothers || *anothers) return anothers ? result<void>{} : tl::unexpected(anothers.error());
        const auto named = names_protected(mandate);
        if (!named || *named) return named ? tell_named(mandate) : tl::unexpected(named.error());
        const auto since = active_since(mandate.row.id, into_);
        if (!since) return tl::unexpected(since.error());
        const auto open = into_.open_invoices_of(mandate.newest.customer_id);
        if (!open) return tl::unexpected(open.error());
        for (const ledger::open_invoice& each : *open) {
            if (each.is_disputed() || each.currency != currency || each.issue_date < *since) continue;
            const auto sent = is_on_its_way(each.id);
            if (!sent) return tl::unexpected(sent.error());
            if (!*sent || !collected_.insert(each.id).second) continue;  // by another mandate of the customer
            if (auto asked = collect(mandate, each); !asked) return asked;
        }
        return {};
    }

    // Nothing when the invoice is not to be collected now.
    [[nodiscard]] std::optional<date> day_for(const ledger::open_invoice& invoice) const {
        if (days_between(invoice.due_date, terms_.today) > terms_.late_days) return std::nullopt;
        const date day = std::max(next_bank_day(invoice.due_date, true), next_bank_day(terms_.today, false));
        if (bank_days_until(terms_.today, day) > terms_.ahead_bank_days) return std::nullopt;
        return day;
    }

    result<void> collect(const mandate_item& mandate, const ledger::open_invoice& invoice) {
        const auto day = day_for(invoice);
        if (!day) return {};
        const auto before = into_.direct_debit().collections_of_invoice(invoice.id);
        if (!before) return tl::unexpected(before.error());
        // Only what was taken back for a reason of ours is asked for again.
        const bool again = std::all_of(before->begin(), before->end(), [](const collection_item& each) {
            return each.newest.state == collection_state::cancelled && each.newest.code == ledger::cancelled_as_asked;
        });
        if (!again) return {};
        const std::string& reference =
            invoice.reference.size() <= reference_width && !invoice.reference.empty() ? invoice.reference : invoice.number;
        const std::int64_t open_ore = invoice.open_ore();
        const auto written = out_.payment({.direction = autogiro::payment_direction::collection,
                                           .day = *day,
                                           .period = '0',
                                           .recurrences = 0,
                                           .payer_number = mandate.row.payer_number,
                                           .amount_ore = open_ore,
                                           .reference = reference});
        if (!written) return refused(invoice.id, invoice.customer_id, written.error());
        ledger::collection item{0,
                                fmt::format("{} {}", invoice.number, before->size() + 1),
                                mandate.row.id,
                                invoice.id,
                                mandate.row.bankgiro,
                                mandate.row.payer_number,
                                *day,
                                open_ore,
                                std::string(currency),
                                reference};
        ++order_.collections;
        order_.collected_ore += open_ore;
        return into_.direct_debit().add_collection(item, outgoing_id_);
    }

    const autogiro_terms& terms_;
    ledger::row_id outgoing_id_;
    ledger::transaction& into_;
    autogiro::writer out_;
    autogiro_order order_;
    std::set<ledger::row_id> collected_;  // invoices seen in this run
};

}  // namespace

result<autogiro_order> prepare_autogiro(const autogiro_terms& terms, ledger::row_id outgoing_id, ledger::transaction& into) {
    run today(terms, outgoing_id, into);
    if (auto done = today.go(); !done) return tl::unexpected(done.error());
    return today.finish();
}

result<std::optional<std::string>> payer_number_of(const ledger::invoice& of, ledger::transaction& in) {
    if (of.currency != currency) return std::optional<std::string>{};
    const auto mandates = in.direct_debit().mandates_of_customer(of.customer_id);
    if (!mandates) return tl::unexpected(mandates.error());
    for (const mandate_item& each : *mandates) {
        if (each.newest.state != mandate_state::active) continue;
        const auto anothers = is_anothers(each.row.id, in);
        if (!anothers) return tl::unexpected(anothers.error());
        const auto since = active_since(each.row.id, in);
        if (!since) return tl::unexpected(since.error());
        if (!*anothers && of.issue_date >= *since) return std::optional(each.row.payer_number);
    }
    return std::optional<std::string>{};
}

}  // namespace brygga::outbound
