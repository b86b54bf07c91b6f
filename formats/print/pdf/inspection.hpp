// What a print service asks of a PDF (print-batch.md 2.3, 3.7 and PRB-R06), read by poppler.
//
//     const auto facts = print::pdf::inspect_pdf(bytes);
//     if (!facts) return facts.error();   // it does not open
//     if (!facts->is_a4) ...
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::print::pdf {

struct pdf_limits {
    std::size_t bytes = std::size_t{100} << 20;
    std::uint32_t pages = 1'000;
};

struct pdf_font {
    std::string name;  // as the PDF names it, without a promise on its encoding; empty for one without
    bool is_embedded = false;

    [[nodiscard]] bool operator==(const pdf_font&) const = default;
};

struct pdf_facts {
    std::uint32_t pages{};
    bool is_encrypted = false;    // also with an empty password
    bool is_a4 = false;           // each page is upright, 210 x 297 mm within 2 mm, as it is turned when shown, and has no bleed
    std::vector<pdf_font> fonts;  // of all pages, each once
    std::string first_page_text;  // UTF-8, in the order that a reader would have; it may hold personal data
};

// Facts of an encrypted PDF that does not open without a password are its encryption alone. Errors: invalid_content for bytes
// that do not open as a PDF or have no page, limit_exceeded; texts quote nothing of the PDF.
// Of all pages, one behind the other, and what the document says of itself (title, author, subject, keywords). Errors as of
// inspect_pdf, and invalid_content for one that is locked.
[[nodiscard]] result<std::string> text_of_pdf(std::string_view bytes, const pdf_limits& within = {});

[[nodiscard]] result<pdf_facts> inspect_pdf(std::string_view bytes, const pdf_limits& within = {});

}  // namespace brygga::print::pdf
