// Names the format of bytes that a Bankgirot reader refused, so that its user knows which import to use.
#pragma once

#include <string_view>

namespace brygga::bankgirot {

// "LB (Leverantörsbetalningar)", "Autogiro", "Total IN", "ISO 20022 camt (XML)", "XML"; empty when nothing known is seen.
// Looks at the first lines only.
[[nodiscard]] std::string_view recognise_other_format(std::string_view bytes) noexcept;

}  // namespace brygga::bankgirot
