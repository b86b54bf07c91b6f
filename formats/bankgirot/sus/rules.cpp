#include "formats/bankgirot/sus/rules.hpp"

#include <array>

namespace brygga::sus {

namespace {

// clang-format off
constexpr rule_info row(rule which, std::string_view id, std::string_view severities, std::string_view title, std::string_view help) {
    return {static_cast<std::uint16_t>(which), id, severities, title, help};
}

constexpr std::array table{
    row(rule::R01, "SUS-R01", "hold", "The civic number is right, and nobody with protected identity is written without special routing.", "Ask the recipient for the number; route protected identity on paper."),
    row(rule::R02, "SUS-R02", "hold", "The total of record 80 is the sum of the records 30.", "Records are missing or changed: make the file again."),
    row(rule::R03, "SUS-R03", "hold", "Clearing number and account are both there or both blank.", "Complete the account, or leave it to Swedbank's register."),
    row(rule::R04, "SUS-R04", "warning", "A payment without account needs an agreement under which Swedbank holds the register.", "Ask Swedbank who holds the register; otherwise give accounts."),
    row(rule::LB_R01, "LB-R01", "error", "A section begins with 05 and ends with 80 of the same agreement.", "The file is truncated or put together wrongly: fetch it again."),
    row(rule::LB_R07, "LB-R07", "hold", "Amounts are more than zero.", "Ask the sender for the amount."),
    row(rule::LB_R12, "LB-R12", "hold", "Text is ISO 8859-1 and fits its columns.", "Shorten the text or replace the character."),
    row(rule::LB_R13, "LB-R13", "hold/warning", "Numbers are digits, or blank where the layout allows it.", "Ask the sender for the record; a number masked with X is only told."),
    row(rule::LB_R14, "LB-R14", "error", "The first record of the file, and the first after each record 80, is an opening record with a date.", "Check that this is a SUS file and whole."),
    row(rule::LB_R15, "LB-R15", "hold/error", "Nothing but blanks stands beyond the last column, and lines end with CR LF or LF.", "Fetch the file again without converting it."),
    row(rule::LB_R16, "LB-R16", "info", "Short lines were padded, surplus blanks cut, or blank lines skipped.", "Nothing to do; some tool on the way trims or pads lines."),
    row(rule::LB_R17, "LB-R17", "info/warning", "The character set is not ISO 8859-1, or a TAB was expanded.", "Configure the character set if names look wrong; check the fields of a line with TABs."),
    row(rule::LB_R18, "LB-R18", "info", "Title lines were skipped.", "Nothing to do; production files have none."),
    row(rule::LB_R19, "LB-R19", "warning", "Only records that the format knows stand in a section.", "The record is skipped and its line kept; ask the sender what it means."),
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

}  // namespace brygga::sus
