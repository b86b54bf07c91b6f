// How a company's letters look (tenant.letters of the configuration): the same for all its letters.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "formats/print/letter/letter.hpp"

namespace brygga::print {

struct colour {
    std::uint8_t red{}, green{}, blue{};

    [[nodiscard]] bool operator==(const colour&) const = default;
};

using micrometres = std::int32_t;  // on paper: from the left, and from the top where nothing else is said

struct letter_words {
    std::vector<std::string> messages;  // paragraphs on each invoice
    std::string slogan;                 // beside the logo
};

struct look {
    std::string company;
    std::string organisation_number;               // 10 digits
    std::vector<std::vector<std::string>> footer;  // columns of lines
    std::string logo;                              // bytes of a PNG picture; empty: the company's name instead
    colour accent{0, 70, 110};
    std::string font = "Liberation Sans";    // a family that is installed as TrueType, regular and bold
    std::string code_line_font = "OCR B";    // as OpenType or TrueType
    micrometres slip_left = 9'400;           // of the code line's first position (print-batch.md 3.4, UNVERIFIED)
    micrometres slip_baseline = 17'000;      // above the lower edge (likewise)
    std::array<letter_words, 2> words = {};  // by language
};

}  // namespace brygga::print
