// Makes print batches from a seed: invented recipients, valid check digits, correct totals, small PDFs, and faults on request.
// The same settings give the same bytes.
#pragma once

#include "formats/format.hpp"
#include "formats/print/batch/records.hpp"

namespace brygga::print::batch {

inline constexpr std::uint64_t max_generated_documents = 5'000;  // as the limit of a batch

// Layouts: "batch" (the archive) and "manifest" (its manifest.xml alone). A bad document has one finding, a warning (PRB-R14). A
// document more is made for each fault that a document can have. The default day is 30 November 2026; a receiver is the bankgiro
// number of the slips. Fails with invalid_argument on a fault that needs a ledger (PRB-R02, R05, R15) or follows from others
// (PRB-RATIO), one that the layout cannot show, no document or too many, more than 100 percent, more than one receiver or one
// that is no bankgiro number, and a day outside 1997 to 2106.
[[nodiscard]] result<void> generate(const generate_settings& what, const output& to);

// The manifest of the batch that `generate` makes of these settings.
[[nodiscard]] result<manifest> generated_manifest(const generate_settings& what);

}  // namespace brygga::print::batch
