// The ledger's store behind one interface: SQLite by default, PostgreSQL later, under the same conformance tests.
//
// A transaction belongs to one tenant and sees a snapshot; nothing is visible to others before commit(). Destroying it
// without commit rolls everything back. An error from commit() means an unknown outcome: every write carries a natural key, so
// the whole body can simply be run again (rules 5, 9 and 10 of DESIGN section 7).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/clock.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

enum class put_kind : std::uint8_t { inserted, new_version, already_there, conflict };

struct put_outcome {
    put_kind kind{};
    row_id id{};        // the row now in force: new, or the one already there
    std::string detail;  // for a conflict: both content hashes and since when
};

struct open_part {
    invoice_part part;
    std::int64_t open_ore{};  // what is still owed, from postings
};

struct open_invoice {
    row_id id{};
    std::string number, customer_id, reference, currency;
    date due_date{};
    std::int64_t total_ore{};
    bool disputed = false;
    std::vector<open_part> parts;

    [[nodiscard]] std::int64_t open_ore() const noexcept {
        std::int64_t sum = 0;
        for (const open_part& each : parts) sum += each.open_ore;
        return sum;
    }
};

struct open_credit {
    row_id id{};
    std::string number, customer_id, reference, currency;
    std::int64_t amount_ore{};
    std::int64_t open_ore{};
};

struct open_advance {
    advance row;
    std::int64_t free_ore{};      // neither used nor reserved
    std::int64_t reserved_ore{};
};

struct known_payment {
    row_id id{};
    std::string source;     // format of the batch
    std::string file_name;  // of the delivery
    date value_date{};
};

struct held_item {
    hold row;
    timestamp_ms recorded_at{};
    std::optional<hold_verdict> verdict;
    std::string file_name;
    std::int64_t amount_ore{};  // still in suspense for a payment; the section's deposit amount from detail is not repeated
};

struct account_sum {
    account of{};
    std::string currency;
    std::int64_t sum_ore{};
};

struct reservation {
    row_id id{};
    std::string customer_id;
    std::int64_t amount_ore{};
};

class transaction {
public:
    virtual ~transaction() = default;

    // ---- master data and documents. Changed master data is a new version; a changed document is a conflict. ----
    virtual result<put_outcome> put_customer(const customer& item) = 0;
    virtual result<put_outcome> put_facility(const facility& item) = 0;
    // Stores the document and its parts only; the entry is posted by the caller (receivables.hpp).
    virtual result<put_outcome> put_invoice(const invoice& item) = 0;
    virtual result<put_outcome> put_credit_note(const credit_note& item) = 0;
    virtual result<void> set_disputed(row_id invoice_id, bool disputed, std::string_view actor, std::string_view reason) = 0;

    [[nodiscard]] virtual result<std::optional<customer>> find_customer(std::string_view customer_id) = 0;
    [[nodiscard]] virtual result<std::vector<customer>> customers_with_identity(std::string_view identity_number) = 0;

    // ---- open items ----
    // Invoices printed with this OCR reference, paid ones included; usually none or one.
    [[nodiscard]] virtual result<std::vector<open_invoice>> invoices_with_reference(std::string_view reference) = 0;
    [[nodiscard]] virtual result<std::optional<open_invoice>> invoice_with_number(std::string_view number) = 0;
    [[nodiscard]] virtual result<std::optional<open_invoice>> invoice_with_id(row_id id) = 0;
    // Only those with something left to pay, oldest due date first.
    [[nodiscard]] virtual result<std::vector<open_invoice>> open_invoices_of(std::string_view customer_id) = 0;
    // For suggestions to a person only: open invoices whose open amount is exactly this; at most `limit`.
    [[nodiscard]] virtual result<std::vector<open_invoice>> open_invoices_of_amount(std::int64_t open_ore, std::size_t limit) = 0;
    [[nodiscard]] virtual result<std::vector<open_credit>> credits_with_reference(std::string_view reference) = 0;
    // Oldest first; only those with something free.
    [[nodiscard]] virtual result<std::vector<open_advance>> free_advances_of(std::string_view customer_id) = 0;
    [[nodiscard]] virtual result<std::int64_t> suspense_of(row_id payment_id) = 0;
    [[nodiscard]] virtual result<std::optional<payment>> find_payment(row_id id) = 0;

