// Makes SUS payment files of any size from a seed: invented people born in the 1890s, correct totals, and faults on request. The
// same settings give the same bytes with every compiler. Without faults and bad items such a file has no finding; a bad item has
// exactly one: its civic number is wrong.
#pragma once

#include <span>
#include <string_view>

#include "formats/bankgirot/sus/rules.hpp"
#include "formats/format.hpp"

namespace brygga::sus {

inline constexpr std::uint64_t max_generated_items = 30'000'000;
inline constexpr date default_generated_day{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};

struct fault_info {
    rule broken{};
    std::string_view what;  // what is done to the section, one line
};

// In the order of the rules. Each stands in a section of its own at the end of the file; that of LB-R01 last.
[[nodiscard]] std::span<const fault_info> faults() noexcept;

// `count` is the number of payments before the sections that faults add. Fails with invalid_argument on a fault that no file can
// have, no payment at all, more than max_generated_items, more than 100 percent, or a day outside 1970 to 2098.
[[nodiscard]] result<void> generate(const generate_settings& what, const output& to);

}  // namespace brygga::sus
