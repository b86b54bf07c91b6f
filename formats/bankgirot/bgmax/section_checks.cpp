// What is known only when a section closes: sums, counts, currency, date, and payers against their deductions.
#include <algorithm>

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/checks.hpp"
#include "formats/bankgirot/bgmax/infos.hpp"
#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/core/bank_account.hpp"
#include "formats/core/bank_days.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::bgmax::detail {

namespace {

using namespace std::chrono_literals;

constexpr date first_date{1997y, std::chrono::January, 1d};
constexpr date last_euro_date{2016y, std::chrono::October, 31d};
constexpr int max_days_ahead = 10;

// Payers are told apart by their bankgiro as a number; 0 is "unknown".
std::uint64_t payer_key(const payment_record& record) noexcept {
    std::uint64_t key = 0;
    if (record.payer_bankgiro.size() != 10 || !layout::read_digits<10>(record.payer_bankgiro.data(), key)) return 0;
    return key;
}

// One bit for each digit and one for anything else: payment and deduction must agree, whatever the code.
std::uint16_t channel_bit(const payment_record& record) noexcept {
    const unsigned digit = static_cast<unsigned char>(static_cast<char>(record.by)) - unsigned{'0'};
    return static_cast<std::uint16_t>(1u << std::min(digit, 10u));
}

}  // namespace

void checker::forget_payers() {
    constexpr std::size_t cheap_to_clear = 4096;  // clearing costs the table's size, not what is in it
    if (payers_.bucket_count() > cheap_to_clear)
        payers_ = {};
    else if (!payers_.empty())
        payers_.clear();
    unknown_payers_ = {};
    open_deductions_.clear();
    has_deductions_ = payers_overfull_ = false;
}

checker::payer_totals* checker::totals_of(std::uint64_t payer) {
    if (payer == 0) return &unknown_payers_;
    if (payers_.size() < max_section_payers) return &payers_[payer];
    const auto known = payers_.find(payer);
    return known == payers_.end() ? nullptr : &known->second;
}

void checker::count_payer(const record_line& line, const payment_record& record, bool is_deduction, const subject& about) {
    has_deductions_ = has_deductions_ || is_deduction;
    const std::uint64_t key = payer_key(record);
    payer_totals* const payer = totals_of(key);
    if (payer == nullptr) {
        payers_overfull_ = true;
        return;
    }
    const std::uint16_t channels = channel_bit(record);
    if (!is_deduction) {
        payer->net_ore += record.amount_ore;
        payer->channels = static_cast<std::uint16_t>(payer->channels | channels);
        return;
    }
    payer->net_ore -= record.amount_ore;
    if ((payer->channels & channels) != 0) return;
    const location where = columns_of(line, 3, 12);
    if (open_deductions_.size() < max_waiting_deductions)
        open_deductions_.push_back({key, channels, where, {about.section_no, about.ordinal, {}}, std::string(about.serial)});
    else
        report_.place(rule::R50, severity::hold, where, "21", about,
                      fmt::format("more than {} before their payments", max_waiting_deductions),
                      "a payment of the same payer and channel before it");
}

void checker::deposit(const record_line& line, std::uint32_t bad, const section_state& section) {
    const record_info& layout = *record_info_of("15");
    const subject about{section.view.section_no, 0, {}};
    const std::uint32_t judged_below = 1u | 2u;  // bank_account and payment_date have their own rules
    bad_fields(line, layout, bad & ~judged_below, about);
    if (layout::all_blank(line.columns.slice(46, 50)))
        report_.field(rule::R44, severity::warning, line, layout, "deposit_serial", about, "5 digits");
    if ((bad & (deposit_amount_bit | 32u)) == 0) deposit_sums(line, section);
    deposit_currency(line, section);
    deposit_date(line, section);
    bank_account(line, section);
    payers(line, section);
}

void checker::deposit_sums(const record_line& line, const section_state& section) {
    const record_info& layout = *record_info_of("15");
    const subject about{section.view.section_no, 0, {}};
    if (!(section.view.net_ore == section.view.deposit.amount_ore))
        report_.field(rule::R32, severity::hold, line, layout, "amount_ore", about,
                      fmt::format("{} öre, the sum of the section", section.view.net_ore.text()));
    const std::uint64_t counted = std::uint64_t{section.view.payments} + section.view.deductions;
    if (static_cast<std::uint64_t>(section.view.deposit.payments) != counted)
        report_.field(rule::R33, severity::hold, line, layout, "payments", about, fmt::format("{} records counted", counted));
    if (section.view.net_ore.negative())
        report_.field(rule::R36, severity::hold, line, layout, "amount_ore", about, "a section whose net is not negative");
}

