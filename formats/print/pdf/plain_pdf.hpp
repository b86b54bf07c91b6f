// Small PDFs of lines of text, the same bytes each time: for the generators and tests, not for letters. Internal to them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace brygga::print::pdf {

// Printable ASCII; anything else becomes '?'. Its left end in points from the lower left corner of the page.
struct plain_line {
    std::int32_t x{}, y{};
    std::string text;
};

struct plain_document {
    std::vector<std::vector<plain_line>> pages;  // lines of each
    std::int32_t width = 595, height = 842;      // of each page, in points; A4
    std::int32_t turned = 0;                     // degrees, a multiple of 90
    bool embeds_font = true;                     // a font of our own, whose letters are boxes 7.2 points wide; otherwise Courier
    bool is_encrypted = false;                   // by a password that nobody knows
};

[[nodiscard]] std::string plain_pdf(const plain_document& item);

}  // namespace brygga::print::pdf
