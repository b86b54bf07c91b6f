// The second half of reading a layout: from the syntax tree to a description, with a fault for whatever makes no sense. The parts
// run in the order below; each fills its part of `made` and keeps what is of the same index in the tree at the same index.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/language/detail/source.hpp"
#include "formats/layout/language/detail/syntax.hpp"

namespace brygga::layout::language::detail {

struct checking {
    const layout_tree& tree;
    source_texts& texts;
    description made;
    std::vector<bool> doubtful{};  // by record: its code or condition has a fault
    bool sections_doubtful = false;

    void fault(view place, std::string expected) const { texts.fault(place, std::move(expected)); }
    [[nodiscard]] bool is_fixed() const noexcept { return !made.separated; }
};

void check_head(checking& at);     // all statements of one line
void check_tables(checking& at);   // code tables
void check_records(checking& at);  // with their fields, without their conditions
void check_whens(checking& at);    // the conditions of records
void check_sections(checking& at);
void check_kinds(checking& at);  // that each record can be told from the others
void check_order(checking& at);
void check_totals(checking& at);
void check_rules(checking& at);
void check_meanings(checking& at);  // in the ledger

// One field of a record, without its columns.
[[nodiscard]] described_field check_field(checking& at, const field_tree& field, std::size_t columns);
[[nodiscard]] condition check_condition(checking& at, std::size_t record, const condition_tree& tree);

// Index of a name, or `none` with a fault at it. No fault where the name may stand in what was not understood.
[[nodiscard]] std::size_t find_record(checking& at, view name);
[[nodiscard]] std::size_t find_table(checking& at, view name);
[[nodiscard]] std::size_t find_field(checking& at, std::size_t record, view name, view place);
struct found_field {
    std::size_t record = none, field = none;
};
[[nodiscard]] found_field find_record_field(checking& at, view both);  // RECORD.FIELD

// Digits as a value, or nothing with a fault.
[[nodiscard]] std::optional<std::uint16_t> number_from(checking& at, view digits, std::size_t low, std::size_t high);
// 3-14 as both.
struct column_range {
    std::uint16_t first{}, last{};
};
[[nodiscard]] std::optional<column_range> columns_from(checking& at, view columns);
// A text that the file can hold, or nothing with a fault.
[[nodiscard]] std::optional<std::string> file_text(checking& at, view quoted);

// Decimals of what can be added up; nothing for all else.
[[nodiscard]] std::optional<unsigned> decimals_of(const described_field& field) noexcept;

}  // namespace brygga::layout::language::detail
