// What the directory of a ZIP archive says, held against the archive itself: a reader that believes it sees what somebody wants
// it to see, one that does not sees something else. Internal to zip.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "formats/archive/zip.hpp"
#include "formats/core/result.hpp"

namespace brygga::archive {

// The number of entries, which lie each at its own place under its own name; `passed` is told the places as they are looked at.
// Entries are appended to `into` in the order of the directory. Errors: invalid_content, limit_exceeded.
[[nodiscard]] result<std::uint64_t> checked_entries(std::string_view bytes, std::uint64_t limit,
                                                    const std::function<void(std::uint64_t)>& passed,
                                                    std::vector<zip_entry>* into = nullptr);

}  // namespace brygga::archive
