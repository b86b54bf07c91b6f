// What is still owed, in credit or paid too early: sums over postings, as they are when they are read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

struct open_part {
    invoice_part part;
    std::int64_t open_ore{};   // what is still owed, from postings
    bool is_disputed = false;  // an objection to it, or to the whole invoice, is open or awaits its credit note (BILL-R34)
};

struct open_invoice {
    row_id id{};
    std::string number, customer_id, reference, currency;
    date issue_date{}, due_date{};
    std::int64_t total_ore{};
    std::vector<open_part> parts;

    [[nodiscard]] std::int64_t open_ore() const noexcept {
        std::int64_t sum = 0;
        for (const open_part& each : parts)
            sum += each.open_ore;
        return sum;
    }
    // Of any of its parts.
    [[nodiscard]] bool is_disputed() const noexcept;
    // Without the parts that are disputed.
    [[nodiscard]] open_invoice undisputed() const;
};

struct open_credit {
    row_id id{};
    std::string number, customer_id, reference, currency;
    std::int64_t amount_ore{};
    std::int64_t open_ore{};
};

struct open_advance {
    advance row;
    std::int64_t free_ore{};  // neither used nor reserved
    std::int64_t reserved_ore{};
};

}  // namespace brygga::ledger
