// ZIP archives of operators and print houses: read as what strangers send (DESIGN section 10).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga::archive {

struct zip_limits {
    std::size_t members = 200'000;
    std::uint64_t member_bytes = std::uint64_t{100} << 20;  // of one, unpacked
    std::uint64_t bytes = std::uint64_t{16} << 30;          // of all, unpacked
    std::uint64_t ratio = 200;                              // unpacked to packed, of all that was read so far
};

// Valid during the call.
struct zip_member {
    std::string_view name;  // UTF-8, relative, of plain names between single '/'
    std::string_view bytes;
    std::uint64_t position{};  // in the archive
};

[[nodiscard]] bool is_zip(std::string_view head) noexcept;

// How far the archive is done with: twice from its beginning, for its directory is held against it first. To give memory back.
using passed_bytes = std::function<void(std::uint64_t)>;

// Visits the files of an archive in its order, one at a time in memory; folders are passed over. The archive ends the visit with
// invalid_content where it is damaged, cut off, encrypted or names something twice (also in other capitals of Latin-1), through a
// link, or outside of its own folder, where its directory says otherwise than it is, and with limit_exceeded. Whoever must not
// act on half an archive reads it to its end first.
[[nodiscard]] result<void> read_zip(std::string_view bytes, const zip_limits& limits,
                                    const std::function<result<void>(const zip_member&)>& visit, const passed_bytes& passed = {});

}  // namespace brygga::archive
