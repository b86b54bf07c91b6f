// The half of mandate_book that compares with extracts of the mandate register (autogiro.md section 3.9).
#include "formats/bankgirot/autogiro/writer.hpp"
#include "formats/core/digits.hpp"
#include "mapping/inbound/autogiro_mandates.hpp"
#include "mapping/inbound/mandate_states.hpp"
#include "mapping/ledger/matter_search.hpp"

namespace brygga::inbound {

namespace {

using ledger::mandate_state;

}  // namespace

// The register has the numbers of a change whose answer did not come.
result<void> mandate_book::carried_out_change(const ledger::mandate_item& change, const told& what) {
    const mandate_state now = change.newest.state;
    const bool waits = now == mandate_state::proposed || now == mandate_state::applied;
    if (!waits || what.account.empty() || !has_numbers(change, what)) return {};
    if (auto noted = note(change, what, mandate_state::active); !noted) return noted;
    return close_decided(change.row.id, mandate_state::active);
}

result<void> mandate_book::registered(const autogiro::register_view& view) {
    const autogiro::register_record& record = view.record;
    const std::string_view bankgiro = without_leading_zeros(record.bankgiro);
    told what = told_of(record);
    what.day = day_or(record.changed, record.created);
    in_register_.insert(what.payer_number);
    const auto before = known(bankgiro, what.payer_number);
    if (!before) return tl::unexpected(before.error());
    const ledger::mandate_event* const now = *before ? &(*before)->newest : nullptr;
    const auto events = events_of(*before);
    if (!events) return tl::unexpected(events.error());
    mandate_past past = past_of(*events);
    const auto is_there = *before ? is_registered(**before) : result<bool>(false);
    if (!is_there) return tl::unexpected(is_there.error());
    past.is_registered = *is_there;
    const auto change = into_.direct_debit().change_with_number(bankgiro, what.payer_number);  // as it was before this
    if (!change) return tl::unexpected(change.error());
    if (record.state == '1' && *change)
        if (auto ended = carried_out_change(**change, what); !ended) return ended;
    const mandate_verdict verdict = after_register(past, {record.state == '1', record.stopped == '1', what.day}, with_.today);
    // A person's word that waits for the daily run stays the newest, and what is over keeps its end.
    const bool other_account = now != nullptr && !is_unsent_word(*now) && !what.account.empty() && !has_numbers(**before, what) &&
                               verdict.matter.empty() && goes_on(now->state);
    if (!verdict.next && !other_account) {
        if (!verdict.matter.empty()) return see_to(verdict.matter, (*before)->row.id, now->customer_id, what);
        ++counts_["mandate as in the register"];
        return {};
    }
    std::string customer_id = *before ? (*before)->newest.customer_id : std::string();
    if (customer_id.empty()) {
        auto found = customer_of(what.payer_number, what.identity);
        if (!found) return tl::unexpected(found.error());
        customer_id = std::move(*found);
    }
    // The first register tells of many mandates whose payers are nobody's business but the customers'.
    const auto anothers = *before ? is_anothers(*before, what, *change, customer_id) : result<bool>(false);
    if (!anothers) return tl::unexpected(anothers.error());
    const auto noted = note({0, std::string(bankgiro), what.payer_number}, what, *before,
                            verdict.next.value_or(now == nullptr ? mandate_state::active : now->state), customer_id);
    if (!noted) return tl::unexpected(noted.error());
    if (*anothers)
        if (auto seen = see_to(ledger::mandate_of_another, *noted, customer_id, what); !seen) return seen;
    return verdict.matter.empty() ? result<void>{} : see_to(verdict.matter, *noted, customer_id, what);
}

void mandate_book::held_in_register(const autogiro::register_view& view) {
    if (autogiro::payer_number_field(view.record.payer_number))
        in_register_.insert(autogiro::payer_number_key(view.record.payer_number));
    else
        register_is_whole_ = false;
}

// Those of ours that the register does not have.
result<void> mandate_book::missing_in_register(std::string_view bankgiro, date day) {
    const auto ours = into_.direct_debit().mandates_of_bankgiro(bankgiro);
    if (!ours) return tl::unexpected(ours.error());
    for (const ledger::mandate_item& each : *ours) {
        const bool is_asked_for = each.row.is_change && each.newest.state == mandate_state::applied;
        if (each.row.is_change ? !is_asked_for : in_register_.contains(each.row.payer_number)) continue;
        const mandate_verdict verdict = after_absence(each.newest, day);
        told what;
        what.payer_number = each.row.payer_number;
        what.day = day;
        if (verdict.next)
            if (auto noted = note(each, what, *verdict.next); !noted) return noted;
        if (verdict.matter.empty()) continue;
        const auto told_before = is_told(each.row.id, verdict.matter, ledger::told_when::now, into_.matters());
        if (!told_before) return tl::unexpected(told_before.error());
        if (*told_before) continue;
        what.day = {};
        if (auto seen = see_to(verdict.matter, each.row.id, each.newest.customer_id, what); !seen) return seen;
    }
    return {};
}

}  // namespace brygga::inbound
