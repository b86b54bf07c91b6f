#include "formats/bankgirot/bgmax/rules.hpp"

#include <array>

namespace brygga::bgmax {

namespace {

// clang-format off
constexpr rule_info row(rule which, std::string_view id, std::string_view severities, std::string_view title, std::string_view help) {
    return {static_cast<std::uint16_t>(which), id, severities, title, help};
}

constexpr std::array table{
    row(rule::R01, "BGMAX-R01", "error", "The first record is TK01 with layout BGMAX.", "Check that the whole file was delivered and that it is a BgMax file."),
    row(rule::R02, "BGMAX-R02", "error", "The file is of another known format.", "Import it as the format named here."),
    row(rule::R03, "BGMAX-R03", "error", "The layout version is 01.", "Ask the bank for layout version 01, or allow newer versions in the configuration."),
    row(rule::R04, "BGMAX-R04", "error", "The last record is TK70.", "The file is truncated: fetch it again."),
    row(rule::R05, "BGMAX-R05", "error/warning", "The test marker fits the system: P in production, T in test.", "Deliver test files to a test system and production files to production."),
    row(rule::R06, "BGMAX-R06", "warning", "TK01 holds a real date and time, at most one day ahead.", "Check the clock of the sender; the time is only recorded."),
    row(rule::R10, "BGMAX-R10", "info", "An encoding other than ISO 8859-1 was detected.", "Nothing to do; ask the sender for ISO 8859-1, or force the encoding if names look wrong."),
    row(rule::R11, "BGMAX-R11", "info", "Trimmed lines were padded, or blank surplus beyond column 80 was cut.", "Nothing to do; some tool on the way trims or pads lines."),
    row(rule::R12, "BGMAX-R12", "warning", "A TAB was expanded to the next tab stop.", "Check the fields of this line; ask the sender not to convert blanks to TABs."),
    row(rule::R13, "BGMAX-R13", "warning/error", "A line is longer than 80 columns.", "Fetch the file again; what stands beyond column 80 is not read."),
    row(rule::R14, "BGMAX-R14", "error", "A money record reaches its last mandatory field.", "The line is cut: fetch the file again."),
    row(rule::R20, "BGMAX-R20", "error", "Records follow the order 01 (05 entries 15) 70.", "Records are missing or mixed up: fetch the file again."),
    row(rule::R21, "BGMAX-R21", "warning", "The records of one payment follow the order 20-23, 25, 26, 27, 28, 29, each of 26-29 once.", "The first value was kept; compare the payment with the bank's."),
    row(rule::R22, "BGMAX-R22", "info", "Records of an unknown code were skipped.", "Nothing to do; the layout may have grown."),
    row(rule::R23, "BGMAX-R23", "warning", "A file has a section and a section has a payment.", "Check with the bank whether an empty delivery was meant."),
    row(rule::R24, "BGMAX-R24", "warning", "A payment has at most 90 information records.", "All lines were kept; check the payment."),
    row(rule::R30, "BGMAX-R30", "error", "Amounts are 18 digits and counters 8 digits.", "The record is damaged: fetch the file again."),
    row(rule::R31, "BGMAX-R31", "warning", "The amount of a payment or deduction is not zero.", "Look at the payment; nothing was received."),
    row(rule::R32, "BGMAX-R32", "hold", "Payments less deductions equal the deposit amount.", "Compare the section with the bank statement, then release or refuse it."),
    row(rule::R33, "BGMAX-R33", "hold", "The number of payments and deductions equals that of the deposit record.", "Compare the section with the bank's, then release or refuse it."),
    row(rule::R34, "BGMAX-R34", "hold/warning", "The currency is SEK (EUR until 2016-10-31) and the same in TK05 and TK15.", "Compare with the bank statement, then release or refuse the section."),
    row(rule::R35, "BGMAX-R35", "hold/warning", "The payment date is a real bank day between 1997 and ten days ahead.", "Compare with the bank statement, then release or refuse the section."),
    row(rule::R36, "BGMAX-R36", "hold/warning", "A section and each payer in it have a net that is not negative.", "Compare with the payer's remittance, then release or refuse the section."),
    row(rule::R37, "BGMAX-R37", "error", "The counters of TK70 equal the records of the file.", "Records are missing: fetch the file again."),
    row(rule::R38, "BGMAX-R38", "warning/hold", "The receiving bankgiro is ours and the receiving numbers pass their check digits.", "Add the bankgiro to the configuration if it is yours, then release the section."),
    row(rule::R40, "BGMAX-R40", "warning", "The reference code is 0 to 5.", "It was read as 3: the reference is searched as text."),
    row(rule::R41, "BGMAX-R41", "warning", "Codes 0 and 1 have no reference, codes 2 to 5 have one.", "Look at the payment; the reference is searched all the same."),
    row(rule::R42, "BGMAX-R42", "warning", "A code 2 reference is a valid OCR number of 2 to 25 digits.", "The reference is damaged, or the OCR level in the configuration differs from the bank's agreement."),
    row(rule::R43, "BGMAX-R43", "warning", "The payment channel is 1 to 4, and 4 comes in a file of its own.", "Nothing to do for the money; tell the bank."),
    row(rule::R44, "BGMAX-R44", "warning", "Serial number 12 digits (blank with channel 4), payer bankgiro 10, deposit serial number 5.", "Duplicates of this payment cannot be recognised by its number."),
    row(rule::R45, "BGMAX-R45", "hold", "Extra references carry the payer and serial number of their payment.", "Decide by hand which invoices the payment is for."),
    row(rule::R46, "BGMAX-R46", "hold", "Part amounts of the extra references add up to the payment.", "Decide by hand how the payment is divided."),
    row(rule::R47, "BGMAX-R47", "hold", "A negative extra reference has an amount, and its receiver has extended slip registration.", "Decide by hand how the payment is divided."),
    row(rule::R50, "BGMAX-R50", "hold", "A deduction has a payment of the same payer and channel in its section.", "Ask the payer which credit note was deducted from what."),
    row(rule::R51, "BGMAX-R51", "warning", "The deduction code is 0 to 2.", "It was read as 0: the whole credit note is used."),
    row(rule::R52, "BGMAX-R52", "warning", "The image flag is 0, 1 or blank.", "Nothing to do for the money."),
    row(rule::R53, "BGMAX-R53", "warning", "The organisation number has ten significant digits and a valid check digit.", "The text is kept as it is and not used to identify the payer."),
    row(rule::R60, "BGMAX-R60", "error", "The same logical file was not imported before.", "Nothing to do: the earlier import stands."),
    row(rule::R61, "BGMAX-R61", "hold", "The same deposit was not imported before.", "Refuse the section if the bank statement shows one deposit, release it if it shows two."),
    row(rule::R62, "BGMAX-R62", "hold", "The same serial number and amount were not imported within two years.", "Compare with the bank statement: match the payment, or leave it in suspense and claim it back."),
    row(rule::R63, "BGMAX-R63", "hold", "The same place in the same deposit was not imported before.", "Compare with the bank statement: match the payment, or leave it in suspense and claim it back."),
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

}  // namespace brygga::bgmax
