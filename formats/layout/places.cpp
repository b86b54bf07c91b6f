#include "formats/layout/places.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/personal_number.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::layout {

namespace {

constexpr unsigned last_reported_column = 60'000;  // columns of a location have 16 bits

unsigned columns_in(std::string_view bytes, encoding in) noexcept {
    const std::size_t count = in == encoding::utf_8 ? count_code_points(bytes) : bytes.size();
    return static_cast<unsigned>(std::min<std::size_t>(count, last_reported_column));
}

bool is_personal(privacy guard, std::string_view found) noexcept {
    switch (guard) {
        case privacy::open:
        case privacy::own_account:
            return false;
        case privacy::reference:
            return found.find_first_not_of(" \t0123456789") != std::string_view::npos || may_hold_personal_number(found);
        case privacy::name:
        case privacy::address:
        case privacy::identity:
        case privacy::account:
        case privacy::free_text:
            return true;
    }
    return true;
}

bool takes_text(form fills) noexcept {
    switch (fills) {
        case form::text:
        case form::code:
            return true;
        case form::number:
        case form::digits:
        case form::optional_digits:
            return false;
    }
    return false;
}

finding columns_finding(const fixed_line& line, const record_info& record, unsigned first, unsigned last) {
    finding out;
    out.where = columns_of(line, first, last);
    out.record = record.code;
    out.found = to_utf8(right_trimmed(line.columns.slice(first, last)), line.columns.in);
    return out;
}

}  // namespace

location columns_of(const fixed_line& line, unsigned first, unsigned last) noexcept {
    return {line.source.number, line.offset_of(first), static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)};
}

location code_columns(const fixed_line& line, unsigned size) noexcept {
    return columns_of(line, 1, size);
}

location tab_of(const fixed_line& line) noexcept {
    const std::string_view before = line.source.bytes.substr(0, line.source.bytes.find('\t'));
    const unsigned filled = columns_in(before, line.columns.in);
    location out = columns_of(line, filled + 1, filled / tab_width * tab_width + tab_width);
    out.offset = line.source.offset + before.size();
    return out;
}

location surplus_of(const fixed_line& line) noexcept {
    const unsigned last = std::max(columns_in(line.source.bytes, line.columns.in), line.width + 1);
    return columns_of(line, line.width + 1, last);
}

location fill_of(const fixed_line& line) noexcept {
    if (line.cut) return surplus_of(line);
    const unsigned filled = line.tabs ? line.measured() : columns_in(line.source.bytes, line.columns.in);
    return columns_of(line, filled + 1, line.width);
}

finding field_finding(const fixed_line& line, const record_info& record, const field_info& field) {
    finding out = columns_finding(line, record, field.first, field.last);
    out.field = field.name;
    const bool slipped = !takes_text(field.fills) && out.found.find_first_not_of(" 0123456789") != std::string::npos;
    out.personal = slipped || is_personal(field.guard, out.found);
    return out;
}

finding filler_finding(const fixed_line& line, const record_info& record, const filler_info& columns) {
    finding out = columns_finding(line, record, columns.first, columns.last);
    out.personal = true;  // it may be anything
    out.expected = expectation(columns);
    return out;
}

std::string expectation(const field_info& field) {
    switch (field.fills) {
        case form::number:
        case form::digits:
            return fmt::format("{} digits", field.width());
        case form::optional_digits:
            return fmt::format("{} digits or blank", field.width());
        case form::text:
        case form::code:
            return "a character of the table";
    }
    return {};
}

std::string expectation(const filler_info& columns) {
    switch (columns.holds) {
        case filler::anything:
        case filler::blank:
            return "blank";
        case filler::blank_or_zeros:
            return "blank or zeros";
        case filler::constant:
            return fmt::format("\"{}\"", columns.constant);
    }
    return {};
}

}  // namespace brygga::layout
