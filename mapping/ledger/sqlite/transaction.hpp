// The store's transaction over one SQLite connection. Its functions are spread over several source files by subject.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "mapping/ledger/sqlite/connection.hpp"
#include "mapping/ledger/sqlite/digest.hpp"
#include "mapping/ledger/sqlite/direct_debit.hpp"
#include "mapping/ledger/sqlite/exchange.hpp"
#include "mapping/ledger/sqlite/invoice_runs.hpp"
#include "mapping/ledger/sqlite/matters.hpp"
#include "mapping/ledger/sqlite/payouts.hpp"
#include "mapping/ledger/sqlite/print_batches.hpp"
#include "mapping/ledger/sqlite/protections.hpp"
#include "mapping/ledger/sqlite/registrations.hpp"
#include "mapping/ledger/sqlite/retention.hpp"
#include "mapping/ledger/sqlite/tables.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::ledger::sqlite {

// Who takes the connection back when a transaction ends.
class connection_pool {
 public:
    virtual ~connection_pool() = default;
    virtual void give_back(std::unique_ptr<connection> used, bool writer) noexcept = 0;
    // A transaction of this tenant is durable, and its log has come to `head`. What fails here is for store::head_failure().
    virtual void committed(connection& database, std::int64_t tenant_id, std::string_view tenant, const log_head& head) = 0;
};

// No row of this tenant is there: what a reader of a tenant that nobody has written for sees.
inline constexpr std::int64_t unknown_tenant = -1;

struct session {
    std::unique_ptr<connection> database;
    connection_pool* pool{};
    id_generator* ids{};  // nothing in a reading transaction
    std::string tenant;
    std::int64_t tenant_id = unknown_tenant;
    timestamp_ms now_ms{};  // the time of recording of everything in this transaction
};

// Content that is hashed for the log.
[[nodiscard]] hash_bytes hash_log_row(std::string_view previous_hash, std::int64_t log_no, row_id id, timestamp_ms recorded_at,
                                      std::string_view kind, row_id subject, std::string_view data);
// What stands for the row before the log's first: it ties the log to its tenant.
[[nodiscard]] hash_bytes hash_before_log(std::string_view tenant);
// What the log's row of kind 'file' says about a file; `row` hashes all columns of its row.
[[nodiscard]] std::string file_record(std::string_view sha256, std::int64_t size_bytes, file_outcome outcome,
                                      const hash_bytes& row);
[[nodiscard]] std::string conflict_text(timestamp_ms since_ms, std::string_view known_hash, std::string_view new_hash);
// Visits the entries with first < id <= last in order.
result<void> visit_entries(connection& database, std::int64_t tenant_id, row_id after, row_id last, const visitor<entry>& visit);

inline constexpr std::string_view commit_kind = "commit";
inline constexpr std::string_view file_kind = "file";

class sqlite_transaction final : public transaction {
 public:
    explicit sqlite_transaction(session with) : session_(std::move(with)) {}
    ~sqlite_transaction() override;
    sqlite_transaction(const sqlite_transaction&) = delete;
    sqlite_transaction& operator=(const sqlite_transaction&) = delete;

    row_id allot_id() override;
    result<void> attempt(const std::function<result<void>()>& body) override;

    result<put_outcome> put_customer(const customer& item) override;
    result<put_outcome> put_facility(const facility& item) override;
    result<put_outcome> put_invoice(const invoice& item) override;
    result<put_outcome> put_credit_note(const credit_note& item) override;
    result<void> add_objection(const objection& item) override;
    result<std::vector<objection>> objections_to(row_id invoice_id) override;

    result<std::optional<customer>> find_customer(std::string_view customer_id) override;
    result<std::vector<customer>> customers_with_identity(std::string_view identity_number) override;
    result<put_outcome> put_facility_event(const facility_event& item) override;
    result<std::optional<date>> newest_event(std::string_view facility_id, facility_happening what) override;
    result<std::optional<facility>> find_facility(std::string_view facility_id) override;
    result<std::optional<invoice>> find_invoice(row_id id) override;
    result<std::optional<row_id>> invoice_with_fee(const fee_line& like) override;
    result<std::optional<row_id>> invoice_with_fee_at(std::string_view supply_point, std::string_view fee, date since,
                                                      std::string_view other_than) override;
    result<std::optional<credit_note>> find_credit_note(row_id id) override;
    result<std::vector<invoice_line>> metered_lines(std::string_view customer_id, std::string_view supply_point, date from,
                                                    date to, row_id other_than) override;

