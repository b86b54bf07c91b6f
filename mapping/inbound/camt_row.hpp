// A camt payment as the ledger stores it (iso20022-incoming.md section 6).
#pragma once

#include <string_view>

#include "formats/core/ocr.hpp"
#include "formats/iso20022/camt/reader.hpp"
#include "mapping/inbound/payment_row.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::inbound {

// Sets every member of `row` but the id, which becomes 0. `bytes` is the document: the hash is over the payment's own part of
// it. A part that passes the OCR agreement has code '2', any other text code '3', no text code '0'; several references are
// listed, with their amounts only where they add up. A text longer than BgMax's 25 columns stays whole in `reference`, so that
// it is searched as one with the message behind it.
void fill_row(std::string_view bytes, const camt::payment_view& view, const section_facts& section,
              const ocr_agreement& agreement, ledger::payment& row);

}  // namespace brygga::inbound
