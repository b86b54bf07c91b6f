// A text field as it stands in the file: a view of its bytes together with the encoding they are in.
#pragma once

#include <string>
#include <string_view>

#include "formats/core/text.hpp"

namespace brygga::layout {

struct encoded_text {
    std::string_view bytes;
    encoding in = encoding::iso_8859_1;

    [[nodiscard]] bool empty() const noexcept { return bytes.empty(); }
    [[nodiscard]] std::string utf8() const { return to_utf8(bytes, in); }
};

}  // namespace brygga::layout
