// The syntax tree: what a layout file says, statement by statement, before it is known whether it makes sense. Every view points
// into the text, quoted ones with their quotes, and so says where it stands as well.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/layout/language/description.hpp"

namespace brygga::layout::language::detail {

using view = std::string_view;

enum class operand_kind : std::uint8_t { field, number, text, day };

struct operand_tree {
    operand_kind kind{};
    view text;  // of a field: FIELD or RECORD.FIELD
};

struct condition_tree {
    condition_kind kind{};
    view how;  // of a comparison; the word `fillers`
    std::vector<operand_tree> operands;
    std::vector<condition_tree> parts;
};

enum class order_kind : std::uint8_t { record, sequence, choice };

struct order_tree {
    order_kind kind{};
    view name;    // of a record
    view repeat;  // "?", "*", "+" or empty
    std::vector<order_tree> parts;
};

struct version_tree {
    view text, from, until;
};

struct separation_tree {
    view separator, quote, header;
};

struct code_place_tree {
    view columns, column;  // one of them
};

struct code_entry_tree {
    view value, text;
};

struct codes_tree {
    view name;
    std::vector<code_entry_tree> entries;
    bool broken = false;  // a line of it was not understood
};

struct modifier_tree {
    view word, kind;  // kind: of `personal`
};

struct field_tree {
    view columns, column, heading;  // one of them
    view filler;                    // a word or a quoted constant; then nothing below
    view name, type;
    view form;  // of date, time, timestamp; the mark of kronor; the decimals of number; the table of code
    std::vector<modifier_tree> modifiers;
    bool broken = false;  // not understood: nothing here counts

    [[nodiscard]] view place() const noexcept { return !columns.empty() ? columns : !column.empty() ? column : heading; }
};

struct record_tree {
    view name, first_text, second_text;  // a title, or a code and a title
    std::optional<condition_tree> when;
    std::vector<field_tree> fields;
    bool broken = false;
};

struct section_line_tree {
    view word;
    std::vector<view> records;
};

struct section_tree {
    view name, title;
    std::vector<section_line_tree> lines;
    bool broken = false;
};

struct order_statement_tree {
    view word;
    order_tree order;
};

struct term_tree {
    bool counts = false, subtracts = false;
    view of;  // RECORD, "all" or RECORD.FIELD
};

struct total_tree {
    view carrier, within;
    std::vector<term_tree> terms;
};

struct rule_tree {
    view id, level, title, help;
    view on;  // a record, with
    condition_tree must_hold;
    view test;   // or a built-in test
    view total;  // of `total`: RECORD.FIELD of one; empty: of all others
};

struct ledger_value_tree {
    view name;
    view source;       // "text" or "sum" before `of`
    view field, text;  // FIELD or RECORD.FIELD; or a text
};

struct ledger_tree {
    view type, from, grouped_by;
    std::vector<ledger_value_tree> values;
    bool broken = false;
};

struct layout_tree {
    view begin;  // where the first file begins
    view format, id, title;
    std::optional<version_tree> version;
    view direction, width, line_end;
    std::optional<separation_tree> separated;
    std::vector<view> encodings;
    std::optional<code_place_tree> code;
    std::vector<codes_tree> tables;
    std::vector<record_tree> records;
    std::vector<section_tree> sections;
    std::optional<order_statement_tree> order;
    std::vector<total_tree> totals;
    std::vector<rule_tree> rules;
    std::vector<ledger_tree> meanings;
    std::vector<view> words;  // the first word of every statement that there may be one of
    bool incomplete = false;  // a statement that names something was not understood: what is unknown may stand there
};

[[nodiscard]] std::string unquoted(view text);

}  // namespace brygga::layout::language::detail
