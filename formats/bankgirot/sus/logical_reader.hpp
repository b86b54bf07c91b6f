// A SUS file read line by line. Internal to the reader.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "formats/bankgirot/reporter.hpp"
#include "formats/bankgirot/sus/layout.hpp"
#include "formats/bankgirot/sus/reader.hpp"
#include "formats/core/date.hpp"
#include "formats/core/lines.hpp"

namespace brygga::sus::detail {

using bankgirot::subject;
using layout::fixed_line;
using layout::record_info;
using reporter = bankgirot::reporter<rule>;

class logical_reader {
 public:
    logical_reader(logical_file& file, const read_options& options, sink& into)
        : file_(file), options_(options), into_(into), report_(file.findings, file.holds), padder_(layouts::width, file.in) {}

    // The whole physical file; its first record is sought from `opens` on, what stands before it are title lines.
    void run(std::string_view bytes, std::size_t opens);

 private:
    void take(const physical_line& source);
    void measure(const fixed_line& line, const subject& about);
    void outside(const fixed_line& line);
    void open_section(const fixed_line& line);
    void close_section();
    void body(const fixed_line& line, const record_info* record);
    void payment(const fixed_line& line);
    void check_payment(const fixed_line& line, const record_info& record, const subject& about, std::uint32_t bad);
    void address(const fixed_line& line);
    void closing(const fixed_line& line);
    void bad_parts(const fixed_line& line, const record_info& record, std::uint32_t bad, const subject& about);
    void finish_payment();
    void finish();
    void count(std::string_view code);
    void pass(const physical_line& source);

    [[nodiscard]] subject section_subject() const noexcept { return {section_.section_no, 0, {}}; }
    [[nodiscard]] subject payment_subject() const noexcept { return {section_.section_no, payment_open_ ? ordinal_ : 0, {}}; }

    logical_file& file_;
    const read_options& options_;
    sink& into_;
    reporter report_;
    layout::line_padder padder_;

    const layout::section_layout* now_ = nullptr;
    bool section_open_ = false;
    section_view section_;
    layout::kept_columns opening_columns_, payment_columns_, address_columns_;
    date payment_day_{};
    bool payment_open_ = false;
    payment_view payment_;
    address_record address_;
    std::uint32_t ordinal_ = 0;

    std::array<std::uint64_t, 100> counts_{};
    std::map<std::string, std::uint64_t> other_counts_;
    bool begun_ = false;  // a record was there
    bool lost_ = false;   // the line before was outside all sections too
    bool cr_told_ = false;
    std::uint64_t padded_ = 0, cut_ = 0, blank_ = 0, titles_ = 0;
    location first_fill_, first_title_, last_place_;
    std::string first_fill_code_;
    std::size_t passed_ = 0;
};

}  // namespace brygga::sus::detail
