// A batch as it will stand in the file: allowed characters, digits of account numbers, purposes that are told; and what is wrong
// with it before anything is written.
#pragma once

#include "formats/iso20022/pain/writer.hpp"

namespace brygga::pain::detail {

// Adds findings, holds and replaced texts to `into`.
[[nodiscard]] batch prepare(const batch& from, const bank_profile& profile, written& into);

// Whether the payment is drawn on our bankgiro instead of the account.
[[nodiscard]] inline bool on_bankgiro(const batch& item, const payment& each) noexcept {
    return each.account.kind == account_kind::bankgiro && !item.debtor_bankgiro.empty();
}

}  // namespace brygga::pain::detail
