#include <algorithm>

#include <fmt/format.h>

#include "formats/core/date.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/language/detail/checking.hpp"

namespace brygga::layout::language::detail {

namespace {

bool says(const checking& at, view word) {
    return std::find(at.tree.words.begin(), at.tree.words.end(), word) != at.tree.words.end();
}

void check_version(checking& at) {
    if (!at.tree.version) return;
    const version_tree& version = *at.tree.version;
    at.made.version = unquoted(version.text);
    at.made.from = parse_iso_date(version.from);
    at.made.until = parse_iso_date(version.until);
    if (at.made.from && at.made.until && *at.made.until < *at.made.from)
        at.fault(version.until, "a day not before the first one");
}

// A character of ASCII that is no letter, digit or blank.
bool is_mark(std::string_view text) {
    if (text.size() != 1) return false;
    const char c = text.front();
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return c > ' ' && c < 0x7F && !letter && !(c >= '0' && c <= '9');
}

std::optional<char> mark_from(checking& at, view quoted) {
    const std::string text = unquoted(quoted);
    if (is_mark(text)) return text.front();
    at.fault(quoted, "one character that is no letter, digit or blank");
    return std::nullopt;
}

separation separation_from(checking& at, const separation_tree& tree) {
    separation made;
    made.separator = tree.separator == "tab" ? '\t' : mark_from(at, tree.separator).value_or(made.separator);
    if (!tree.quote.empty()) made.quote = mark_from(at, tree.quote).value_or('\0');
    made.header = !tree.header.empty();
    if (made.quote == made.separator) at.fault(tree.quote, "another character than the separator");
    return made;
}

void check_medium(checking& at) {
    const layout_tree& tree = at.tree;
    if (tree.separated && !tree.separated->separator.empty()) at.made.separated = separation_from(at, *tree.separated);
    if (!tree.width.empty()) at.made.width = number_from(at, tree.width, 1, max_layout_width).value_or(0);
    if (says(at, "fixed") && says(at, "separated")) {
        const auto second = std::find_if(tree.words.rbegin(), tree.words.rend(),
                                         [](view each) { return each == "fixed" || each == "separated"; });
        at.fault(*second, "either fixed or separated");
    }
    if (!says(at, "fixed") && !says(at, "separated") && !tree.incomplete)
        at.fault(tree.format.empty() ? tree.begin : tree.format, "a statement fixed or separated in this format");
}

void check_encodings(checking& at) {
    for (const view each : at.tree.encodings) {
        const auto code = parse_encoding(each);
        const auto& known = at.made.encodings;
        if (std::find(known.begin(), known.end(), *code) != known.end())
            at.fault(each, "each encoding once");
        else
            at.made.encodings.push_back(*code);
    }
    if (at.made.encodings.empty()) at.made.encodings.push_back(encoding::iso_8859_1);
}

void check_code_place(checking& at) {
    if (!at.tree.code) return;
    const code_place_tree& code = *at.tree.code;
    if (!code.columns.empty()) {
        const auto place = columns_from(at, code.columns);
        if (!at.is_fixed()) at.fault(code.columns, "column N: records are separated");
        if (!place || !at.is_fixed()) return;
        if (at.made.width != 0 && place->last > at.made.width)
            at.fault(code.columns, fmt::format("columns up to {}", at.made.width));
        at.made.code_first = place->first;
        at.made.code_last = place->last;
    } else if (!code.column.empty()) {
        const auto column = number_from(at, code.column, 1, max_layout_fields);
        if (at.is_fixed())
            at.fault(code.column, "columns FIRST-LAST: records are fixed");
        else
            at.made.code_first = at.made.code_last = column.value_or(0);
    }
}

}  // namespace

void check_head(checking& at) {
    at.made.id = at.tree.id;
    at.made.title = unquoted(at.tree.title);
    check_version(at);
    at.made.comes_in = at.tree.direction != "out";
    at.made.goes_out = at.tree.direction != "in";
    at.made.crlf = at.tree.line_end != "LF";
    check_medium(at);
    check_encodings(at);
    check_code_place(at);
}

}  // namespace brygga::layout::language::detail
