// Makes a real file fit to be shared: names, addresses, identity numbers, accounts and references are replaced, the same
// value always by the same replacement under one key. Lengths, check digits, sums, line ends and encodings stay, so that the
// masked file has the findings of the real one. Dates, amounts, codes and the bank's serial numbers stay: who has the real bank
// statement can tell which payments these are; text that slipped into their columns is replaced.
//
// A number that runs on into the next record is replaced as two numbers. A file does not say whether digits at the end of one
// record and at the beginning of the next are one number or two (bgmax.md section 6 reads them both ways), and two that were
// replaced as one would no longer equal themselves elsewhere.
#pragma once

#include <string_view>

#include "formats/format.hpp"
#include "formats/layout/document.hpp"

namespace brygga::layout {

void mask(std::string_view bytes, const document_layout& layout, std::string_view key, const document_options& options,
          const output& to);

}  // namespace brygga::layout
