// Makes LB files of any size from a seed, to Bankgirot and its reports: invented people and companies, valid check digits,
// correct sums, and faults on request (faults.hpp). The same settings give the same bytes with every compiler.
//
// Each layout is one file of a set: with the same seed, count, day, receivers and share of bad items the reports answer the file
// to Bankgirot payment by payment: it is paid at once or on the payment day (PAYMENT_SPECIFICATION), waits for a later day or for
// something to net it against (WATCH, which tells of the payment day), or was rejected when it came (REJECTED). Money orders are
// not in the set, for banks end them during 2026: RETURNED_MONEY_ORDERS tells of those of an earlier file.
//
// A file has sections of at most 10 000 payments of one invented payer: mostly refunds to accounts, some with an advice by post,
// invoices to bankgiro with credits netted, payments to plusgiro, deductions. Without faults and bad items such a file has no
// finding; a bad item has exactly one, a warning. One that is bad to Bankgirot has a wrong check digit, and is rejected.
#pragma once

#include <span>
#include <string_view>

#include "formats/format.hpp"

namespace brygga::supplier_payment {

inline constexpr std::uint64_t max_generated_items = 30'000'000;
inline constexpr date default_generated_day{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};

// "payments", to Bankgirot, and the names of the reports.
[[nodiscard]] std::span<const std::string_view> generated_layouts() noexcept;

// `count` is the number of payments, deductions and credits to Bankgirot before the sections that faults add; `receivers` are the
// bankgiro numbers of invoices. A day that is not given is default_generated_day; payments are dated two bank days later. Fails
// with invalid_argument on an unknown layout, a fault that no file can have, more than max_generated_items, more than 100
// percent, a day outside 1970 to 2068, or a receiver that is no bankgiro number.
[[nodiscard]] result<void> generate(const generate_settings& what, const output& to);

}  // namespace brygga::supplier_payment
