// Where customers were treated otherwise than the others: a list for each month, by reason and by who decided (BILL-R20).
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "mapping/ledger/store.hpp"

namespace brygga::billing {

// As the invoices say it: FEE_WAIVED, DATE_MOVED, DEPOSIT_NOT_ASKED or DEFERRAL; a code of the company; a name.
struct deviation {
    std::string kind, reason, by;

    [[nodiscard]] auto operator<=>(const deviation&) const = default;
};

// How often each stands on the invoices of the runs of this month.
[[nodiscard]] result<std::map<deviation, std::uint64_t>> deviations_of(date month, ledger::transaction& in);

}  // namespace brygga::billing
