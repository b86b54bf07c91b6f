// What keeps a payout from being approved or from leaving (RF-R02, protected identities, estates). Internal to mapping/payouts.
#pragma once

#include <string>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/payouts/destination.hpp"
#include "mapping/payouts/terms.hpp"

namespace brygga::payouts {

inline constexpr std::string_view without_account = "payout-without-account";

// Debt holds only what is being decided on: what has been approved leaves though an invoice has fallen due since.
enum class holding_moment : std::uint8_t { deciding, leaving };

// The open matters that hold it, which are made here. One that a person has closed holds nothing.
[[nodiscard]] result<std::vector<ledger::row_id>> holding_matters(const ledger::payout& of, const ledger::customer& who,
                                                                  const destination& goes, const payout_terms& terms,
                                                                  holding_moment moment, ledger::transaction& into);

// RF-R02: why this person cannot approve it; empty when they can. Up to the amount of the terms one person is enough; what one
// person has let out to the customer in the last thirty days counts with it.
[[nodiscard]] result<std::string> objection_to(const std::string& actor, const ledger::payout_item& item, const destination& goes,
                                               const payout_terms& terms, ledger::transaction& in);

}  // namespace brygga::payouts