void checker::deposit_currency(const record_line& line, const section_state& section) {
    const record_info& layout = *record_info_of("15");
    const subject about{section.view.section_no, 0, {}};
    const std::string_view currency = section.view.deposit.currency.bytes;
    if (currency != section.view.opening.currency.bytes)
        report_.field(rule::R34, severity::hold, line, layout, "currency", about, "the currency of TK05");
    else if (currency != "SEK" && currency != "EUR")
        report_.field(rule::R34, severity::hold, line, layout, "currency", about, "SEK or EUR");
    const auto day = parse_ccyymmdd(section.view.deposit.payment_date);
    if (currency == "EUR" && day && *day > last_euro_date)
        report_.field(rule::R34, severity::warning, line, layout, "currency", about, "SEK after 2016-10-31");
}

void checker::deposit_date(const record_line& line, const section_state& section) {
    const record_info& layout = *record_info_of("15");
    const subject about{section.view.section_no, 0, {}};
    const auto day = parse_ccyymmdd(section.view.deposit.payment_date);
    if (!day)
        report_.field(rule::R35, severity::hold, line, layout, "payment_date", about, "a date CCYYMMDD");
    else if (*day < first_date)
        report_.field(rule::R35, severity::hold, line, layout, "payment_date", about, "1997-01-01 or later");
    else if (knows_today() && days_between(options_->context->today, *day) > max_days_ahead)
        report_.field(rule::R35, severity::hold, line, layout, "payment_date", about, "at most ten days ahead");
    else if (!is_bank_day(*day))
        report_.field(rule::R35, severity::warning, line, layout, "payment_date", about, "a bank day");
}

void checker::bank_account(const record_line& line, const section_state& section) {
    const record_info& layout = *record_info_of("15");
    const subject about{section.view.section_no, 0, {}};
    if (!layout::all_digits(line.columns.slice(3, 37))) {
        report_.field(rule::R38, severity::warning, line, layout, "bank_account", about, "35 digits");
        return;
    }
    const auto account = parse_account_field(line.columns.slice(22, 37));
    const account_verdict verdict = account ? test_account(*account) : account_verdict::length;
    switch (verdict) {
        case account_verdict::valid:
        case account_verdict::untested:
        case account_verdict::unknown_clearing:
            return;  // no test says that it is wrong
        case account_verdict::doubtful:
        case account_verdict::length:
        case account_verdict::all_zeros:
        case account_verdict::check_digit:
            break;
    }
    report_.field(rule::R38, severity::warning, line, layout, "bank_account", about, expectation(verdict));
}

void checker::payer_below_zero(const record_line& line, const subject& about, std::uint64_t payer) {
    report_.place(rule::R36, payer == 0 ? severity::warning : severity::hold, columns_of(line, 51, 68), "15", about,
                  payer == 0 ? std::string("unknown payers") : masked(fmt::format("{:010}", payer)),
                  "payments of at least the deductions");
}

// BGMAX-R36 and R50 for a section that has deductions; without any, no payer can be below zero.
void checker::payers(const record_line& line, const section_state& section) {
    if (!has_deductions_) return;
    const subject about{section.view.section_no, 0, {}};
    if (unknown_payers_.net_ore < 0) payer_below_zero(line, about, 0);
    for (const auto& [key, payer] : payers_)
        if (payer.net_ore < 0) payer_below_zero(line, about, key);
    if (payers_overfull_)
        report_.place(rule::R36, severity::hold, columns_of(line, 51, 68), "15", about,
                      fmt::format("more than {} payers", max_section_payers),
                      "payers few enough to compare each with its deductions");
    for (const open_deduction& each : open_deductions_) {
        const payer_totals* const payer = totals_of(each.payer);
        if (payer != nullptr && (payer->channels & each.channels) != 0) continue;
        report_.place(rule::R50, severity::hold, each.where, "21", {each.about.section_no, each.about.ordinal, each.serial}, {},
                      "a payment of the same payer and channel in the section");
    }
}

}  // namespace brygga::bgmax::detail
