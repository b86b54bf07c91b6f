// What findings say that a field should have held. Internal to the engine.
#pragma once

#include <string>

#include "formats/layout/described/values.hpp"

namespace brygga::layout::described {

// What would have been right, for a finding.
[[nodiscard]] std::string expectation(const language::described_field& field, verdict failed);

}  // namespace brygga::layout::described
