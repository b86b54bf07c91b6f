// Makes Autogiro files of any size from a seed: invented payers, valid check digits, correct sums, and faults on request
// (faults.hpp). The same settings give the same bytes with every compiler.
//
// Each layout is one file of a set: with the same seed, count, day and receivers it holds the same payers, so that mandates,
// instructions and changes fit together with all that Bankgirot answers to them, record by record. `day` is the one on which the
// payee sends its payments; mandates are asked for two bank days before, changes follow the bank day after, the payment day is
// ten bank days ahead. A section has at most 10 000 payers; the receivers take turns.
//
// Without faults and bad records such a file has no finding; a bad record has exactly one, a warning.
#pragma once

#include <span>
#include <string_view>

#include "formats/format.hpp"

namespace brygga::autogiro {

inline constexpr std::uint64_t max_generated_payers = 10'000'000;
inline constexpr date default_generated_day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{16}};

// "payments", "mandates", "changes", and the ids of the reports.
[[nodiscard]] std::span<const std::string_view> generated_layouts() noexcept;

// `count` is the number of payers; not each of them has a record in each layout. A day that is not given is
// default_generated_day. Fails with invalid_argument on an unknown layout or fault, none or more than max_generated_payers, more
// than 100 percent, a day outside 1998 to 2097 and a receiver that is no bankgiro number.
[[nodiscard]] result<void> generate(const generate_settings& what, const output& to);

}  // namespace brygga::autogiro
