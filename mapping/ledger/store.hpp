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

#include "formats/core/money.hpp"
#include "formats/core/result.hpp"
#include "mapping/ledger/clock.hpp"
#include "mapping/ledger/direct_debit.hpp"
#include "mapping/ledger/exchange.hpp"
#include "mapping/ledger/invoice_runs.hpp"
#include "mapping/ledger/matters.hpp"
#include "mapping/ledger/model.hpp"
#include "mapping/ledger/notes.hpp"
#include "mapping/ledger/objections.hpp"
#include "mapping/ledger/open_items.hpp"
#include "mapping/ledger/payment_trace.hpp"
#include "mapping/ledger/payouts.hpp"
#include "mapping/ledger/print_batches.hpp"
#include "mapping/ledger/protections.hpp"
#include "mapping/ledger/registrations.hpp"
#include "mapping/ledger/reservation.hpp"
#include "mapping/ledger/retention.hpp"

namespace brygga::ledger {

enum class put_kind : std::uint8_t { inserted, new_version, already_there, conflict };

struct put_outcome {
    put_kind kind{};
    row_id id{};         // the row now in force: new, or the one already there
    std::string detail;  // for a conflict: both content hashes and since when
};

struct known_payment {
    row_id id{};
    std::string source;     // format of the batch
    std::string file_name;  // of the delivery
    date value_date{};
    row_id deposit_id{};  // 0 for a batch
};

struct known_deposit {
    row_id id{};
    std::string source;     // format of the batch
    std::string format;     // of the delivery
    std::string file_name;  // of the delivery
    std::string currency;
    std::int64_t amount_ore{};
    std::string serial;
    std::string bankgiro;
    date payment_date{};
    row_id file_id{};  // that brought it
};

struct other_payment {
    payment_trace trace;
    row_id deposit_id{};
    row_id file_id{};
};

// A payment by what we know it by: to find it among those of its deposit.
struct referred_payment {
    row_id id{};
    std::string reference;  // without blanks around it
    std::int64_t amount_ore{};
};

struct delivery_count {
    std::string format;  // empty where none was recognised
    file_outcome outcome{};
    std::uint64_t files{};
    timestamp_ms newest{};
};

struct held_item {
    hold row;
    timestamp_ms recorded_at{};
    std::optional<hold_verdict> verdict;  // nothing while it waits; then who decided, why and when
    row_id decision_id{};
    std::string actor, reason;
    timestamp_ms decided_at{};
    std::string file_name;
    std::int64_t amount_ore{};  // still in suspense for a payment; the section's deposit amount from detail is not repeated
};

struct total_item {
    deposit_total row;
    std::string file_name, claim;  // of the statement
    row_id file_id{};
    row_id booked_id{};  // the newest deposit with its number in another amount or currency; 0 when none is booked
    std::int64_t booked_ore{};
    std::string booked_currency;
};

// Numbers that no report of an account bears, between two that are there (CAMT-R21).
struct number_gap {
    std::string format, account, currency;
    number_series series{};
    int year{};
    std::int64_t first{}, last{};  // that are missing
    row_id file_id{};              // of the report behind the gap
    std::string file_name, claim;
};

struct handover_item {
    handover row;
    timestamp_ms recorded_at{};
    row_id closing_id{};  // 0 while deposits that were left out wait for somebody to enter them in the other system
    std::string actor, reason;
    timestamp_ms closed_at{};
    std::string file_name, claim;
    std::optional<handover_step> newest;  // nothing while it is known only that its file was made
    std::string folder;                   // where that is to be handed over, or was: row.folder, or where a person wants it again
};

struct skipped_item {
    skipped_section row;
    std::uint32_t logical_no{};
    std::string format, claim;              // of the delivery that was skipped
    std::string known_format, known_claim;  // of the one that was booked
};

struct account_sum {
    account of{};
    std::string currency;
    ore_sum sum_ore;  // a total may be larger than any one amount
};

// What the payments of a file, batch, deposit or held section did to one account for one reason.
struct reason_sum {
    account of{};
    std::string currency, reason;
    std::uint64_t postings{};
    ore_sum sum_ore;
};

// A payment with money in suspense, for the day report.
struct suspense_item {
    row_id payment_id{};
    date value_date{};
    std::string currency;
    std::int64_t amount_ore{};  // still in suspense; negative for a deduction that nothing was found for
    std::string reason;         // of the first posting to suspense
    std::string hold_reasons;   // rule ids of its undecided hold, empty when there is none
};

struct invoice_totals {
    std::string currency;
    std::uint64_t open{}, paid{};  // invoices with something left to pay, and the others
    ore_sum invoiced_ore, open_ore;
};

struct invoice_balance {
    row_id id{};
    std::string number, customer_id, currency;
    date due_date{};
    std::int64_t total_ore{}, open_ore{};
};

struct advance_totals {
    std::string currency;
    std::uint64_t count{};  // advances with anything left
    ore_sum free_ore, reserved_ore;
};

// The newest row of a tenant's log, which pins down everything written until then.
struct log_head {
    std::int64_t log_no{};  // 0: the log has no row
    std::string hash;       // SHA-256, lower-case hex
};

inline constexpr std::size_t max_reference_candidates = 20;
inline constexpr std::size_t max_amount_candidates = 100;

// Returns an error to stop; each_...() then returns that error.
template <class Row>
using visitor = std::function<result<void>(const Row&)>;

// Writes fail with permission_denied in a transaction of begin_read(). A write whose key is there already with the same
// content succeeds and gives the id of the row that is there; with other content it is a conflict that names both hashes.
// When the database itself fails in the middle of a write (no_space, io, corrupt, a refusing trigger), the transaction can
// only be rolled back: commit() then fails too.
class transaction {
 public:
    virtual ~transaction() = default;

