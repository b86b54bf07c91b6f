// Makes LB files to Bankgirot of any size from a seed: invented people and companies, valid check digits, correct sums, and
// faults on request (faults.hpp). The same settings give the same bytes with every compiler.
//
// A file has sections of at most 10 000 payments of one invented payer: mostly refunds to accounts, some with an advice by post,
// invoices to bankgiro with credits netted, payments to plusgiro, deductions. Without faults and bad items such a file has no
// finding; a bad item has exactly one, a warning.
#pragma once

#include "formats/format.hpp"

namespace brygga::supplier_payment {

inline constexpr std::uint64_t max_generated_items = 30'000'000;
inline constexpr date default_generated_day{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};

// `count` is the number of payments, deductions and credits before the sections that faults add; `receivers` are the bankgiro
// numbers of invoices. A day that is not given is default_generated_day; payments are dated two bank days later. Fails with
// invalid_argument on a fault that no file can have, more than max_generated_items, more than 100 percent, a day outside 1970 to
// 2068, or a receiver that is no bankgiro number.
[[nodiscard]] result<void> generate(const generate_settings& what, const output& to);

}  // namespace brygga::supplier_payment
