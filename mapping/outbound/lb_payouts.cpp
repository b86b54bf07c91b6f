#include "mapping/outbound/lb_payouts.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/supplier_payment/writer.hpp"
#include "formats/core/text.hpp"
#include "mapping/payouts/request.hpp"

namespace brygga::outbound {

namespace {

namespace lb = supplier_payment;

constexpr std::string_view statement_text = "ÅTERBET";

lb::payment_outcome write(const chosen_payout& from, date pays, lb::writer& to) {
    lb::payment_out common;
    common.amount_ore = from.what.row.amount_ore;
    common.pays.day = pays;
    // Nothing of somebody protected stands in free text (PRO-R12).
    common.reference =
        from.who.protected_identity ? std::string(statement_text) : fmt::format("{} {}", statement_text, from.who.customer_id);
    constexpr std::size_t reference_columns = 25;
    if (count_code_points(common.reference) > reference_columns) common.reference = statement_text;
    common.own_reference = reference_of(from.what.row);
    const ledger::payee_account& account = from.what.newest.to;
    switch (account.kind) {
        case ledger::payee_account_kind::bankgiro:
            return to.to_bankgiro({common, account.number, {}});
        case ledger::payee_account_kind::plusgiro:
            return to.to_plusgiro({common, account.number});
        case ledger::payee_account_kind::bank_account:
            return to.to_account({common, {account.clearing, account.number}, std::string(statement_text), false, {}});
        case ledger::payee_account_kind::iban:
        case ledger::payee_account_kind::none:
            break;
    }
    return tl::unexpected(lb::refusal{lb::rule::R13, "account", "a bank account, bankgiro or plusgiro"});
}

}  // namespace

result<payout_file> prepare_lb_payouts(const lb_terms& terms, const payout_limits& limits, ledger::row_id outgoing_id,
                                       ledger::transaction& into) {
    const auto chosen = choose_payouts(ledger::payout_route::supplier_payment, limits, into);
    if (!chosen) return tl::unexpected(chosen.error());
    payout_file out;
    out.held = chosen->held;
    out.beyond_daily_limit = chosen->beyond_daily_limit;
    lb::writer writer({.written = terms.today, .bankgiro = terms.bankgiro});
    const auto refused = [](const lb::refusal& why) {
        return fail(error_code::invalid_config, fmt::format("the payouts cannot be written: {} {} must be {}",
                                                            lb::info(why.broken).id, why.field, why.expected));
    };
    if (auto opened = writer.open({}); !opened) return refused(opened.error());
    for (const chosen_payout& each : chosen->pays) {
        if (const auto written = write(each, terms.pays, writer); !written) {
            ++out.sent_back;
            const auto back = payouts::send_back(each.what, lb::info(written.error().broken).id, written.error().field, into);
            if (!back) return tl::unexpected(back.error());
            continue;
        }
        ++out.payouts;
        out.sum_ore += each.what.row.amount_ore;
        if (auto noted = note_exported(each, terms.pays, outgoing_id, into); !noted)
            return tl::unexpected(std::move(noted.error()));
    }
    if (out.payouts == 0) return out;
    if (auto closed = writer.close(); !closed) return refused(closed.error());
    out.bytes = std::move(writer.bytes());
    return out;
}

}  // namespace brygga::outbound
