// A customer's credit is to be paid back: asked for by one person, released by another (RF-R01, RF-R02, BILL-R26).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/payouts/destination.hpp"
#include "mapping/payouts/terms.hpp"

namespace brygga::payouts {

struct payout_wish {
    std::string customer_id;
    std::optional<std::int64_t> amount_ore;  // nothing: all that is free
    std::string currency = "SEK";
    std::string purpose = "overpayment";  // "credit-balance", "deposit"
    bool net_against_debt = false;        // what the customer owes is paid first
    std::string key = {};                 // the same again is the same payout, and never begins with #; empty: one of its own
    std::string actor = {}, reason = {};
};

struct asked_payout {
    ledger::row_id id{};  // 0: netting took everything
    std::int64_t amount_ore{};
    std::int64_t netted_ore{};                                 // paid on the customer's open invoices
    destination goes;                                          // route none: nobody knows where to, and a matter says so
    ledger::payout_state state = ledger::payout_state::draft;  // of one that was asked for before under its key
};

// Takes the money off the customer's advances, oldest first, and then off open credits. Kronor only. conflict: RF-R01, more than
// the customer has free. not_found: no such customer. Protected identities, estates and missing accounts become matters, and hold
// it.
[[nodiscard]] result<asked_payout> ask(const payout_wish& wish, const payout_terms& terms, ledger::transaction& into);

// The account that a customer has given, from now on; false where no way of the terms leads to it. The matters
// "payout-without-account" of payouts that have a way now are closed.
[[nodiscard]] result<bool> enter_account(ledger::customer_account& item, const payout_terms& terms, ledger::transaction& into);

// A person's word on a draft. What holds it is told as matters: it can be released when a person has closed them.
struct release_outcome {
    bool approved = false;
    destination goes;
    std::vector<ledger::row_id> held_by;  // open matters
};

// permission_denied: RF-R02, who asked for it cannot release it. conflict: it is no draft any more, or nobody knows where to.
[[nodiscard]] result<release_outcome> approve(ledger::row_id id, const std::string& actor, const std::string& reason,
                                              const payout_terms& terms, ledger::transaction& into);

// Before it has been exported: the customer has the credit again. conflict: too late.
[[nodiscard]] result<void> withdraw(ledger::row_id id, const std::string& actor, const std::string& reason,
                                    ledger::transaction& into);

// Whether an approved payout may leave as it was approved. Protected identities, estates and accounts of which we have learnt
// since hold it; one that would go elsewhere now is a draft again, with the matter "payout-goes-elsewhere".
[[nodiscard]] result<bool> may_leave(const ledger::payout_item& item, const payout_terms& terms, ledger::transaction& into);

// What our own writer or the bank's rules do not let out: a draft again, with the matter "payout-not-sent" that names the rule.
[[nodiscard]] result<void> send_back(const ledger::payout_item& item, std::string_view rule, std::string_view field,
                                     ledger::transaction& into);

// The customer has deducted a credit note from a payment, and a payout that has not ended was made of it: the matter
// "payout-credit-deducted", and what has not left is a draft again.
[[nodiscard]] result<void> credit_deducted(ledger::row_id credit_note_id, std::string_view customer_id,
                                           ledger::transaction& into);

}  // namespace brygga::payouts
