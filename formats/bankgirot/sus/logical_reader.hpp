// A SUS file read line by line. Internal to the reader.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "formats/bankgirot/file_walk.hpp"
#include "formats/bankgirot/sus/layout.hpp"
#include "formats/bankgirot/sus/reader.hpp"
#include "formats/core/date.hpp"

namespace brygga::sus::detail {

using bankgirot::subject;
using layout::record_info;
using layout::record_line;
using reporter = bankgirot::reporter<rule>;

class logical_reader {
 public:
    logical_reader(logical_file& file, const read_options& options, sink& into)
        : file_(file), options_(options), into_(into), report_(file.findings, file.holds) {}

    // The whole physical file.
    void run(std::string_view bytes, const bankgirot::file_opening& from);

    // For the walk.
    void take(const record_line& line);
    [[nodiscard]] const char* kept_from(const record_line& line) const noexcept {
        return payment_open_ ? payment_.bytes.data() : line.source.bytes.data();
    }

 private:
    void measure(const record_line& line, const subject& about) { walk_.measure(line, about); }
    void outside(const record_line& line);
    void open_section(const record_line& line);
    void close_section();
    void body(const record_line& line, const record_info* record);
    void payment(const record_line& line);
    void check_payment(const record_line& line, const record_info& record, const subject& about, std::uint32_t bad);
    void address(const record_line& line);
    void closing(const record_line& line);
    void bad_parts(const record_line& line, const record_info& record, std::uint32_t bad, const subject& about);
    void finish_payment();
    void finish();

    [[nodiscard]] subject section_subject() const noexcept { return {section_.section_no, 0, {}}; }
    [[nodiscard]] subject payment_subject() const noexcept { return {section_.section_no, payment_open_ ? ordinal_ : 0, {}}; }

    logical_file& file_;
    const read_options& options_;
    sink& into_;
    reporter report_;
    bankgirot::file_walk<rule> walk_{
        report_,
        {.encoding = rule::LB_R17, .size = rule::LB_R15, .tabs = rule::LB_R17, .titles = rule::LB_R18, .fill = rule::LB_R16},
        layouts::width,
        file_.in,
        options_.passed};

    const layout::section_layout* now_ = nullptr;
    bool section_open_ = false;
    section_view section_;
    layout::kept_columns opening_columns_, payment_columns_, address_columns_;
    date payment_day_{};
    bool payment_open_ = false;
    payment_view payment_;
    address_record address_;
    std::uint32_t ordinal_ = 0;

    bool lost_ = false;  // the line before was outside all sections too
};

}  // namespace brygga::sus::detail