    // An id for a row that other rows name before it is added: add_file() and add_outgoing() keep an id that is set.
    virtual row_id allot_id() = 0;
    // Runs `body`; when it returns an error, everything it wrote is undone and the transaction goes on without it.
    virtual result<void> attempt(const std::function<result<void>()>& body) = 0;

    // ---- master data and documents. Changed master data is a new version; a changed document is a conflict. Who is flagged as
    // protected for the first time gets a protection event, as told by the customer; put_customer() refuses to lift the flag.
    // ----
    virtual result<put_outcome> put_customer(const customer& item) = 0;
    virtual result<put_outcome> put_facility(const facility& item) = 0;
    // Stores the document and its parts only; the entry is posted by the caller (receivables.hpp).
    virtual result<put_outcome> put_invoice(const invoice& item) = 0;
    virtual result<put_outcome> put_credit_note(const credit_note& item) = 0;
    // The same words again are there already. not_found for a part that the invoice has not, conflict for an answer where nothing
    // waits for one.
    virtual result<void> add_objection(const objection& item) = 0;
    [[nodiscard]] virtual result<std::vector<objection>> objections_to(row_id invoice_id) = 0;  // as they came

    [[nodiscard]] virtual result<std::optional<customer>> find_customer(std::string_view customer_id) = 0;
    [[nodiscard]] virtual result<std::vector<customer>> customers_with_identity(std::string_view identity_number) = 0;
    // The same event of the same day is there already.
    virtual result<put_outcome> put_facility_event(const facility_event& item) = 0;
    [[nodiscard]] virtual result<std::optional<date>> newest_event(std::string_view facility_id, facility_happening what) = 0;
    [[nodiscard]] virtual result<std::optional<facility>> find_facility(std::string_view facility_id) = 0;
    // As they were put, with their lines.
    [[nodiscard]] virtual result<std::optional<invoice>> find_invoice(row_id id) = 0;
    struct fee_line {
        std::string_view customer_id, fee, late_invoice, supply_point;
        std::string_view from;        // of the period that interest is for; empty for fees
        std::string_view other_than;  // number of the invoice that is asked for
    };
    // Another invoice with such a line, that was not withdrawn from its run.
    [[nodiscard]] virtual result<std::optional<row_id>> invoice_with_fee(const fee_line& like) = 0;
    // Another invoice than `other_than` (a number), issued since then, with a line of this fee code for this supply point.
    [[nodiscard]] virtual result<std::optional<row_id>> invoice_with_fee_at(std::string_view supply_point, std::string_view fee,
                                                                            date since, std::string_view other_than) = 0;
    [[nodiscard]] virtual result<std::optional<credit_note>> find_credit_note(row_id id) = 0;
    // Lines with a meter value (BILL-R45) of other invoices to this customer at this supply point, of those issued from one day
    // to another; oldest first.
    [[nodiscard]] virtual result<std::vector<invoice_line>> metered_lines(std::string_view customer_id,
                                                                          std::string_view supply_point, date from, date to,
                                                                          row_id other_than) = 0;

