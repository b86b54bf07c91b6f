// Reading every record into its value and writing the value again: write(read(x)) == x, byte for byte (bgmax.md section 2,
// lossless reading), at the speed of the records rather than of JSON.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "formats/core/text.hpp"

namespace brygga::bgmax {

struct rewritten {
    std::uint64_t canonical_lines{};  // written from the record's value
    std::uint64_t kept_lines{};       // written as they stood, since the value's canonical form differs
};

// Hands the bytes to `to` in blocks that are valid during the call.
rewritten rewrite(std::string_view bytes, std::optional<encoding> force_encoding, const std::function<void(std::string_view)>& to);

}  // namespace brygga::bgmax
