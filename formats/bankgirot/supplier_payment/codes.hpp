// The code tables of Leverantörsbetalningar (supplier-payments.md 3.2). A code that is not listed is kept as it is and told by
// LB-R10.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace brygga::supplier_payment {

enum class code_table : std::uint8_t {
    rejection,     // TK49, 3.2.2
    payment_type,  // column 50 of TK14 and TK54 in a payment specification; meanings unknown
    report_kind,   // column 47 of TK11
};

struct code_text {
    std::string_view code;
    std::string_view text;
};

[[nodiscard]] std::span<const code_text> codes_of(code_table which) noexcept;

// Nothing for a code that the table does not have.
[[nodiscard]] const code_text* find_code(code_table which, std::string_view code) noexcept;

}  // namespace brygga::supplier_payment
