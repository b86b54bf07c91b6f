// What the elements of camt say, for whoever maps or converts them (iso20022-incoming.md sections 3 and 6.1).
#pragma once

#include <string>
#include <string_view>

#include "formats/iso20022/camt/records.hpp"

namespace brygga::camt {

using iso20022::inner;
using iso20022::told;

// Clearing number 4 and account 12 of a BBAN, as BgMax writes them in TK15 22-37; empty for any other account.
[[nodiscard]] std::string bank_account_of(const account& item);

// StrtNm and BldgNb with a blank between; empty when the address comes in lines.
[[nodiscard]] std::string street_of(const party& item);

// The first identification with a digit that is not the bank's own customer number; nothing when there is none.
[[nodiscard]] const identification* identified_by(const party& item) noexcept;
// The digits of the first identification that is not the bank's own customer number (BANK, CUST); empty when there is none.
[[nodiscard]] std::string identity_of(const party& item);

}  // namespace brygga::camt
