#include "formats/layout/describe.hpp"

#include <map>

#include <fmt/format.h>

namespace brygga::layout {

namespace {

std::string_view meaning(form fills) noexcept {
    switch (fills) {
        case form::number:
            return "number, right-aligned, zero-filled";
        case form::digits:
            return "digits";
        case form::optional_digits:
            return "digits or blank";
        case form::text:
            return "text, blank-filled";
        case form::code:
            return "one character";
    }
    return "";
}

// "  1-8     8  ", or of a row the column.
std::string place_of(std::uint16_t first, std::uint16_t last, bool is_row) {
    if (is_row) return fmt::format("  {:>3}  ", first);
    return fmt::format("  {:>3}-{:<3} {:>3}  ", first, last, last - first + 1);
}

void describe_record(const record_info& record, bool is_row, const output& to) {
    to(fmt::format("{} {}\n", record.code, record.title));
    std::map<std::uint16_t, std::string> rows;  // by column
    for (const field_info& field : record.fields)
        rows[field.first] = fmt::format("{}{:<20} {}\n", place_of(field.first, field.last, is_row), field.name,
                                        is_row ? "text" : meaning(field.fills));
    for (const filler_info& each : record.fillers)
        if (each.holds == filler::constant)
            rows[each.first] =
                fmt::format("{}{:<20} always\n", place_of(each.first, each.last, is_row), fmt::format("\"{}\"", each.constant));
    for (const auto& [column, row] : rows)
        to(row);
}

}  // namespace

void describe(const document_layout& layout, const output& to) {
    for (const section_layout& section : layout.sections) {
        if (!section.id.empty()) to(fmt::format("{}\n", section.id));
        for (const record_info& record : section.records)
            describe_record(record, layout.separated.has_value(), to);
    }
}

}  // namespace brygga::layout
