// The exchange with the customer system (DESIGN section 7): JSON Lines, one object a line, of the types customer, facility,
// invoice, credit_note and registration, as the schemas in mapping/ledger/schema say. Amounts are whole öre, dates ISO 8601.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "formats/core/ocr.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/json/schema_text.hpp"
#include "mapping/ledger/receivables.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::ledger {

inline constexpr std::size_t max_import_line = 1024 * 1024;  // bytes, line ending not counted
inline constexpr std::size_t max_import_notes = 1000;        // kept; all are counted

struct import_options {
    date today{};       // decides the century of identity numbers with ten digits
    ocr_agreement ocr;  // what the references of invoices must pass (REF-R03)
    receivables_policy policy;
    std::vector<std::string> senders;  // our FUIs; empty: a registration that names any waits for a person (EINV-R02)
    std::string source;                // hash of the file: what makes events without a day the same again
    std::uint32_t lines_per_commit = 1000;
};

enum class note_level : std::uint8_t {
    warning,   // imported, look at it
    conflict,  // not imported: the same document with other content is there
    bad,       // not imported
};

struct import_note {
    note_level level{};
    std::uint64_t line{};  // 1-based
    std::string pointer;   // JSON pointer, empty for the whole line
    std::string rule;      // "BILL-R29", empty where no numbered rule applies
    std::string text;      // without personal data and without anything quoted from the line
};

struct import_report {
    std::uint64_t lines{};                                                        // blank ones not counted
    std::uint64_t inserted{}, new_version{}, already_there{}, conflict{}, bad{};  // lines; together all of them
    std::uint64_t warnings{};
    std::int64_t advance_used_ore{};  // taken from advances for new invoices
    std::vector<import_note> notes;
    std::uint64_t notes_total{};
};

// One more transaction: a good many lines are committed together.
using transaction_source = std::function<result<std::unique_ptr<transaction>>()>;

// Imports every good line and reports the others. A line can refer to earlier ones. After an error (the store's or the
// stream's) the whole import can be run again: what was committed is already there.
[[nodiscard]] result<import_report> import_lines(std::istream& lines, const transaction_source& begin,
                                                 const import_options& options);

// The ledger's customers, facilities, invoices and credit notes in their current version, as import_lines() takes them.
[[nodiscard]] result<void> export_lines(transaction& from, std::ostream& to);

}  // namespace brygga::ledger
