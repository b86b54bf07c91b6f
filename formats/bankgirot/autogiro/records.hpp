// The records of Autogiro as values (autogiro.md section 3). Text is a view of the file's bytes, right-trimmed; what identifies
// something stays digits as written; amounts are öre.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/bankgirot/seal_records.hpp"
#include "formats/layout/encoded_text.hpp"

namespace brygga::autogiro {

using bankgirot::seal_closing_record;
using bankgirot::seal_opening_record;
using bankgirot::section_seal_record;
using layout::encoded_text;

// The layouts of the decision table, 3.1, and what stands outside all sections (TK00, TK08, TK99).
enum class layout_id : std::uint8_t {
    delivery,
    to_bankgirot,
    payspec_new,
    mandadv_new,
    reject_new,
    amend_new,
    emandate,
    watch,
    payspec_old,
    mandadv_old,
    reject_old,
    amend_old,
    mandreg_new,
    mandreg_old,
};

[[nodiscard]] std::string_view name(layout_id which) noexcept;  // "PAYSPEC_NEW"

// What a section to Bankgirot holds, decided by its first record.
enum class request_kind : std::uint8_t { none, mandates, payments, changes };

struct opening_record {                // TK01 öppningspost, TK51
    std::string_view written;          // CCYYMMDD, in PAYSPEC_NEW with hhmmss and six digits more
    encoded_text content;              // "AG-MEDAVI"; blank to Bankgirot and in PAYSPEC_OLD
    std::string_view customer_number;  // kundnummer, 6 digits; empty where the layout has none
    std::string_view bankgiro;         // of the payee, 10 digits
};

struct mandate_request_record {     // TK03 makulering, TK04 nyupplägg, TK05 byte av betalarnummer
    std::string_view bankgiro;      // of the payee
    std::string_view payer_number;  // betalarnummer, 16 digits
    std::string_view account;       // clearing number 4 + account 12, or empty (TK04)
    std::string_view identity;      // 12 digits, or empty (TK04)
    std::string_view answer;        // "AV" rejects a mandate from an internet bank (TK04)
    std::string_view new_bankgiro;  // TK05
    std::string_view new_payer_number;
};

enum class payment_direction : std::uint8_t { collection, payout };  // TK82 inbetalning, TK32 utbetalning

struct payment_record {             // TK82 and TK32 of every layout
    std::string_view payment_day;   // CCYYMMDD, "GENAST", or anything a rejected list echoes
    char period{};                  // periodkod, 5.1
    std::string_view recurrences;   // 3 digits or empty
    std::string_view payer_number;  // 16 digits
    std::int64_t amount_ore{};
    std::string_view bankgiro;  // of the payee; empty in WATCH and the rejected lists
    encoded_text reference;     // 16 columns
    char status = ' ';          // betalningsstatus, 5.2: payment specifications only
    std::string_view comment;   // kommentarskod, 5.6: rejected lists only
};

struct refund_record {             // TK77 återbetalning
    payment_record original;       // status and comment blank
    std::string_view refund_day;   // CCYYMMDD
    std::string_view refund_code;  // 5.3
};

struct entry_record {               // TK15 insättning, TK16 uttag, TK17 uttag för återbetalning
    std::string_view bank_account;  // 35 digits
    std::string_view payment_day;   // CCYYMMDD
    std::string_view serial;        // löpnummer, 5 digits
    std::int64_t amount_ore{};
    std::string_view currency;  // blank or SEK
    std::int64_t payments{};    // approved ones, or refunds
};

struct change_record {  // TK23 to TK29 to Bankgirot
    std::string_view bankgiro;
    std::string_view payer_number;  // these as the record code has them, else empty
    std::string_view payment_day;
    std::int64_t amount_ore{};
    std::string_view direction;  // "82" or "32"
    std::string_view new_day;
    encoded_text reference;
};

struct amendment_record {  // the amendment lists; columns 3-40 and 49-72 echo what was sent
    std::string_view payment_day;
    std::string_view payer_number;
    std::string_view direction;  // "82", "32" or "00" for a group
    std::int64_t amount_ore{};
    std::string_view marker;  // "REFERENS", a number of payments, or zeros
    std::string_view new_day;
    encoded_text reference;    // may be zero-padded on the right
    std::string_view comment;  // kommentarskod, 5.8
};

struct advice_record {  // TK73 medgivandeavisering
    std::string_view bankgiro;
    std::string_view payer_number;
    std::string_view account;  // empty or zeros: the mandate is on the bankgiro that the payer number is
    std::string_view identity;
    std::string_view information;  // informationskod, 5.4
    std::string_view comment;      // kommentarskod, 5.5
    std::string_view action_day;   // CCYYMMDD; may be blank in the old layout
    std::string_view valid_from;   // YYMMDD, old layout only; zeros or blank: none
};

struct internet_mandate_record {  // TK52
    std::string_view bankgiro;
    std::string_view payer_number;
    std::string_view account;
    std::string_view identity;
    char message{};  // 0 new, 1 and 2 reminders
};

struct text_record {  // TK53
    encoded_text text;
};

struct address_record {  // TK54 and TK55: lines 1 and 2, 3 and 4
    encoded_text first, second;
};

struct town_record {            // TK56
    std::string_view postcode;  // 5 digits, zeros for foreign
    encoded_text town;          // or country
};

struct register_record {  // utdrag ur medgivanderegistret
    std::string_view bankgiro;
    std::string_view identity;  // 12 digits
    std::string_view payer_number;
    char origin{};                    // 1 started by the payee, 2 by the payer in an internet bank
    std::string_view last_used;       // year: two digits, one in the old layout
    std::string_view created;         // CCYYMMDD
    std::string_view changed;         // zeros or empty: never
    char state{};                     // 1 approved, 2 under enquiry (under förfrågan)
    char stopped = '0';               // old layout: 1 stopped
    std::string_view highest_amount;  // old layout: kronor, 5 digits or empty
    std::string_view account;         // empty: on a bankgiro
};

struct closing_record {                                        // TK09 and TK59; what a layout does not have is 0
    std::string_view written;                                  // CCYYMMDD
    std::int64_t deposits{}, withdrawals{}, refund_entries{};  // TK15, TK16, TK17
    std::int64_t collections{}, payouts{}, refunds{};          // TK82, TK32, TK77 as the layout counts them
    std::int64_t collections_ore{}, payouts_ore{};
    std::int64_t records{};  // TK73, or TK52 to TK56
};

}  // namespace brygga::autogiro
