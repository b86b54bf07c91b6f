// camt.052, camt.053 and camt.054 for the registry.
#pragma once

#include "formats/format.hpp"
#include "formats/iso20022/camt/reader.hpp"
#include "formats/xml/document.hpp"

namespace brygga::camt {

[[nodiscard]] const format& registered_format(message_kind kind) noexcept;

[[nodiscard]] const xml::document_type& document_of(message_kind kind);

}  // namespace brygga::camt
