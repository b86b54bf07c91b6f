// The records of Leverantörsbetalningar as values (supplier-payments.md section 3). Text is a view of the file's bytes,
// right-trimmed; what identifies something stays digits as written; amounts are öre. Dates are YYMMDD as written; zeros or empty:
// none.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/bankgirot/seal_records.hpp"
#include "formats/layout/encoded_text.hpp"

namespace brygga::supplier_payment {

using bankgirot::seal_closing_record;
using bankgirot::seal_opening_record;
using bankgirot::section_seal_record;
using layout::encoded_text;

// The layouts of the decision table, 3.0, and what stands outside all sections (TK00, TK28, TK99).
enum class layout_id : std::uint8_t {
    delivery,
    to_bankgirot,           // 3.1
    payment_specification,  // 3.2.1 betalningsspecifikation
    watch,                  // 3.2.3 betalningsbevakning
    rejected,               // 3.2.2 avvisade
    unknown_report,         // read as a payment specification
    returned_money_orders,  // 3.2.4 återförda kontantutbetalningar
};

[[nodiscard]] std::string_view name(layout_id which) noexcept;  // "PAYMENT_SPECIFICATION"

struct opening_record {            // TK11 öppningspost
    std::string_view bankgiro;     // that pays, 10 digits
    std::string_view written;      // YYMMDD
    encoded_text title;            // LEVERANTÖRSBETALNINGAR
    std::string_view payment_day;  // of the whole section: YYMMDD, GENAST or empty; in a report the day it tells of
    char kind = ' ';               // of a report: '1', '2', '6' or unknown; blank to Bankgirot
    std::string_view currency;     // SEK or empty
};

struct fixed_text_record {  // TK12 fast information
    encoded_text text;
    std::string_view last_day;
};

struct heading_record {  // TK13 rubrik
    encoded_text reference, amount;
};

// TK14 payment, TK15 deduction (avdrag), TK16 credit invoice with watch (kreditfaktura med bevakning), TK17 credit invoice,
// TK54 payment to plusgiro.
struct payment_record {
    std::string_view payee;          // 10 digits: bankgiro, payout number (its check digit may be missing: 9) or plusgiro
    encoded_text reference;          // or OCR
    std::int64_t amount_ore{};       // always positive
    std::string_view day;            // YYMMDD, GENAST or empty; of TK16 the last day of watch
    char code = ' ';                 // reports: payment type (TK14, TK54) or how much of a credit was used (TK16)
    std::string_view redirected_to;  // reports: bankgiro; zeros or empty: none
    encoded_text own_reference;      // 20 columns, returned in reports
};

struct text_record {  // TK25, TK65 information
    std::string_view payee;
    encoded_text text;
};

struct name_record {  // TK26
    std::string_view payee;
    encoded_text name, extra;
};

struct address_record {  // TK27
    std::string_view payee;
    encoded_text street;
    std::string_view postcode;  // 5 digits or empty
    encoded_text town;
};

struct account_record {         // TK40
    std::string_view payee;     // payout number
    std::string_view clearing;  // 4 digits
    std::string_view account;   // 12 digits, right-aligned
    encoded_text statement_text;
    char salary = ' ';  // 'L': salary
};

struct credit_rest_record {  // TK20 rest of a credit
    std::string_view payee;
    std::string_view registered;  // YYMMDD
    std::int64_t original_ore{}, remaining_ore{};
};

struct credit_use_record {  // TK21 earlier use of a credit
    std::string_view payee;
    std::string_view first_day, second_day, third_day;
    std::int64_t first_ore{}, second_ore{}, third_ore{};
};

struct rejection_record {   // TK49
    std::string_view mark;  // MTRV: an error; empty: see a record beside
    std::string_view code;  // 4 digits
    encoded_text text;
};

struct watch_total_record {  // TK40 on watch before, TK41 taken out for payment, TK42 left; signs are '-' or blank
    std::int64_t first_ore{}, second_ore{}, third_ore{}, fourth_ore{};
    char first_sign = ' ', second_sign = ' ', third_sign = ' ', fourth_sign = ' ';
};

struct watched_day_record {       // TK43
    std::string_view day;         // YYMMDD; zeros or empty: credits without a day
    std::string_view debits_ore;  // 19 digits
    char debits_sign = ' ';
    std::int64_t credits_ore{};
    char credits_sign = ' ';
    std::string_view code;
};

struct closing_record {  // TK29
    std::string_view bankgiro;
    std::int64_t payments{};
    std::int64_t sum_ore{};  // without its sign
    char sign = ' ';         // '-' when negative
};

struct returned_opening_record {  // record 1
    std::string_view first_date, second_date;
    std::string_view bankgiro;
};

struct returned_order_record {  // record 2
    std::string_view order_number;
    char code = ' ';
    encoded_text sender_text;
    std::string_view first_date, second_date;
    std::int64_t amount_ore{};
};

struct returned_closing_record {  // record 3
    std::string_view date;
    std::int64_t sum_ore{};
};

}  // namespace brygga::supplier_payment
