// Where a customer's money goes back to (RF-R03, BILL-R26): the account that it came from when that is known, else the account
// that the customer has given, else the account of the customer's Autogiro mandate, else the civic number. Never a guess.
#pragma once

#include <span>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/payouts/terms.hpp"

namespace brygga::payouts {

struct destination {
    ledger::payout_route route = ledger::payout_route::none;
    ledger::payee_account to;     // of Autogiro: the account that the mandate has, as far as it is told
    ledger::row_id through_id{};  // the account that the customer gave, or the mandate

    [[nodiscard]] bool operator==(const destination&) const = default;
};

// `advances` are those that the money is taken from; what comes from credit notes was paid from no account.
[[nodiscard]] result<destination> destination_of(const ledger::customer& who, std::int64_t amount_ore,
                                                 std::span<const ledger::advance> advances, const payout_terms& terms,
                                                 ledger::transaction& from);

// Whether this route leads to the account: pain.001 wants the payee's name (P1-R02), and no file names somebody protected
// (PRO-R03); LB knows no IBAN.
[[nodiscard]] bool goes_to(ledger::payout_route route, const ledger::payee_account& account,
                           const ledger::customer& who) noexcept;

// "5841-1009823", "SE45 5000 ...", "bankgiro:991-2346", "plusgiro:2857-1"; checked by the rules of its kind. invalid_argument
// tells what would have been right, without the number.
[[nodiscard]] result<ledger::payee_account> parse_payee_account(std::string_view text);

// Its last digits, for people who know the account: four, of short numbers two.
[[nodiscard]] std::string masked(const ledger::payee_account& account);

}  // namespace brygga::payouts
