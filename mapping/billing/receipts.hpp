// What the channels tell of documents, and where those go that a channel has rejected (billing-rules.md 2.2, step 4; EINV-R05).
#pragma once

#include <string>

#include "mapping/billing/terms.hpp"
#include "mapping/ledger/json_lines.hpp"

namespace brygga::billing {

// A rejection takes the document to the next channel in the same transaction, once. What comes again changes nothing; what
// contradicts what was told before is a matter for a person, and a document that would come twice is held meanwhile.
[[nodiscard]] result<ledger::receipt_answer> take_receipt(const ledger::told_receipt& told, const run_terms& terms,
                                                          ledger::transaction& into);

// The same of a delivery that is known: `told` needs neither number nor kind of document.
[[nodiscard]] result<ledger::receipt_answer> take_receipt_of(ledger::row_id delivery_id, const ledger::told_receipt& told,
                                                             const run_terms& terms, ledger::transaction& into);

inline constexpr std::string_view delivered_twice = "document-delivered-twice";  // kind of matter

// The delivery has not gone, or come back: the next channel, or a person where none is left. Gives the channel.
[[nodiscard]] result<std::optional<ledger::channel>> fall_through(const ledger::run_document& of, const ledger::delivery& from,
                                                                  const ledger::delivery_event& why, const run_terms& terms,
                                                                  ledger::transaction& into);

// A person's word on a document that is held or was rejected.
struct delivery_word {
    enum class what : std::uint8_t {
        send,       // by this channel: one that is held or was rejected, or once more (EINV-B08)
        delivered,  // the customer has it
        withdraw,   // not at all
    };
    what said = what::send;
    std::optional<ledger::channel> by;  // of send; nothing: the channel that it is held at
    std::string actor, reason;
};

// Errors: not_found; conflict where its file is on its way, or it cannot go that way.
[[nodiscard]] result<void> decide_delivery(ledger::row_id run_document_id, const delivery_word& word, const run_terms& terms,
                                           ledger::transaction& into);

}  // namespace brygga::billing
