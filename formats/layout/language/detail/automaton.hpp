// From an order expression to the automaton that knows the same orders.
#pragma once

#include <vector>

#include <tl/expected.hpp>

#include "formats/layout/language/description.hpp"

namespace brygga::layout::language::detail {

struct order_expression {
    enum class kind_of : std::uint8_t { record, sequence, choice };
    kind_of kind{};
    std::size_t record{};  // of one record
    bool may_lack = false, may_repeat = false;
    std::vector<order_expression> parts;
};

enum class order_fault : std::uint8_t { too_many_names, too_many_states };

// Deterministic, with the fewest states; they are numbered as they are reached, steps in order of their records. So two
// expressions of the same orders give the same.
[[nodiscard]] tl::expected<std::vector<order_state>, order_fault> automaton_of(const order_expression& order);

}  // namespace brygga::layout::language::detail
