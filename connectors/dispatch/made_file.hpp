// Files that are made from the ledger: the rows that say what was asked for and the file that asks for it commit together.
//
//     const dispatch::made_file what{"autogiro:9912346:2026-03-02", "BFEP.IAGAG.K0471117", &rule};
//     const auto made = dispatch::queue_made(with, who, bank, books, how, what, [&](auto& into, auto outgoing_id) {
//         return bytes_of_the_day(outgoing_id, into);
//     }, report);
//
// Killed at any point, the next attempt with this key ends with the same books and one file in the queue.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "connectors/dispatch/dispatch.hpp"

namespace brygga::dispatch {

struct made_file {
    std::string key;                       // why it is sent: the same again is the same file
    std::string name;                      // that it gets at the partner
    const partners::send_rule* rule = {};  // of the partner's; it outlives the call
    rule_policy policy = {};               // what our own reader lets pass, by agreement
    // Of what is no format of the registry: why it must not leave, empty when it may.
    std::function<std::string(std::string_view bytes)> objection = {};
};

// Gives the bytes, unsealed, and writes what they say of the ledger with the id that the file gets in the queue. Empty: nothing
// is to be sent; what was written commits all the same, and must not name the id. May be called again after an error.
using maker = std::function<result<std::string>(ledger::transaction& into, ledger::row_id outgoing_id)>;

enum class made_end : std::uint8_t {
    queued,
    nothing,        // there was nothing to send
    already_there,  // this key has its file
    refused,        // our own reader did not let it go: nothing of it is in the books, and a person must look (matter)
    not_now,        // something was in the way: nothing is in the books, and it is to be tried again
};

struct made {
    made_end end = made_end::not_now;
    ledger::row_id id{};  // in the queue, when it is there
};

inline constexpr std::string_view made_file_refused = "made-file-refused";  // kind of matter

// One transaction: the maker's rows, our own reader over its bytes, the seal where the rule has one (of today in Sweden), the
// bytes among the originals, the queue. What kept it is a trouble of the report.
[[nodiscard]] made queue_made(const config::settings& with, const config::tenant& who, const partners::partner& to,
                              ledger::store& books, const options& how, const made_file& what, const maker& make,
                              dispatch_report& into);

}  // namespace brygga::dispatch
