// One BgMax payment as a camt transaction.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/convert/detail/netted_deductions.hpp"
#include "formats/iso20022/camt/records.hpp"
#include "formats/xml/texts.hpp"

namespace brygga::convert::detail {

using xml::texts;

// Fills `made`, whose texts live in `in`, with a payment to this bankgiro, lowered by the credits that it carries. What camt
// cannot hold of it: static texts.
[[nodiscard]] std::vector<std::string_view> fill_transaction(const bgmax::payment_view& item,
                                                             std::span<const netted_credit> credits, std::string_view bankgiro,
                                                             std::string_view currency, texts& in, camt::transaction& made);

}  // namespace brygga::convert::detail
