// Writing BgMax (bgmax.md section 4, writer contract): 80 columns, blank-filled, ISO 8859-1, CRLF, counters computed, code 2
// references right-aligned (left-aligned with channel 4).
//
//     brygga::bgmax::writer out;
//     out.start("20260302163005123456", brygga::bgmax::marker::production);
//     out.opening("9912346", "SEK");
//     out.payment({.amount_ore = 84950, .reference = "1000234706", .code = reference_code::ocr, ...});
//     out.deposit({...});
//     out.end();
//     send(out.bytes());
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/bgmax/records.hpp"
#include "formats/core/money.hpp"
#include "formats/core/result.hpp"

namespace brygga::bgmax {

inline constexpr std::int64_t largest_amount_ore = 999'999'999'999'999'999;  // 18 digits

// One part of a payment (TK22; TK23 when the amount is negative).
struct reference_out {
    std::string reference;
    reference_code code = reference_code::ocr;
    std::int64_t amount_ore{};  // 0 when the payment is not split
    bool negative = false;
};

// A payment or deduction with all that belongs to it, as UTF-8. Empty texts give no record.
struct payment_out {
    bool is_deduction = false;
    std::string payer_bankgiro;  // empty when unknown
    std::string reference;
    std::int64_t amount_ore{};
    reference_code code = reference_code::none;
    channel by = channel::bank;
    std::string serial;  // 12 digits; empty with channel 4, or when the bank gave none
    char image = '0';    // blank with channel 4
    deduction_code deduction = deduction_code::whole;
    std::vector<reference_out> references;
    std::vector<std::string> information;  // at most 50 columns each
    std::string name, extra_name, street, postcode, town, country, country_code;
    std::string organisation_number;       // 10 digits
};

struct deposit_out {
    std::string bank_account;  // 16 digits
    std::string payment_date;  // CCYYMMDD
    std::string serial;        // 5 digits
    std::string deposit_type;
};

// Appends to a buffer that the caller may drain between sections. Fails with invalid_argument, naming the field, on what
// BgMax cannot hold: a text too long or outside ISO 8859-1, an amount over 18 digits, digits that are none. What failed has written
// nothing.
class writer {
public:
    result<void> start(std::string_view written_at, marker kind);
    result<void> opening(std::string_view bankgiro, std::string_view currency);
    result<void> payment(const payment_out& item);
    result<void> deposit(const deposit_out& item);  // closes the section: amount and count are computed
    result<void> end();

    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }

private:
    result<void> payment_records(const payment_out& item);
    result<void> texts(const payment_out& item);
    char* next_line();

    std::string bytes_;
    std::string currency_;
    ore_sum section_ore_;
    std::int64_t section_records_ = 0;
    end_record counts_;
};

}  // namespace brygga::bgmax
