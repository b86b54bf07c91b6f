// pain.001 and pain.002 for the registry.
#pragma once

#include "formats/format.hpp"
#include "formats/iso20022/pain/reader.hpp"
#include "formats/xml/document.hpp"

namespace brygga::pain {

[[nodiscard]] const format& registered_format(message_kind kind) noexcept;

[[nodiscard]] const xml::document_type& document_of(message_kind kind);

}  // namespace brygga::pain
