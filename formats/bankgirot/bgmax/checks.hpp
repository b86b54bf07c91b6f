// The rules of bgmax.md section 4 on single records, payments and sections; the order of records is the reader's.
// Internal to the BgMax reader.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/bankgirot/reporter.hpp"
#include "formats/layout/lines.hpp"
#include "formats/layout/record.hpp"

namespace brygga::bgmax::detail {

using layout::field_info;
using layout::record_info;
using layout::record_line;

using layout::code_columns;
using layout::columns_of;
using layout::fill_of;
using layout::surplus_of;
using layout::tab_of;

using bankgirot::subject;
using reporter = bankgirot::reporter<rule>;

// The record code and layout name of an opening line.
[[nodiscard]] location opening_columns(std::uint64_t line, std::size_t offset) noexcept;

// The section being read, and what its closing rules need.
struct section_state {
    section_view view;
    const receiver* own = nullptr;  // which of our bankgiro numbers, when known
    std::string bankgiro;           // without leading zeros
    layout::kept_columns opening_columns;
};

// The bit of TK15's amount among the fields that could not be read.
inline constexpr std::uint32_t deposit_amount_bit = 8;

class checker {
 public:
    checker(logical_file& file, const read_options& options)
        : file_(&file), options_(&options), report_(file.findings, file.holds) {}

    void start(const record_line& line, const start_record& record, std::uint32_t bad);
    void opening(const record_line& line, std::uint32_t bad, section_state& section);
    void payment(const record_line& line, const record_info& layout, const deduction_record& record, std::uint32_t bad,
                 const subject& about, bool is_deduction, const section_state& section);
    void extra(const record_line& line, const record_info& layout, const extra_reference& record, std::uint32_t bad,
               const subject& about, const payment_record& parent, const section_state& section);
    void organisation(const record_line& line, const organisation_record& record, const subject& about);
    // All records of the payment are there.
    void payment_complete(const record_line& first_line, const payment_view& payment, const subject& about);
    void deposit(const record_line& line, std::uint32_t bad, const section_state& section);
    void end(const record_line& line, const end_record& record, std::uint32_t bad);

    [[nodiscard]] reporter& report() noexcept { return report_; }

 private:
    struct payer_totals {
        int128 net_ore = 0;
        std::uint16_t channels = 0;  // bit per channel digit that a TK20 came by
    };
    struct open_deduction {  // its payment may still come
        std::uint64_t payer{};
        std::uint16_t channels{};
        location where;
        subject about;
        std::string serial;
    };

    [[nodiscard]] bool knows_today() const noexcept { return options_->context && options_->context->today.ok(); }
    void bad_fields(const record_line& line, const record_info& layout, std::uint32_t bad, const subject& about);
    void reference(const record_line& line, const record_info& layout, const payment_record& record, const subject& about,
                   const section_state& section);
    void ocr(const record_line& line, const record_info& layout, const payment_record& record, const subject& about,
             const section_state& section);
    void channel_and_serial(const record_line& line, const record_info& layout, const payment_record& record,
                            const subject& about);
    void count_payer(const record_line& line, const payment_record& record, bool is_deduction, const subject& about);
    void deposit_sums(const record_line& line, const section_state& section);
    void deposit_currency(const record_line& line, const section_state& section);
    void deposit_date(const record_line& line, const section_state& section);
    void payers(const record_line& line, const section_state& section);
    void payer_below_zero(const record_line& line, const subject& about, std::uint64_t payer);
    void forget_payers();
    void bank_account(const record_line& line, const section_state& section);

    logical_file* file_;
    const read_options* options_;
    reporter report_;
    // Of the open section, by payer bankgiro; nothing for one more than can be told apart.
    [[nodiscard]] payer_totals* totals_of(std::uint64_t payer);
    payer_totals unknown_payers_;
    boost::unordered_flat_map<std::uint64_t, payer_totals> payers_;
    std::vector<open_deduction> open_deductions_;
    bool has_deductions_ = false, payers_overfull_ = false;
    bool autogiro_seen_ = false, other_channel_seen_ = false, mixture_reported_ = false;
};

}  // namespace brygga::bgmax::detail
