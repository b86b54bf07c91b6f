// What a delivered file is known by: SHA-256 and size, taken in blocks for files of any size.
#pragma once

#include <cstdint>
#include <string>

#include "connectors/filedrop/file_system.hpp"
#include "formats/core/result.hpp"

namespace brygga::intake {

inline constexpr std::size_t file_block_bytes = std::size_t{1} << 20;

struct fingerprint {
    std::string sha256;
    std::uint64_t size_bytes{};

    [[nodiscard]] bool operator==(const fingerprint&) const = default;
};

// Reads the file once, front to back, with one block in memory.
[[nodiscard]] result<fingerprint> fingerprint_of(filedrop::file_system& files, const std::filesystem::path& path);

}  // namespace brygga::intake
