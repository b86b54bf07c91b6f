// What a person's decision on an outgoing file means for what the ledger has put into it: mandates, collections, payouts,
// documents of invoice runs.
#pragma once

#include <cstdint>
#include <string>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/outbound/mandate_words.hpp"

namespace brygga::outbound {

// Why the file must not leave, now or once more; empty when it may: all that the ledger has put into it must stand as it did
// then. What was answered, cancelled, moved, paid, or is asked for by another file since would be asked for twice; a collection
// must still be of what is open, by an active mandate, and its day to come. The text says what a person can safely do.
[[nodiscard]] result<std::string> objection_to_leaving(ledger::row_id outgoing_id, date today, ledger::transaction& in);

// Whether a person must still look at whose mandate it is ("mandate-of-another-payer"): nothing goes by it meanwhile.
[[nodiscard]] result<bool> is_anothers(ledger::row_id mandate_id, ledger::transaction& in);

// No attempt to send it was ever made.
[[nodiscard]] result<bool> never_left(ledger::row_id outgoing_id, ledger::transaction& in);

// Why one cannot say that it has not arrived; empty when one can: an answer to it has come, or a later file that waits to be sent
// cancels what it asks for. Of what never left one always can.
[[nodiscard]] result<std::string> objection_to_not_arrived(ledger::row_id outgoing_id, ledger::transaction& in);

struct closing {
    std::uint64_t payouts{}, collections{}, mandates{};  // still on their way: the file will not tell what becomes of them
    std::uint64_t taken_back{};                          // mandates and collections as they were before the file
};

// A file is closed. When it has `not_arrived`, its mandates and collections are as they were before it, and the next daily run
// asks for what is right then; of one that never left so is a collection whose cancellation a later file asks for. Otherwise, and
// for payouts always, a person has to learn what became of them: the matters "payouts-of-closed-file",
// "collections-of-closed-file" and "mandates-of-closed-file", each time anew.
[[nodiscard]] result<closing> note_closed(ledger::row_id outgoing_id, bool not_arrived, const speaker& who,
                                          ledger::transaction& into);

// A file that was never tried and must not leave any more is closed without a person: its mandates and collections are as they
// were before it. A payout of it, which goes into one file (LB-R11), is rejected: the customer has the credit again, and the
// matter "payout-rejected" tells. Why, for whoever looks at the file; empty when nothing was done: it may leave, or was tried.
[[nodiscard]] result<std::string> take_back_overtaken(ledger::row_id outgoing_id, date today, ledger::transaction& into);

}  // namespace brygga::outbound