    // ---- open items ----
    // Invoices printed with this OCR reference, paid ones included; usually none or one.
    [[nodiscard]] virtual result<std::vector<open_invoice>> invoices_with_reference(std::string_view reference) = 0;
    [[nodiscard]] virtual result<std::optional<open_invoice>> invoice_with_number(std::string_view number) = 0;
    [[nodiscard]] virtual result<std::optional<open_invoice>> invoice_with_id(row_id id) = 0;
    // Without looking at what is open; empty where there is none.
    [[nodiscard]] virtual result<std::string> reference_of_invoice(row_id id) = 0;
    // Only those with something left to pay, oldest due date first.
    [[nodiscard]] virtual result<std::vector<open_invoice>> open_invoices_of(std::string_view customer_id) = 0;
    // An open invoice other than this one with the same OCR reference: the newest among the max_reference_candidates newest.
    [[nodiscard]] virtual result<std::optional<row_id>> other_open_with_reference(std::string_view reference,
                                                                                  row_id other_than) = 0;
    // What credit notes have been made out over on this part of an invoice, whether or not they have been settled.
    [[nodiscard]] virtual result<ore_sum> credited_on(std::string_view invoice_number, utility kind,
                                                      std::string_view supply_point) = 0;
    // For suggestions to a person only: open invoices whose open amount is exactly this, oldest first; at most `limit`. Only
    // the max_amount_candidates newest of that total, and as many newest that were part-paid down to it, are looked at: an amount
    // that more invoices share is no clue.
    [[nodiscard]] virtual result<std::vector<open_invoice>> open_invoices_of_amount(std::int64_t open_ore, std::size_t limit) = 0;
    [[nodiscard]] virtual result<std::vector<open_credit>> credits_with_reference(std::string_view reference) = 0;
    // Oldest first; only those with something left.
    [[nodiscard]] virtual result<std::vector<open_credit>> open_credits_of(std::string_view customer_id) = 0;
    // Oldest first; only those with something free.
    [[nodiscard]] virtual result<std::vector<open_advance>> free_advances_of(std::string_view customer_id) = 0;
    // Of any customer, with something free, of a day before this one, and no invoice since (BILL-R27); oldest first.
    [[nodiscard]] virtual result<std::vector<open_advance>> idle_advances(date before) = 0;
    [[nodiscard]] virtual result<std::optional<advance>> find_advance(row_id id) = 0;
    // What of the payment still waits in suspense; negative for a deduction.
    [[nodiscard]] virtual result<std::int64_t> suspense_of(row_id payment_id) = 0;
    [[nodiscard]] virtual result<std::optional<payment>> find_payment(row_id id) = 0;

