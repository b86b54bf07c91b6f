// What is left of a payment to know it again in another file or format, in a few bytes: deposits may hold millions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace brygga::ledger {

struct payment_trace {
    std::int64_t amount_ore{};  // negative for a deduction
    std::uint64_t number{};     // a digest of the bank's number of it; 0 when it has none that tells it from others
    std::uint64_t reference{};  // likewise of its only reference, where that is a number
    bool checked = false;       // which ends with a check digit, as OCR references do
};
using payment_traces = std::vector<payment_trace>;

// False for placeholders and for numbers so short that a bank soon begins again: such do not make two payments one.
[[nodiscard]] bool tells_apart(std::string_view serial) noexcept;

// `serial` is the bank's number of the payment, `reference` the payer's, empty where there is none or several.
[[nodiscard]] payment_trace trace_of(std::string_view serial, std::int64_t amount_ore, std::string_view reference);

// The same payments by the bank's numbers, in any order: each has one, and there are some.
[[nodiscard]] bool same_payments(const payment_traces& a, const payment_traces& b);

// Whether some amount has references in both that the other lacks: what one of both does not tell contradicts nothing.
[[nodiscard]] bool references_differ(const payment_traces& a, const payment_traces& b);

// Each payment of both has a payer's reference, and they are the same ones, in any order.
[[nodiscard]] bool same_references(const payment_traces& a, const payment_traces& b);

// Each payment of both has a payer's reference with a check digit, and none stands in both, with whatever amount: nothing of one
// is in the other. Numbers without one may be the same in other words.
[[nodiscard]] bool no_common_reference(const payment_traces& a, const payment_traces& b);

// Each payment of both has a number of the bank's, and no number stands in both: a deduction may be told apart or taken off.
[[nodiscard]] bool numbers_differ(const payment_traces& a, const payment_traces& b);

}  // namespace brygga::ledger
