#include "formats/layout/describe.hpp"

#include <fmt/format.h>

namespace brygga::layout {

namespace {

std::string_view meaning(form fills) noexcept {
    switch (fills) {
        case form::number: return "number, right-aligned, zero-filled";
        case form::digits: return "digits";
        case form::optional_digits: return "digits or blank";
        case form::text: return "text, blank-filled";
        case form::code: return "one character";
    }
    return "";
}

}  // namespace

void describe(const document_layout& layout, const output& to) {
    for (const record_info& record : layout.records) {
        to(fmt::format("{} {}\n", record.code, record.title));
        for (const field_info& field : record.fields)
            to(fmt::format("  {:>3}-{:<3} {:>3}  {:<20} {}\n", field.first, field.last, field.width(), field.name,
                           meaning(field.fills)));
    }
}

}  // namespace brygga::layout
