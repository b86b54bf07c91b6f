// An LB file read line by line: which section a record stands in, what it is there, and what its section adds up to. Internal to
// the reader.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/file_walk.hpp"
#include "formats/bankgirot/seal_frame.hpp"
#include "formats/bankgirot/supplier_payment/checks.hpp"
#include "formats/bankgirot/supplier_payment/layout.hpp"
#include "formats/bankgirot/supplier_payment/reader.hpp"

namespace brygga::supplier_payment::detail {

// What stands before the payments of a recipient: TK40, TK26, TK27.
struct payee_heads {
    bool has_account = false, has_name = false, has_address = false;
    account_record account;
    name_record name;
    address_record address;
    std::array<layout::columns, 3> columns;      // by recipients::part
    std::array<layout::kept_columns, 3> copies;  // of those that do not lie in the file, or no more
    recipients::part first{};                    // whose columns have the number of all
    bool awaits = false;                         // the TK14 of its payout number
    bool used = false;                           // a payment of this recipient was there
    location where;                              // of the first of them
    std::string_view code;
    const char* begin{};  // of its line

    [[nodiscard]] bool any() const noexcept { return has_account || has_name || has_address; }
    [[nodiscard]] std::string_view number() const noexcept { return columns[static_cast<std::size_t>(first)].slice(3, 12); }
};

// The payment that TK25, TK65 and TK49 may follow.
struct open_payment {
    bool open = false;
    payment_view view;
    layout::kept_columns columns;
};

class logical_reader {
 public:
    logical_reader(logical_file& file, const read_options& options, sink& into)
        : file_(file), options_(options), into_(into), check_(file) {}

    // The whole physical file.
    void run(std::string_view bytes, const bankgirot::file_opening& from);

    // For the walk.
    void take(const record_line& line);
    [[nodiscard]] const char* kept_from(const record_line& line);

 private:
    void measure(const record_line& line, const subject& about) { walk_.measure(line, about); }
    void count(std::string_view code) { walk_.counter().count(code); }
    void outside(const record_line& line);
    void open_section(layout_id layout, const record_line& line);
    void open_returned(const record_line& line, const subject& about);
    void close_section();
    void unknown(const record_line& line);
    void finish();
    void tell_character_set(const record_line& opening);

    // section_reader.cpp
    void body(const record_line& line, const record_info& record);
    void grouped(const record_line& line, const record_info& record);
    template <class Layout, class Check>
    void section_record(const record_line& line, const Check& check);
    template <class Layout, class Value>
    void head(const record_line& line, Value& value, bool& has, recipients::part part);
    template <class Layout, class Value>
    [[nodiscard]] std::uint32_t read_head(Value& value, recipients::part part);
    void copy_heads();
    void begin_heads(const record_line& line, std::string_view code, recipients::part first);
    void abandon_heads();
    [[nodiscard]] bool is_of_heads(const record_line& line) const noexcept;
    void main_record(const record_line& line, const record_info& record);
    template <class Layout>
    void main_of(const record_line& line);
    void meet_heads(const record_line& line, std::string_view code, const subject& about);
    void finish_payment();
    template <class Layout>
    void text(const record_line& line);
    void rejection(const record_line& line);
    void hand_out_rejections();
    template <class Layout>
    void watched(const record_line& line);
    void watch_record(const record_line& line, const record_info& record);
    template <class Layout, class View, class Event>
    void credit(const record_line& line, View view, Event event);
    void returned_record(const record_line& line, const record_info& record);
    void closing(const record_line& line);
    void compare_closing(const record_line& line, const closing_record& value, std::uint32_t bad);

    [[nodiscard]] subject next_subject() noexcept { return {section_.section_no, ++ordinal_, {}}; }
    [[nodiscard]] subject section_subject() const noexcept { return {section_.section_no, 0, {}}; }
    // Of the payment that is being read, or of the one to come.
    [[nodiscard]] subject payment_subject() const noexcept {
        return {section_.section_no, payment_.open ? ordinal_ : ordinal_ + 1, {}};
    }
    [[nodiscard]] record_place place_of(const record_line& line) const {
        return {&section_, ordinal_, line.source.number, line.source.bytes};
    }
    [[nodiscard]] layout::columns kept(const record_line& line);

    logical_file& file_;
    const read_options& options_;
    sink& into_;
    checker check_;
    bankgirot::file_walk<rule> walk_{
        check_.report(),
        {.encoding = rule::R17, .size = rule::R15, .tabs = rule::R17, .titles = rule::R18, .fill = rule::R16},
        layouts::width,
        file_.in,
        options_.passed};
    bankgirot::seal_frame<rule> seal_{check_.report(), file_.seal, rule::R14, rule::R18};

    const layout::section_layout* now_ = nullptr;
    bool section_open_ = false;
    section_view section_;
    layout::kept_columns opening_columns_;
    location returned_place_;            // of their record 1
    bool returned_unconfirmed_ = false;  // no record 2 or 3 after it yet
    payee_heads heads_;
    open_payment payment_;
    std::vector<encoded_text> texts_;
    std::vector<rejection_view> rejections_;
    std::deque<layout::kept_columns> extras_;  // columns of texts and rejections
    std::size_t extras_used_ = 0;
    std::uint64_t watched_records_ = 0;
    std::uint32_t ordinal_ = 0;

    std::string versions_;
    std::string_view last_code_;  // of the known record before
    bool lost_ = false;           // the line before was outside all sections too
    bool character_set_told_ = false;
};

}  // namespace brygga::supplier_payment::detail
