#include "formats/layout/places.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/personal_number.hpp"
#include "formats/layout/byte_columns.hpp"
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

finding columns_finding(const record_line& line, const record_info& record, unsigned first, unsigned last) {
    finding out;
    out.where = columns_of(line, first, last);
    out.record = record.code;
    out.found = to_utf8(right_trimmed(line.columns.slice(first, last)), line.columns.in);
    return out;
}

}  // namespace

namespace {

// Of cells: the characters of the line that they begin in, which may be a later one of their row.
location cell_location(const record_line& line, unsigned first, unsigned last) {
    const std::string_view row = line.source.bytes;
    const byte_range range = first == 1 && last >= line.width ? byte_range{0, row.size()} : byte_columns(line).of(first, last);
    std::uint64_t number = line.source.number;
    std::size_t begins = 0;  // the line that the range begins in
    line_cutter parts(row);
    for (physical_line part; parts.next(part) && !part.end.empty();) {
        const std::size_t next = part.offset + part.bytes.size() + part.end.size();
        if (next > range.begin) break;
        begins = next;
        ++number;
    }
    const std::size_t offset = line.source.offset + range.begin;
    if (range.empty()) return {number, offset, 0, 0};
    const encoding in = line.columns.in;
    const std::size_t ends = std::min(row.find_first_of("\r\n", range.begin), range.end);
    const unsigned before = columns_in(row.substr(begins, range.begin - begins), in);
    const unsigned size = columns_in(row.substr(range.begin, ends - range.begin), in);
    return {number, offset, static_cast<std::uint16_t>(before + 1), static_cast<std::uint16_t>(before + std::max(size, 1U))};
}

}  // namespace

location columns_of(const record_line& line, unsigned first, unsigned last) {
    if (line.rows != nullptr) return cell_location(line, first, last);
    return {line.source.number, line.offset_of(first), static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)};
}

location code_columns(const record_line& line, unsigned size) {
    return columns_of(line, 1, size);
}

location tab_of(const record_line& line) {
    const std::string_view before = line.source.bytes.substr(0, line.source.bytes.find('\t'));
    const unsigned filled = columns_in(before, line.columns.in);
    location out = columns_of(line, filled + 1, filled / tab_width * tab_width + tab_width);
    out.offset = line.source.offset + before.size();
    return out;
}

location surplus_of(const record_line& line) {
    const unsigned last = std::max(columns_in(line.source.bytes, line.columns.in), line.width + 1);
    return columns_of(line, line.width + 1, last);
}

location fill_of(const record_line& line) {
    if (line.cut) return surplus_of(line);
    const unsigned filled = line.tabs ? line.measured() : columns_in(line.source.bytes, line.columns.in);
    return columns_of(line, filled + 1, line.width);
}

bool has_slipped(std::string_view slice, const field_info& field) noexcept {
    constexpr std::string_view digits = " 0123456789", marks = " 0123456789+-.,:/T";
    if (!takes_text(field.fills) && slice.find_first_not_of(digits) != std::string_view::npos) return true;
    if (field.only_marks) return slice.find_first_not_of(marks) != std::string_view::npos;
    return field.longest != 0 && trimmed(slice).size() > field.longest;
}

finding field_finding(const record_line& line, const record_info& record, const field_info& field) {
    finding out = columns_finding(line, record, field.first, field.last);
    out.field = field.name;
    out.personal = has_slipped(line.columns.slice(field.first, field.last), field) || is_personal(field.guard, out.found);
    return out;
}

finding filler_finding(const record_line& line, const record_info& record, const filler_info& columns) {
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
