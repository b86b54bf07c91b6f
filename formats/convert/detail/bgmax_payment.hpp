// One camt payment as BgMax records.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/bankgirot/bgmax/writer.hpp"
#include "formats/iso20022/camt/reader.hpp"

namespace brygga::convert::detail {

// The payment (TK20, or TK21 for a debit) and the deductions (TK21) that stand behind it.
struct bgmax_payments {
    bgmax::payment_out first;
    std::vector<bgmax::payment_out> deductions;
    std::vector<std::string_view> losses;  // static
};

// Digits that pass this agreement are an OCR reference.
[[nodiscard]] bgmax_payments bgmax_payments_of(const camt::payment_view& item, const ocr_agreement& agreement);

// One more text (TK25), cut to the columns.
void add_information(bgmax_payments& to, std::string_view utf8);

// Letters outside ISO 8859-1 as others (transliteration.hpp), as '?' where there is none; control characters as blanks.
struct latin_1_text {
    std::string utf8;
    bool replaced = false, lost = false;
};
[[nodiscard]] latin_1_text as_latin_1(std::string_view utf8);
// Cut between code points: the first `size` of them, and the rest.
[[nodiscard]] std::pair<std::string_view, std::string_view> cut_after(std::string_view utf8, std::size_t size);

}  // namespace brygga::convert::detail
