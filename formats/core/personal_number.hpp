// Personal numbers (personnummer) and coordination numbers (samordningsnummer), references.md section 3.4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "formats/core/date.hpp"
#include "formats/core/identity.hpp"

namespace brygga {

enum class personal_kind : std::uint8_t { personal, coordination };
enum class legal_sex : std::uint8_t { female, male };

struct personal_number {
    std::string digits;  // 12, with century
    personal_kind kind{};
    std::optional<date> birth_date;  // nothing when the date of a coordination number is unknown
    bool date_unknown = false;       // newer coordination numbers: month or day is 00 or beyond the calendar; worth a warning
};

// YYMMDDNNNC, YYMMDD-NNNC, YYMMDD+NNNC and the same with century; blanks are ignored. Without century: the latest one that
// does not put the birth in the future; with `+` the latest one that makes the person 100 this year or earlier. The calendar date
// and the check digit must be right.
[[nodiscard]] tl::expected<personal_number, identity_fault> parse_personal_number(std::string_view utf8, date today);

// From the 12 digits that parse_personal_number gives.
[[nodiscard]] legal_sex sex_of(std::string_view digits) noexcept;

// YYMMDD-NNNC, with `+` from the year in which the person turns 100.
[[nodiscard]] std::string display_personal_number(std::string_view digits, date today);

// Whether ten digits in a row could be a personal or coordination number, blanks left out: what a text of digits then is about a
// person, as far as one can tell. Of numbers that are none, such as references, one in some hundred has them by chance.
[[nodiscard]] bool may_hold_personal_number(std::string_view text);

}  // namespace brygga
