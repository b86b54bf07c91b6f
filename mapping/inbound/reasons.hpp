// Why money went where it went: the codes in posting.reason and hold.reasons, next to the rule ids of the format. They are
// stored, shown by `ledger why` and never renamed.
#pragma once

#include <string_view>

namespace brygga::inbound::reason {

// What came to the bank account, or was kept from it.
inline constexpr std::string_view received = "received";
inline constexpr std::string_view deducted = "deducted";

// The bank's deposit is not the sum of its payments, and a person or a deviation profile let it pass.
inline constexpr std::string_view deposit_differs = "deposit-differs";

// Why an invoice was paid.
inline constexpr std::string_view ocr = "ocr";                                  // code 2, by its reference
inline constexpr std::string_view reference = "reference";                      // another code, but exactly its reference
inline constexpr std::string_view stated_amount = "stated-amount";              // the payer's own split
inline constexpr std::string_view stated_invoices = "stated-invoices";          // listed, and open for exactly the payment
inline constexpr std::string_view remittance_text = "remittance-text";          // the one open invoice in the text
inline constexpr std::string_view remittance_text_sum = "remittance-text-sum";  // several, open for exactly the payment
inline constexpr std::string_view overdue_cover = "overdue-cover";              // BILL-R23
inline constexpr std::string_view surplus = "surplus";                          // BILL-R22, to an advance

// How much of our credit note was used (deduction code).
inline constexpr std::string_view credit_whole = "credit-whole";
inline constexpr std::string_view credit_part = "credit-part";
inline constexpr std::string_view credit_final = "credit-final";

// Why money waits in suspense, or a person must look.
inline constexpr std::string_view no_reference = "no-reference";
inline constexpr std::string_view unknown_reference = "unknown-reference";
inline constexpr std::string_view ambiguous_reference = "ambiguous-reference";  // several invoices, and no way to tell
inline constexpr std::string_view sum_differs = "sum-differs";                  // listed invoices are open for another sum
inline constexpr std::string_view already_paid = "already-paid";                // the text names paid invoices only
inline constexpr std::string_view other_currency = "other-currency";
inline constexpr std::string_view text_too_long = "text-too-long";
inline constexpr std::string_view unknown_credit_note = "unknown-credit-note";
inline constexpr std::string_view credit_residual_mismatch = "credit-residual-mismatch";

inline constexpr std::string_view unknown_payout = "unknown-payout";  // TK32 that nobody here has asked for
inline constexpr std::string_view unknown_refund = "unknown-refund";  // TK77 whose payment is not known, or cannot be reversed

// The payer has taken back what was paid.
inline constexpr std::string_view taken_back = "taken-back";

// Why an invoice is suggested to a person.
inline constexpr std::string_view stated_reference = "stated-reference";
inline constexpr std::string_view stated_number = "stated-number";
inline constexpr std::string_view stated_customer = "stated-customer";
inline constexpr std::string_view edit_distance_1 = "reference-edit-distance-1";
inline constexpr std::string_view same_payer_identity = "same-payer-identity";
inline constexpr std::string_view amount_equals_open = "amount-equals-open";

}  // namespace brygga::inbound::reason
