// References in Autogiro records, as they are compared.
#pragma once

#include <string>
#include <string_view>

#include "formats/bankgirot/autogiro/records.hpp"

namespace brygga::inbound {

// Without the blanks before it.
[[nodiscard]] inline std::string text_of_reference(const autogiro::encoded_text& text) {
    const std::string written = text.utf8();
    const std::size_t first = written.find_first_not_of(' ');
    return first == std::string::npos ? std::string() : written.substr(first);
}

// Zeros may pad a reference on the right, and blanks do (autogiro.md 3.6): neither tells two apart.
[[nodiscard]] inline std::string_view unpadded(std::string_view reference) noexcept {
    const std::size_t last = reference.find_last_not_of(" 0");
    return reference.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace brygga::inbound
