// Makes pain.001 messages of version 03 from a seed, and the pain.002 of the bank that answers each: invented payees, valid check
// digits, correct sums, and faults on request. The same settings give the same bytes with every compiler.
//
// An order is written by the writer itself: refunds, supplier payments and salaries of three payment days, to bankgiro, plusgiro,
// bank accounts and IBANs, with OCR references or texts. It is for no account at a bank.
#pragma once

#include "formats/format.hpp"
#include "formats/iso20022/pain/reader.hpp"

namespace brygga::pain {

// The writer holds a whole order in memory, some 2.6 kB a payment; and with its groups an answer stays below what its reader
// keeps.
inline constexpr std::uint64_t max_generated_items = 500'000;

// initiation: a bad item has one finding, a warning (P1-R02: an older account whose check digit is wrong). P1-R01 is a wrong
// CtrlSum, P1-R02 a payment more whose account is wrong.
// status_report: the answer to the pain.001 of the same seed, count, day and bad_percent. Most payments are accepted (ACSP,
// ACCP), some rejected (RJCT): bad items with AC01, others with AC04 and AM04. P1-R01 leaves out the message id of the order.
//
// The default day is 2 March 2026. Fails with invalid_argument on receivers and test_file, which payments that go out have none
// of; on a rule that no such message can break; on no payment, more than max_generated_items, more than 100 percent, and a day
// outside 1997 to 9998.
[[nodiscard]] result<void> generate(message_kind kind, const generate_settings& what, const output& to);

}  // namespace brygga::pain
