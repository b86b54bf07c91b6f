#include "formats/iso20022/camt/rules.hpp"

#include <array>

namespace brygga::camt {

namespace {

// clang-format off
constexpr rule_info row(rule which, std::string_view id, std::string_view severities, std::string_view title, std::string_view help) {
    return {static_cast<std::uint16_t>(which), id, severities, title, help};
}

constexpr std::array table{
    row(rule::R01, "CAMT-R01", "error/warning", "The document is well-formed, its root is Document, and message and version are known.", "Fetch the file again; a version that is not known is read as the nearest one."),
    row(rule::R02, "CAMT-R02", "error/hold/warning", "Amounts are numbers of at most two decimals that are not negative, with a currency.", "The file is damaged: ask the bank for it again. An amount in a currency of three decimals is not counted: handle it by the account statement."),
    row(rule::R03, "CAMT-R03", "error", "The credit or debit indicator is CRDT or DBIT.", "The file is damaged: ask the bank for it again."),
    row(rule::R04, "CAMT-R04", "info/warning/hold", "The entry is booked (BOOK), on a date between 1997 and ten days ahead.", "An entry that is not booked: nothing to do, it was skipped and comes again when the bank has booked it. One without a known status was skipped as well: ask the bank. One with an odd date, or that waits without one: compare with the account."),
    row(rule::R05, "CAMT-R05", "info", "A camt.052 report announces and never books.", "Nothing to do: the payments come in camt.054 or camt.053."),
    row(rule::R10, "CAMT-R10", "hold/warning/info", "The payments of an entry add up to its amount.", "An entry that waits: compare it with the account, then release or refuse it. A total: its payments come in camt.054 or BgMax, and are compared with it when they have come."),
    row(rule::R11, "CAMT-R11", "hold", "Number and sum of a batch are those of its payments.", "Compare the entry with the account, then release or refuse it."),
    row(rule::R12, "CAMT-R12", "hold", "Numbers and sums of the summary are those of the entries.", "Entries may be missing: ask the bank, then release or refuse them."),
    row(rule::R13, "CAMT-R13", "hold", "Opening balance, credits and debits make the closing balance.", "Entries may be missing: ask the bank, then release or refuse them."),
    row(rule::R14, "CAMT-R14", "hold", "The amounts of the references, credit notes taken off, make the payment.", "Decide by hand how the payment is divided."),
    row(rule::R15, "CAMT-R15", "warning", "The bankgiro in the entry reference is the creditor's.", "The creditor's account was trusted; tell the bank."),
    row(rule::R16, "CAMT-R16", "hold/info", "The receiving bankgiro is ours.", "An entry that waits: add the bankgiro to the configuration if it is yours, then release it. A receipt to no bankgiro was not imported: handle it by the account statement."),
    row(rule::R20, "CAMT-R20", "error/info", "The same message was not imported before, and it is no copy.", "Nothing to do when the content is the same: the earlier import stands. With other content ask the bank: an id stands for one message."),
    row(rule::R21, "CAMT-R21", "hold/warning/info", "The sequence numbers of an account neither repeat nor have gaps.", "Ask the bank for the missing message, or refuse the repeated one."),
    row(rule::R22, "CAMT-R22", "hold/info", "The same payment was not booked before, from this or another channel.", "Compare with the account: match the payment, or leave it in suspense."),
    row(rule::R23, "CAMT-R23", "warning", "The message is whole, not one page of several.", "Sums and balances were not compared: look at the last page."),
    row(rule::R30, "CAMT-R30", "hold", "The payment is no reversal and no return.", "Find the payment that was reversed and decide by hand."),
    row(rule::R31, "CAMT-R31", "warning", "An OCR reference stands as a creditor reference, not as a document number.", "Nothing to do: it was read as an OCR reference."),
    row(rule::R32, "CAMT-R32", "warning", "A credit entry holds no debit payment.", "It was read as the use of a credit note: look at the payment."),
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

}  // namespace brygga::camt
