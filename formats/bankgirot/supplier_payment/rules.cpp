#include "formats/bankgirot/supplier_payment/rules.hpp"

#include <array>

namespace brygga::supplier_payment {

namespace {

// clang-format off
constexpr rule_info row(rule which, std::string_view id, std::string_view severities, std::string_view title, std::string_view help) {
    return {static_cast<std::uint16_t>(which), id, severities, title, help};
}

constexpr std::array table{
    row(rule::R01, "LB-R01", "error", "A section begins with TK11 and ends with TK29 of the same bankgiro.", "The file is truncated or put together wrongly: fetch it again."),
    row(rule::R02, "LB-R02", "hold", "Number and sum of the closing record are those of its section.", "Records are missing or changed: fetch the file again."),
    row(rule::R03, "LB-R03", "hold/warning", "Check digits of bankgiro and payout numbers are right.", "Look the number up; what we write ourselves is refused."),
    row(rule::R04, "LB-R04", "hold", "Account, name and address of a payout number are followed by its payment.", "Records are missing or out of order: ask the sender."),
    row(rule::R05, "LB-R05", "hold", "A payout number has one recipient within a section.", "Give each recipient a payout number of its own."),
    row(rule::R06, "LB-R06", "hold/warning", "The payment day stands either in TK11 or in each payment, and is a bank day.", "Choose a bank day; what we write must not lie in the past either."),
    row(rule::R07, "LB-R07", "hold", "Amounts are more than zero.", "Ask the sender for the amount."),
    row(rule::R08, "LB-R08", "hold", "The reference is an OCR reference where the payee's bankgiro requires one.", "Ask the payee for the reference of the invoice."),
    row(rule::R09, "LB-R09", "error/info", "No money orders: TK26 and TK27 of a payout number have an account (TK40).", "Banks end money orders during 2026: ask the recipient for an account."),
    row(rule::R10, "LB-R10", "warning", "Error codes, report kinds and payment types stand in the tables of the specification.", "The code is kept as it is; ask Bankgirot what it means."),
    row(rule::R11, "LB-R11", "error", "No refund is exported twice.", "Nothing to do: the earlier export stands."),
    row(rule::R12, "LB-R12", "hold", "Text is ISO 8859-1 and fits its columns.", "Shorten the text or replace the character."),
    row(rule::R13, "LB-R13", "hold/warning", "Numbers are digits, or blank where the layout allows it.", "Ask the sender for the record; a number masked with X is only told."),
    row(rule::R14, "LB-R14", "error", "The first record of the file, and the first after each closing record, opens a known layout.", "Check that this is an LB file and whole; published examples with title lines need the profile sample."),
    row(rule::R15, "LB-R15", "hold/error", "Nothing but blanks stands beyond the last column, and lines end with CR LF or LF.", "Fetch the file again without converting it."),
    row(rule::R16, "LB-R16", "info", "Short lines were padded, surplus blanks cut, or blank lines skipped.", "Nothing to do; some tool on the way trims or pads lines."),
    row(rule::R17, "LB-R17", "info/warning", "The character set is not ISO 8859-1, or a TAB was expanded.", "Configure the character set if names look wrong; check the fields of a line with TABs."),
    row(rule::R18, "LB-R18", "info", "Title lines were skipped, or a seal was skipped without being verified.", "Nothing to do for a title; configure the key to have a seal verified."),
    row(rule::R19, "LB-R19", "hold/warning", "Only records of its layout stand in a section.", "The record is skipped and its line kept; ask the sender what it means."),
    row(rule::R20, "LB-R20", "hold/warning", "Dates are calendar dates, zeros or blank, or GENAST where that is allowed.", "Ask the sender for the date."),
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

}  // namespace brygga::supplier_payment
