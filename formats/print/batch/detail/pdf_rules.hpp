// The rules on what is in the PDFs of a batch: PRB-R06, R11, and OCRL-R06 of PRB-R10.
#pragma once

#include <cstddef>
#include <string_view>

#include "formats/print/batch/detail/reading.hpp"

namespace brygga::print::batch::detail {

// Of a PDF that stands at `path` of a document, or of the error of looking at it.
void judge_pdf(const result<pdf::pdf_facts>& facts, const file_ref& stated, std::string_view path, std::size_t document,
               reading& into);
// Of the PDF of the document itself.
void judge_first_page(const pdf::pdf_facts& facts, const document& item, std::size_t index, reading& into);

// Whether the text of a page has something that reads like a code line: '>', a giro number, and the type of the slip.
[[nodiscard]] bool shows_code_line(std::string_view page_text);

}  // namespace brygga::print::batch::detail
