// The rules of supplier-payments.md section 4 on single records; the order of records and what closes a section are the reader's.
// Internal to the reader.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/bankgirot/reporter.hpp"
#include "formats/bankgirot/supplier_payment/codes.hpp"
#include "formats/bankgirot/supplier_payment/layout.hpp"
#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/layout/lines.hpp"
#include "formats/layout/record.hpp"

namespace brygga::supplier_payment::detail {

using bankgirot::subject;
using layout::record_info;
using layout::record_line;
using reporter = bankgirot::reporter<rule>;

// LB-R05: what each payout number of a section stands for. Two recipients are told apart by a hash of their columns.
class recipients {
 public:
    enum class part : std::uint8_t { account, name, address };
    // Whether the number, of five digits, has this recipient or none so far.
    [[nodiscard]] bool same(std::uint32_t section_no, std::string_view five_digits, part which, std::string_view columns);

 private:
    struct entry {
        std::array<std::uint64_t, 3> hashes{};
        std::array<std::uint32_t, 3> sections{};  // 0: never seen
    };
    std::vector<entry> entries_;  // by number, as far as the largest one so far needs
};

// 0000 and five digits, with or without a check digit.
[[nodiscard]] constexpr bool is_payout_number(std::string_view number) noexcept {
    return number.size() >= 4 && number[0] == '0' && number[1] == '0' && number[2] == '0' && number[3] == '0';
}

class checker {
 public:
    explicit checker(logical_file& file) noexcept : report_(file.findings, file.holds) {}

    // LB-R13: what did not fit its columns.
    void bad_parts(const record_line& line, const record_info& record, std::uint32_t bad, const subject& about, layout_id in);

    // LB-R03, of a number as its record has it.
    void bankgiro(const record_line& line, const record_info& record, std::string_view field, std::string_view number,
                  const subject& about, layout_id in);
    void payee(const record_line& line, const record_info& record, std::string_view number, const subject& about, layout_id in);

    // LB-R20.
    void day(const record_line& line, const record_info& record, std::string_view field, std::string_view day,
             const subject& about, layout_id in, bool at_once_allowed = false);

    void opening(const record_line& line, const record_info& record, const opening_record& value, const subject& about,
                 layout_id in);
    // `in_opening`: the payment day of the section, or empty.
    void payment(const record_line& line, const record_info& record, const payment_record& value, const subject& about,
                 layout_id in, std::string_view in_opening, bool amount_readable);
    void recipient(const record_line& line, const record_info& record, const subject& about, layout_id in,
                   recipients::part which);
    void rejection(const record_line& line, const record_info& record, const rejection_record& value, const subject& about);

    [[nodiscard]] reporter& report() noexcept { return report_; }

 private:
    [[nodiscard]] bool is_day(std::string_view day) noexcept;
    void bank_day(const record_line& line, const record_info& record, std::string_view field, std::string_view day,
                  const subject& about);

    reporter report_;
    recipients recipients_;
    std::array<char, 6> last_day_{};  // the last good one: nearly every record of a file has the same
    bool last_is_bank_day_ = false;
    std::array<char, 10> last_payee_{};
};

// Zeros or empty: none.
[[nodiscard]] bool is_no_day(std::string_view day) noexcept;

}  // namespace brygga::supplier_payment::detail
