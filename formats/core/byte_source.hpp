// The bytes of a file, readable at any offset, without holding the file in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga {

inline constexpr std::uint64_t max_spooled_bytes = std::uint64_t{8} << 30;
inline constexpr std::size_t release_block_bytes = std::size_t{8} << 20;

// Owns a read-only memory map. A regular file is mapped as it is; anything else (pipe, terminal) is first copied in
// blocks into an unnamed temporary file, at most max_spooled_bytes. bytes() stays valid and constant for the object's life;
// release_before() lets the operating system take pages back (they are read again if touched), which bounds the memory
// of a front-to-back pass. Whoever maps a file that another process may truncate must expect SIGBUS: the pipelines map
// only their own copies.
class byte_source {
 public:
    // A folder is invalid_argument; otherwise what the operating system says (not_found, permission_denied, io ...).
    [[nodiscard]] static result<byte_source> open(const std::filesystem::path& path);
    // The descriptor stays the caller's and may be closed afterwards. A regular file is mapped from its beginning, whatever
    // its offset; anything else is read from where it stands to its end. More than spool_limit_bytes is limit_exceeded.
    // `name` stands for the file in error texts.
    [[nodiscard]] static result<byte_source> from_descriptor(int descriptor, std::string_view name,
                                                             std::uint64_t spool_limit_bytes = max_spooled_bytes);

    byte_source(byte_source&& other) noexcept;
    byte_source& operator=(byte_source&& other) noexcept;
    byte_source(const byte_source&) = delete;
    byte_source& operator=(const byte_source&) = delete;
    ~byte_source();

    [[nodiscard]] std::string_view bytes() const noexcept { return {data_, size_}; }
    // Cheap to call often: acts only when a block of release_block_bytes has been passed. An offset lower than the one before
    // begins a new pass: from there on the pages are given back once more.
    void release_before(std::size_t offset) noexcept;

 private:
    byte_source(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}
    [[nodiscard]] static result<byte_source> map(int descriptor, std::uint64_t size, std::string_view name);
    void unmap() noexcept;

    const char* data_ = "";
    std::size_t size_ = 0;
    std::size_t released_ = 0;
};

}  // namespace brygga
