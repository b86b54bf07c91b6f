// Makes BgMax files of any size from a seed: invented people, valid check digits, correct sums, and faults on request
// (faults.hpp). The same settings give the same bytes with every compiler.
//
// A file has sections of at most 10 000 payments to several receiving bankgiros, paid by a few hundred payers: mostly OCR
// payments of level 3, some free text that runs over into TK25, deductions of payers that pay in the same section, lists of
// references, slips split into parts, payments without a reference. Serial numbers of payments and deposits follow from seed
// and day alone, the payers from the seed: two days with one seed are two days of the same company.
//
// Without faults and bad items such a file has no finding; a bad item has exactly one, a warning.
#pragma once

#include "formats/format.hpp"

namespace brygga::bgmax {

inline constexpr std::uint64_t max_generated_items = 30'000'000;  // the counters of TK70 hold eight digits
inline constexpr date default_generated_day{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};

// `count` is the number of payments and deductions before the sections that faults add. A day that is not given is
// default_generated_day; payments are dated with it or the bank day before. Fails with invalid_argument on a fault that no file
// can have, more than max_generated_items, more than 100 percent, a day outside 1997 to 9998, or a
// receiver that is no bankgiro number.
[[nodiscard]] result<void> generate(const generate_settings& what, const output& to);

}  // namespace brygga::bgmax
