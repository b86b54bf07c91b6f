// Scenarios: what the ledger holds, what the bank delivers, and what must be booked, as text that a domain person can
// write. A file is a list of blocks, each headed by [name]; `#` begins a comment line outside [file].
//
//     [settings]      today 2026-03-04 | receiver 9912346 OCR3 extended | pays-from 5050105 | test-system | no-overdue-cover
//     [ledger]        customer K1 [identity 198112289874]
//                     invoice 10002347 K1 ref=1000234706 due=2026-02-27 EL:500.00 FI:349.50 [currency=EUR]
//                     credit 10002363 K1 ref=1000236305 of=10002347:EL 40.00
//                     credited 20001 K1 ref=7010019 of=10002347:EL 40.00      set off against the invoice
//                     disputed 10002347 [2]     the invoice, or one of its parts; settled 10002347 [2] answers that
//                     mandate 7001 K1 active [since=2026-01-15] [account=8901003232323232] [actor=eva]
//                     closed 7001       a person has seen to what was open about this mandate
//                     collection 10002347 7001 500.00 day=2026-02-27 [attempt=2]
//                     payout P1 K1 300.50 pain.001, and what else payout_text.hpp knows; {P1} in a file is its reference
//     [bgmax NAME]    a file described in words (bgmax_text.hpp), [camt NAME], [autogiro NAME] and [lb NAME] likewise
//                     (camt_text.hpp, autogiro_text.hpp, lb_text.hpp); [file NAME] holds one
//     line
//                     by line (NAME.xml as it stands), [again] delivers
//                     the one before once more, [join] gives the last two as one file, [release 1 2] releases section 2 of
//                     logical file 1 of the last one
//     [run DATE]      the daily run of Autogiro, [order] what it has written, trimmed
//     [words DATE]    what a person says of mandates: ask 7001 customer=K1 account=8901-3232323232 identity=191212121212, approve
//                     7001 [customer=K1], decline 7001, cancel 7001; [answers] what each was told
//     [result]        what book() or book_released() told of the last delivery
//     [findings]      its findings above info
//     [books]         every entry of payments, deductions and payouts so far, posting by posting
//     [holds]         everything that waits, with suggestions
//     [mandates], [collections], [payouts]    every one as it is now
//     [matters]       what a person must see to
//     [open]          what is left to pay of each invoice and to use of each credit that was seeded
//
// Expected blocks are compared as a whole. With BRYGGA_UPDATE_SCENARIOS=1 in the environment they are rewritten instead:
// read the diff.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace brygga::inbound::test {

struct scenario_outcome {
    std::vector<std::string> differences;  // one text per block that is not as expected
    std::string rewritten;                 // the whole scenario with what was found
    std::size_t expectations = 0;
};

// Runs against a new SQLite ledger in `folder`. Throws std::runtime_error on a scenario that cannot be read.
[[nodiscard]] scenario_outcome run_scenario(const std::string& text, const std::filesystem::path& folder);

}  // namespace brygga::inbound::test
