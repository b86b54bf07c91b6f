// What is proposed, before it is text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/infer/detail/kinds.hpp"
#include "formats/layout/infer/detail/samples.hpp"
#include "formats/layout/infer/detail/shape.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::infer::detail {

// A line of a record: a field, or a filler where that has no name.
struct proposed_line {
    std::uint16_t first{}, last{};
    language::described_field field;
    language::described_filler filler;
    std::vector<std::string> codes;  // of its table
    std::vector<std::size_t> code_counts;
    std::string note;
    bool is_total = false;  // a total is stated of it, or a sum has it

    [[nodiscard]] bool is_field() const noexcept { return !field.name.empty(); }
};

struct proposed_kind {
    std::string name, code;
    bool opens = false, closes = false;  // each sample has one, as its first or last line
    std::vector<std::size_t> lines;
    std::vector<proposed_line> parts;  // in the order of their columns
};

// Fields are known by their kind and first column, which stay when a stretch of columns is cut into more fields.
struct proposed_term {
    std::size_t kind = language::none;  // none: every line
    std::uint16_t first = 0;            // 0: counts

    [[nodiscard]] bool operator==(const proposed_term&) const = default;
};

struct proposed_total {
    std::size_t carrier{};
    std::uint16_t first{};
    std::vector<proposed_term> terms;
    std::size_t within = language::none;
    std::string note;
    bool stated = true;  // else a comment only: too little speaks for it
};

struct proposal {
    sample_lines samples;
    file_shape shape;
    line_kinds kinds;
    std::vector<proposed_kind> records;
    std::vector<proposed_total> totals;

    // What stands there in a line; nothing in a separated line that has no such column.
    [[nodiscard]] std::string_view value(std::size_t line, std::size_t first, std::size_t last) const {
        if (!shape.separated) return samples.lines[line].substr(first - 1, last - first + 1);
        return first <= shape.cells[line].size() ? shape.cells[line][first - 1] : std::string_view();
    }
};

}  // namespace brygga::layout::infer::detail
