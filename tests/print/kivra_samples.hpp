// The worked examples of kivra.md section 7 as values.
#pragma once

#include <chrono>

#include "formats/print/kivra/content.hpp"

namespace brygga::kivra {

// Section 7.1: D0000001 of print-batch.md, its PDF shortened to the dummy bytes used there.
inline content sample_invoice() {
    using namespace std::chrono_literals;
    content made;
    made.to.ssn = "191212121212";
    made.subject = "Faktura november 2026";
    made.generated_at = 2026y / 11 / 30;
    made.type = content_type::invoice;
    made.parts = {{"Faktura_70012345.pdf", "%PDF-1.7 example D0000001"}};
    made.payment.emplace();
    made.payment->account = "59892810";
    made.payment->options = {{2026y / 12 / 30, 123'450, reference_type::se_ocr, "7001234504", "", ""}};
    return made;
}

inline content sample_letter() {
    content made = sample_invoice();
    made.type = content_type::letter;
    made.payment.reset();
    return made;
}

}  // namespace brygga::kivra
