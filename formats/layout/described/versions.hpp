// Layouts of one format for different days, as one format. Internal to the engine.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/format.hpp"

namespace brygga::layout::described {

struct format_version {
    std::string version;
    std::optional<date> from, until;
    std::unique_ptr<const format> with;
};

// At least two, of one id, no two of them valid on the same day. A file is of the version that its first lines fit best, where several
// do of that of the day: today's for reading, the file's for making. Rules and documentation are those of the newest.
[[nodiscard]] std::unique_ptr<const format> make_versioned(std::vector<format_version> versions);

}  // namespace brygga::layout::described
