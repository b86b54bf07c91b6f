// What the elements of camt say, for whoever maps or converts them (iso20022-incoming.md sections 3 and 6.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/core/date.hpp"
#include "formats/iso20022/camt/records.hpp"

namespace brygga::camt {

using iso20022::inner;
using iso20022::told;

// Clearing number 4 and account 12 of a BBAN, as BgMax writes them in TK15 22-37; empty for any other account.
[[nodiscard]] std::string bank_account_of(const account& item);

// Whether it tells a number of any kind.
[[nodiscard]] bool is_stated(const account& item) noexcept;

// PstBx as Swedish addresses write it, "Box 12"; empty when there is none.
[[nodiscard]] std::string box_of(const party& item);

// StrtNm and BldgNb with a blank between, else the box; empty when the address comes in lines.
[[nodiscard]] std::string street_of(const party& item);

// The first identification that can be the number of a company or person: ten or twelve digits, or a Swedish VAT number, and not
// the bank's own customer number (scheme BANK or CUST); nothing when there is none.
[[nodiscard]] const identification* identified_by(const party& item) noexcept;
// Its ten or twelve digits; empty when there is none.
[[nodiscard]] std::string identity_of(const party& item);
// Whether there are only others (LEI, foreign numbers), the bank's own left aside.
[[nodiscard]] bool has_other_number(const party& item) noexcept;

// The day in Sweden of a moment as it is written: deposits are days there. Without an offset, and with +01:00, which banks write
// in summer too, that is the day as written (iso20022-incoming.md section 6.1).
[[nodiscard]] std::optional<date> swedish_day(std::string_view moment) noexcept;

// COPY or DUPL: the original tells the same (CAMT-R20).
[[nodiscard]] bool is_copy(const container& item) noexcept;

}  // namespace brygga::camt