    // ---- duplicates (BGMAX-R60 to R63, DESIGN section 7 rules 5 and 6) ----
    [[nodiscard]] virtual result<std::optional<known_payment>> find_batch(std::string_view source, std::string_view identity) = 0;
    // The deposits with this number, oldest first. Never for a blank serial or "00000": then payment_at() decides (BGMAX-R61).
    [[nodiscard]] virtual result<std::vector<known_deposit>> known_deposits(std::string_view bankgiro, int year,
                                                                            std::string_view serial) = 0;
    // Those of one day with this amount, whatever their numbers, oldest first.
    [[nodiscard]] virtual result<std::vector<known_deposit>> deposits_of_day(std::string_view bankgiro, date payment_date,
                                                                             std::int64_t amount_ore) = 0;
    // The payments of that day's deposits that came in other formats than this one; only of deposits without a number where
    // that is said.
    [[nodiscard]] virtual result<std::vector<other_payment>> payments_of_day(std::string_view bankgiro, date payment_date,
                                                                             std::string_view format, bool without_number) = 0;
    [[nodiscard]] virtual result<std::optional<known_deposit>> deposit_of_payment(row_id payment_id) = 0;
    [[nodiscard]] virtual result<std::optional<known_deposit>> deposit_with_id(row_id id) = 0;
    [[nodiscard]] virtual result<payment_traces> traces_of_deposit(row_id deposit_id) = 0;
    // Payments, no deductions, in their order.
    [[nodiscard]] virtual result<std::vector<referred_payment>> payments_of_deposit(row_id deposit_id) = 0;
    // Whether anything ever came by another source: a utility that gets one format only need not look for the other.
    [[nodiscard]] virtual result<bool> has_batches_of_others(std::string_view source) = 0;
    struct numbered {  // BGMAX-R62
        std::string_view serial;
        std::int64_t amount_ore{};
        date not_before{};
        // Of only one kind when that is given: a receipt that is taken back may keep its number.
        std::optional<payment_kind> kind = std::nullopt;
        row_id after = 0;  // with a higher id
        row_id other_than_file = 0;
        std::string_view other_than_source = {};
    };
    // The first.
    [[nodiscard]] virtual result<std::optional<known_payment>> payment_with_serial(const numbered& what) = 0;
    struct place {  // BGMAX-R63
        std::string_view bankgiro;
        date payment_date;
        std::string_view deposit_serial;
        std::uint32_t section_ordinal{};
        std::optional<std::int64_t> amount_ore;     // compared only when given
        std::optional<std::string_view> reference;  // compared only when given
    };
    [[nodiscard]] virtual result<std::optional<known_payment>> payment_at(const place& where) = 0;

    // ---- sequence numbers of reports on an account (CAMT-R21): compared by format, account, currency, series and year ----
    [[nodiscard]] virtual result<std::optional<std::int64_t>> highest_number(const report_number& of) = 0;
    // Those that no one has acknowledged, oldest first; a report that comes late closes or narrows its gap.
    [[nodiscard]] virtual result<std::vector<number_gap>> number_gaps(std::size_t limit) = 0;
    // The first batch in which another report bears this number. Two rows are of one report when they name the same container
    // in the same message, or two pages of it.
    [[nodiscard]] virtual result<std::optional<row_id>> other_bearer(const report_number& of) = 0;

