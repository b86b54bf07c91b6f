// Makes camt.052, camt.053 and camt.054 messages of version 08 and any size from a seed: invented payers, valid check digits,
// correct sums, and faults on request. The same settings give the same bytes with every compiler.
//
// A message has an account per receiving bankgiro, with entries of at most 10 000 payments: mostly OCR references, some free text,
// several references with amounts, credit notes, unstructured text, and payments without a reference. Statements and reports have
// a fee of the bank besides, and statements their balances. Serial numbers of payments and deposits follow from seed and day, the
// payers from the seed: two days with one seed are two days of the same company.
//
// Without faults and bad items such a message has no finding but those of its kind (CAMT-R05); a bad item has exactly one, a
// warning (CAMT-R32). The first payment of an entry is always good.
#pragma once

#include "formats/format.hpp"
#include "formats/iso20022/camt/reader.hpp"

namespace brygga::camt {

inline constexpr std::uint64_t max_generated_items = 30'000'000;

// `count` is the number of payments before the entries that faults add; CAMT-R01 cuts the message off behind them. The default
// day is 2 March 2026. Fails with invalid_argument on a rule that no single message can break (CAMT-R20 to R22, and those that
// this kind does not have), more than max_generated_items, more than 100 percent, a day outside 1997 to 9998, or a receiver that
// is no bankgiro number.
[[nodiscard]] result<void> generate(message_kind kind, const generate_settings& what, const output& to);

}  // namespace brygga::camt
