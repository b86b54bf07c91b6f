// Makes files of a described format: a way through its order, invented values, totals that are right, and faults that were asked
// for. Internal to the engine.
#pragma once

#include <string>
#include <vector>

#include "formats/format.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

// A record before it is written: values by field, as the file shows them, in UTF-8.
struct made_record {
    std::size_t kind{};
    std::vector<std::string> values;
};

// Kinds of records in an order that is allowed, with so many of the main one: the first in a repetition that has an amount, else
// the first in one. Fewer where the order does not let it repeat.
[[nodiscard]] std::vector<std::size_t> way_through(const language::description& of, std::uint64_t count, std::uint64_t seed);

// Fails with invalid_argument where no values were found that the layout's own rules allow.
[[nodiscard]] result<std::vector<made_record>> make_records(const language::description& of, const generate_settings& what);

// Puts what was counted into the fields that carry it. Fails where a total does not fit its field.
[[nodiscard]] result<void> fill_totals(const language::description& of, std::vector<made_record>& records);

}  // namespace brygga::layout::described
