// Documents that go straight to their recipients, by e-mail or into a digital mailbox: made of the letter, and what became of
// their file told to their delivery (einvoice.md 5.5; kivra.md sections 3.3 and 4).
#pragma once

#include <string>

#include "formats/print/kivra/content.hpp"
#include "mapping/billing/terms.hpp"
#include "mapping/ledger/exchange.hpp"
#include "mapping/outbound/letter.hpp"

namespace brygga::outbound {

// To the recipient's mailbox, with what they can pay there. Errors: invalid_content, with the rules that it breaks (KIV-R03 to
// KIV-R08), where it cannot be one.
[[nodiscard]] result<kivra::content> content_of(const made_letter& made, std::string pdf);

// The file of the key delivery_of_file() knows was sent, or nobody takes it: the document is delivered, or goes its next way. Of
// other files nothing is done. In the transaction that notes the event, after it.
[[nodiscard]] result<void> tell_delivery(const ledger::outgoing& file, const ledger::outgoing_event& event,
                                         const billing::run_terms& terms, ledger::transaction& into);

}  // namespace brygga::outbound