    // ---- what the bank files bring. Each sets the row's id. ----
    virtual result<void> add_file(exchanged_file& item) = 0;
    // Keyed by source and identity. A batch that is there already keeps its own file and logical_no.
    virtual result<void> add_batch(batch& item) = 0;
    // Has no id of its own; keyed by batch, container_no and series.
    virtual result<void> add_number(const report_number& item) = 0;
    virtual result<void> add_deposit(deposit& item) = 0;
    // Has no id of its own; keyed by batch and section_no.
    virtual result<void> add_skipped(const skipped_section& item) = 0;
    virtual result<void> add_total(const deposit_total& item) = 0;
    virtual result<void> add_payment(payment& item) = 0;
    // One per payment, customer and currency: what is added to it later is another posting to the same advance.
    virtual result<void> add_advance(advance& item) = 0;
    virtual result<void> add_hold(hold& item) = 0;
    // Returns the id of the decision, the source_id of entries that follow from it. A hold is decided once.
    virtual result<row_id> decide_hold(row_id hold_id, hold_verdict verdict, std::string_view actor, std::string_view reason) = 0;
    // Keyed by file, section, format and folder.
    virtual result<void> add_handover(handover& item) = 0;
    // A person has seen to the deposits that were left out. Once; a repetition gives the id that is there.
    virtual result<row_id> close_handover(row_id handover_id, std::string_view actor, std::string_view reason) = 0;
    // Harmless to repeat: the step that is the newest already is not written again, and what a person settled was handed over.
    virtual result<void> add_handover_event(const handover_event& item) = 0;
    // A person has seen to what this file tells now: gaps before its reports, totals of which no deposit is booked. A total is
    // told again when a deposit of its number comes with another amount.
    virtual result<row_id> close_notices(row_id file_id, std::string_view actor, std::string_view reason) = 0;
    // Who matched a payment, by an entry that is there, that no hold had kept; one that was kept has its decision.
    virtual result<void> add_match(const payment_match& item) = 0;
    // Refuses an entry that does not sum to zero per currency, or has fewer than two postings (invalid_argument). An invoice,
    // credit note, payment or deduction has one entry of its own kind: the same again is already there, another is a conflict.
    // What is spent must be there (rule 12, BILL-R25): an entry that takes more from an advance than is free, more from a
    // credit note than is open, or (kind match) more out of suspense than is in it for that payment, is a conflict.
    virtual result<void> add_entry(entry& item) = 0;
    // Appends to the hash-chained log of files and decisions (rule 11). `data` is JSON without personal data. The store
    // itself logs each file, hold decision, closing of a handover or of notices, person's word on a handover, objection,
    // reservation, release and removal of an original, and at commit a hash over all rows of the transaction.
    virtual result<void> append_log(std::string_view kind, row_id subject, std::string_view data) = 0;
    // The newest row of the log as this transaction sees it, its own included.
    [[nodiscard]] virtual result<log_head> newest_log() = 0;

    // ---- advances for the invoice run (BILL-R24) ----
    // Reserves what is free, one reservation per customer and currency. Returns these and the earlier ones that have not been
    // released and have something left, each with what is left of it: a repetition is harmless. What a run uses that is not
    // closed yet is not handed out to another.
    virtual result<std::vector<reservation>> reserve_advances() = 0;
    // Those that invoices of this run have used, that are not released and have something left.
    [[nodiscard]] virtual result<std::vector<row_id>> reservations_of_run(row_id run_id) = 0;
    virtual result<void> release_reservation(row_id reservation_id) = 0;
    [[nodiscard]] virtual result<std::optional<reservation_state>> find_reservation(row_id reservation_id) = 0;
    // Takes from the reservation for this invoice; the caller posts the entry. Fails with conflict when less is left.
    virtual result<void> use_reservation(row_id reservation_id, row_id advance_id, row_id invoice_id,
                                         std::int64_t amount_ore) = 0;