    result<std::vector<open_invoice>> invoices_with_reference(std::string_view reference) override;
    result<std::optional<open_invoice>> invoice_with_number(std::string_view number) override;
    result<std::optional<open_invoice>> invoice_with_id(row_id id) override;
    result<std::string> reference_of_invoice(row_id id) override;
    result<std::vector<open_invoice>> open_invoices_of(std::string_view customer_id) override;
    result<std::vector<open_invoice>> open_invoices_of_amount(std::int64_t open_ore, std::size_t limit) override;
    result<std::optional<row_id>> other_open_with_reference(std::string_view reference, row_id other_than) override;
    result<ore_sum> credited_on(std::string_view invoice_number, utility kind, std::string_view supply_point) override;
    result<std::vector<open_credit>> credits_with_reference(std::string_view reference) override;
    result<std::vector<open_credit>> open_credits_of(std::string_view customer_id) override;
    result<std::vector<open_advance>> free_advances_of(std::string_view customer_id) override;
    result<std::vector<open_advance>> idle_advances(date before) override;
    result<std::optional<advance>> find_advance(row_id id) override;
    result<std::int64_t> suspense_of(row_id payment_id) override;
    result<std::optional<payment>> find_payment(row_id id) override;

    result<std::optional<known_payment>> find_batch(std::string_view source, std::string_view identity) override;
    result<std::vector<known_deposit>> known_deposits(std::string_view bankgiro, int year, std::string_view serial) override;
    result<std::vector<known_deposit>> deposits_of_day(std::string_view bankgiro, date payment_date,
                                                       std::int64_t amount_ore) override;
    result<std::vector<other_payment>> payments_of_day(std::string_view bankgiro, date payment_date, std::string_view format,
                                                       bool without_number) override;
    result<std::optional<known_deposit>> deposit_of_payment(row_id payment_id) override;
    result<std::optional<known_deposit>> deposit_with_id(row_id id) override;
    result<payment_traces> traces_of_deposit(row_id deposit_id) override;
    result<std::vector<referred_payment>> payments_of_deposit(row_id deposit_id) override;
    result<bool> has_batches_of_others(std::string_view source) override;
    result<std::optional<known_payment>> payment_with_serial(const numbered& what) override;
    result<std::optional<known_payment>> payment_at(const place& where) override;

    result<std::vector<number_gap>> number_gaps(std::size_t limit) override;
    result<std::optional<std::int64_t>> highest_number(const report_number& of) override;
    result<std::optional<row_id>> other_bearer(const report_number& of) override;

    result<void> add_file(exchanged_file& item) override;
    result<void> add_batch(batch& item) override;
    result<void> add_number(const report_number& item) override;
    result<void> add_deposit(deposit& item) override;
    result<void> add_skipped(const skipped_section& item) override;
    result<void> add_total(const deposit_total& item) override;
    result<void> add_payment(payment& item) override;
    result<void> add_advance(advance& item) override;
    result<void> add_hold(hold& item) override;
    result<row_id> decide_hold(row_id hold_id, hold_verdict verdict, std::string_view actor, std::string_view reason) override;
    result<void> add_handover(handover& item) override;
    result<row_id> close_handover(row_id handover_id, std::string_view actor, std::string_view reason) override;
    result<void> add_handover_event(const handover_event& item) override;
    result<row_id> close_notices(row_id file_id, std::string_view actor, std::string_view reason) override;
    result<void> add_match(const payment_match& item) override;
    result<void> add_entry(entry& item) override;
    result<void> append_log(std::string_view kind, row_id subject, std::string_view data) override;
    result<log_head> newest_log() override;

    result<std::vector<reservation>> reserve_advances() override;
    result<std::vector<row_id>> reservations_of_run(row_id run_id) override;
    result<void> release_reservation(row_id reservation_id) override;
    result<std::optional<reservation_state>> find_reservation(row_id reservation_id) override;
    result<void> use_reservation(row_id reservation_id, row_id advance_id, row_id invoice_id, std::int64_t amount_ore) override;

