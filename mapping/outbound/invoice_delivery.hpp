// A document of an invoice run on its way by one channel: written, judged by our own rules, and what became of that noted in the
// same transaction (einvoice.md sections 3.5 and 5.5; billing-rules.md 2.2, step 3).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/einvoice/peppol/outgoing.hpp"
#include "mapping/billing/terms.hpp"
#include "mapping/outbound/einvoice.hpp"

namespace brygga::outbound {

// A channel by an operator or into the network: what the operator calls it.
struct delivery_channel {
    ledger::channel by{};
    std::string routing_code;           // P01, 101; empty in the network
    std::string autogiro_routing_code;  // of invoices that are drawn; empty: the same
};

struct delivery_terms {
    invoice_issuer issuer;
    std::vector<einvoice::peppol::account_terms> accounts;
    billing::run_terms run;
    int bank_days_before_due = 5;  // EINV-B06
};

struct made_delivery {
    std::string bytes;  // empty: nothing is to be sent
    // Of what is not sent: it is held for a person, or goes on by this channel.
    std::string held_by;  // rule ids
    std::optional<ledger::channel> goes_on_by;
};

// The key under which the file of a delivery is queued, and back; nothing for the key of another file.
[[nodiscard]] std::string file_key_of(ledger::row_id delivery_id);
[[nodiscard]] std::optional<ledger::row_id> delivery_of_file(std::string_view key) noexcept;

// How documents of this channel are written.
[[nodiscard]] einvoice::peppol::flavour flavour_of(ledger::channel by) noexcept;

// The document is planned at this channel, and in the books. What our rules refuse is held with the rules and places
// that they name; an e-invoice whose receiver has left the bank since goes to the next channel. Errors are those of the store.
[[nodiscard]] result<made_delivery> make_delivery(const ledger::run_document_item& item, const delivery_channel& channel,
                                                  const delivery_terms& terms, ledger::row_id outgoing_id,
                                                  ledger::transaction& into);

}  // namespace brygga::outbound
