// The list of all formats. Adding one touches its folder, its mapping file and one line of registry.cpp.
#pragma once

#include <span>
#include <string_view>

#include "formats/format.hpp"

namespace brygga {

[[nodiscard]] std::span<const format* const> formats() noexcept;

[[nodiscard]] const format* find_format(std::string_view id) noexcept;

inline constexpr std::size_t sniffed_bytes = 4096;

// The format of bytes that begin so (blank lines and a byte order mark before the first record are passed over); nothing
// when none recognises them.
[[nodiscard]] const format* sniff(std::string_view head) noexcept;

}  // namespace brygga
