// What Bankgirot answers to a section of a generated file, as reports (supplier-payments.md 3.2). Read from the file itself: what
// stands in it decides its fate, and fate_of() where nothing does. Internal to the generator.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/supplier_payment/invented_orders.hpp"
#include "formats/bankgirot/supplier_payment/records.hpp"

namespace brygga::supplier_payment::detail {

class answers {
 public:
    answers(std::uint64_t seed, std::uint32_t bad_percent, const std::vector<std::string>& payees, const set_days& days)
        : seed_(seed), payees_(payees), days_(days), bad_(bad_percent) {}

    // The report on a whole section of orders, the first of which has this index in the set.
    [[nodiscard]] std::string report(layout_id layout, std::string_view orders, std::uint64_t first);

    // Of money orders that an earlier file has sent: one for every tenth index from `first` on, before `end`.
    [[nodiscard]] std::string returned_money_orders(std::string_view bankgiro, std::uint64_t first, std::uint64_t end);

 private:
    std::uint64_t seed_;
    const std::vector<std::string>& payees_;
    const set_days& days_;
    invented::bad_share bad_;
};

}  // namespace brygga::supplier_payment::detail
