// The day's file of Autogiro: what the ledger has for Bankgirot (mapping/outbound/autogiro_run.hpp), once on each bank day for
// each bankgiro number of [tenant.autogiro], between the time that is set there and 19:00, when Bankgirot closes. A day on which
// nobody was at work is not made up for: the next one collects what is late then.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "connectors/dispatch/made_file.hpp"
#include "mapping/outbound/autogiro_run.hpp"

namespace brygga::dispatch {

enum class autogiro_hour : std::uint8_t {
    no_bank_day,
    early,  // a bank day, before its time
    open,
    closed,  // Bankgirot takes nothing more for the next bank day
};
[[nodiscard]] autogiro_hour hour_of(const config::autogiro_agreement& with, ledger::timestamp_ms now);

// What would be sent for this bankgiro today; nothing of it stays in the books. The tenant has an agreement.
[[nodiscard]] result<outbound::autogiro_order> preview_autogiro(const config::tenant& who, std::string_view bankgiro,
                                                                ledger::timestamp_ms now, ledger::store& books);

struct autogiro_file {
    made end;
    std::string name;                // at the partner
    outbound::autogiro_order order;  // as far as it came
};

// A file of now, beside the day's own, which then has what is left. The tenant has an agreement with a partner, and the hour is
// early or open.
[[nodiscard]] autogiro_file make_autogiro_now(const config::settings& with, const config::tenant& who, std::string_view bankgiro,
                                              ledger::store& books, const options& how, dispatch_report& into);

}  // namespace brygga::dispatch