    // ---- what is there ----
    [[nodiscard]] virtual result<std::optional<exchanged_file>> file_with_claim(std::string_view claim) = 0;
    [[nodiscard]] virtual result<std::optional<exchanged_file>> file_with_id(row_id id) = 0;
    [[nodiscard]] virtual result<std::vector<exchanged_file>> files_since(timestamp_ms since) = 0;
    // When the newest of this format came that were not rejected, newest first.
    [[nodiscard]] virtual result<std::vector<timestamp_ms>> delivery_times(std::string_view format, std::size_t limit) = 0;
    // How many came of each format, and with which outcome at first; in the order of format and outcome.
    [[nodiscard]] virtual result<std::vector<delivery_count>> count_deliveries() = 0;
    // The delivery with the lowest claim among those with the same bytes.
    [[nodiscard]] virtual result<std::optional<exchanged_file>> first_file_with(std::string_view sha256) = 0;
    [[nodiscard]] virtual result<std::vector<exchanged_file>> files_named(std::string_view name, std::size_t limit) = 0;
    [[nodiscard]] virtual result<std::vector<held_item>> undecided_holds() = 0;
    [[nodiscard]] virtual result<std::vector<held_item>> holds_of_file(row_id file_id) = 0;
    // The holds of this payment, deposit or file, or the hold with this id or this decision, with who decided and why.
    [[nodiscard]] virtual result<std::vector<held_item>> holds_about(row_id id, std::size_t limit) = 0;
    [[nodiscard]] virtual result<std::vector<handover_item>> handovers_of_file(row_id file_id) = 0;
    // Those that left out deposits nobody has seen to, oldest first.
    [[nodiscard]] virtual result<std::vector<handover_item>> open_handovers() = 0;
    // Those whose file is to be handed over, for all that is known, oldest first.
    [[nodiscard]] virtual result<std::vector<handover_item>> unfinished_handovers() = 0;
    // The sections that were skipped of this file or batch, or for this deposit or the deposit of this payment.
    [[nodiscard]] virtual result<std::vector<skipped_item>> skipped_about(row_id id, std::size_t limit) = 0;
    // What statements have said of this number, oldest first.
    [[nodiscard]] virtual result<std::vector<deposit_total>> known_totals(std::string_view bankgiro, int year,
                                                                          std::string_view serial) = 0;
    // Those of which no deposit with the same bankgiro, year, number, currency and amount is booked and that no one has
    // acknowledged, oldest first; of equal ones the first.
    [[nodiscard]] virtual result<std::vector<total_item>> totals_without_deposit(std::size_t limit) = 0;
    [[nodiscard]] virtual result<std::vector<account_sum>> account_sums() = 0;
    // Entries with this id, caused by this row or posted to it, oldest first. The views in the postings live as long as the
    // transaction.
    [[nodiscard]] virtual result<std::vector<entry>> entries_about(row_id id, std::size_t limit) = 0;
    // Over the payments of this file, batch, deposit or held section; nothing for other ids.
    [[nodiscard]] virtual result<std::vector<reason_sum>> reasons_of(row_id id) = 0;
    [[nodiscard]] virtual result<std::vector<suspense_item>> suspense(std::size_t limit) = 0;  // oldest payment first
    [[nodiscard]] virtual result<std::vector<invoice_totals>> invoice_sums() = 0;
    [[nodiscard]] virtual result<std::vector<advance_totals>> advance_sums() = 0;
    // What the row is called by its natural key, the same in every ledger with the same content: "invoice 10002355",
    // "payment bgmax:<identity>:17". Nothing for an id that is not there.
    [[nodiscard]] virtual result<std::optional<std::string>> name_of(row_id id) = 0;
    // What it is, in a line for a person, without names, addresses and identity numbers: amount, dates, customer id, claim.
    [[nodiscard]] virtual result<std::optional<std::string>> facts_of(row_id id) = 0;

    // ---- everything, for exports; master data in its current version, in the order of its key, the rest in order of id.
    // Views in an entry live until the visitor returns. ----
    virtual result<void> each_customer(const visitor<customer>& visit) = 0;
    virtual result<void> each_facility(const visitor<facility>& visit) = 0;
    virtual result<void> each_invoice(const visitor<invoice>& visit) = 0;
    virtual result<void> each_balance(const visitor<invoice_balance>& visit) = 0;  // every invoice, paid ones too
    virtual result<void> each_credit_note(const visitor<credit_note>& visit) = 0;
    virtual result<void> each_payment(const visitor<payment>& visit) = 0;
    virtual result<void> each_advance(const visitor<open_advance>& visit) = 0;
    virtual result<void> each_hold(const visitor<held_item>& visit) = 0;
    virtual result<void> each_entry(const visitor<entry>& visit) = 0;
    // Decisions after this id (0: all), in their order (BILL-R21).
    virtual result<void> each_note(row_id since, const visitor<note>& visit) = 0;

