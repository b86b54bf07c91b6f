// What waits for a person in a Bankgirot file that was accepted as a whole.
#pragma once

#include <cstddef>
#include <cstdint>

namespace brygga::bankgirot {

// Marks that a file keeps; beyond them a rule that holds anything more holds every section.
inline constexpr std::size_t max_holds = 500'000;

// A section or one of its payments (or other main records) that waits for a person, by which rule. Ordinal 0 means the whole
// section, section 0 all of them.
template <class Rule>
struct hold_mark {
    std::uint32_t section_no{};
    std::uint32_t ordinal{};
    Rule broken{};

    [[nodiscard]] bool operator==(const hold_mark&) const = default;
};

}  // namespace brygga::bankgirot
