// A physical file that is one logical file, line by line: what the readers of Autogiro, LB and SUS do before they look at a
// record. Internal to the readers.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "formats/bankgirot/record_table.hpp"
#include "formats/bankgirot/reporter.hpp"
#include "formats/core/encoding_detection.hpp"
#include "formats/core/lines.hpp"
#include "formats/layout/document.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::bankgirot {

// How many lines each record code has, known or not.
class record_counter {
 public:
    explicit record_counter(encoding in) noexcept : in_(in) {}
    void count(std::string_view code) {
        if (const unsigned number = code_number(code); number != no_code) [[likely]]
            ++numbered_[number];
        else
            count_other(code);
    }
    void add_to(std::map<std::string, std::uint64_t>& records) const;

 private:
    void count_other(std::string_view code);

    encoding in_;
    std::array<std::uint64_t, no_code> numbered_{};
    std::map<std::string, std::uint64_t> others_;  // at most 100, then "other"
    std::string last_;                             // of these, with what `others_` has for it
    std::uint64_t* last_count_ = nullptr;
};

// What is known of a file before its first line is read.
struct file_opening {
    detected_encoding found;
    std::size_t opens{};  // where its first record stands, or something that should be one; before it are title lines
};
[[nodiscard]] file_opening open_file(std::string_view bytes, const layout::document_layout& layout,
                                     const layout::document_options& options);

// The rules that tell how lines were read.
template <class Rule>
struct line_rules {
    Rule encoding;  // it is not ISO 8859-1
    Rule size;      // CR without LF; something beyond the last column
    Rule tabs;      // within the columns
    Rule titles;    // title lines were skipped
    Rule fill;      // lines were padded or cut, blank ones skipped
};

template <class Rule>
class file_walk {
 public:
    file_walk(reporter<Rule>& report, const line_rules<Rule>& rules, unsigned width, encoding in,
              const std::function<void(std::size_t)>& passed)
        : report_(report), rules_(rules), width_(width), padder_(width, in), passed_(passed), counter_(in) {}

    // Hands each record to reader.take(line), and afterwards asks reader.kept_from(line) for the first byte that a view which is
    // yet to be handed out may point into: what lies before it is passed.
    template <class Reader>
    void each_record(std::string_view bytes, const file_opening& from, Reader& reader);

    void measure(const layout::record_line& line, const subject& about);
    void tell_fills();
    // The finding on a file without any section.
    void tell_no_section(Rule broken, std::string_view expected);

    [[nodiscard]] bool at_first() const noexcept { return taken_ == 1; }  // the record that is being read is the first one
    [[nodiscard]] const location& last_place() const noexcept { return last_; }
    [[nodiscard]] record_counter& counter() noexcept { return counter_; }

 private:
    void tell_encoding(const detected_encoding& found);
    void tell_size(const physical_line& line);
    void note_fill(const layout::record_line& line);

    reporter<Rule>& report_;
    line_rules<Rule> rules_;
    unsigned width_;
    layout::line_padder padder_;
    const std::function<void(std::size_t)>& passed_;
    record_counter counter_;
    std::uint64_t taken_ = 0, padded_ = 0, cut_ = 0, blank_ = 0, titles_ = 0;
    location last_, first_fill_, first_title_;
    std::string first_fill_code_;
    bool cr_told_ = false;
};

template <class Rule>
template <class Reader>
void file_walk<Rule>::each_record(std::string_view bytes, const file_opening& from, Reader& reader) {
    constexpr std::size_t step = std::size_t{1} << 20;
    tell_encoding(from.found);
    const char* const content_end = bytes.data() + layout::without_end(bytes).size();
    const std::size_t mark = bytes.starts_with(utf8_byte_order_mark) ? utf8_byte_order_mark.size() : 0;
    line_cutter lines(bytes.substr(mark), 1, mark);
    physical_line source;
    std::size_t passed = 0;
    while (lines.next(source)) {
        if (source.bytes.data() + source.bytes.size() > content_end) source.bytes = layout::without_end_mark(source.bytes);
        if (taken_ == 0 && source.bytes.starts_with(utf8_byte_order_mark)) {  // after blank lines
            source.bytes.remove_prefix(utf8_byte_order_mark.size());
            source.offset += utf8_byte_order_mark.size();
        }
        if (source.end.size() == 1 && source.end.front() == '\r' && !cr_told_) tell_size(source);
        if (layout::is_blank_line(source.bytes)) {
            if (blank_++ + padded_ + cut_ == 0) first_fill_ = {source.number, source.offset, 0, 0};
            continue;
        }
        if (source.offset < from.opens) {
            if (titles_++ == 0) first_title_ = {source.number, source.offset, 0, 0};
            continue;
        }
        ++taken_;
        last_ = {source.number, source.offset, 1, 2};
        padder_.recycle();
        const layout::record_line line = padder_.pad(source);
        if (line.padded || line.cut) note_fill(line);
        reader.take(line);
        if (!passed_ || source.offset - passed < step) continue;
        passed = static_cast<std::size_t>(reader.kept_from(line) - bytes.data());
        passed_(passed);
    }
}

template <class Rule>
void file_walk<Rule>::tell_encoding(const detected_encoding& found) {
    if (found.in == encoding::iso_8859_1) return;
    std::string text(name(found.in));
    if (found.byte_order_mark) text += " with a byte order mark";
    report_.place(rules_.encoding, severity::info, {1, 0, 0, 0}, {}, {}, text, "ISO 8859-1");
}

template <class Rule>
void file_walk<Rule>::tell_size(const physical_line& line) {
    cr_told_ = true;
    report_.place(rules_.size, severity::error, {line.number, line.offset, 0, 0}, {}, {}, "CR without LF", "CR LF or LF");
}

template <class Rule>
void file_walk<Rule>::note_fill(const layout::record_line& line) {
    if (blank_ + padded_ + cut_ == 0) {
        first_fill_ = layout::fill_of(line);
        first_fill_code_ = line.columns.utf8(1, 2);
    }
    ++(line.padded ? padded_ : cut_);
}

// Something beyond the columns, TABs within.
template <class Rule>
void file_walk<Rule>::measure(const layout::record_line& line, const subject& about) {
    if (line.surplus) [[unlikely]]
        report_.place(rules_.size, severity::hold, layout::surplus_of(line), line.code(), about,
                      fmt::format("{} bytes", line.source.bytes.size()), fmt::format("{} columns", width_));
    if (!line.tabs) [[likely]]
        return;
    const location tab = layout::tab_of(line);
    if (tab.first_column <= width_) report_.place(rules_.tabs, severity::warning, tab, line.code(), about, "\\t", "blanks");
}

// What was done to read the file, once each.
template <class Rule>
void file_walk<Rule>::tell_fills() {
    if (titles_ != 0) report_.place(rules_.titles, severity::info, first_title_, {}, {}, fmt::format("{} lines", titles_), {});
    if (padded_ + cut_ + blank_ != 0)
        report_.place(rules_.fill, severity::info, first_fill_, first_fill_code_, {},
                      fmt::format("{} lines padded, {} cut, {} blank lines skipped", padded_, cut_, blank_), {});
}

template <class Rule>
void file_walk<Rule>::tell_no_section(Rule broken, std::string_view expected) {
    const bool begun = taken_ != 0;
    report_.place(broken, severity::error, {begun ? last_.line : 1, last_.offset, 0, 0}, {}, {},
                  begun ? "no section" : "an empty file", expected);
}

}  // namespace brygga::bankgirot
