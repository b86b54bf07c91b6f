// An LB file read line by line: which section a record stands in, what it is there, and what its section adds up to. Internal to
// the reader.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/supplier_payment/checks.hpp"
#include "formats/bankgirot/supplier_payment/layout.hpp"
#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/core/lines.hpp"

namespace brygga::supplier_payment::detail {

// What stands before the payments of a recipient: TK40, TK26, TK27.
struct payee_heads {
    bool has_account = false, has_name = false, has_address = false;
    account_record account;
    name_record name;
    address_record address;
    std::array<layout::kept_columns, 3> columns;
    std::string number;   // columns 3-12
    bool awaits = false;  // the TK14 of its payout number
    bool used = false;    // a payment of this recipient was there
    location where;       // of the first of them
    std::string_view code;
    const char* begin{};  // of its line

    [[nodiscard]] bool any() const noexcept { return has_account || has_name || has_address; }
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
        : file_(file), options_(options), into_(into), check_(file), padder_(layouts::width, file.in) {}

    // The whole physical file; its first record is sought from `opens` on, what stands before it are title lines.
    void run(std::string_view bytes, std::size_t opens);

 private:
    void take(const physical_line& source);
    void dispatch(const fixed_line& line, const layout::line_place& place);
    void measure(const fixed_line& line, const subject& about);
    void outside(const fixed_line& line);
    void seal_record(const fixed_line& line, std::string_view code);
    void open_section(layout_id layout, const fixed_line& line);
    void open_returned(const fixed_line& line, const subject& about);
    void close_section();
    void unexpected(const fixed_line& line, std::string_view expected);
    void unknown(const fixed_line& line);
    void finish();
    void tell_fills();
    void tell_character_set(const fixed_line& opening);
    void count(std::string_view code);
    void pass(const physical_line& source);

    // section_reader.cpp
    void body(const fixed_line& line, const record_info& record);
    void grouped(const fixed_line& line, const record_info& record);
    template <class Layout, class Check>
    void section_record(const fixed_line& line, const Check& check);
    template <class Layout, class Value>
    void head(const fixed_line& line, Value& value, bool& has, recipients::part part);
    void begin_heads(const fixed_line& line, std::string_view code);
    void abandon_heads();
    [[nodiscard]] bool is_of_heads(const fixed_line& line) const noexcept;
    void main_record(const fixed_line& line, const record_info& record);
    template <class Layout>
    void main_of(const fixed_line& line);
    void meet_heads(const fixed_line& line, std::string_view code, const subject& about);
    void finish_payment();
    template <class Layout>
    void text(const fixed_line& line);
    void rejection(const fixed_line& line);
    void hand_out_rejections();
    template <class Layout>
    void watched(const fixed_line& line);
    void watch_record(const fixed_line& line, const record_info& record);
    template <class Layout, class View, class Event>
    void credit(const fixed_line& line, View view, Event event);
    void returned_record(const fixed_line& line, const record_info& record);
    void closing(const fixed_line& line);
    void compare_closing(const fixed_line& line, const closing_record& value, std::uint32_t bad);

    [[nodiscard]] subject next_subject() noexcept { return {section_.section_no, ++ordinal_, {}}; }
    [[nodiscard]] subject section_subject() const noexcept { return {section_.section_no, 0, {}}; }
    // Of the payment that is being read, or of the one to come.
    [[nodiscard]] subject payment_subject() const noexcept {
        return {section_.section_no, payment_.open ? ordinal_ : ordinal_ + 1, {}};
    }
    [[nodiscard]] record_place place_of(const fixed_line& line) const;
    [[nodiscard]] layout::columns kept(const fixed_line& line);

    logical_file& file_;
    const read_options& options_;
    sink& into_;
    checker check_;
    layout::line_padder padder_;

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

    std::array<std::uint64_t, 100> counts_{};
    std::map<std::string, std::uint64_t> other_counts_;
    std::string versions_;
    std::string_view last_code_;          // of the known record before
    bool begun_ = false, ended_ = false;  // a record was there; TK99 was there
    bool lost_ = false;                   // the line before was outside all sections too
    bool character_set_told_ = false, cr_told_ = false, seal_told_ = false;
    std::uint64_t padded_ = 0, cut_ = 0, blank_ = 0, titles_ = 0;
    location first_fill_, first_title_, seal_place_, last_place_;
    std::string first_fill_code_;
    std::size_t passed_ = 0;
};

}  // namespace brygga::supplier_payment::detail
