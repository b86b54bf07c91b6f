// Payouts from a few words, and their state as text, for scenarios. A payout has a name there, because its id is another in every
// ledger: {P1} in a file stands for the reference of P1, {FILE} for the message id of an exported file.
//
//     account K1 5841-1009823                     that K1 has given us
//     payout P1 K1 300.50 pain.001 [on=2026-02-27] [draft]
//                                                 asked for out of K1's credit, and approved; or lb, sus, autogiro
//     exported FILE 2026-03-02 P1 P2              in a file that pays on this day
//     told P1 executed 2026-03-02                 by a person; or returned
#pragma once

#include <map>
#include <string>
#include <vector>

#include "mapping/ledger/store.hpp"

namespace brygga::inbound::test {

class payout_names {
 public:
    // False: the line tells of no payout.
    bool seed(const std::vector<std::string>& words, ledger::transaction& into);

    // "P1 K1 300.50 executed 2026-03-02 pain.001 ACSC"
    [[nodiscard]] std::string states(ledger::transaction& from) const;
    // Every entry that a payout is the source of: "payout P1 2026-03-02" and its postings.
    [[nodiscard]] std::string entries(ledger::transaction& from) const;
    [[nodiscard]] std::string name_of(ledger::row_id id) const;  // empty: none of these
    [[nodiscard]] ledger::row_id id_of(const std::string& name) const { return ids_.at(name); }
    [[nodiscard]] std::string filled_in(std::string text) const;
    // The other way: ids as names.
    [[nodiscard]] std::string named(std::string text) const;

 private:
    void ask(const std::vector<std::string>& words, ledger::transaction& into);
    void note_export(const std::vector<std::string>& words, ledger::transaction& into);
    void settle(const std::vector<std::string>& words, ledger::transaction& into);

    std::map<std::string, ledger::row_id> ids_, files_;
    std::map<std::string, std::string> references_;  // of payouts and files
};

}  // namespace brygga::inbound::test
