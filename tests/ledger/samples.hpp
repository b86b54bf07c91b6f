// Invented rows for the tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mapping/ledger/receivables.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::ledger::samples {

using namespace std::chrono_literals;

inline constexpr date issued = 2026y / 3 / 2;
inline constexpr date due = 2026y / 3 / 31;
inline constexpr date paid = 2026y / 3 / 27;

[[nodiscard]] customer a_customer(std::string_view customer_id = "K1");
[[nodiscard]] facility a_facility(std::string_view facility_id = "A1");
// One line per amount, for EL, FV, FI, VA, RE in turn, at supply points S1, S2, ...
[[nodiscard]] invoice an_invoice(std::string_view number, std::string_view customer_id, std::vector<std::int64_t> lines_ore);
// Names the EL part at S1 of the invoice.
[[nodiscard]] credit_note a_credit_note(std::string_view number, const invoice& of, std::int64_t amount_ore);

// Puts and posts; the id.
row_id post(transaction& into, const invoice& item, const receivables_policy& policy = {});
row_id post(transaction& into, const credit_note& item);

// A file with one batch and one deposit; add_payment() adds payments to it in order. The file's row comes with finish().
class bank_file {
 public:
    explicit bank_file(transaction& into, std::string_view identity = "f00d");
    [[nodiscard]] payment make_payment(std::int64_t amount_ore, std::string_view reference = "1000234706");
    payment add_payment(std::int64_t amount_ore, std::string_view reference = "1000234706");
    void finish();

    exchanged_file file;
    batch group;
    deposit money;

 private:
    transaction* into_;
    std::uint32_t ordinal_ = 0;
};

// Entries as the mapping makes them.
[[nodiscard]] entry to_invoice(const bank_file& from, const payment& what, const open_invoice& invoice, std::int64_t amount_ore);
[[nodiscard]] entry to_suspense(const bank_file& from, const payment& what);
[[nodiscard]] entry to_advance(const bank_file& from, const payment& what, const advance& into);

// A customer's advance from a payment in a file of its own; its id.
row_id give_advance(transaction& into, std::string_view customer_id, std::int64_t amount_ore, date value_date = paid);

}  // namespace brygga::ledger::samples
