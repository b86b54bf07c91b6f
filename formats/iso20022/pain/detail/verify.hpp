// Whether bytes say what was to be written (P1-R01): our own reader reads them back.
#pragma once

#include <span>
#include <string_view>

#include "formats/iso20022/pain/writer.hpp"

namespace brygga::pain::detail {

// `item` is the batch as prepared, `order` its payments in the order of the file. What differs becomes an error in `into`.
void verify(std::string_view bytes, const batch& item, std::span<const payment* const> order, const bank_profile& profile,
            written& into);

}  // namespace brygga::pain::detail