    // Parts of the transaction, which end with it.
    [[nodiscard]] virtual exchange_rows& exchange() noexcept = 0;           // files that leave and arrive
    [[nodiscard]] virtual retention_rows& retention() noexcept = 0;         // what originals are kept for
    [[nodiscard]] virtual direct_debit_rows& direct_debit() noexcept = 0;   // mandates and collections of Autogiro
    [[nodiscard]] virtual matter_rows& matters() noexcept = 0;              // what a person must see to
    [[nodiscard]] virtual payout_rows& payouts() noexcept = 0;              // money that goes back to customers
    [[nodiscard]] virtual registration_rows& registrations() noexcept = 0;  // what consumers registered at their banks
    [[nodiscard]] virtual run_rows& invoice_runs() noexcept = 0;            // invoice runs, and how their documents leave
    [[nodiscard]] virtual print_rows& print_batches() noexcept = 0;         // print batches, and what became of their documents
    [[nodiscard]] virtual protection_rows& protections() noexcept = 0;      // who is protected, and what of them is sealed

    // When it succeeds the rows are durable, also when the head of the log could not be kept beside them: head_failure().
    virtual result<void> commit() = 0;
};

struct proof {
    bool balanced = false;  // every entry and every currency sums to zero
    std::uint64_t entries{}, postings{};
    bool chain_intact = false;  // the log's hashes, every row under them, and the heads that the log must contain
    std::uint64_t log_rows{};
    std::int64_t head_log_no{};       // of the head kept outside of the database; 0 when it names none
    std::int64_t newest_log_no{};     // the kept head lags behind by the rows between the two, which is no fault in itself
    std::vector<std::string> faults;  // what is wrong, by table and id; no personal data
};

class store {
 public:
    virtual ~store() = default;
    [[nodiscard]] virtual result<std::unique_ptr<transaction>> begin(std::string_view tenant_id) = 0;
    // A read-only snapshot that writers do not wait for.
    [[nodiscard]] virtual result<std::unique_ptr<transaction>> begin_read(std::string_view tenant_id) = 0;
    // Recomputes sums and the hash chain from the rows of every table, and compares the log with its head as it was kept outside
    // of the database after each commit: a log that does not contain it was cut. `noted` are further heads that the log must
    // contain, such as those in receipts.
    [[nodiscard]] virtual result<proof> verify(std::string_view tenant_id, std::span<const log_head> noted = {}) = 0;
    [[nodiscard]] virtual result<std::vector<std::string>> tenants() = 0;
    // Why the head of the log could not be kept outside of the database after this store's newest commit, with the file and what
    // helps; nothing when it was kept. To be shown as a warning: the commit itself holds, and the next one tries again.
    [[nodiscard]] virtual std::optional<error> head_failure() const = 0;
};

// How long a writer waits for another writer before it gives up with `busy`.
inline constexpr int default_busy_timeout_ms = 10'000;

// Opens or creates the database and migrates it to the current schema version. WAL, synchronous=FULL. A new database, its
// -wal and -shm, and the file PATH.head beside it (the newest row of each tenant's log: see sqlite/log_head.hpp) are readable
// and writable by their owner only, whatever the umask; a file that is there keeps the mode that it has. Fails with
// `corrupt` when the file is not ours or newer than this program, `busy` when another process holds it too long. The store
// may be used from several threads; a transaction by one at a time. One writes, others wait; readers never wait. Every
// transaction must be gone before its store; so must the clock outlive the store.
[[nodiscard]] result<std::unique_ptr<store>> open_sqlite_store(const std::string& path, clock& time,
                                                               int busy_timeout_ms = default_busy_timeout_ms);

}  // namespace brygga::ledger
