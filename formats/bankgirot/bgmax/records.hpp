// The records of BgMax as values (bgmax.md section 3). Text is a view of the file's bytes, right-trimmed; numbers that
// identify something stay digits as written, since leading zeros and 25 digits matter; amounts are unsigned öre.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/layout/encoded_text.hpp"

namespace brygga::bgmax {

using layout::encoded_text;

enum class marker : char { production = 'P', test = 'T' };  // TK01 45

enum class reference_code : char {  // referenskod, 5.1
    none = '0',                // no reference, or moved to TK22/23
    slip = '1',                // paper slip, see image
    ocr = '2',                 // correct OCR number
    text = '3',                // one or more references, not checked or wrong
    registered = '4',          // correct under extended slip registration
    registered_wrong = '5',    // wrong under extended slip registration
    blank = ' ',
};

enum class channel : char { bank = '1', supplier_payment = '2', slip = '3', autogiro = '4' };  // betalningskanal, 5.2

enum class deduction_code : char { whole = '0', part = '1', final_part = '2', blank = ' ' };  // avdragskod, 5.4

struct start_record {  // TK01 startpost
    encoded_text layout_name;
    std::string_view version;
    std::string_view written_at;  // CCYYMMDDhhmmss + microseconds
    marker kind{};
};

struct opening_record {  // TK05 öppningspost
    std::string_view bankgiro;  // 10 digits
    std::string_view plusgiro;  // 10 digits or blank
    encoded_text currency;
};

// TK20 betalningspost and TK22/TK23 extra referensnummerpost; TK21 adds the deduction code.
struct payment_record {
    std::string_view payer_bankgiro;  // 10 digits, zeros when unknown
    encoded_text reference;           // 25 columns, right-trimmed: leading blanks are kept
    std::int64_t amount_ore{};
    reference_code code{};
    channel by{};
    std::string_view serial;  // 12 digits, blank in Autogiro files
    char image{};             // '0', '1' or blank
};

struct deduction_record : payment_record {  // TK21 avdragspost
    deduction_code deduction{};
};

struct information_record {  // TK25 informationspost
    encoded_text text;
};

struct name_record {  // TK26 namnpost
    encoded_text name, extra_name;
};

struct street_record {  // TK27 adresspost 1
    encoded_text street, postcode;
};

struct town_record {  // TK28 adresspost 2
    encoded_text town, country, country_code;
};

struct organisation_record {  // TK29 organisationsnummerpost
    encoded_text number;      // 12 columns, ten significant digits
};

struct deposit_record {  // TK15 insättningspost
    std::string_view bank_account;  // 35 digits; the last 16 are clearing number and account
    std::string_view payment_date;  // CCYYMMDD
    std::string_view serial;        // 5 digits
    std::int64_t amount_ore{};
    encoded_text currency;
    std::int64_t payments{};  // payment and deduction records of the section
    encoded_text deposit_type;
};

struct end_record {  // TK70 slutpost
    std::int64_t payments{}, deductions{}, extra_references{}, deposits{};
};

}  // namespace brygga::bgmax