    // ---- duplicates (BGMAX-R60 to R63, DESIGN section 7 rules 5 and 6) ----
    [[nodiscard]] virtual result<std::optional<known_payment>> find_batch(std::string_view source, std::string_view identity) = 0;
    [[nodiscard]] virtual result<bool> deposit_known(std::string_view bankgiro, int year, std::string_view serial) = 0;
    [[nodiscard]] virtual result<std::optional<known_payment>> payment_with_serial(std::string_view serial, std::int64_t amount_ore,
                                                                                   date not_before) = 0;
    struct place {  // BGMAX-R63
        std::string_view bankgiro;
        date payment_date;
        std::string_view deposit_serial;
        std::uint32_t section_ordinal{};
        std::optional<std::int64_t> amount_ore;       // compared only when given
        std::optional<std::string_view> reference;  // compared only when given
    };
    [[nodiscard]] virtual result<std::optional<known_payment>> payment_at(const place& where) = 0;

    // ---- what the bank files bring. Each sets the row's id. ----
    virtual result<void> add_file(exchanged_file& item) = 0;
    virtual result<void> add_batch(batch& item) = 0;
    virtual result<void> add_deposit(deposit& item) = 0;
    virtual result<void> add_payment(payment& item) = 0;
    virtual result<void> add_advance(advance& item) = 0;
    virtual result<void> add_hold(hold& item) = 0;
    virtual result<void> decide_hold(row_id hold_id, hold_verdict verdict, std::string_view actor, std::string_view reason) = 0;
    // Refuses an entry that does not sum to zero per currency, or has fewer than two postings (invalid_argument).
    virtual result<void> add_entry(entry& item) = 0;
    // Appends to the hash-chained log of files and decisions (rule 11). `data` is JSON without personal data.
    virtual result<void> append_log(std::string_view kind, row_id subject, std::string_view data) = 0;

    // ---- advances for the invoice run (BILL-R24) ----
    virtual result<std::vector<reservation>> reserve_advances() = 0;
    virtual result<void> release_reservation(row_id reservation_id) = 0;

    // ---- what is there ----
    [[nodiscard]] virtual result<std::optional<exchanged_file>> file_with_claim(std::string_view claim) = 0;
    [[nodiscard]] virtual result<std::optional<exchanged_file>> file_with_id(row_id id) = 0;
    [[nodiscard]] virtual result<std::vector<exchanged_file>> files_since(timestamp_ms since) = 0;
    [[nodiscard]] virtual result<std::vector<held_item>> undecided_holds() = 0;
    [[nodiscard]] virtual result<std::vector<held_item>> holds_of_file(row_id file_id) = 0;
    [[nodiscard]] virtual result<std::vector<account_sum>> account_sums() = 0;
    [[nodiscard]] virtual result<std::vector<entry>> entries_about(row_id subject_or_source_id) = 0;

    virtual result<void> commit() = 0;
};

struct proof {
    bool balanced = false;             // every entry and every currency sums to zero
    std::uint64_t entries{}, postings{};
    bool chain_intact = false;         // the log's hashes
    std::uint64_t log_rows{};
    std::vector<std::string> faults;   // what is wrong, by id; no personal data
};

class store {
public:
    virtual ~store() = default;
    [[nodiscard]] virtual result<std::unique_ptr<transaction>> begin(std::string_view tenant_id) = 0;
    // A read-only snapshot that writers do not wait for.
    [[nodiscard]] virtual result<std::unique_ptr<transaction>> begin_read(std::string_view tenant_id) = 0;
    // Recomputes sums and the hash chain from the rows.
    [[nodiscard]] virtual result<proof> verify(std::string_view tenant_id) = 0;
};

// Opens or creates the database and migrates it to the current schema version. WAL, synchronous=FULL. Fails with
// `corrupt` when the file is not ours or newer than this program, `busy` when another process holds it too long.
[[nodiscard]] result<std::unique_ptr<store>> open_sqlite_store(const std::string& path, clock& time);

}  // namespace brygga::ledger
