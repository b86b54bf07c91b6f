// One logical file read line by line: the order of records, what belongs to one payment, and the counts. Internal to the reader.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/bgmax/checks.hpp"
#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/layout/lines.hpp"

namespace brygga::bgmax::detail {

using layout::line_padder;

// Reading order within one payment: 20-23, 25, 26, 27, 28, 29 (section 4).
enum class stage : std::uint8_t { references, information, name, street, town, organisation };

// What stands for a record code that is not two digits.
inline constexpr unsigned unknown_code = 100;

// Where reading a physical file has come: after whole logical files.
struct position {
    std::size_t at = 0;
    std::uint64_t line = 1;
    std::uint32_t logical_files = 0;
};

// Reads the lines of one logical file.
class logical_reader {
 public:
    logical_reader(logical_file& file, const read_options& options, sink& into)
        : file_(file), options_(options), into_(into), check_(file, options), padder_(layouts::width, file.in) {}

    // `records` begins with the opening line, which stands at `from`. Gives the number of the line after the last one.
    std::uint64_t run(std::string_view records, const position& from);

 private:
    void take(const physical_line& source);
    void extend_payment(std::string_view line) noexcept;
    void dispatch(const record_line& line, unsigned code);
    void measure(const record_line& line, unsigned code);
    void start(const record_line& line);
    void opening(const record_line& line);
    void payment(const record_line& line, bool is_deduction);
    void extra(const record_line& line, bool negative);
    void detail(const record_line& line, unsigned code);
    bool in_order(const record_line& line, stage at, bool once);
    void deposit(const record_line& line);
    void end(const record_line& line);
    void unknown(const record_line& line);
    void finish_payment();
    void forget_texts();
    void finish_file();
    void out_of_order(const record_line& line, std::string_view expected);
    void publish_counts();
    void pass(std::size_t offset);
    [[nodiscard]] std::uint32_t section_of(unsigned code) const noexcept;
    [[nodiscard]] bool has_room(const record_line& line);

    logical_file& file_;
    const read_options& options_;
    sink& into_;
    checker check_;
    line_padder padder_;

    section_state section_;
    bool section_open_ = false;
    bool started_ = false, ended_ = false;

    bool payment_open_ = false;
    payment_view payment_;
    record_line payment_line_;
    stage stage_ = stage::references;
    std::array<bool, 6> seen_{};
    std::vector<extra_reference> extras_;
    std::vector<encoded_text> information_;
    std::uint64_t information_records_ = 0;  // those that are not kept too
    std::string_view payment_bytes_;
    bool keeps_line_ = false;  // views of the line that is being read live on in the payment
    bool overfull_ = false;    // the payment has more records than are kept

    std::array<std::uint64_t, unknown_code> counts_{};
    std::uint32_t ordinal_ = 0;
    struct skipped {
        std::uint64_t count{};
        location first;
    };
    std::map<std::string, skipped> unknown_;
    std::uint64_t padded_ = 0;
    location first_padded_;
    std::string first_padded_code_;
    std::uint64_t last_number_ = 0;  // of the last line that is not blank
    std::size_t last_offset_ = 0;
    unsigned last_code_ = unknown_code;
    std::size_t passed_ = 0;
};

}  // namespace brygga::bgmax::detail
