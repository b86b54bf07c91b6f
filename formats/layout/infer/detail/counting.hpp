// What can be counted in the samples: records, and the numbers in them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "formats/layout/infer/detail/proposal.hpp"

namespace brygga::layout::infer::detail {

inline constexpr std::int64_t too_much = std::numeric_limits<std::int64_t>::max() / 4;  // a sum stays below

struct stretch {
    std::size_t begin{}, end{};  // lines
};

// What is counted in each stretch of the files.
struct target {
    std::vector<proposed_term> terms;
    std::vector<std::int64_t> values;  // by stretch
    bool is_copy = false;              // a sum of one value, wherever it stands
};

// The stretches from one record of a kind to the next, or whole files.
struct scope {
    std::size_t within = language::none;
    std::vector<stretch> stretches;
    std::vector<target> targets;  // over the first stretches; what is found there is tried on the others

    [[nodiscard]] std::size_t searched() const noexcept { return std::min<std::size_t>(stretches.size(), 1000); }
};

[[nodiscard]] bool may_be_number(const proposed_line& part) noexcept;
[[nodiscard]] std::optional<std::int64_t> number_in(const proposal& of, const proposed_line& part, std::size_t line);

// Without targets. Samples that were not looked at as a whole have no stretches.
[[nodiscard]] scope scope_of(const proposal& of, std::size_t within);
// Sets the targets: each kind and all lines, each number, and pairs of either.
void count(const proposal& of, scope& in);

}  // namespace brygga::layout::infer::detail