    result<std::optional<exchanged_file>> file_with_claim(std::string_view claim) override;
    result<std::optional<exchanged_file>> file_with_id(row_id id) override;
    result<std::vector<exchanged_file>> files_since(timestamp_ms since) override;
    result<std::vector<held_item>> undecided_holds() override;
    result<std::vector<timestamp_ms>> delivery_times(std::string_view format, std::size_t limit) override;
    result<std::vector<delivery_count>> count_deliveries() override;
    result<std::optional<exchanged_file>> first_file_with(std::string_view sha256) override;
    result<std::vector<exchanged_file>> files_named(std::string_view name, std::size_t limit) override;
    result<std::vector<held_item>> holds_of_file(row_id file_id) override;
    result<std::vector<held_item>> holds_about(row_id id, std::size_t limit) override;
    result<std::vector<handover_item>> handovers_of_file(row_id file_id) override;
    result<std::vector<handover_item>> open_handovers() override;
    result<std::vector<handover_item>> unfinished_handovers() override;
    result<std::vector<skipped_item>> skipped_about(row_id id, std::size_t limit) override;
    result<std::vector<deposit_total>> known_totals(std::string_view bankgiro, int year, std::string_view serial) override;
    result<std::vector<total_item>> totals_without_deposit(std::size_t limit) override;
    result<std::vector<account_sum>> account_sums() override;
    result<std::vector<entry>> entries_about(row_id id, std::size_t limit) override;
    result<std::vector<reason_sum>> reasons_of(row_id id) override;
    result<std::vector<suspense_item>> suspense(std::size_t limit) override;
    result<std::vector<invoice_totals>> invoice_sums() override;
    result<std::vector<advance_totals>> advance_sums() override;
    result<std::optional<std::string>> name_of(row_id id) override;
    result<std::optional<std::string>> facts_of(row_id id) override;

    result<void> each_customer(const visitor<customer>& visit) override;
    result<void> each_facility(const visitor<facility>& visit) override;
    result<void> each_invoice(const visitor<invoice>& visit) override;
    result<void> each_balance(const visitor<invoice_balance>& visit) override;
    result<void> each_credit_note(const visitor<credit_note>& visit) override;
    result<void> each_payment(const visitor<payment>& visit) override;
    result<void> each_advance(const visitor<open_advance>& visit) override;
    result<void> each_hold(const visitor<held_item>& visit) override;
    result<void> each_entry(const visitor<entry>& visit) override;
    result<void> each_note(row_id since, const visitor<note>& visit) override;

    exchange_rows& exchange() noexcept override { return exchange_; }
    retention_rows& retention() noexcept override { return retention_; }
    direct_debit_rows& direct_debit() noexcept override { return direct_debit_; }
    matter_rows& matters() noexcept override { return matters_; }
    payout_rows& payouts() noexcept override { return payouts_; }
    registration_rows& registrations() noexcept override { return registrations_; }
    run_rows& invoice_runs() noexcept override { return invoice_runs_; }
    print_rows& print_batches() noexcept override { return print_batches_; }
    protection_rows& protections() noexcept override { return protections_; }

    result<void> commit() override;

 private:
    friend class sqlite_exchange;
    friend class sqlite_retention;
    friend class sqlite_direct_debit;
    friend class sqlite_matters;
    friend class sqlite_payouts;
    friend class sqlite_registrations;
    friend class sqlite_invoice_runs;
    friend class sqlite_print_batches;
    friend class sqlite_protections;

    // What a failed attempt() takes back besides the rows.
    struct progress {
        written_tables tables;
        std::int64_t log_no = -1;  // of the last log row, -1 until it has been looked up
        hash_bytes log_hash{};
        bool wrote = false;
        bool failed = false;  // a write stopped half-way: only a rollback is left
    };

    [[nodiscard]] result<void> may_write() const;
    [[nodiscard]] std::int64_t tenant() const noexcept { return session_.tenant_id; }
    [[nodiscard]] timestamp_ms now() const noexcept { return session_.now_ms; }

    // Rows of a batch that are there already: compared by content.
    result<void> known_payment_row(payment& item);

    // Runs an INSERT of a row with these values in the order of its columns; false when ON CONFLICT left it out. A failure makes
    // the transaction unusable.
    template <class... Values>
    result<bool> insert(sql_text sql, const Values&... values) {
        cursor row = session_.database->use(sql);
        return finish_write(row.bind(values...));
    }
    // The same, and the commit record covers the row.
    template <class... Values>
    result<bool> write(table into, sql_text sql, const Values&... values) {
        auto inserted = insert(sql, values...);
        if (!inserted || !*inserted) return inserted;
        std::optional<written_rows>& written = progress_.tables[static_cast<std::size_t>(into)];
        if (!written) written.emplace();
        (hash_value(written->hash, values), ...);
        ++written->rows;
        return inserted;
    }
    result<bool> finish_write(cursor& row);

