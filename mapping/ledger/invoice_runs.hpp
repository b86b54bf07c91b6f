// Invoice runs (faktureringskörningar) of the customer system, the documents in them, and how far each document has come on its
// way to the customer (billing-rules.md section 2; einvoice.md 5.5). Rows are never changed: what holds is the newest event. A
// document goes by one channel at a time; each channel that it is tried by is a delivery with a step of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

enum class run_kind : std::uint8_t { ordinary, connection, summer, final_invoices, correction };
[[nodiscard]] std::string_view name(run_kind kind) noexcept;  // as the manifest has it: "ORDINARY"
[[nodiscard]] std::optional<run_kind> parse_run_kind(std::string_view text) noexcept;

struct invoice_run {
    row_id id{};
    std::string key;  // run_id of the customer system
    run_kind kind{};
    date month{};        // the first day of the invoice month
    std::string sha256;  // of the file, hexadecimal
    std::uint64_t invoices{}, credit_notes{};
    std::string manifest;  // the file's first line
};

enum class run_state : std::uint8_t {
    receiving,  // its documents are being booked: nothing of it leaves
    received,
    closed,
};
[[nodiscard]] std::string_view name(run_state state) noexcept;

struct run_event {
    run_state state{};
    std::string actor, reason;   // of a person, else empty
    timestamp_ms recorded_at{};  // of what is read
};

struct run_item {
    invoice_run row;
    run_event newest;
};

// An invoice or credit note of a run.
struct run_document {
    row_id id{};
    row_id run_id{};
    std::uint64_t line_no{};  // of the run's file
    bool is_credit_note = false;
    std::string number;
    row_id document_id{};  // 0: not booked, or not by this run
    std::string customer_id;
    date due{};                 // of an invoice
    std::int64_t amount_ore{};  // total of the invoice, or of the credit note
};

enum class delivery_state : std::uint8_t {
    planned,
    held,                     // waits for a person: the event says why
    queued,                   // its file is in the queue, which knows how far that has come
    accepted_by_distributor,  // the operator (CTD) has taken it
    accepted_by_bank,         // the bank shows it
    delivered,                // printed and posted, in the mailbox, mailed
    rejected,                 // the next step takes it on, where there is one
    withdrawn,                // a person says that it is not to be sent
};
[[nodiscard]] std::string_view name(delivery_state state) noexcept;
[[nodiscard]] std::optional<delivery_state> parse_delivery_state(std::string_view text) noexcept;
// Nothing more is expected, unless the channel says so later. An operator that has taken what it is to print has not printed it.
[[nodiscard]] constexpr bool is_final(std::optional<channel> by, delivery_state state) noexcept {
    const bool is_accepted = state == delivery_state::accepted_by_distributor || state == delivery_state::accepted_by_bank;
    return state == delivery_state::delivered || state == delivery_state::withdrawn ||
           (is_accepted && (by == channel::bank || by == channel::network));
}

struct delivery {
    row_id id{};
    row_id run_document_id{};
    int step{};                 // from 1
    std::optional<channel> by;  // nothing: stopped before one was chosen
};

struct delivery_event {
    delivery_state state{};
    row_id outgoing_id{};        // of queued
    std::string code;            // rule ids, or the channel's own code
    std::string text;            // the channel's own words, which may hold personal data; findings without
    std::string key;             // of the receipt that told it: the same again is the same event; else empty
    std::string actor, reason;   // of a person, else empty
    timestamp_ms recorded_at{};  // of what is read
};

struct delivery_item {
    delivery row;
    delivery_event newest;
};

struct run_document_item {
    run_document row;
    delivery_item now;  // its newest
};

// Documents of a run by where they are now.
struct run_count {
    std::optional<channel> by;
    delivery_state state{};
    bool is_credit_note = false;
    std::uint64_t documents{};
    std::int64_t amount_ore{};
};

