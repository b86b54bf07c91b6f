// What a person's decision on an outgoing file means for what the ledger has put into it: mandates, collections, payouts.
#pragma once

#include <cstdint>
#include <string>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/outbound/mandate_words.hpp"

namespace brygga::outbound {

// Why the file may not be sent again; empty when it may. What was paid, given back or has been asked for anew since must not
// leave once more.
[[nodiscard]] result<std::string> objection_to_sending_again(ledger::row_id outgoing_id, ledger::transaction& in);

// No attempt to send it was ever made.
[[nodiscard]] result<bool> never_left(ledger::row_id outgoing_id, ledger::transaction& in);

struct closing {
    std::uint64_t payouts{}, collections{};  // still on their way: the file will not tell any more what becomes of them
    std::uint64_t taken_back{};              // mandates and collections that the next daily run asks for anew
};

// A file is closed. When it has `not_arrived`, its mandates and collections are as they were before it, and the next daily run
// asks for what is right then. Otherwise, and for payouts always, a person has to learn what became of them: the matters
// "payouts-of-closed-file" and "collections-of-closed-file", each time anew.
[[nodiscard]] result<closing> note_closed(ledger::row_id outgoing_id, bool not_arrived, const speaker& who,
                                          ledger::transaction& into);

}  // namespace brygga::outbound
