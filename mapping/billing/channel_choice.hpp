// By which channel a document goes, first and after one has rejected it (einvoice.md section 1.1; BILL-R07, BILL-R08).
#pragma once

#include <optional>
#include <string_view>

#include "mapping/billing/terms.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::billing {

struct chosen_channel {
    std::optional<ledger::channel> by;  // nothing: none is left
    std::string_view rule, text;        // why a person must decide first; empty: nobody
};

// The customer has asked for e-mail, and confirmed the address (BILL-R08).
[[nodiscard]] bool has_confirmed_email(const ledger::invoice_wishes& wishes);

// The next channel behind `after`, from the first one where that is nothing.
[[nodiscard]] result<chosen_channel> choose_channel(const ledger::run_document& of, std::optional<ledger::channel> after,
                                                    const run_terms& terms, ledger::transaction& in);

}  // namespace brygga::billing