// E-invoices of a run that have not been answered.
struct waiting_einvoices {
    std::uint64_t leaving{};     // planned, or their file is not sent yet
    std::uint64_t unanswered{};  // sent
    timestamp_ms last_sent_at{};
};

// Part of a transaction: commits and ends with it.
class run_rows {
 public:
    virtual ~run_rows() = default;

    // With the event `receiving`. A key that is there gives its id and false; conflict where its file was another (BILL-R02).
    virtual result<bool> add_run(invoice_run& item) = 0;
    virtual result<void> add_run_event(row_id run_id, const run_event& item) = 0;
    [[nodiscard]] virtual result<std::optional<run_item>> run_with_key(std::string_view key) = 0;
    [[nodiscard]] virtual result<std::optional<run_item>> run_with_id(row_id id) = 0;
    [[nodiscard]] virtual result<std::vector<run_item>> runs(std::size_t limit) = 0;          // newest first
    [[nodiscard]] virtual result<std::vector<run_item>> runs_in_state(run_state state) = 0;   // oldest first
    [[nodiscard]] virtual result<std::vector<run_event>> run_events(row_id run_id) = 0;       // oldest first
    [[nodiscard]] virtual result<std::vector<run_count>> count_documents(row_id run_id) = 0;  // by channel and state
    // Whether some document has no end yet.
    [[nodiscard]] virtual result<bool> has_open_documents(row_id run_id) = 0;
    [[nodiscard]] virtual result<waiting_einvoices> einvoice_wait(row_id run_id) = 0;
    // Documents whose file was sent until then, by any channel, and those that a printer or mailer has only taken since.
    [[nodiscard]] virtual result<std::vector<run_document_item>> sent_unanswered(row_id run_id, timestamp_ms sent_until,
                                                                                 std::size_t limit) = 0;

    // Keyed by run and line: one that is there gives its id and false. A document of the books is in one run: conflict otherwise
    // (EINV-B08).
    virtual result<bool> add_run_document(run_document& item) = 0;
    [[nodiscard]] virtual result<std::optional<run_document_item>> run_document_with_id(row_id id) = 0;
    // As it is now, whichever of its deliveries this is.
    [[nodiscard]] virtual result<std::optional<run_document_item>> run_document_of_delivery(row_id delivery_id) = 0;
    // That holds this document of the books.
    [[nodiscard]] virtual result<std::optional<run_document_item>> run_document_of(row_id document_id) = 0;
    // Of all runs, newest first.
    [[nodiscard]] virtual result<std::vector<run_document_item>> run_documents_with_number(std::string_view number) = 0;
    // Of all runs, oldest first.
    [[nodiscard]] virtual result<std::vector<run_document_item>> run_documents_of_customer(std::string_view customer_id) = 0;
    // The line of another invoice of this run to the same customer, due on the same day; 0 for none.
    [[nodiscard]] virtual result<std::uint64_t> line_of_another(const run_document& than) = 0;
    // In the order of their lines.
    virtual result<void> each_run_document(row_id run_id, const std::function<result<void>(const run_document_item&)>& visit) = 0;

    // Of the next step of its document, with its first event.
    virtual result<void> add_delivery(delivery& item, const delivery_event& first) = 0;
    // False where an event with this key is there.
    virtual result<bool> add_delivery_event(row_id delivery_id, const delivery_event& item) = 0;
    // Of which an event has this key.
    [[nodiscard]] virtual result<std::optional<row_id>> delivery_with_key(std::string_view key) = 0;
    [[nodiscard]] virtual result<std::vector<delivery_item>> deliveries_of(row_id run_document_id) = 0;  // by step
    [[nodiscard]] virtual result<std::vector<delivery_event>> delivery_events(row_id delivery_id) = 0;   // oldest first
    // Documents that are planned at this channel by a delivery with a higher id, in the order of these ids; those of runs that
    // are being received with them.
    [[nodiscard]] virtual result<std::vector<run_document_item>> planned_deliveries(channel by, row_id after,
                                                                                    std::size_t limit) = 0;
};

}  // namespace brygga::ledger
