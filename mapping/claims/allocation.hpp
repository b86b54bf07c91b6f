// How a payment is divided over fees, interest and capital of several claims (claims-process.md sections 9 and 13).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace brygga::claims {

enum class debt_class : std::uint8_t { fees, interest, capital };

// By class, in the order of debt_class, in öre.
using class_amounts = std::array<std::int64_t, 3>;

enum class allocation_scope : std::uint8_t {
    invoice_first,  // one claim is finished before the next
    class_first,    // one class over all claims before the next
};

struct allocation_order {
    allocation_scope scope = allocation_scope::invoice_first;
    std::array<debt_class, 3> classes = {debt_class::fees, debt_class::interest, debt_class::capital};
};

struct allocation {
    std::vector<class_amounts> paid;  // as the claims
    std::int64_t left_ore{};          // for the customer's account
};

// `owed` by due date, then invoice number.
[[nodiscard]] allocation allocate(std::int64_t amount_ore, std::span<const class_amounts> owed, const allocation_order& order);

}  // namespace brygga::claims
