// The record layouts of the seal (bankgiro-seal.md 3.1 and 3.2), one definition each, and how lines are known as these records:
// data lines can begin with 00 as well.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/bankgirot/seal/records.hpp"
#include "formats/layout/document.hpp"
#include "formats/layout/record.hpp"

namespace brygga::seal::layouts {

using namespace brygga::layout;

inline constexpr unsigned width = 80;

using opening = record<"00", "seal opening record (sigillstartpost)", opening_record, width,
                       field<"date", &opening_record::date, 3, 8, digits>,  //
                       field<"type", &opening_record::type, 9, 12, text>,   //
                       reserve<13, 80>>;

using closing = record<"99", "seal closing record (sigillslutpost)", closing_record, width,
                       field<"date", &closing_record::date, 3, 8, digits>,  //
                       field<"kvv", &closing_record::kvv, 9, 40, text>,     //
                       field<"mac", &closing_record::mac, 41, 72, text>,    //
                       reserve<73, 80>>;

inline constexpr std::string_view hmac_type = "HMAC", nexus_type = "SAK1";
inline constexpr std::size_t opening_columns = 12;  // what makes a line a TK00
inline constexpr std::size_t closing_columns = 72;  // what makes a line a TK99

[[nodiscard]] const document_layout& document() noexcept;

// A line that begins with 00, a date and HMAC or SAK1.
[[nodiscard]] bool is_opening(std::string_view line) noexcept;
// A line that begins with 99, a date and 64 hexadecimal digits. What stands behind them is not looked at.
[[nodiscard]] bool is_closing(std::string_view line) noexcept;

// TK00 or TK99 by its form, of either method (the older one has 18 hexadecimal digits alone), for the readers of the formats that
// can be sealed: they have no key.
enum class frame_record : std::uint8_t { none, first, last };
[[nodiscard]] frame_record frame_record_of(std::string_view line) noexcept;

// Of lines that are such; the values are views of the line.
[[nodiscard]] opening_record read_opening(std::string_view line) noexcept;
[[nodiscard]] closing_record read_closing(std::string_view line) noexcept;

}  // namespace brygga::seal::layouts
