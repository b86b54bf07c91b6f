// What must hold of any text that is read as a layout, for tests and for the fuzz target.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "formats/core/lines.hpp"
#include "formats/core/text.hpp"
#include "formats/layout/language/parser.hpp"
#include "formats/layout/language/writer.hpp"

namespace brygga::layout::language::testing {

// Every file that is asked for has this text.
inline opener opener_of_one(std::string text) {
    return [text = std::move(text)](const std::string& path) -> result<std::string> {
        if (path.ends_with("none")) return fail(error_code::not_found, "there is no such file");
        return text;
    };
}

inline std::size_t lines_of(std::string_view text) {
    line_cutter cutter(text);
    std::size_t count = 0;
    for (physical_line line; cutter.next(line);)
        ++count;
    return std::max<std::size_t>(count, 1);
}

// Where a fault is not as it should be; empty when all is well.
inline std::string wrong_with(const layout_fault& fault, std::size_t lines) {
    const std::string told = describe(fault);
    const bool is_utf8 = is_valid_utf8(fault.source_line);
    if (!is_utf8) return "the line is no UTF-8";
    if (fault.file.empty() || fault.expected.empty()) return "a part is empty";
    if (fault.line == 0 || fault.line > lines) return "the line is none of the text";
    const std::size_t columns = count_code_points(fault.source_line);
    if (fault.first_column == 0 || fault.first_column > columns + 1) return "the first column is outside the line";
    if (fault.last_column < fault.first_column) return "the columns are in the wrong order";
    if (fault.last_column > std::max<std::size_t>(columns, fault.first_column)) return "the last column is outside the line";
    if (std::count(told.begin(), told.end(), '\n') != 2) return "not told in three lines";
    const std::string caret = told.substr(told.rfind('\n') + 1);
    if (caret.find('^') != fault.first_column - 1U) return "the caret stands elsewhere";
    if (caret.size() != fault.last_column) return "the mark is of another length";
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n'; };
    if (std::any_of(told.begin(), told.end(), is_control)) return "a control character is told";
    return {};
}

inline std::string wrong_with_reading(const std::string& text) {
    const auto made = parse_layout(text, "a.layout", opener_of_one(text));
    if (!made) {
        if (made.error().empty()) return "neither a layout nor a fault";
        if (made.error().size() > max_layout_faults) return "too many faults";
        for (const layout_fault& each : made.error())
            if (std::string wrong = wrong_with(each, lines_of(text)); !wrong.empty()) return wrong + ": " + describe(each);
        return {};
    }
    const std::string written = text_of(*made);
    const auto again = parse_layout(written, "written", {});
    if (!again) {
        const std::string& expected = again.error().front().expected;
        if (expected.starts_with("lines of at most") || expected.starts_with("a file of at most")) return {};
        return "what is written cannot be read: " + describe(again.error().front());
    }
    return *again == *made ? "" : "what is written says something else: " + written;
}

}  // namespace brygga::layout::language::testing
