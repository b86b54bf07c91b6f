// What is left of a payment to know it again in another file or format, in a few bytes: deposits may hold millions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace brygga::ledger {

struct payment_trace {
    std::int64_t amount_ore{};  // negative for a deduction
    std::uint64_t number{};     // a digest of the bank's number of it; 0 when it has none
};
using payment_traces = std::vector<payment_trace>;

// `serial` is the bank's number of the payment.
[[nodiscard]] payment_trace trace_of(std::string_view serial, std::int64_t amount_ore);

// The same payments by the bank's numbers, in any order: each has one, and there are some.
[[nodiscard]] bool same_payments(payment_traces a, payment_traces b);

}  // namespace brygga::ledger
