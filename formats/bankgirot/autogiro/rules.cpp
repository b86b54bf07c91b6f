#include "formats/bankgirot/autogiro/rules.hpp"

#include <array>

namespace brygga::autogiro {

namespace {

// clang-format off
constexpr rule_info row(rule which, std::string_view id, std::string_view severities, std::string_view title, std::string_view help) {
    return {static_cast<std::uint16_t>(which), id, severities, title, help};
}

constexpr std::array table{
    row(rule::R01, "AG-R01", "error", "The first record of the file, and the first after each closing record, opens a known layout.", "Check that this is an Autogiro file and whole; published examples with title lines need the profile sample."),
    row(rule::R02, "AG-R02", "error", "A section from Bankgirot ends with its TK09 or TK59.", "The file is truncated: fetch it again."),
    row(rule::R03, "AG-R03", "hold", "Only records that belong in the section stand in it, and of one kind to Bankgirot.", "Ask the sender; a section to Bankgirot holds mandates, payments or changes, not a mixture."),
    row(rule::R04, "AG-R04", "hold/error", "Nothing but blanks stands beyond column 80, and lines end with CR LF or LF.", "Fetch the file again without converting it."),
    row(rule::R05, "AG-R05", "hold", "Reserved columns are blank and constants stand where the layout says.", "Compare the record with the layout; it may have slipped sideways."),
    row(rule::R06, "AG-R06", "error", "The customer number is the same in all sections, and ours.", "This file is another customer's: find out how it came here."),
    row(rule::R07, "AG-R07", "hold/warning", "The payee's bankgiro in a record is that of the section.", "Ask Bankgirot which bankgiro the record is for."),
    row(rule::R08, "AG-R08", "hold/warning", "Dates are calendar dates of 1900 to 2099.", "Ask the sender for the date."),
    row(rule::R09, "AG-R09", "hold", "Amounts are digits, and not zero in instructions.", "Ask the sender for the amount."),
    row(rule::R10, "AG-R10", "hold", "Counters and sums of the closing record are those of its section.", "Records are missing or changed: fetch the file again."),
    row(rule::R11, "AG-R11", "hold", "Amount and number of TK15, TK16 and TK17 are those of the approved records after it.", "Compare with the bank account, then release or refuse the section."),
    row(rule::R12, "AG-R12", "hold", "TK82 stands after TK15, TK32 after TK16 and TK77 after TK17.", "Records are missing or mixed up: fetch the file again."),
    row(rule::R13, "AG-R13", "hold/warning", "The period code is 0 to 8, and recurrences are three digits or blank, blank with period 0.", "Correct the instruction; in a report it is only told."),
    row(rule::R14, "AG-R14", "warning", "Codes stand in the tables of the specification.", "The code is kept as it is; ask Bankgirot what it means."),
    row(rule::R15, "AG-R15", "hold", "A new payer number differs from the old one and is unused.", "Choose another payer number."),
    row(rule::R16, "AG-R16", "hold", "The payer number of an instruction has an active mandate, and payouts are part of the agreement.", "Get a mandate first, or send an ordinary invoice."),
    row(rule::R17, "AG-R17", "hold", "The payment day of an instruction is a bank day, not in the past and within the watch period.", "Choose another payment day."),
    row(rule::R18, "AG-R18", "warning", "Closing and opening record carry the same date.", "Nothing to do for the payments."),
    row(rule::R19, "AG-R19", "error", "The same delivery was not imported before.", "Nothing to do: the earlier import stands."),
    row(rule::R20, "AG-R20", "error", "The seal is right.", "The file was changed on the way, or sealed with another key: fetch it again, then ask the sender."),
    row(rule::R21, "AG-R21", "hold", "Text to Bankgirot is of printable ISO 8859-1 characters.", "Replace the character."),
    row(rule::R22, "AG-R22", "info", "Title lines before the first record were skipped.", "Nothing to do; production files have none."),
    row(rule::R23, "AG-R23", "info", "The character set is not ISO 8859-1.", "Nothing to do; configure the character set if names look wrong."),
    row(rule::R24, "AG-R24", "hold", "Numbers are digits, or blank where the layout allows it.", "Ask the sender for the record."),
    row(rule::R25, "AG-R25", "warning", "A TAB was expanded to the next tab stop.", "Check the fields of this line; ask the sender not to convert blanks to TABs."),
    row(rule::R26, "AG-R26", "info", "Short lines were padded, blanks beyond column 80 cut, or blank lines skipped.", "Nothing to do; some tool on the way trims or pads lines."),
    row(rule::R27, "AG-R27", "info", "A seal was skipped without being verified.", "Configure the key to have it verified."),
};
// clang-format on

static_assert(in_order(table), "each rule stands at the index of its enumerator");

}  // namespace

std::span<const rule_info> rules() noexcept {
    return table;
}

const rule_info& info(rule which) noexcept {
    return table[static_cast<std::size_t>(which)];
}

}  // namespace brygga::autogiro
