// An Autogiro file read line by line: which section a record stands in, what it is there, and what its section adds up to.
// Internal to the reader.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/autogiro/checks.hpp"
#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/bankgirot/autogiro/reader.hpp"
#include "formats/bankgirot/file_walk.hpp"
#include "formats/bankgirot/seal_frame.hpp"

namespace brygga::autogiro::detail {

// The TK15, TK16 or TK17 that the payments being read belong to.
struct open_entry {
    char kind = ' ';  // '5', '6', '7': the code's second digit; blank: none
    entry_record record;
    layout::record_line line;
    bool amount_readable = false, count_readable = false;
    ore_sum approved_ore;
    std::uint64_t approved{};
};

class logical_reader {
 public:
    logical_reader(logical_file& file, const read_options& options, sink& into)
        : file_(file), options_(options), into_(into), check_(file) {}

    // The whole physical file.
    void run(std::string_view bytes, const bankgirot::file_opening& from);

    // For the walk.
    void take(const record_line& line);
    [[nodiscard]] const char* kept_from(const record_line& line) const noexcept {
        return mandate_open_ ? mandate_.at.bytes.data() : line.source.bytes.data();
    }

 private:
    void measure(const record_line& line, const subject& about) { walk_.measure(line, about); }
    void count(std::string_view code) { walk_.counter().count(code); }
    void outside(const record_line& line);
    void open_section(layout_id layout, const record_line& line, const record_info& record);
    void tell_unclosed(const record_line& next);
    void close_section();
    void finish();
    void tell_character_set(const record_line& opening);

    void body(const record_line& line, const record_info& record);
    void request(const record_line& line, const record_info& record);
    void instruction(const record_line& line, const record_info& record);
    void change(const record_line& line, const record_info& record);
    template <class Layout>
    void changed(const record_line& line);
    template <class Layout>
    void mandate_request(const record_line& line);
    template <class Layout>
    void payment(const record_line& line, payment_direction direction, payment_kind kind);
    void specification(const record_line& line, const record_info& record);
    template <class Layout>
    void entry(const record_line& line);
    void close_entry();
    void refund(const record_line& line);
    template <class Layout>
    void advice(const record_line& line);
    void amendment(const record_line& line, const record_info& record);
    void internet(const record_line& line, const record_info& record);
    void internet_detail(const record_line& line, const record_info& record);
    void finish_mandate();
    [[nodiscard]] layout::columns kept_text(const record_line& line);
    template <class Layout>
    void registered(const record_line& line);
    void closing(const record_line& line);
    template <class Layout>
    void closing_of(const record_line& line);
    void compare_closing(const record_line& line, const record_info& record, const closing_record& value, std::uint32_t bad);

    [[nodiscard]] subject next_subject();
    void put_place(record_place& at, const record_line& line) const;
    [[nodiscard]] subject section_subject() const noexcept { return {section_.section_no, 0, {}}; }
    [[nodiscard]] bool is_old() const noexcept;

    logical_file& file_;
    const read_options& options_;
    sink& into_;
    checker check_;
    bankgirot::file_walk<rule> walk_{
        check_.report(),
        {.encoding = rule::R23, .size = rule::R04, .tabs = rule::R25, .titles = rule::R22, .fill = rule::R26},
        layouts::width,
        file_.in,
        options_.passed};
    bankgirot::seal_frame<rule> seal_{check_.report(), file_.seal, rule::R01, rule::R27};

    const layout::section_layout* now_ = nullptr;
    bool section_open_ = false;
    section_view section_;
    layout::kept_columns opening_columns_;
    // Of the most frequent records: within a section a record code fills the same fields each time, so that they need no
    // clearing.
    struct {
        mandate_request_view request;
        payment_view payment;
        advice_view advice;
        register_view entry;
    } views_;
    open_entry entry_;
    layout::kept_columns entry_columns_;
    std::uint64_t entries_[3] = {};  // TK15, TK16, TK17 of the section
    std::uint64_t details_ = 0;      // TK52 to TK56 of the section
    std::uint32_t ordinal_ = 0;
    std::string customer_number_;  // of the first section that has one

    bool mandate_open_ = false;  // a TK52 whose TK53 to TK56 may follow
    internet_mandate_view mandate_;
    std::vector<encoded_text> texts_;
    // What its views point into: its TK52, TK54, TK55 and TK56, and its TK53.
    layout::kept_columns mandate_columns_[4];
    std::deque<layout::kept_columns> text_columns_;

    std::string versions_;
    bool lost_ = false;  // the line before was outside all sections too
    bool foreign_umlaut_told_ = false;
};

}  // namespace brygga::autogiro::detail
