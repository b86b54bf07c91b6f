// The simple types that the schemas of manifest and receipt have in common (print-batch.md 3.2 and 3.3). Internal to them.
#pragma once

#include <cstddef>
#include <string_view>

#include "formats/xml/schema.hpp"

namespace brygga::print::schema_types {

// A letter or digit, then letters, digits, '.', '_' and '-'.
[[nodiscard]] constexpr bool is_plain_word(std::string_view text, std::size_t longest) noexcept {
    constexpr std::string_view first = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    constexpr std::string_view rest = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    return !text.empty() && text.size() <= longest && first.find(text[0]) != std::string_view::npos &&
           text.find_first_not_of(rest) == std::string_view::npos;
}

// [A-Za-z0-9][A-Za-z0-9._\-]{0,35}
[[nodiscard]] inline bool is_id(std::string_view text) noexcept {
    constexpr std::size_t longest = 36;
    return is_plain_word(text, longest);
}

[[nodiscard]] inline bool is_sha256(std::string_view text) noexcept {
    constexpr std::size_t digits = 64;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

inline constexpr std::string_view channels[] = {"KIVRA", "MINA_MEDDELANDEN", "E_INVOICE", "EMAIL", "PRINT", "PRINT_FORWARDING"};

inline constexpr xml::schema::simple_type id = {"1 to 36 letters, digits, '.', '_' or '-'", is_id};
inline constexpr xml::schema::simple_type moment = {"a moment as 2026-11-30T04:05:06+01:00", xml::schema::is_moment};
inline constexpr xml::schema::simple_type day = {"a day as 2026-11-30", xml::schema::is_date};
inline constexpr xml::schema::simple_type flag = {"true or false", xml::schema::is_boolean};
inline constexpr xml::schema::simple_type sha256_digits = {"64 lower-case hexadecimal digits", is_sha256};
inline constexpr xml::schema::simple_type count = {"a number", xml::schema::is_number<0, xml::schema::any_integer>};
inline constexpr xml::schema::simple_type channel = {
    .expected = "KIVRA, MINA_MEDDELANDEN, E_INVOICE, EMAIL, PRINT or PRINT_FORWARDING", .codes = channels};

}  // namespace brygga::print::schema_types
