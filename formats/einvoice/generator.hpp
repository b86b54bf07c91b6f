// Invented invoices of a utility over all that it sells: what generated files and tests are made of. Internal to the generators.
#pragma once

#include <span>

#include "formats/einvoice/faults.hpp"
#include "formats/einvoice/invoice.hpp"
#include "formats/format.hpp"
#include "formats/invented/payers.hpp"

namespace brygga::einvoice {

inline constexpr date default_invoice_day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{5}};

inline constexpr std::size_t lines_of_faults = 10;  // of a document that is given a fault

// The kind of document that is asked for, the first where none is.
[[nodiscard]] result<std::string_view> kind_of(const generate_settings& what, std::span<const std::string_view> kinds);

// That breaks the one rule that is asked for. The fault says which kind of document it is of.
[[nodiscard]] result<item> document_with_fault(const fault_table& table, const generate_settings& what);

// One company's run.
class invoice_inventor {
 public:
    invoice_inventor(std::uint64_t seed, date day);

    // To a company or, for the bank channel, to a person; with so many lines. The first are electricity, heat and water of two
    // facilities.
    [[nodiscard]] invoice invent(std::size_t lines, bool to_person);
    // What credits part of it.
    [[nodiscard]] invoice credit(const invoice& of);

 private:
    [[nodiscard]] party customer(bool person);
    [[nodiscard]] invoice_line line(std::size_t at, const period& during, const std::string& facility, const std::string& street);

    invented::random_numbers random_;
    date day_;
    party seller_;
    std::uint64_t next_number_;
};

}  // namespace brygga::einvoice
