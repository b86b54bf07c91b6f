// The exchange with the customer system (DESIGN section 7): JSON Lines, one object a line, of the types customer, facility,
// invoice, credit_note, registration, run and receipt, as the schemas in mapping/ledger/schema say. Amounts are whole öre, dates
// ISO 8601.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
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

// An invoice or credit note of a line that its schema has passed, after the books have taken it or not.
struct taken_document {
    std::uint64_t line{};  // 1-based
    bool is_credit_note = false;
    std::string number, customer_id;
    date due{};  // of an invoice
    std::int64_t amount_ore{};
    row_id document_id{};           // 0: not in the books
    const invoice* item = nullptr;  // of an invoice that is in the books
    std::span<const import_note> notes;
};

// What a channel tells of a document on its way to the customer; as its schema has passed it.
struct told_receipt {
    std::string number;
    std::optional<bool> is_credit_note;  // nothing: whichever has the number
    channel by{};
    delivery_state outcome{};
    std::string code, text;
    std::string key;  // the same again is the same receipt
};

struct receipt_answer {
    row_id id{};  // of the delivery; 0: not taken
    bool is_new = true;
    std::string_view rule;
    std::string text;  // why it was not taken, or what is to be looked at
};

struct import_options {
    date today{};       // decides the century of identity numbers with ten digits
    ocr_agreement ocr;  // what the references of invoices must pass (REF-R03)
    receivables_policy policy;
    std::vector<std::string> senders;  // our FUIs; empty: a registration that names any waits for a person (EINV-R02)
    std::string source;                // hash of the file: what makes events without a day the same again
    std::uint32_t lines_per_commit = 1000;
    // Documents of a run, within the transaction of their line; what it gives is told of the line. Without it a run is refused
    // whole (invalid_content), so that none is imported as plain lines.
    std::function<result<std::vector<import_note>>(transaction&, const taken_document&)> on_document = {};
    // A customer is protected from this line on (PRO-R05), within the transaction of the line.
    std::function<result<void>(transaction&, std::string_view customer_id)> on_protected = {};
    // Without it receipts are refused.
    std::function<result<receipt_answer>(transaction&, const told_receipt&)> on_receipt = {};
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

// The same within one transaction, which the caller commits: after an error nothing of it may be.
[[nodiscard]] result<import_report> import_lines_into(std::istream& lines, transaction& into, const import_options& options);

// The ledger's customers, facilities, invoices and credit notes in their current version, as import_lines() takes them, but for
// those of protected persons (PRO-R14). Gives the number of rows that were left out for that.
[[nodiscard]] result<std::uint64_t> export_lines(transaction& from, std::ostream& to);

}  // namespace brygga::ledger
