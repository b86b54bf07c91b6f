// A font with TrueType outlines made from one with others: cairo 1.16 writes PDF files without the font where it is the OCR-B of
// OpenType. Internal to formats/print/letter.
#pragma once

#include <string>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga::print::detail {

// A TrueType font of these characters of the font file, and .notdef: names, widths and outlines as there, the curves of the third
// degree each as four of the second. Errors: not_found where the file or one of the characters is not there, invalid_content
// where it is no font with outlines.
[[nodiscard]] result<std::string> truetype_of(const std::string& font_file, std::string_view ascii);

}  // namespace brygga::print::detail
