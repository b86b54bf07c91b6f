// The rules of autogiro.md section 4 on single records and on what closes a section; the order of records is the reader's.
// Internal to the Autogiro reader.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/bankgirot/autogiro/codes.hpp"
#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/bankgirot/autogiro/reader.hpp"
#include "formats/bankgirot/reporter.hpp"
#include "formats/layout/lines.hpp"
#include "formats/layout/record.hpp"

namespace brygga::autogiro::detail {

using bankgirot::subject;
using layout::record_info;
using layout::record_line;
using reporter = bankgirot::reporter<rule>;

// How strictly a payment record is judged.
enum class payment_kind : std::uint8_t { instruction, report, echo };

class checker {
 public:
    explicit checker(logical_file& file) noexcept : report_(file.findings, file.holds) {}

    // What did not fit its columns. `recurrences` is how severe that is for the recurrences; an echoed amount may be anything.
    void bad_parts(const record_line& line, const record_info& record, std::uint32_t bad, const subject& about,
                   severity recurrences, bool echoes_amount) {
        if (bad != 0) [[unlikely]]
            tell_bad_parts(line, record, bad, about, recurrences, echoes_amount);
    }

    void opening(const record_line& line, const record_info& record, const opening_record& value, const subject& about);
    void closing(const record_line& line, const record_info& record, const closing_record& value, const subject& about,
                 std::string_view opened_on);
    void customer_number(const record_line& line, const record_info& record, std::string_view number, std::string_view expected);
    void mandate_request(const record_line& line, const record_info& record, const mandate_request_record& value,
                         const subject& about, std::string_view bankgiro);
    void payment(const record_line& line, const record_info& record, const payment_record& value, const subject& about,
                 payment_kind kind, std::string_view bankgiro);
    void status(const record_line& line, const record_info& record, char status, const subject& about);
    void refund(const record_line& line, const record_info& record, const refund_record& value, const subject& about);
    void entry(const record_line& line, const record_info& record, const entry_record& value, const subject& about);
    void change(const record_line& line, const record_info& record, const change_record& value, const subject& about,
                std::string_view bankgiro);
    void amendment(const record_line& line, const record_info& record, const amendment_record& value, const subject& about,
                   bool old_layout);
    void advice(const record_line& line, const record_info& record, const advice_record& value, const subject& about,
                std::string_view bankgiro, bool old_layout);
    void rejection(const record_line& line, const record_info& record, std::string_view comment, const subject& about,
                   bool old_layout);
    void internet_mandate(const record_line& line, const record_info& record, const internet_mandate_record& value,
                          const subject& about, std::string_view bankgiro);
    void register_entry(const record_line& line, const record_info& record, const register_record& value, const subject& about,
                        bool old_layout);

    [[nodiscard]] reporter& report() noexcept { return report_; }

 private:
    void tell_bad_parts(const record_line& line, const record_info& record, std::uint32_t bad, const subject& about,
                        severity recurrences, bool echoes_amount);
    [[nodiscard]] bool is_day(std::string_view text) noexcept;
    void day(const record_line& line, const record_info& record, std::string_view field, std::string_view value,
             const subject& about);
    void code(const record_line& line, const record_info& record, std::string_view field, code_table table,
              std::string_view value, const subject& about, bool old_layout = false);
    void one_character_code(const record_line& line, const record_info& record, std::string_view field, code_table table,
                            char value, const subject& about);
    void payee(const record_line& line, const record_info& record, std::string_view value, const subject& about,
               std::string_view bankgiro, severity level);

    reporter report_;
    std::array<char, 8> last_day_{};  // the last good one: nearly every record of a file has the same
};

}  // namespace brygga::autogiro::detail
