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

}  // namespace

namespace {

void describe_record(const record_info& record, const output& to) {
    to(fmt::format("{} {}\n", record.code, record.title));
    std::map<std::uint16_t, std::string> rows;  // by column
    for (const field_info& field : record.fields)
        rows[field.first] = fmt::format("  {:>3}-{:<3} {:>3}  {:<20} {}\n", field.first, field.last, field.width(), field.name,
                                        meaning(field.fills));
    for (const filler_info& each : record.fillers)
        if (each.holds == filler::constant)
            rows[each.first] = fmt::format("  {:>3}-{:<3} {:>3}  {:<20} always\n", each.first, each.last, each.width(),
                                           fmt::format("\"{}\"", each.constant));
    for (const auto& [column, row] : rows)
        to(row);
}

}  // namespace

void describe(const document_layout& layout, const output& to) {
    for (const section_layout& section : layout.sections) {
        if (!section.id.empty()) to(fmt::format("{}\n", section.id));
        for (const record_info& record : section.records)
            describe_record(record, to);
    }
}

}  // namespace brygga::layout
