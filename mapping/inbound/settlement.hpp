// What one payment or deduction is used for, before anything is posted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

struct settled_part {
    std::size_t invoice{};  // index into settlement::invoices
    std::uint16_t part_no{};
    std::int64_t amount_ore{};
    std::string_view reason;  // static
};

struct used_credit {
    std::size_t credit{};  // index into settlement::credits
    std::int64_t amount_ore{};
    std::string_view reason;  // static
};

struct left_advance {
    std::string customer_id;
    std::int64_t amount_ore{};
};

// Everything adds up: parts + advances + suspense - used credits = the amount, negative for a deduction. One object serves
// payment after payment.
struct settlement {
    std::vector<ledger::open_invoice> invoices;  // each once; what this payment takes is already off their open amounts
    std::vector<ledger::open_credit> credits;    // likewise
    std::vector<settled_part> parts;
    std::vector<used_credit> uses;
    std::vector<left_advance> advances;
    std::int64_t suspense_ore = 0;          // negative when a deduction waits
    std::vector<std::string_view> reasons;  // static; why a person must look, most telling first; empty when nothing waits

    void clear() noexcept;
    [[nodiscard]] std::int64_t settled_ore() const noexcept;  // parts less used credits
    [[nodiscard]] std::int64_t total_ore() const noexcept;

    void suspend(std::int64_t amount_ore, std::string_view why);
    void report(std::string_view why);  // once each

    // The index of this invoice or credit; one already here keeps its lowered open amount.
    std::size_t keep(ledger::open_invoice&& found);
    std::size_t keep(ledger::open_credit&& found);

    // Pays what is open of the invoice, shared over its parts (BILL-R31), and returns what is left of the amount.
    [[nodiscard]] std::int64_t pay(std::size_t invoice, std::int64_t amount_ore, std::string_view why);
    // Likewise, but for the parts to which there is an objection (BILL-R34).
    [[nodiscard]] std::int64_t pay_undisputed(std::size_t invoice, std::int64_t amount_ore, std::string_view why);
    // Uses what is open of the credit and returns what it could not give.
    [[nodiscard]] std::int64_t use(std::size_t credit, std::int64_t amount_ore, std::string_view why);

 private:
    std::int64_t take_shares(std::size_t invoice, const std::vector<std::int64_t>& shares, std::int64_t amount_ore,
                             std::string_view why);
};

struct surplus_policy {
    bool covers_overdue = true;  // BILL-R23
    date value_date{};           // overdue means due before it
    std::string_view currency;
};

// Gives a customer's surplus to the overdue, undisputed claims of the same customer, oldest due date first (BILL-R23), and
// leaves the rest as an advance (BILL-R22).
[[nodiscard]] result<void> spend_surplus(settlement& into, std::string customer_id, std::int64_t surplus_ore,
                                         const surplus_policy& policy, ledger::transaction& from);

}  // namespace brygga::inbound
