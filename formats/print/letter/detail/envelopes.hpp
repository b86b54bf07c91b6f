// Sheets of labels for the two envelopes of letters that the tax agency sends on. Internal to formats/print/letter.
#pragma once

#include "formats/print/letter/detail/canvas.hpp"
#include "formats/print/letter/renderer.hpp"

namespace brygga::print::detail {

[[nodiscard]] result<rendered> draw_envelopes(const std::vector<envelope_labels>& labels, const fonts& with, date day);

}  // namespace brygga::print::detail
