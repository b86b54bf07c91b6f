// The words of the language and what they stand for, both ways.
#pragma once

#include <string_view>

#include "formats/layout/language/description.hpp"

namespace brygga::layout::language::detail {

inline constexpr unsigned max_decimals = 9;

[[nodiscard]] std::string_view type_name(field_type type) noexcept;
[[nodiscard]] std::string_view form_name(date_form form) noexcept;
[[nodiscard]] std::string_view form_name(time_form form) noexcept;
[[nodiscard]] std::string_view form_name(timestamp_form form) noexcept;
[[nodiscard]] std::string_view privacy_name(privacy kind) noexcept;  // empty for open
[[nodiscard]] std::string_view comparison_name(comparison how) noexcept;
[[nodiscard]] std::string_view test_name(built_in test) noexcept;

// Of words that the grammar let through.
[[nodiscard]] field_type field_type_named(std::string_view word) noexcept;
[[nodiscard]] date_form date_form_named(std::string_view word) noexcept;
[[nodiscard]] time_form time_form_named(std::string_view word) noexcept;
[[nodiscard]] timestamp_form timestamp_form_named(std::string_view word) noexcept;
[[nodiscard]] privacy privacy_named(std::string_view word) noexcept;
[[nodiscard]] comparison comparison_named(std::string_view word) noexcept;
[[nodiscard]] built_in test_named(std::string_view word) noexcept;

// The rule of a built-in test that the layout says nothing of.
[[nodiscard]] described_rule default_rule(std::string_view format, built_in test);

}  // namespace brygga::layout::language::detail
