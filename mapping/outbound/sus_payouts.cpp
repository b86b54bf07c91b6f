#include "mapping/outbound/sus_payouts.hpp"

#include <fmt/format.h>

#include "mapping/payouts/request.hpp"

namespace brygga::outbound {

namespace {

sus::payment_out payment_of(const chosen_payout& from) {
    sus::payment_out out;
    out.identification = reference_of(from.what.row);
    out.civic_number = from.who.identity_number;
    out.protected_identity = from.who.protected_identity;
    out.name = from.who.name;
    out.amount_ore = from.what.row.amount_ore;
    out.street = from.who.street;
    out.postcode = from.who.postcode;
    out.town = from.who.town;
    return out;
}

}  // namespace

result<payout_file> prepare_sus_payouts(sus::agreement under, date pays, const payout_limits& limits, ledger::row_id outgoing_id,
                                        ledger::transaction& into) {
    const auto chosen = choose_payouts(ledger::payout_route::civic_number, limits, into);
    if (!chosen) return tl::unexpected(chosen.error());
    payout_file out;
    out.held = chosen->held;
    out.beyond_daily_limit = chosen->beyond_daily_limit;
    under.payment_day = pays;
    sus::writer writer(std::move(under));
    for (const chosen_payout& each : chosen->pays) {
        if (const auto written = writer.payment(payment_of(each)); !written) {
            ++out.sent_back;
            const auto back = payouts::send_back(each.what, sus::info(written.error().broken).id, written.error().field, into);
            if (!back) return tl::unexpected(back.error());
            continue;
        }
        ++out.payouts;
        out.sum_ore += each.what.row.amount_ore;
        if (auto noted = note_exported(each, pays, outgoing_id, into); !noted) return tl::unexpected(std::move(noted.error()));
    }
    if (out.payouts == 0) return out;
    if (const auto closed = writer.close(); !closed)
        return fail(error_code::invalid_config,
                    fmt::format("the payouts cannot be written: {} {} must be {}", sus::info(closed.error().broken).id,
                                closed.error().field, closed.error().expected));
    out.bytes = std::move(writer.bytes());
    return out;
}

}  // namespace brygga::outbound
