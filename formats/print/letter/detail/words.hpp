// The fixed words of letters, Swedish and English, and how numbers are written in each. Internal to formats/print/letter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "formats/print/letter/letter.hpp"

namespace brygga::print::detail {

enum class word : std::uint8_t {
    invoice,
    credit_invoice,
    reminder,
    collection_notice,
    letter,
    invoice_number,
    letter_number,
    customer_number,
    issued,
    due,
    to_pay,
    to_your_credit,
    ocr_number,
    payee,
    summary,
    specification,
    text,
    period,
    quantity,
    price,
    amount,
    sum,
    rounding,
    total,
    paid_in_advance,
    vat,
    vat_rate,
    vat_base,
    vat_amount,
    without_vat,
    consumption,
    continued,
    page_word,
    of_pages,
    slip,
    pay_reference_only,
    drawn,
    prices_without_vat,
    inner_envelope_front,
    inner_envelope_back,
    outer_envelope_front,
    count,
};

[[nodiscard]] std::string_view words(word which, language in) noexcept;
[[nodiscard]] word title_of(letter_kind kind) noexcept;

// 123450 -> "1 234,50" with a no-break blank, "1,234.50"
[[nodiscard]] std::string amount_text(std::int64_t amount_ore, language in);
// "1200.50" -> "1200,50" in Swedish
[[nodiscard]] std::string number_text(std::string_view decimal, language in);
// Recommendation 20's codes as people write them: KWH -> "kWh", MTQ -> "m³"; others as they are.
[[nodiscard]] std::string_view unit_text(std::string_view code, language in) noexcept;
// "januari" -> "jan"; from 1
[[nodiscard]] std::string_view month_text(unsigned month, language in) noexcept;

}  // namespace brygga::print::detail
