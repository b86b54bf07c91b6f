// The container of an index, NAME.zip.7z: despite its name a ZIP archive in an LZMA-alone stream (print-batch.md section 3.6).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"

namespace brygga::print::index {

struct container_limits {
    std::uint64_t bytes = std::uint64_t{2} << 30;  // of the ZIP archive
    std::uint64_t ratio = 200;                     // of it to the stream, from a megabyte on
};

// The ZIP archive, for archive::read_zip. invalid_content for bytes that are no whole LZMA-alone stream, limit_exceeded.
[[nodiscard]] result<std::string> unpack_container(std::string_view bytes, const container_limits& limits = {});

struct container_file {
    std::string name;  // "ArchiveIndex.xml" or a PDF
    std::string_view bytes;
};

// Members are stored as they are: the stream packs them. io: out of memory.
[[nodiscard]] result<std::string> pack_container(std::span<const container_file> files);

}  // namespace brygga::print::index
