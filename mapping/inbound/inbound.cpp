#include "mapping/inbound/inbound.hpp"

#include <algorithm>

#include "mapping/inbound/bgmax.hpp"

namespace brygga::inbound {

namespace {

bool waits(const logical_result& file) {
    return std::any_of(file.sections.begin(), file.sections.end(),
                       [](const section_result& each) { return each.state == section_state::held; });
}

}  // namespace

ledger::file_outcome file_result::outcome() const {
    if (std::any_of(files.begin(), files.end(), waits)) return ledger::file_outcome::held;
    const bool all = std::all_of(files.begin(), files.end(), [](const logical_result& each) { return each.accepted; });
    return all ? ledger::file_outcome::archived : ledger::file_outcome::rejected;
}

const mapping* find_mapping(std::string_view format_id) noexcept {
    static const bgmax_mapping bgmax;
    return format_id == bgmax.format() ? &bgmax : nullptr;
}

}  // namespace brygga::inbound
