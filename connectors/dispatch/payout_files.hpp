// The files of payouts: what has been approved, at the times of [tenant.payouts], one file for each way (pain.001, LB, SUS). What
// goes back by Autogiro goes with the day's file of Autogiro (autogiro_day.hpp). A time that passed while nobody was at work is
// made up for, once: with what had been approved by then.
#pragma once

#include <string>
#include <vector>

#include "connectors/dispatch/made_file.hpp"
#include "mapping/outbound/payout_choice.hpp"

namespace brygga::dispatch {

// The ways for which the company has a partner.
[[nodiscard]] std::vector<ledger::payout_route> payout_routes_of(const config::tenant& who);

// What would be sent now; nothing of it stays in the books.
[[nodiscard]] result<outbound::payout_file> preview_payouts(const config::tenant& who, ledger::payout_route route,
                                                            ledger::store& books, ledger::timestamp_ms now);

struct made_payouts {
    made end;
    std::string name;            // at the partner
    outbound::payout_file file;  // as far as it came
};

// A file of now, beside those of the schedule. The route is one of payout_routes_of().
[[nodiscard]] made_payouts make_payouts_now(const config::settings& with, const config::tenant& who, ledger::payout_route route,
                                            ledger::store& books, const options& how, dispatch_report& into);

// With the day's file of Autogiro, which is the company's too.
[[nodiscard]] outbound::payout_limits payout_limits_of(const config::payout_settings& with, ledger::timestamp_ms now);

}  // namespace brygga::dispatch
