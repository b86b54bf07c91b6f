// Advances that are reserved for the invoice run (BILL-R24).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/core/money.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

struct reservation {
    row_id id{};
    std::string customer_id;
    ore_sum amount_ore;
};

// One advance under a reservation: what was reserved of it and what invoices have used since.
struct reserved_part {
    row_id advance_id{};
    std::int64_t reserved_ore{};
    std::int64_t used_ore{};
};

struct reservation_state {
    reservation row;
    std::string currency;
    bool released = false;
    std::vector<reserved_part> parts;  // oldest advance first
};

}  // namespace brygga::ledger
