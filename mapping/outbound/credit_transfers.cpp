#include "mapping/outbound/credit_transfers.hpp"

#include <algorithm>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "formats/core/swedish_time.hpp"
#include "formats/core/text.hpp"
#include "mapping/payouts/request.hpp"

namespace brygga::outbound {

namespace {

pain::account_kind kind_of(ledger::payee_account_kind kind) {
    switch (kind) {
        case ledger::payee_account_kind::bank_account:
            return pain::account_kind::bank_account;
        case ledger::payee_account_kind::iban:
            return pain::account_kind::iban;
        case ledger::payee_account_kind::bankgiro:
            return pain::account_kind::bankgiro;
        case ledger::payee_account_kind::plusgiro:
            return pain::account_kind::plusgiro;
        case ledger::payee_account_kind::none:
            return pain::account_kind::none;
    }
    return pain::account_kind::none;
}

pain::payment payment_of(const chosen_payout& from, date pays, std::size_t max_text) {
    pain::payment out;
    out.id = reference_of(from.what.row);
    out.amount_ore = from.what.row.amount_ore;
    out.execution_date = pays;
    out.creditor_name = from.who.name;
    out.creditor_town = from.who.town;
    out.creditor_country = from.who.country_code.empty() ? "SE" : from.who.country_code;
    const ledger::payee_account& to = from.what.newest.to;
    out.account = {kind_of(to.kind), to.clearing, to.number};
    out.text = fmt::format("ÅTERBET {}", from.who.customer_id);
    if (count_code_points(out.text) > max_text) out.text = "ÅTERBET";
    return out;
}

std::string moment_of(ledger::timestamp_ms now) {
    const std::chrono::sys_time<std::chrono::milliseconds> at(std::chrono::milliseconds{now});
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}", std::chrono::floor<std::chrono::seconds>(in_sweden(at)));
}

std::string first_fault(const finding_list& told) {
    for (const finding& each : told.kept())
        if (each.level >= severity::hold) return fmt::format("{}: {} must be {}", each.rule->id, each.path, each.expected);
    return "no rule tells why";
}

// Where in the payment the fault is.
std::string_view place_of_fault(const pain::written& made, std::string_view reference) {
    for (const finding& each : made.findings.kept())
        if (each.level >= severity::hold && each.serial == reference) return each.path;
    return {};
}

// Sends back what the rules hold; what is left of the choice is written again.
result<void> leave_out(const pain::written& made, std::vector<chosen_payout>& pays, payout_file& out, ledger::transaction& into) {
    for (auto hold = made.holds.rbegin(); hold != made.holds.rend(); ++hold) {
        const std::size_t at = hold->ordinal - 1;
        if (at >= pays.size()) continue;  // named twice
        if (auto back = payouts::send_back(pays[at].what, pain::info(hold->broken).id,
                                           place_of_fault(made, reference_of(pays[at].what.row)), into);
            !back)
            return back;
        pays.erase(pays.begin() + static_cast<std::ptrdiff_t>(at));
        ++out.sent_back;
    }
    return {};
}

}  // namespace

result<payout_file> prepare_credit_transfers(const credit_transfer_terms& terms, const payout_limits& limits,
                                             ledger::row_id outgoing_id, ledger::transaction& into) {
    auto chosen = choose_payouts(ledger::payout_route::credit_transfer, limits, into);
    if (!chosen) return tl::unexpected(std::move(chosen.error()));
    payout_file out;
    out.held = chosen->held;
    out.beyond_daily_limit = chosen->beyond_daily_limit;
    pain::batch batch = terms.head;
    batch.message_id = fmt::format("BRYGGA-{}", ledger::format_id(outgoing_id));
    batch.created = moment_of(terms.now);
    const pain::earlier_messages sent_before = [&](std::string_view id) -> std::optional<std::string> {
        const auto sent = into.exchange().outgoing_with_reference("pain.001", id);
        return sent && *sent ? std::optional((*sent)->row.sha256) : std::nullopt;
    };
    while (!chosen->pays.empty()) {
        batch.payments.clear();
        for (const chosen_payout& each : chosen->pays)
            batch.payments.push_back(payment_of(each, terms.pays, terms.profile.max_text));
        auto made = pain::write(batch, terms.profile, sent_before);
        if (!made) return tl::unexpected(std::move(made.error()));
        if (made->accepted()) {
            out.bytes = std::move(made->bytes);
            break;
        }
        if (made->holds.empty())
            return fail(error_code::invalid_config,
                        fmt::format("the payouts cannot be written: {}", first_fault(made->findings)));
        if (auto left = leave_out(*made, chosen->pays, out, into); !left) return tl::unexpected(std::move(left.error()));
    }
    out.reference = chosen->pays.empty() ? std::string() : batch.message_id;
    for (const chosen_payout& each : chosen->pays) {
        ++out.payouts;
        out.sum_ore += each.what.row.amount_ore;
        if (auto noted = note_exported(each, terms.pays, outgoing_id, into); !noted)
            return tl::unexpected(std::move(noted.error()));
    }
    return out;
}

}  // namespace brygga::outbound
