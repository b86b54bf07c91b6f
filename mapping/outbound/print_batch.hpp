// Letters of the ledger in a print batch (print-batch.md sections 3.1 and 6): what the manifest says of each, and the rows that
// say that the batch was made.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "formats/print/batch/records.hpp"
#include "formats/print/batch/totals.hpp"
#include "mapping/billing/terms.hpp"
#include "mapping/outbound/letter.hpp"

namespace brygga::outbound {

struct print_terms {
    print::batch::sender sender;
    print::batch::print_options how;
    bool matches_mailboxes = true;
    print::language in = print::language::swedish;
};

// Of the company, as its letters have it.
[[nodiscard]] print::batch::sender sender_of(const einvoice::party& seller, std::string tenant_ref);

// What the recipient reads in a mailbox before opening: nothing personal. "Faktura november 2026"
[[nodiscard]] std::string subject_of(const print::letter& of);

// `id` is that of the document, for ever; `pdf` what was drawn of the letter, which has no gaps.
[[nodiscard]] print::batch::document document_of(const made_letter& made, std::string id, print::batch::file_ref pdf,
                                                 const print_terms& terms);

// A document of a batch and why it is there.
struct batched_document {
    ledger::row_id delivery_id{};
    std::string customer_id;
    std::int64_t epoch{};  // of the customer's protection when it was drawn
    print::batch::document what;
};

// Their epoch now; 0 for whoever was never protected.
[[nodiscard]] result<std::int64_t> epoch_of(const std::string& customer_id, ledger::transaction& in);

// In the transaction that queues the file: the batch, its documents, and that their deliveries are queued. False, with nothing
// written, where a delivery is planned no more or a customer's protection has changed since the letter was drawn (PRO-R06): the
// batch must be made anew. conflict where its id or sequence is taken.
[[nodiscard]] result<bool> note_batch(ledger::print_batch& batch, std::span<const batched_document> documents,
                                      ledger::transaction& into);

// The file never left, or never arrived, and is closed: those of its documents that may go as they were planned are so again;
// those of customers whose protection asks for another way go that one. Of a print batch its documents are cancelled in it
// (section 4.2). Of a file without documents to customers nothing is done.
[[nodiscard]] result<void> take_back_documents(ledger::row_id outgoing_id, const billing::run_terms& terms,
                                               ledger::transaction& into);

// The timers of section 4.2: batches that are not answered two hours after they were sent, and batches of whose documents some
// have no end `final_days` bank days after. A person is told of each once.
[[nodiscard]] result<void> tell_overdue_batches(ledger::timestamp_ms now, date today, int final_days, ledger::transaction& into);

}  // namespace brygga::outbound
