// What the records of a described file mean in the ledger. Internal to the engine.
#pragma once

#include <functional>

#include "formats/format.hpp"
#include "formats/layout/described/reader.hpp"

namespace brygga::layout::described {

// Rows of the ledger's import, in the order of the file; records grouped by a field give theirs when the group ends.
void read_meanings(std::string_view bytes, const record_tables& layout, std::span<const rule_info> rules,
                   const read_options& options, const std::function<void(const ledger_row&)>& each);

}  // namespace brygga::layout::described
