// A document of any kind of e-invoice, as far as the ledger can take it: between the readers of each kind and ledger_rows.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/einvoice/decimal.hpp"

namespace brygga::einvoice {

struct read_line {
    std::string utility;  // EL, FV, FI, VA, RE; empty where not told: the facility's
    std::string facility, text, note, unit;
    std::optional<decimal> quantity, price, base_quantity;
    decimal net;  // as stated
    std::string category, reason;
    std::optional<decimal> rate;
    std::string from, to;  // days, empty where not told
    std::vector<std::pair<std::string, std::string>> properties;
};

struct read_vat {
    std::string category;
    std::optional<decimal> rate;
    decimal vat;  // as stated
};

struct read_invoice {
    bool is_credit_note = false;
    std::string number, customer_id, reference, issued, due, currency, buyer_reference, note, payment_terms, credited;
    decimal payable, rounding;  // as stated
    std::vector<read_vat> vat;
    std::vector<read_line> lines;
    std::string held;  // why the ledger cannot take it; empty: it can
};

}  // namespace brygga::einvoice
