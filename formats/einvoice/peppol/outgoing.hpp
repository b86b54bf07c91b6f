// An invoice on its way out: written, read back by our own reader, and judged by every rule and by what sender and operator have
// agreed (einvoice.md section 4.1). What is not accepted must not leave.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/core/ocr.hpp"
#include "formats/einvoice/peppol/writer.hpp"

namespace brygga::einvoice::peppol {

struct account_terms {
    std::string id;  // digits of a giro number, or IBAN
    ocr_agreement reference;
};

struct sending_terms {
    flavour how = flavour::network;
    bool to_bank = false;                            // of the operator flavour: a consumer's internet bank
    std::vector<account_terms> accounts;             // registered on the agreement; empty: any
    std::optional<std::string> registered_receiver;  // the customer's active FMI
    std::optional<std::pair<std::string, std::string>>
        registered_endpoint;              // scheme and address, as the register of receivers has them
    bool operator_takes_credits = false;  // zero and negative amounts and credit notes in the bank channel (UNVERIFIED)
    date today{};
    int bank_days_before_due = 5;  // fewer are told (UNVERIFIED)
};

struct outgoing {
    std::string bytes;  // also of what is not accepted, for whoever looks at it
    finding_list findings;

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// All rules of documents, and behind them EINV-B01, B02, ...
[[nodiscard]] std::span<const rule_info> outgoing_rules();

// By which rules a document of this flavour is judged.
[[nodiscard]] rule_policy policy_of(flavour how);

[[nodiscard]] outgoing prepare(const invoice& from, const sending_terms& terms);

}  // namespace brygga::einvoice::peppol
