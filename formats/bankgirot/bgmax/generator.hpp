// Makes BgMax files of any size from a seed: invented people, valid check digits, correct sums, and faults on request
// (one per rule id, BGMAX-R60 to R63 by what they repeat).
#pragma once

#include "formats/format.hpp"

namespace brygga::bgmax {

[[nodiscard]] result<void> generate(const generate_settings& what, const output& to);

}  // namespace brygga::bgmax
