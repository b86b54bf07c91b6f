// Reading and writing ArchiveIndex.xml (print-batch.md section 3.6).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "formats/core/result.hpp"
#include "formats/print/index/records.hpp"

namespace brygga::print::index {

struct read_index {
    entries files;
    bool wrong_declaration = false;  // PRB-W02: UTF-8 under the declaration of another encoding; it was read as UTF-8
};

inline constexpr std::size_t max_index_entries = 100'000;

// invalid_content for what is no index, always with PRB-R01: not well-formed (a second XML declaration was seen), an element that
// the dialect does not have or has twice, no file, or files of both dialects. The text quotes nothing of the document.
[[nodiscard]] result<read_index> read_archive_index(std::string_view bytes);

// UTF-8 and declared so; an empty value is an empty element.
[[nodiscard]] std::string write_archive_index(const entries& files);

}  // namespace brygga::print::index