    // All rows of a SELECT, each through `map(cursor&)`.
    template <class Map, class... Values>
    auto rows(sql_text sql, Map map, const Values&... values) -> result<std::vector<std::invoke_result_t<Map, cursor&>>> {
        std::vector<std::invoke_result_t<Map, cursor&>> found;
        auto done = visit_rows(
            sql,
            [&](cursor& row) -> result<void> {
                found.push_back(map(row));
                return {};
            },
            values...);
        if (!done) return tl::unexpected(std::move(done.error()));
        return found;
    }
    template <class Map, class... Values>
    auto first_row(sql_text sql, Map map, const Values&... values) -> result<std::optional<std::invoke_result_t<Map, cursor&>>> {
        using mapped = std::optional<std::invoke_result_t<Map, cursor&>>;
        cursor row = session_.database->use(sql);
        auto there = row.bind(values...).step();
        if (!there) return tl::unexpected(std::move(there.error()));
        return *there ? mapped(map(row)) : mapped();
    }
    template <class Visit, class... Values>
    result<void> visit_rows(sql_text sql, Visit visit, const Values&... values) {
        cursor row = session_.database->use(sql);
        auto there = row.bind(values...).step();
        for (; there && *there; there = row.step()) {
            auto visited = visit(row);
            if (!visited) return visited;
        }
        if (!there) return tl::unexpected(std::move(there.error()));
        return {};
    }

    // A version of the customer whose hash is another than that of the newest.
    result<row_id> write_version(const customer& item, std::int64_t version, const hash_bytes& hash);
    // The next version of the customer, flagged or not; nothing else is changed. not_found.
    result<void> write_flag(std::string_view customer_id, bool is_protected);

    // The first column of the first of these queries that finds the id.
    result<std::optional<std::string>> first_text(std::span<const sql_text> queries, row_id id);
    [[nodiscard]] open_invoice read_open_invoice(cursor& row);
    result<std::vector<open_invoice>> with_parts(result<std::vector<open_invoice>> found);
    result<void> load_parts(open_invoice& item);
    result<void> write_invoice_rows(row_id id, const invoice& item);
    // The row that is there already under the same key, as seen by its content hash.
    result<std::optional<put_outcome>> known_document(sql_text select, std::string_view key, const hash_bytes& hash);

    // What an entry does to one subject on one account, its postings taken together.
    struct effect {
        account on{};
        row_id subject_id{};
        std::string_view currency;
        std::int64_t change_ore{};  // debit positive
        std::int64_t left_ore{};    // receivables: open on the invoice after the entry
        bool part_paid = false;     // receivables: neither nothing nor the whole
    };
    // What is open on an invoice that was read after the last entry: only this transaction can change it.
    struct known_invoice {
        row_id id{};
        std::string currency;
        std::int64_t total_ore{};
        std::int64_t open_ore{};
    };
    void remember(const open_invoice& item);
    result<known_invoice> receivable_of(row_id invoice_id);
    [[nodiscard]] bool source_is_new(const entry& item) const noexcept {
        return item.source_id > last_posted_source_ && first_id_ != 0 && item.source_id >= first_id_;
    }
    result<bool> entry_is_there(entry& item);
    result<void> check_effect(const entry& item, effect& of);
    result<void> check_receivable(const entry& item, effect& of);
    result<void> write_entry_rows(const entry& item, const std::vector<effect>& effects);
    struct free_advance {
        row_id id{};
        std::string customer_id, currency;
        std::int64_t free_ore{};
    };
    result<void> make_reservation(std::span<const free_advance> of);  // of one customer and currency
    result<void> make_reservations();

    result<void> load_log_head();
    [[nodiscard]] std::string_view keep(std::string_view text) { return *kept_.emplace(text).first; }

    session session_;
    progress progress_;
    std::unordered_set<std::string> kept_;  // what views in returned entries point at
    std::vector<known_invoice> known_invoices_;
    row_id first_id_ = 0;            // that this transaction gave: what has a later id was not there before
    row_id last_posted_source_ = 0;  // the highest source of an entry of this transaction
    bool ended_ = false;
    sqlite_exchange exchange_{*this};
    sqlite_retention retention_{*this};
    sqlite_direct_debit direct_debit_{*this};
    sqlite_matters matters_{*this};
    sqlite_payouts payouts_{*this};
    sqlite_registrations registrations_{*this};
    sqlite_invoice_runs invoice_runs_{*this};
    sqlite_print_batches print_batches_{*this};
    sqlite_protections protections_{*this};
};

}  // namespace brygga::ledger::sqlite
