// How a part payment is divided over the parts of an invoice (billing-rules.md, BILL-R31).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mapping/ledger/store.hpp"

namespace brygga::ledger {

// What each part gets of `amount_ore`, in the order of `parts`, never more than is open on it. Pro rata over the open
// amounts: floor(amount x open / sum of open) in 128 bits, then the left-over öre one each by largest remainder; a tie goes
// to the earlier part. An amount that covers what is open settles every part exactly, also parts that are in credit; what is
// left beyond that is the caller's (amount - sum of the result). With nothing to pay, or nothing open, every share is zero.
[[nodiscard]] std::vector<std::int64_t> share(std::int64_t amount_ore, std::span<const open_part> parts);

}  // namespace brygga::ledger
