#include "mapping/inbound/answered_payouts.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/iso20022/pain/statuses.hpp"
#include "mapping/inbound/payout_book.hpp"

namespace brygga::inbound {

namespace {

using ledger::payout_item;

// The groups in which they were sent: where the order has payments both to bankgiro numbers and to accounts, the former are the
// second group. An answer that lists a payment knows better: one group may hold both.
std::vector<pain::sent_payment> as_sent(const std::vector<payout_item>& all, const pain::status_report& report) {
    const auto to_bankgiro = [](const payout_item& each) { return each.newest.to.kind == ledger::payee_account_kind::bankgiro; };
    const bool two_groups = std::any_of(all.begin(), all.end(), to_bankgiro) && !std::all_of(all.begin(), all.end(), to_bankgiro);
    std::map<std::string_view, std::string_view> listed_in;
    for (const pain::reported_instruction& group : report.instructions)
        for (const pain::reported_transaction& each : group.transactions)
            listed_in.emplace(each.end_to_end_id.empty() ? each.instruction_id : each.end_to_end_id,
                              group.payment_information_id);
    std::vector<pain::sent_payment> out;
    for (const payout_item& each : all) {
        const std::string reference = reference_of(each.row);
        const auto listed = listed_in.find(reference);
        const int group = two_groups && to_bankgiro(each) ? 2 : 1;
        out.push_back(
            {listed != listed_in.end() ? std::string(listed->second) : fmt::format("{}-P{}", report.original_message_id, group),
             reference});
    }
    return out;
}

// Of a rejection the first reason that is a code, else RJCT itself.
std::string code_of(const pain::payment_status& told) {
    if (told.state == pain::payment_state::rejected)
        for (const pain::reason& each : told.reasons)
            if (!code_only(each.code).empty()) return each.code;
    return std::string(code_only(told.code));
}

// The order may have had one group for all: then what is said of the first is said of those to bankgiro numbers too, and they
// wait.
result<void> tell_of_unclear(const pain::status_report& report, const std::vector<payout_item>& all, ledger::row_id order_id,
                             payout_book& book) {
    const bool group_rejected = std::any_of(report.instructions.begin(), report.instructions.end(), [](const auto& each) {
        return each.transactions.empty() && each.status.code == "RJCT";
    });
    const bool second_named = std::any_of(report.instructions.begin(), report.instructions.end(),
                                          [](const auto& each) { return each.payment_information_id.ends_with("-P2"); });
    const auto to_bankgiro = std::count_if(all.begin(), all.end(), [](const payout_item& each) {
        return each.newest.to.kind == ledger::payee_account_kind::bankgiro;
    });
    if (!group_rejected || second_named || to_bankgiro == 0 || to_bankgiro == std::ssize(all)) return {};
    return book.see_to("payout-answer-unclear", fmt::format("{}:{}", ledger::format_id(order_id), report.id), 0,
                       {{"order", ledger::format_id(order_id)}, {"payouts", to_bankgiro}});
}

result<void> tell(const payout_item& item, const pain::payment_status& told, ledger::row_id file_id, payout_book& book) {
    const payouts::told_by bank{code_of(told), file_id};
    switch (told.state) {
        case pain::payment_state::no_word:
        case pain::payment_state::pending:
            return {};
        case pain::payment_state::accepted:
            return book.accepted(item, bank);
        case pain::payment_state::paid:
            return book.executed(item, item.newest.day, bank);
        case pain::payment_state::rejected:
            return book.rejected(item, bank);
    }
    return {};
}

}  // namespace

result<void> answer_payouts(const pain::status_report& report, const ledger::outgoing_item& order, ledger::row_id file_id,
                            ledger::transaction& into, outcome_counts& counts) {
    const auto all = into.payouts().payouts_of_file(order.row.id);
    if (!all) return tl::unexpected(all.error());
    if (all->empty()) return {};
    const std::vector<pain::sent_payment> sent = as_sent(*all, report);
    const pain::refined answers = pain::refine(report.original_message_id, sent, {&report, 1});
    payout_book book(into, file_id, counts);
    for (std::size_t i = 0; i < all->size(); ++i)
        if (auto done = tell((*all)[i], answers.payments[i], file_id, book); !done) return done;
    if (auto told = tell_of_unclear(report, *all, order.row.id, book); !told) return told;
    if (answers.unmatched == 0) return {};
    return book.see_to("unknown-payout-answered", fmt::format("{}:{}", ledger::format_id(order.row.id), report.id), 0,
                       {{"order", ledger::format_id(order.row.id)}, {"answers", answers.unmatched}});
}

}  // namespace brygga::inbound
