// Money that goes back to customers (utbetalningar: återbetalning av tillgodohavanden): supplier-payments.md sections 4 and 6.
// What is to be paid out is taken off the customer's advances and open credits at once and waits on account::payout, so that no
// öre is promised twice (RF-R01, BILL-R25); the bank's word takes it from there, or gives it back. Rows are never changed: how
// far a payout has come is its newest event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/money.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

enum class payee_account_kind : std::uint8_t { none, bank_account, iban, bankgiro, plusgiro };
[[nodiscard]] std::string_view name(payee_account_kind kind) noexcept;

// Personal data.
struct payee_account {
    payee_account_kind kind = payee_account_kind::none;
    std::string clearing;  // 4 digits, of a bank account
    std::string number;    // digits without clearing; an IBAN in capitals without blanks

    [[nodiscard]] bool operator==(const payee_account&) const = default;
};

// An account that a customer has given us; the newest holds.
struct customer_account {
    row_id id{};
    std::string customer_id;
    payee_account account;
    std::string actor, reason;  // of the person who entered it
    timestamp_ms recorded_at{};
};

enum class payout_route : std::uint8_t {
    none,              // nobody knows where it could go
    credit_transfer,   // pain.001
    supplier_payment,  // LB
    civic_number,      // SUS: to the account that Swedbank's register has for the person, or as a notice
    direct_debit,      // Autogiro TK32: to the account of the mandate
};
[[nodiscard]] std::string_view name(payout_route route) noexcept;

struct payout {
    row_id id{};
    std::string key;  // the same again is the same payout: who asked for what
    std::string customer_id;
    std::int64_t amount_ore{};
    std::string currency = "SEK";
    std::string purpose;  // "overpayment", "credit-balance", "deposit"
};

// What it is called in files and by the bank: 13 letters and digits.
[[nodiscard]] inline std::string reference_of(const payout& item) {
    return format_id(item.id);
}

enum class payout_state : std::uint8_t {
    draft,      // waits for its release
    approved,   // waits for the next file
    exported,   // queued for the bank, or there
    accepted,   // the bank will pay it
    executed,   // paid
    rejected,   // not paid: the customer has the credit again
    returned,   // paid and come back: likewise
    withdrawn,  // by a person, before it was exported: likewise
};
[[nodiscard]] std::string_view name(payout_state state) noexcept;
// Whether its money waits on account::payout.
[[nodiscard]] constexpr bool is_pending(payout_state state) noexcept {
    return state <= payout_state::accepted;
}

struct payout_event {
    payout_state state{};
    date day{};  // of the payment, once exported; of the word before
    payout_route route{};
    payee_account to;                 // as it goes into the file; none for SUS, and for Autogiro
    row_id through_id{};              // the mandate of Autogiro, the account that the customer gave; 0 for others
    std::string code;                 // of the bank
    row_id source_id{};               // the outgoing file, the batch or payment that told it; 0: a person's word
    std::string actor, reason;        // of a person, else empty
    std::string bank_reference = {};  // the bank's own of the entry that told it; empty where nobody told one
};

struct payout_item {
    payout row;
    payout_event newest;
    timestamp_ms newest_at{};
};

// Part of a transaction: commits and ends with it.
class payout_rows {
 public:
    virtual ~payout_rows() = default;

    // Harmless to repeat while it is the newest.
    virtual result<void> add_account(customer_account& item) = 0;
    [[nodiscard]] virtual result<std::vector<customer_account>> accounts_of(std::string_view customer_id) = 0;  // newest first

    // Keyed by `key`: the same again is already there, another under this key a conflict.
    virtual result<void> add_payout(payout& item) = 0;
    // Harmless to repeat while it is the newest.
    virtual result<void> add_payout_event(row_id payout_id, const payout_event& item) = 0;
    [[nodiscard]] virtual result<std::optional<payout_item>> payout_with_id(row_id id) = 0;
    [[nodiscard]] virtual result<std::optional<payout_item>> payout_with_key(std::string_view key) = 0;
    [[nodiscard]] virtual result<std::vector<payout_item>> payouts_of_customer(std::string_view customer_id) = 0;  // oldest first
    [[nodiscard]] virtual result<std::vector<payout_item>> payouts_in_state(payout_state state) = 0;               // oldest first
    // Oldest first; every one that was exported in this file.
    [[nodiscard]] virtual result<std::vector<payout_item>> payouts_of_file(row_id outgoing_id) = 0;
    [[nodiscard]] virtual result<std::vector<payout_event>> payout_events(row_id payout_id) = 0;  // oldest first
    // What has been exported since then, whatever became of it.
    [[nodiscard]] virtual result<ore_sum> exported_since(timestamp_ms since, std::string_view currency) = 0;
};

}  // namespace brygga::ledger
