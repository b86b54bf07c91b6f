#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "formats/core/text.hpp"
#include "formats/layout/language/detail/checking.hpp"
#include "formats/layout/language/detail/grammar.hpp"

namespace brygga::layout::language::detail {

namespace {

constexpr std::size_t max_names_told = 12;

template <class Element>
std::size_t index_of(const std::vector<Element>& in, view name) {
    const auto found = std::find_if(in.begin(), in.end(), [&](const Element& each) { return each.name == name; });
    return found == in.end() ? none : static_cast<std::size_t>(found - in.begin());
}

template <class Element>
std::string names_of(const std::vector<Element>& in) {
    std::vector<std::string_view> names;
    for (const Element& each : in)
        if (names.size() < max_names_told) names.push_back(each.name);
    if (in.size() > max_names_told) names.back() = "...";
    return listed(names);
}

}  // namespace

std::size_t find_record(checking& at, view name) {
    const std::size_t found = index_of(at.made.records, name);
    if (found == none && !at.tree.incomplete)
        at.fault(name, at.made.records.empty() ? "a record: there is none" : "a record: " + names_of(at.made.records));
    return found;
}

std::size_t find_table(checking& at, view name) {
    const std::size_t found = index_of(at.made.tables, name);
    if (found == none && !at.tree.incomplete)
        at.fault(name, at.made.tables.empty() ? "a code table: there is none" : "a code table: " + names_of(at.made.tables));
    return found;
}

std::size_t find_field(checking& at, std::size_t record, view name, view place) {
    if (record == none) return none;
    const described_record& in = at.made.records[record];
    const std::size_t found = index_of(in.fields, name);
    if (found == none && !at.tree.records[record].broken)
        at.fault(place, in.fields.empty() ? fmt::format("a field of {}: it has none", in.name)
                                          : fmt::format("a field of {}: {}", in.name, names_of(in.fields)));
    return found;
}

found_field find_record_field(checking& at, view both) {
    const std::size_t stop = both.find('.');
    const std::size_t record = find_record(at, both.substr(0, stop));
    return {record, find_field(at, record, both.substr(stop + 1), both.substr(stop + 1))};
}

std::optional<std::uint16_t> number_from(checking& at, view digits, std::size_t low, std::size_t high) {
    std::size_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec == std::errc() && value >= low && value <= high) return static_cast<std::uint16_t>(value);
    at.fault(digits, fmt::format("a number from {} to {}", low, high));
    return std::nullopt;
}

std::optional<column_range> columns_from(checking& at, view columns) {
    const std::size_t middle = columns.find('-');
    const auto first = number_from(at, columns.substr(0, middle), 1, max_layout_width);
    const auto last = number_from(at, columns.substr(middle + 1), 1, max_layout_width);
    if (!first || !last) return std::nullopt;
    if (*first <= *last) return column_range{*first, *last};
    at.fault(columns, "columns FIRST-LAST, the first not behind the last");
    return std::nullopt;
}

std::optional<std::string> file_text(checking& at, view quoted) {
    std::string text = unquoted(quoted);
    if (text.empty()) {
        at.fault(quoted, "a text that is not empty");
        return std::nullopt;
    }
    if (from_utf8(text, at.made.encodings.front())) return text;
    at.fault(quoted, fmt::format("a text that {} can hold", name(at.made.encodings.front())));
    return std::nullopt;
}

std::optional<unsigned> decimals_of(const described_field& field) noexcept {
    switch (field.type) {
        case field_type::number:
            return field.decimals;
        case field_type::ore:
        case field_type::kronor:
            return 2;
        default:
            return std::nullopt;
    }
}

}  // namespace brygga::layout::language::detail
