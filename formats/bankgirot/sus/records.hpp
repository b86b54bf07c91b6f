// The records of SUS (supplier-payments.md 3.3) as values. Text is a view of the file's bytes, right-trimmed; what identifies
// something stays digits as written; amounts are öre.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/layout/encoded_text.hpp"

namespace brygga::sus {

using layout::encoded_text;

struct opening_record {             // 05
    std::string_view agreement;     // avtalsid, 6 digits
    std::string_view payment_day;   // CCYYMMDD
    std::string_view customer_id;   // 5 digits
    std::string_view organisation;  // 10 digits
};

struct payment_record {  // 30
    std::string_view agreement;
    encoded_text identification;    // the sender's own, 44 columns
    std::string_view distribution;  // distributionskod, of the agreement
    std::string_view method;        // utbetalningssätt, of the agreement
    std::string_view civic_number;  // 12 digits with century
    encoded_text name;
    std::string_view clearing, account;  // 4 and 10 digits; both empty where Swedbank holds the register
    std::int64_t amount_ore{};
};

struct address_record {  // 36, for payout notices
    std::string_view agreement;
    encoded_text identification;
    encoded_text street, care_of, town;
    std::string_view postcode;
};

struct closing_record {  // 80
    std::string_view agreement;
    std::int64_t total_ore{};
};

struct other_record {  // known by its title only
    encoded_text content;
};

}  // namespace brygga::sus
