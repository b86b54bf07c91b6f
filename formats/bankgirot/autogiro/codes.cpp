#include "formats/bankgirot/autogiro/codes.hpp"

#include <array>

#include "formats/bankgirot/record_table.hpp"

namespace brygga::autogiro {

namespace {

constexpr bool old_only = true;

constexpr std::array<code_text, 9> periods{{
    {"0", "once"},
    {"1", "monthly, on the calendar day of the first date"},
    {"2", "quarterly, on the calendar day of the first date"},
    {"3", "half-yearly, on the calendar day of the first date"},
    {"4", "yearly, on the calendar day of the first date"},
    {"5", "monthly, on the last bank day of the month"},
    {"6", "quarterly, on the last bank day of the month"},
    {"7", "half-yearly, on the last bank day of the month"},
    {"8", "yearly, on the last bank day of the month"},
}};

constexpr std::array<code_text, 6> statuses{{
    {" ", "executed"},
    {"0", "executed"},
    {"1", "not executed, no cover"},
    {"2", "not executed, account closed, no Autogiro link or other reason"},
    {"4", "rejected, change of account or set-up of the mandate in progress", !old_only, true},
    {"9", "not executed, cover will be checked again if retries are agreed"},
}};

constexpr std::array<code_text, 3> refunds{{
    {"01", "no mandate had been given to the payee"},
    {"02", "the mandate had been revoked"},
    {"03", "the amount was not stated with the mandate and exceeds what the payer could expect"},
}};

constexpr std::array<code_text, 9> information{{
    {"03", "cancellation started by the payee"},
    {"04", "new mandate started by the payee"},
    {"05", "change of payer number started by the payee"},
    {"10", "cancelled because the payee's bankgiro was closed"},
    {"42", "the bank's answer to the account enquiry for a new payer"},
    {"43", "cancelled or removed, account enquiry unanswered"},
    {"44", "cancelled because the payer's bankgiro was closed"},
    {"46", "cancellation started by the payer or the payer's bank"},
    {"93", "cancellation started by the payer", !old_only, true},
}};

constexpr std::array<code_text, 20> mandate_comments{{
    {"01", "cancelled by the bank", old_only},
    {"02", "cancelled by the payer or the bank"},
    {"03", "the type of account is not allowed"},
    {"04", "the mandate is not in the register"},
    {"05", "wrong account or identity number"},
    {"06", "cancelled by Bankgirot", old_only},
    {"07", "cancelled, enquiry unanswered"},
    {"09", "the payer's bankgiro is missing at Bankgirot"},
    {"10", "the mandate is already registered or under enquiry"},
    {"11", "stopped by the payer", old_only},
    {"12", "stop lifted", old_only},
    {"20", "wrong identity number, or no agreement on bankgiro mandates"},
    {"21", "wrong payer number"},
    {"23", "wrong account number"},
    {"24", "maximum amount not allowed", old_only},
    {"29", "the payee's bankgiro is wrong"},
    {"30", "the payee's bankgiro is deregistered"},
    {"32", "new mandate"},
    {"33", "cancelled"},
    {"98", "cancelled, the payer's bankgiro is cancelled"},
}};

constexpr std::array<code_text, 14> rejection_comments{{
    {"01", "dropped, no mandate"},
    {"02", "dropped, account not approved or closed"},
    {"03", "mandate stopped", old_only},
    {"04", "the payer's bankgiro is wrong", old_only},
    {"05", "the payee's bankgiro is wrong", old_only},
    {"06", "wrong period code"},
    {"07", "wrong number of recurrences"},
    {"08", "amount not numeric"},
    {"09", "credits are forbidden"},
    {"10", "the bankgiro is missing at Bankgirot"},
    {"12", "wrong payment day"},
    {"13", "the payment day has passed"},
    {"15", "bankgiro in opening and payment record differ"},
    {"24", "above the maximum amount"},
}};

constexpr std::array<code_text, 13> amendment_comments{{
    {"01", "wrong payment day"},
    {"02", "wrong payer number"},
    {"04", "wrong debit code"},
    {"05", "wrong amount"},
    {"06", "wrong new payment day"},
    {"10", "the payee's bankgiro is wrong"},
    {"11", "the payee's bankgiro is missing"},
    {"12", "cancelled"},
    {"13", "payment not found, nothing done"},
    {"14", "payment day changed"},
    {"15", "not changed, self-renewing order"},
    {"18", "payment days changed"},
    {"22", "not changed", old_only},
}};

constexpr std::array<code_text, 3> directions{{{"82", "collection"}, {"32", "payout"}, {"00", "both"}}};
constexpr std::array<code_text, 3> messages{{{"0", "new"}, {"1", "first reminder"}, {"2", "second reminder"}}};
constexpr std::array<code_text, 2> origins{{{"1", "started by the payee"}, {"2", "started by the payer in an internet bank"}}};
constexpr std::array<code_text, 2> states{{{"1", "approved"}, {"2", "under enquiry"}}};
constexpr std::array<code_text, 2> stops{{{"0", "normal"}, {"1", "stopped"}}};

constexpr std::span<const code_text> table_of(code_table which) noexcept {
    switch (which) {
        case code_table::period:
            return periods;
        case code_table::payment_status:
            return statuses;
        case code_table::refund:
            return refunds;
        case code_table::mandate_information:
            return information;
        case code_table::mandate_comment:
            return mandate_comments;
        case code_table::rejection_comment:
            return rejection_comments;
        case code_table::amendment_comment:
            return amendment_comments;
        case code_table::direction:
            return directions;
        case code_table::internet_message:
            return messages;
        case code_table::register_origin:
            return origins;
        case code_table::register_state:
            return states;
        case code_table::register_stopped:
            return stops;
    }
    return {};
}

constexpr std::size_t table_count = static_cast<std::size_t>(code_table::register_stopped) + 1;
constexpr std::size_t no_place = 111;

// Of two digits, one digit or a blank among all codes that there may be.
constexpr std::size_t place_of(std::string_view code) noexcept {
    if (code.size() == 1) {
        if (code[0] == ' ') return 110;
        return code[0] >= '0' && code[0] <= '9' ? 100 + static_cast<std::size_t>(code[0] - '0') : no_place;
    }
    const unsigned number = bankgirot::code_number(code);
    return number == bankgirot::no_code ? no_place : number;
}

constexpr auto tables = [] {
    std::array<std::span<const code_text>, table_count> out{};
    for (std::size_t table = 0; table != table_count; ++table)
        out[table] = table_of(static_cast<code_table>(table));
    return out;
}();

// For each table and code its row from 1; 0: none.
constexpr auto code_numbers = [] {
    std::array<std::array<std::uint8_t, no_place>, table_count> out{};
    for (std::size_t table = 0; table != table_count; ++table) {
        std::uint8_t number = 0;
        for (const code_text& each : tables[table])
            out[table][place_of(each.code)] = ++number;
    }
    return out;
}();

}  // namespace

std::span<const code_text> codes_of(code_table which) noexcept {
    return tables[static_cast<std::size_t>(which)];
}

// Nearly every record has a code or two: no search.
const code_text* find_code(code_table which, std::string_view code) noexcept {
    const std::size_t at = place_of(code);
    const auto table = static_cast<std::size_t>(which);
    const std::uint8_t number = at == no_place ? 0 : code_numbers[table][at];
    return number == 0 ? nullptr : &tables[table][number - std::size_t{1}];
}

std::string_view text_of(code_table which, std::string_view code) noexcept {
    const code_text* const known = find_code(which, code);
    return known == nullptr ? "unknown code" : known->text;
}

}  // namespace brygga::autogiro
