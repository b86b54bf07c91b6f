// The bytes of a file, readable at any offset, without holding the file in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga {

// Owns a read-only memory map. A regular file is mapped as it is; anything else (pipe, terminal) is first copied in
// blocks into an unnamed temporary file, at most max_spooled_bytes. bytes() stays valid and constant for the object's life;
// release_before() lets the operating system take pages back (they are read again if touched), which bounds the memory
// of a front-to-back pass. Whoever maps a file that another process may truncate must expect SIGBUS: the pipelines map
// only their own copies.
class byte_source {
public:
    [[nodiscard]] static result<byte_source> open(const std::filesystem::path& path);
    [[nodiscard]] static result<byte_source> from_descriptor(int descriptor, std::string_view name);

    byte_source(byte_source&& other) noexcept;
    byte_source& operator=(byte_source&& other) noexcept;
    byte_source(const byte_source&) = delete;
    byte_source& operator=(const byte_source&) = delete;
    ~byte_source();

    [[nodiscard]] std::string_view bytes() const noexcept { return {data_, size_}; }
    // Cheap to call often: acts only when a block of release_block_bytes has been passed.
    void release_before(std::size_t offset) noexcept;

private:
    byte_source(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}

    const char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t released_ = 0;
};

inline constexpr std::uint64_t max_spooled_bytes = std::uint64_t{8} << 30;
inline constexpr std::size_t release_block_bytes = std::size_t{8} << 20;

}  // namespace brygga
