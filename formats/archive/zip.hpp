// ZIP archives of operators and print houses: read as what strangers send (DESIGN section 10).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

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

// How an entry of an archive is written, for rules on the form of archives. Names may be anything: do not repeat them in texts.
struct zip_entry {
    std::string_view name;  // as in the directory, of the bytes that were given
    std::uint64_t packed{}, unpacked{};
    std::uint64_t position{};      // of its local header
    std::uint16_t method{};        // 0 stored, 8 deflate
    std::uint16_t clock{}, day{};  // DOS time
    bool is_folder = false;
    bool is_encrypted = false;
    bool has_descriptor = false;      // sizes and check sum stand behind the bytes
    bool has_extra = false;           // extra fields, here or in the directory, or a comment
    bool is_zip64 = false;            // a size or place that stands in an extra field
    bool is_alike = false;            // header and directory say the same of all this
    bool begins_behind_last = false;  // no byte lies between it and the entry before it
};

// All entries, folders too, in the order of the archive. Errors: as of read_zip, but that what is packed is not looked at.
[[nodiscard]] result<std::vector<zip_entry>> list_zip(std::string_view bytes, const zip_limits& limits);

// How far the archive is done with: twice from its beginning, for its directory is held against it first. To give memory back.
using passed_bytes = std::function<void(std::uint64_t)>;

// Visits the files of an archive in its order, one at a time in memory; folders are passed over. The archive ends the visit with
// invalid_content where it is damaged, cut off, encrypted or names something twice (also in other capitals of Latin-1), through a
// link, or outside of its own folder, where its directory says otherwise than it is, and with limit_exceeded. Whoever must not
// act on half an archive reads it to its end first.
[[nodiscard]] result<void> read_zip(std::string_view bytes, const zip_limits& limits,
                                    const std::function<result<void>(const zip_member&)>& visit, const passed_bytes& passed = {});

}  // namespace brygga::archive
