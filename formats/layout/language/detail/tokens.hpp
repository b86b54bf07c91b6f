// Where tokens end. Each gives `first` when none of its class begins there; none skips blanks.
#pragma once

#include <span>
#include <string_view>

namespace brygga::layout::language::detail {

using token_end = const char* (*)(const char* first, const char* last);

// Words that conditions and fields have a meaning of their own for are no names.
[[nodiscard]] const char* end_of_name(const char* first, const char* last) noexcept;
[[nodiscard]] const char* end_of_field(const char* first, const char* last) noexcept;         // FIELD or RECORD.FIELD
[[nodiscard]] const char* end_of_record_field(const char* first, const char* last) noexcept;  // RECORD.FIELD
[[nodiscard]] const char* end_of_ledger_name(const char* first, const char* last) noexcept;   // names with full stops between
[[nodiscard]] const char* end_of_format_id(const char* first, const char* last) noexcept;
[[nodiscard]] const char* end_of_rule_id(const char* first, const char* last) noexcept;
[[nodiscard]] const char* end_of_quoted(const char* first, const char* last) noexcept;   // on one line
[[nodiscard]] const char* end_of_number(const char* first, const char* last) noexcept;   // digits only
[[nodiscard]] const char* end_of_value(const char* first, const char* last) noexcept;    // with sign and decimals
[[nodiscard]] const char* end_of_columns(const char* first, const char* last) noexcept;  // 3-14
[[nodiscard]] const char* end_of_day(const char* first, const char* last) noexcept;      // 2026-11-20, a day of the calendar
// The longest of the words that stands there and goes no further.
[[nodiscard]] const char* end_of_words(const char* first, const char* last, std::span<const std::string_view> words) noexcept;

}  // namespace brygga::layout::language::detail
