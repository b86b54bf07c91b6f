// The payment slip at the foot of page 1, and the QR symbol beside it. Internal to formats/print/letter.
#pragma once

#include "formats/print/letter/detail/canvas.hpp"
#include "formats/print/letter/look.hpp"

namespace brygga::print::detail {

inline constexpr micrometres slip_top = 205'000;  // print-batch.md 3.7

// Errors: those of write_code_line().
[[nodiscard]] result<void> draw_slip(canvas& on, const letter& item, const look& of);

// The text of the invoice QR (usingQR, print-batch.md 3.9), JSON.
[[nodiscard]] std::string qr_text(const letter& item, const look& of);
// Its symbol with the quiet zone around it, a square. Errors: limit_exceeded for more text than a symbol holds.
[[nodiscard]] result<void> draw_qr(canvas& on, const std::string& text, place from, micrometres side);

}  // namespace brygga::print::detail
