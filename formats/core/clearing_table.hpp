// Clearing numbers of Swedish banks and how each tests its account numbers (references.md section 3.6).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "formats/core/date.hpp"

namespace brygga {

// Bankgirot's "type / comment" of a clearing range.
enum class account_rule : std::uint8_t {
    type_1_comment_1,  // 7 digits; modulus 11 over the last three clearing digits and the account
    type_1_comment_2,  // 7 digits; modulus 11 over all clearing digits and the account
    type_2_comment_1,  // 10 digits; modulus 10 over the account
    type_2_comment_2,  // 8 or 9 digits; modulus 11 over the account
    type_2_comment_3,  // up to 10 digits; modulus 10 over the account, which older accounts may fail
    format_only,       // no test is known
};

struct clearing_range {
    std::uint16_t first{};
    std::uint16_t last{};  // inclusive
    account_rule rule{};
    std::string_view bank;  // as customers know it
    std::string_view note;  // where public tables differ; empty otherwise
};

// When the table was last compared with public ones: banks come and go, so an answer is as old as this.
inline constexpr date clearing_table_date{std::chrono::year{2026}, std::chrono::November, std::chrono::day{21}};

// In ascending order, without overlap.
[[nodiscard]] std::span<const clearing_range> clearing_table() noexcept;

// `clearing` is 4 digits. Nothing for a number that no range holds: no rule is known, which is no fault of the number.
[[nodiscard]] const clearing_range* find_clearing(std::string_view clearing) noexcept;

}  // namespace brygga
