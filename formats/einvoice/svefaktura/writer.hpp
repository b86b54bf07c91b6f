// Writes invoices and credit notes as Svefaktura 1.0, and their attachments in an object envelope (einvoice.md section 3.3).
#pragma once

#include "formats/core/result.hpp"
#include "formats/einvoice/invoice.hpp"
#include "formats/einvoice/item.hpp"

namespace brygga::einvoice::svefaktura {

// Fails where the format has no place for something: an advance that is deducted, more than three accounts, a negative amount, a
// price of more than four decimals, a buyer without reference or number. What it has no element for (facility, meter, period of a
// line) stands in the note of the line.
[[nodiscard]] result<item> document_of(const invoice& from);

// `made_at` is "2026-11-05T10:00:00". Fails without attachments.
[[nodiscard]] result<item> envelope_of(const invoice& from, std::string_view made_at);

}  // namespace brygga::einvoice::svefaktura
