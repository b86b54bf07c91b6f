// The list of all formats. Adding one touches its folder, its mapping file and one line of registry.cpp.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "formats/format.hpp"

namespace brygga {

[[nodiscard]] std::span<const format* const> formats() noexcept;

// Formats that files describe, behind the built-in ones and for as long as the process lives. At its start, before another thread
// asks for formats. Fails with conflict, and adds none, where two have the same id.
[[nodiscard]] result<void> add_formats(std::vector<std::unique_ptr<const format>> described);

[[nodiscard]] const format* find_format(std::string_view id) noexcept;

// Enough to find the root of an XML document behind a long comment.
inline constexpr std::size_t sniffed_bytes = std::size_t{64} << 10;

// The format of bytes that begin so (blank lines and a byte order mark before the first record are passed over): the one that
// recognises them, else the one that can say why it refuses them; nothing when there is neither.
[[nodiscard]] const format* sniff(std::string_view head) noexcept;

}  // namespace brygga
