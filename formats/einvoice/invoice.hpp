// An invoice or credit note as the suite makes them, before any format (einvoice.md section 6). Amounts follow from the lines:
// nothing here is stated twice. Texts are UTF-8.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/einvoice/decimal.hpp"

namespace brygga::einvoice {

struct period {
    date from, to;
};

struct party {
    std::string name;
    std::string organisation_number;  // 10 digits; empty for a private person
    std::string vat_number;           // "SE556677889901"
    std::string endpoint_scheme, endpoint;
    std::string receiver_id;  // FMI, of a consumer in the bank channel
    std::string street, postcode, town, country = "SE";
    std::string seat;  // of the seller's board (säte)
    bool has_f_tax = false;
    std::string telephone, email;  // of a buyer only where an operator mails the invoice
};

// A VAT category with its rate: S with 25, 12 or 6; E and O with the reason why there is none.
struct vat {
    std::string category = "S";
    std::optional<decimal> rate;  // in percent; none with O
    std::string reason;

    [[nodiscard]] bool operator==(const vat&) const = default;
};

struct invoice_line {
    std::string name, note;
    decimal quantity = 1;  // negative where it is taken back
    std::string unit = "EA";
    decimal price;              // without VAT, of `base_quantity` units
    decimal base_quantity = 1;  // 365 for a price of a year by the day
    vat tax;
    std::optional<period> during;
    std::string facility;                                         // anläggnings-id, 18 digits
    std::string article;                                          // the seller's own id of what is sold
    std::vector<std::pair<std::string, std::string>> properties;  // meter, readings, address of the facility

    // Rounded to öre, a half away from zero.
    [[nodiscard]] decimal net() const;
};

// One giro or account; several are paid by the same reference.
struct payee_account {
    std::string id;      // digits, or IBAN
    std::string branch;  // "SE:BANKGIRO", "SE:PLUSGIRO", or a BIC
};

struct attachment {
    std::string id, description, file_name, media_type;
    std::string bytes;
};

struct invoice {
    bool is_credit_note = false;
    std::string number;
    date issued{};
    std::optional<date> due;
    std::string currency = "SEK", buyer_reference, note, payment_terms;
    std::string customer_number;
    std::optional<std::pair<std::string, date>> credited;  // the invoice that is credited, and its day
    std::string routing_code;                              // of the operator flavour
    party seller, buyer;
    std::string payment_reference;
    std::vector<payee_account> accounts;
    std::string mandate;  // of a debit by Autogiro, instead of accounts
    std::vector<invoice_line> lines;
    std::vector<attachment> attachments;
    decimal prepaid;                  // what the customer has paid in advance and this invoice consumes
    std::optional<decimal> rounding;  // as the books have it; without, what is left to pay is rounded to whole kronor
};

// A row of the VAT breakdown.
struct vat_row {
    vat tax;
    decimal base, amount;
};

struct invoice_totals {
    std::vector<vat_row> rows;  // in the order of the lines
    decimal net, vat, gross, rounding, payable;
};
[[nodiscard]] invoice_totals totals_of(const invoice& of);

// From the first to the last day of all lines: none may lie outside. Nothing where no line has a period.
[[nodiscard]] std::optional<period> period_of(const invoice& of);

}  // namespace brygga::einvoice
