// The rules REF-R01 to REF-R11 of references.md section 4, and the checks that report them. A format's reader reports the rules
// of its own page only; these are for the configuration and for the mapping to and from the ledger, which knows whose number it
// is and which OCR level holds.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "formats/core/bank_account.hpp"
#include "formats/core/date.hpp"
#include "formats/core/finding.hpp"
#include "formats/core/ocr.hpp"

namespace brygga {

enum class reference_rule : std::uint16_t { r01, r02, r03, r04, r05, r06, r07, r08, r09, r10, r11 };

inline constexpr std::array<rule_info, 11> reference_rules = {{
    {0, "REF-R01", "error", "Own or payee bankgiro or plusgiro has the right length and check digit.",
     "Correct the number in the configuration or on the payee."},
    {1, "REF-R02", "warning", "Payer's bankgiro passes modulus 10.",
     "Check the number with the payer before it is used for a payment."},
    {2, "REF-R03", "error", "Outgoing OCR reference passes its level.",
     "Build the reference anew at the level agreed for the bankgiro."},
    {3, "REF-R04", "warning", "Incoming OCR reference passes our level.", "Match the payment by hand or ask the payer."},
    {4, "REF-R05", "error/warning", "Identity number passes modulus 10 and the date test before it goes to a register.",
     "Correct the customer's number; a coordination number with unknown date is only warned of."},
    {5, "REF-R06", "warning", "Identity number in incoming payment data passes modulus 10 and the date test.",
     "Do not match on this number alone."},
    {6, "REF-R07", "error/warning", "Payout account passes its bank's test.",
     "Ask the payee for the account number again; a warning may be paid after a look."},
    {7, "REF-R08", "error", "IBAN has its country's length and passes modulus 97.", "Ask for the IBAN again."},
    {8, "REF-R09", "warning", "Installation number (GSRN) has the prefix 735999 and the right check digit.",
     "Compare with the grid owner's installation register."},
    {9, "REF-R10", "error", "Amount has no digits other than zero beyond öre.", "Round in the sending system, not here."},
    {10, "REF-R11", "warning", "Date is a bank day where one is required.", "Use the proposed bank day."},
}};
static_assert(in_order(reference_rules));

enum class giro_kind : std::uint8_t { bankgiro, plusgiro };

// Each check appends at most one finding to `findings` (made over reference_rules), with `field` as the field name, and returns
// whether the value was faultless. Text is UTF-8 as it stands in the file or the configuration. Found values that are
// personal data are marked so and shown masked.
namespace reference_check {

bool own_giro(finding_list& findings, std::string_view field, std::string_view text, giro_kind kind);  // REF-R01
bool payer_bankgiro(finding_list& findings, std::string_view field, std::string_view text);            // REF-R02
bool outgoing_ocr(finding_list& findings, std::string_view field, std::string_view text,
                  const ocr_agreement& agreement);  // REF-R03
// At level none everything passes.
bool incoming_ocr(finding_list& findings, std::string_view field, std::string_view text,
                  const ocr_agreement& agreement);  // REF-R04
// A coordination number with unknown date is a warning in both.
bool register_identity(finding_list& findings, std::string_view field, std::string_view text, date today);  // REF-R05
bool incoming_identity(finding_list& findings, std::string_view field, std::string_view text, date today);  // REF-R06
// Warnings: a doubtful account of type 2 comment 3, and a clearing number for which no rule is known.
bool payout_account(finding_list& findings, std::string_view field, const bank_account& account);  // REF-R07
bool iban(finding_list& findings, std::string_view field, std::string_view text);                  // REF-R08
bool gsrn(finding_list& findings, std::string_view field, std::string_view text);                  // REF-R09
// Tests the digits beyond öre alone: text that is no amount is parse_decimal_amount's to refuse.
bool decimal_amount(finding_list& findings, std::string_view field, std::string_view text);  // REF-R10
// Proposes the next bank day.
bool bank_day(finding_list& findings, std::string_view field, date day);  // REF-R11

}  // namespace reference_check

}  // namespace brygga
