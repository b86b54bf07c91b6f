// print-batch for the registry: the archive, and its manifest alone.
#pragma once

#include "formats/format.hpp"
#include "formats/xml/document.hpp"

namespace brygga::print::batch {

[[nodiscard]] const format& registered_format() noexcept;

[[nodiscard]] const xml::document_type& document_of_manifest();

// Whether bytes that begin so are an archive whose first member is a manifest.
[[nodiscard]] bool begins_like_an_archive(std::string_view head) noexcept;

}  // namespace brygga::print::batch
