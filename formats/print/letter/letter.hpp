// A letter before it is drawn (print-batch.md 3.7; Swedish fakturablankett, påminnelse): what stands on it, in the order of the
// page. Nothing here knows the ledger, and what is not here is not on paper: whoever makes the letter of a protected person
// leaves out what must not be read (PRO-R08). Texts are UTF-8, amounts öre.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/print/code_line/code_line.hpp"

namespace brygga::print {

enum class letter_kind : std::uint8_t { invoice, credit_invoice, reminder, collection_notice, letter };
enum class language : std::uint8_t { swedish, english };

// A charge, or a claim of a reminder. Quantity and price are texts as the documents have them, "1200.5", without VAT; empty:
// none.
struct charge_row {
    std::string text;
    std::string period;  // "2026-10-01 – 2026-10-31"
    std::string quantity, unit, price;
    std::int64_t amount_ore{};  // VAT included
    std::vector<std::string> notes;
};

// What was used in a period that ends in this month, in thousandths of the unit.
struct consumption {
    date month{};
    std::int64_t thousandths{};
};

// One utility at one facility.
struct charge_group {
    std::string title;  // "El"
    std::string place;  // the facility: its id and address
    std::vector<charge_row> rows;
    std::string unit;                  // of the history
    std::vector<consumption> history;  // oldest first; empty: no chart
};

struct vat_share {
    std::string rate;  // "25", or empty: none
    std::string reason;
    std::int64_t base_ore{}, vat_ore{};
};

struct letter {
    letter_kind kind = letter_kind::invoice;
    language in = language::swedish;
    std::string title;  // of a letter of another kind than invoices; empty: that of its kind
    std::string number;
    date issued{};
    std::optional<date> due;
    std::string customer_number;
    std::vector<std::string> window;                           // lines behind the window of the envelope
    std::vector<std::pair<std::string, std::string>> details;  // label and value, beside number, dates and reference
    std::vector<std::string> paragraphs;                       // messages, or the text of the letter
    std::vector<charge_group> groups;
    std::vector<vat_share> vat;
    std::int64_t rounding_ore{};
    std::int64_t prepaid_ore{};  // deducted
    std::optional<std::int64_t> payable_ore;
    std::string reference;
    bool is_drawn = false;          // by Autogiro: said in words, in place of the slip
    std::optional<code_line> slip;  // the payment slip (inbetalningskort)
    bool has_qr = false;            // the invoice QR of 3.9, where there is a slip
};

// The amounts of a group's rows.
[[nodiscard]] std::int64_t sum_of(const charge_group& group);
// What all rows and the rounding come to.
[[nodiscard]] std::int64_t total_of(const letter& item);

}  // namespace brygga::print
