// What the SQLite store promises beyond the interface: the database itself refuses, two writers take turns, a killed writer
// leaves nothing half-done, and nobody edits the books unseen.
#include <csignal>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mapping/ledger/sqlite/schema.hpp"
#include "tests/ledger/samples.hpp"
#include "tests/ledger/sqlite_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

constexpr std::string_view schema_tables[] = {"migration",
                                              "tenant",
                                              "customer",
                                              "facility",
                                              "invoice",
                                              "invoice_line",
                                              "invoice_part",
                                              "credit_note",
                                              "objection",
                                              "payment_match",
                                              "exchanged_file",
                                              "import_batch",
                                              "report_number",
                                              "skipped_section",
                                              "deposit_total",
                                              "outgoing",
                                              "outgoing_event",
                                              "fetched",
                                              "fetched_cleared",
                                              "deposit",
                                              "payment",
                                              "payment_reference",
                                              "journal_entry",
                                              "posting",
                                              "part_paid",
                                              "advance",
                                              "reservation",
                                              "reservation_part",
                                              "reservation_use",
                                              "reservation_release",
                                              "hold",
                                              "hold_decision",
                                              "handover",
                                              "handover_closing",
                                              "handover_event",
                                              "notice_closing",
                                              "original_removal",
                                              "mandate",
                                              "mandate_event",
                                              "collection",
                                              "collection_event",
                                              "matter",
                                              "matter_closing",
                                              "customer_account",
                                              "payout",
                                              "payout_event",
                                              "registration",
                                              "registration_event",
                                              "customer_wishes",
                                              "facility_event",
                                              "invoice_run",
                                              "run_event",
                                              "run_document",
                                              "delivery",
                                              "delivery_event",
                                              "print_batch",
                                              "print_document",
                                              "print_status",
                                              "print_receipt",
                                              "print_receipt_event",
                                              "address_mark",
                                              "protection_event",
                                              "file_person",
                                              "log"};

TEST_F(sqlite_store, every_table_refuses_update_and_delete) {
    fill();
    raw_database raw(path);
    raw.run("PRAGMA recursive_triggers=ON");  // as on the store's own connections: REPLACE deletes
    EXPECT_EQ(raw.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"),
              std::ssize(schema_tables));
    for (const std::string_view table : schema_tables) {
        const std::string name(table);
        EXPECT_GT(raw.number("SELECT count(*) FROM " + name), 0) << name;
        const std::string column = name == "migration" ? "version" : "tenant_id";
        EXPECT_EQ(raw.run("UPDATE " + name + " SET " + column + " = " + column), "rows of " + name + " are never updated");
        EXPECT_EQ(raw.run("DELETE FROM " + name), "rows of " + name + " are never deleted");
        EXPECT_NE(raw.run("INSERT OR REPLACE INTO " + name + " SELECT * FROM " + name), "") << name;
    }
}

TEST_F(sqlite_store, every_key_begins_with_the_tenant) {
    open();
    raw_database raw(path);
    EXPECT_EQ(
        raw.number("SELECT count(*) FROM sqlite_schema s, pragma_index_list(s.name) l, pragma_index_info(l.name) i "
                   "WHERE s.type = 'table' AND s.name NOT IN ('tenant', 'migration') AND i.seqno = 0 AND i.name <> 'tenant_id'"),
        0);
    EXPECT_EQ(raw.number("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 "
                         "AND name NOT LIKE 'sqlite_%'"),
              0);
}

// Without one, each new parent row scans its children: a million invoices would take days.
TEST_F(sqlite_store, every_foreign_key_has_an_index_that_begins_with_its_columns) {
    open();
    raw_database raw(path);
    EXPECT_GT(raw.number("SELECT count(*) FROM sqlite_schema s, pragma_foreign_key_list(s.name) f WHERE s.type = 'table'"), 20);
    EXPECT_EQ(
        raw.number("SELECT count(*) FROM (SELECT s.name AS child, f.id AS key, group_concat(f.\"from\") AS columns "
                   "FROM sqlite_schema s, pragma_foreign_key_list(s.name) f WHERE s.type = 'table' GROUP BY s.name, f.id) k "
                   "WHERE NOT EXISTS (SELECT 1 FROM pragma_index_list(k.child) l WHERE "
                   "(SELECT group_concat(i.name) || ',' FROM pragma_index_info(l.name) i) LIKE k.columns || ',%')"),
        0);
}

struct plan_case {
    std::string_view sql;
    std::string_view plan;
};

// SQLite's own guess is that a tenant has ten rows, all of which it would read.
constexpr plan_case plans[] = {
    {"SELECT id FROM journal_entry WHERE tenant_id = ?1 AND source_id = ?2 AND kind = ?3",
     "entry_by_source (tenant_id=? AND source_id=? AND kind=?)"},
    {"SELECT number FROM invoice WHERE tenant_id = ?1 AND reference = ?2", "invoice_by_reference (tenant_id=? AND reference=?)"},
    {"SELECT total_ore FROM invoice WHERE tenant_id = ?1 AND number = ?2", "invoice_by_number (tenant_id=? AND number=?)"},
    {"SELECT total_ore FROM invoice WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY due_date",
     "invoice_by_customer (tenant_id=? AND customer_id=?)"},
    {"SELECT number FROM invoice WHERE tenant_id = ?1 AND total_ore = ?2", "invoice_by_total (tenant_id=? AND total_ore=?)"},
    {"SELECT sum(amount_ore) FROM posting WHERE tenant_id = ?1 AND subject_id = ?2 AND account = 1",
     "posting_by_subject (tenant_id=? AND subject_id=? AND account=?)"},
    {"SELECT sum(amount_ore) FROM posting WHERE tenant_id = ?1 AND account = 4 GROUP BY subject_id",
     "posting_in_suspense (tenant_id=?)"},
    {"SELECT bankgiro FROM payment WHERE tenant_id = ?1 AND serial = ?2 AND amount_ore = ?3",
     "payment_by_serial (tenant_id=? AND serial=? AND amount_ore=?)"},
    {"SELECT bankgiro FROM payment WHERE tenant_id = ?1 AND deposit_id = ?2 AND section_ordinal = ?3",
     "payment_by_place (tenant_id=? AND deposit_id=? AND section_ordinal=?)"},
    {"SELECT id FROM deposit WHERE tenant_id = ?1 AND bankgiro = ?2 AND serial = ?3 AND payment_date BETWEEN ?4 AND ?5",
     "deposit_by_serial (tenant_id=? AND bankgiro=? AND serial=? AND payment_date>? AND payment_date<?)"},
    {"SELECT id FROM deposit WHERE tenant_id = ?1 AND bankgiro = ?2 AND payment_date = ?3 AND amount_ore = ?4",
     "deposit_by_day (tenant_id=? AND bankgiro=? AND payment_date=? AND amount_ore=?)"},
    {"SELECT batch_id FROM report_number WHERE tenant_id = ?1 AND format = ?2 AND account = ?3 AND currency = ?4 AND series = ?5 "
     "AND year = ?6 ORDER BY number DESC LIMIT 1",
     "number_by_account (tenant_id=? AND format=? AND account=? AND currency=? AND series=? AND year=?)"},
    {"SELECT test FROM import_batch WHERE tenant_id = ?1 AND file_id = ?2", "batch_by_file (tenant_id=? AND file_id=?)"},
    {"SELECT balance_ore FROM advance_state WHERE tenant_id = ?1 AND customer_id = ?2",
     "advance_by_customer (tenant_id=? AND customer_id=?)"},
    {"SELECT balance_ore FROM advance_state WHERE tenant_id = ?1 AND id = ?2", "PRIMARY KEY (tenant_id=? AND id=?)"},
    {"SELECT name FROM customer WHERE tenant_id = ?1 AND identity_number = ?2",
     "customer_by_identity (tenant_id=? AND identity_number=?)"},
};

TEST_F(sqlite_store, queries_use_the_indexes_made_for_them) {
    open();
    raw_database raw(path);
    for (const plan_case& each : plans) {
        const std::string plan = raw.column("EXPLAIN QUERY PLAN " + std::string(each.sql), 3);
        EXPECT_NE(plan.find(each.plan), std::string::npos) << each.sql << "\n" << plan;
    }
}

TEST_F(sqlite_store, is_written_ahead_and_flushed) {
    open();
    auto connected = must(sqlite::connection::open(path, 100));
    EXPECT_EQ(must(connected->number("PRAGMA synchronous")), 2);
    EXPECT_EQ(must(connected->number("PRAGMA foreign_keys")), 1);
    EXPECT_EQ(must(connected->number("PRAGMA recursive_triggers")), 1);
    EXPECT_EQ(raw_database(path).number("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), 1);
}

class by_hand : public sqlite_store {
 protected:
    by_hand() {
        fill();
        raw = std::make_unique<raw_database>(path);
        raw->run("PRAGMA foreign_keys=ON");
    }
    static std::string posting(int entry_id, int posting_no, std::int64_t amount_ore, const std::string& currency = "SEK") {
        return "INSERT INTO posting VALUES (1, " + std::to_string(entry_id) + ", " + std::to_string(posting_no) + ", 5, " +
               std::to_string(amount_ore) + ", '" + currency + "', NULL, 0, '', 'x');";
    }
    static std::string journal_entry(int entry_id) {
        return "INSERT INTO journal_entry VALUES (1, " + std::to_string(entry_id) + ", 0, 6, 0, 20260302, NULL);";
    }
    std::unique_ptr<raw_database> raw;
};

TEST_F(by_hand, the_database_refuses_an_entry_that_does_not_balance) {
    EXPECT_EQ(raw->run("BEGIN;" + posting(5, 1, 100) + posting(5, 2, -99) + journal_entry(5)),
              "the postings of an entry sum to zero in each currency");
    raw->run("ROLLBACK");
    EXPECT_EQ(raw->run("BEGIN;" + posting(5, 1, 100) + posting(5, 2, -100, "EUR") + journal_entry(5)),
              "the postings of an entry sum to zero in each currency");
    raw->run("ROLLBACK");
    EXPECT_EQ(raw->run("BEGIN;" + posting(5, 1, 0) + journal_entry(5)), "an entry has at least two postings");
    raw->run("ROLLBACK");
    EXPECT_EQ(raw->run("BEGIN;" + journal_entry(5)), "an entry has at least two postings");
    raw->run("ROLLBACK");
    EXPECT_EQ(raw->run("BEGIN;" + posting(4, 1, 100) + posting(4, 2, -100) + posting(4, 3, 7, "EUR") + posting(4, 4, -7, "EUR") +
                       journal_entry(4) + "COMMIT"),
              "");
    raw->run("ROLLBACK");
    EXPECT_EQ(raw->run("BEGIN;" + posting(5, 1, 100) + posting(5, 2, -100) + journal_entry(5) + "COMMIT"), "");
}

TEST_F(by_hand, the_database_refuses_postings_after_their_entry_and_without_one) {
    EXPECT_EQ(raw->run("BEGIN;" + posting(5, 1, 100) + posting(5, 2, -100) + journal_entry(5) + posting(5, 3, 0)),
              "the entry of this posting is closed");
    raw->run("ROLLBACK");
    EXPECT_EQ(raw->run("BEGIN;" + posting(5, 1, 100) + posting(5, 2, -100) + "COMMIT"), "FOREIGN KEY constraint failed");
    raw->run("ROLLBACK");
}

TEST_F(by_hand, the_database_refuses_what_is_spent_twice) {
    EXPECT_EQ(raw->run("INSERT INTO reservation_part SELECT 1, advance_id, 1, amount_ore FROM reservation_part"),
              "BILL-R25: more reserved than the advance has free");
    EXPECT_EQ(
        raw->run("INSERT INTO reservation_use SELECT tenant_id, reservation_id, advance_id, 1, 9, 0, 1 FROM reservation_use"),
        "BILL-R24: more used than reserved");
    EXPECT_EQ(raw->run("BEGIN;" + posting(5, 1, -101) +
                       "INSERT INTO posting SELECT 1, 5, 2, 3, 101, 'SEK', id, 0, 'K1', 'x' FROM advance;" + journal_entry(5)),
              "BILL-R25: more taken from the advance than it has free");
    raw->run("ROLLBACK");
    EXPECT_EQ(
        raw->run("BEGIN;" + posting(5, 1, 100) + posting(5, 2, -100) +
                 "INSERT INTO journal_entry SELECT 1, 5, 0, 0, source_id, 20260302, NULL FROM journal_entry WHERE kind = 0"),
        "this document has its entry");
    raw->run("ROLLBACK");
}

TEST_F(sqlite_store, a_newer_schema_is_refused) {
    open();
    EXPECT_EQ(raw_database(path).run("INSERT INTO migration VALUES (8, 'x', 0)"), "");
    expect_error(open_sqlite_store(path, time), error_code::corrupt, "newer than this program's 7");
}

TEST_F(sqlite_store, a_schema_made_by_other_steps_is_refused) {
    open();
    EXPECT_EQ(raw_database(path).run("DROP TRIGGER migration_never_updated; UPDATE migration SET sql_sha256 = 'x'"), "");
    expect_error(open_sqlite_store(path, time), error_code::corrupt, "schema version 1");
}

TEST_F(sqlite_store, other_files_are_refused) {
    EXPECT_EQ(raw_database(path).run("CREATE TABLE theirs (x)"), "");
    expect_error(open_sqlite_store(path, time), error_code::corrupt, "not made by Brygga");
    const std::string text_path = (folder.path() / "notes.txt").string();
    std::ofstream(text_path) << std::string(8192, 'x');
    expect_error(open_sqlite_store(text_path, time), error_code::corrupt);
    expect_error(open_sqlite_store((folder.path() / "nowhere" / "ledger.db").string(), time), error_code::permission_denied);
}

TEST_F(sqlite_store, migrations_are_applied_once_each_and_seal_their_tables) {
    const sqlite::migration steps[] = {{1, "CREATE TABLE first (x INTEGER) STRICT; INSERT INTO first VALUES (7)"},
                                       {2, "CREATE TABLE second (y INTEGER) STRICT; INSERT INTO second SELECT x FROM first"}};
    auto connected = must(sqlite::connection::open(path, 100));
    must(sqlite::migrate(*connected, std::span(steps, 1), 0));
    must(sqlite::migrate(*connected, std::span(steps, 1), 0));
    must(sqlite::migrate(*connected, steps, 0));
    must(sqlite::migrate(*connected, steps, 0));
    raw_database raw(path);
    EXPECT_EQ(raw.number("SELECT count(*) FROM migration"), 2);
    EXPECT_EQ(raw.number("SELECT sum(y) FROM second"), 7);
    EXPECT_EQ(raw.run("DELETE FROM first"), "rows of first are never deleted");
    EXPECT_EQ(raw.run("UPDATE second SET y = 1"), "rows of second are never updated");
    expect_error(sqlite::migrate(*connected, std::span(steps, 1), 0), error_code::corrupt, "newer");
}

TEST_F(sqlite_store, a_migration_that_fails_leaves_nothing) {
    const sqlite::migration steps[] = {{1, "CREATE TABLE first (x INTEGER) STRICT; CREATE TABLE first (x INTEGER) STRICT"}};
    auto connected = must(sqlite::connection::open(path, 100));
    EXPECT_FALSE(sqlite::migrate(*connected, steps, 0));
    EXPECT_EQ(raw_database(path).number("SELECT count(*) FROM sqlite_schema"), 0);
}

TEST_F(sqlite_store, a_full_disk_is_no_space_and_the_transaction_is_lost_whole) {
    auto connected = must(sqlite::connection::open(path, 100));
    must(connected->execute("CREATE TABLE t (x TEXT); PRAGMA max_page_count=4"));
    expect_error(connected->execute("INSERT INTO t VALUES (hex(zeroblob(100000)))"), error_code::no_space);
}

TEST_F(sqlite_store, a_second_writer_waits_and_gives_up_as_busy) {
    auto ledger = must(open_sqlite_store(path, time, 50));
    auto other_process = must(open_sqlite_store(path, time, 50));
    auto first = must(ledger->begin(tenant));
    expect_error(ledger->begin(tenant), error_code::busy);
    expect_error(other_process->begin(tenant), error_code::busy);
    EXPECT_TRUE(other_process->begin_read(tenant));
    first.reset();
    EXPECT_TRUE(other_process->begin(tenant));
    EXPECT_TRUE(ledger->begin(tenant));
}

TEST_F(sqlite_store, a_refusing_trigger_makes_the_transaction_unusable) {
    auto ledger = open();
    EXPECT_EQ(raw_database(path).run("CREATE TRIGGER no_facility BEFORE INSERT ON facility BEGIN SELECT RAISE(ABORT, 'no'); END"),
              "");
    auto into = must(ledger->begin(tenant));
    must(into->put_customer(a_customer()));
    expect_error(into->put_facility(a_facility()), error_code::invalid_argument, "no");
    expect_error(into->put_customer(a_customer("K2")), error_code::conflict, "rolled back");
    expect_error(into->commit(), error_code::conflict);
    into.reset();
    // Within an attempt only the attempt is lost.
    into = must(ledger->begin(tenant));
    must(into->put_customer(a_customer()));
    EXPECT_FALSE(into->attempt([&]() -> result<void> {
        must(into->put_customer(a_customer("K2")));
        EXPECT_FALSE(into->put_facility(a_facility()));
        return {};
    }));
    must(into->commit());
    into.reset();
    auto reader = must(ledger->begin_read(tenant));
    EXPECT_TRUE(must(reader->find_customer("K1")));
    EXPECT_FALSE(must(reader->find_customer("K2")));
}

// Adds one invoice per transaction, `count` times.
void write_invoices(store& ledger, std::string_view prefix, int count) {
    for (int i = 0; i < count; ++i) {
        auto into = must(ledger.begin(tenant));
        post(*into, an_invoice(std::string(prefix) + std::to_string(i), "K1", {1000, 500}));
        must(into->commit());
    }
}

void expect_sound(store& ledger, std::uint64_t entries) {
    const proof proved = must(ledger.verify(tenant));
    EXPECT_TRUE(proved.balanced && proved.chain_intact) << testing::PrintToString(proved.faults);
    EXPECT_EQ(proved.entries, entries);
}

TEST_F(sqlite_store, threads_take_turns) {
    constexpr int threads = 4;
    constexpr int each = 25;
    auto ledger = must(open_sqlite_store(path, system_clock()));
    std::vector<std::thread> writers;
    for (int t = 0; t < threads; ++t)
        writers.emplace_back([&, t] { write_invoices(*ledger, "T" + std::to_string(t) + "-", each); });
    for (int i = 0; i < each; ++i)
        must(must(ledger->begin_read(tenant))->account_sums());
    for (std::thread& writer : writers)
        writer.join();
    expect_sound(*ledger, threads * each);
}

// Runs `body` in a process of its own; returns its id.
template <class Body>
pid_t in_child(Body body) {
    const pid_t child = fork();
    if (child != 0) return child;
    int status = 1;
    try {
        body();
        status = 0;
    } catch (...) {
    }
    _exit(status);
}

int wait_for(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

TEST_F(sqlite_store, processes_take_turns_also_with_a_new_file) {
    constexpr int each = 25;
    std::vector<pid_t> children;
    for (int p = 0; p < 3; ++p)
        children.push_back(in_child([&] {
            auto ledger = must(open_sqlite_store(path, system_clock()));
            write_invoices(*ledger, "P" + std::to_string(p) + "-", each);
        }));
    for (const pid_t child : children)
        EXPECT_EQ(wait_for(child), 0);
    expect_sound(*open(), 3 * each);
    EXPECT_EQ(raw_database(path).number("SELECT count(DISTINCT id) FROM journal_entry"), 3 * each);
}

TEST_F(sqlite_store, a_killed_writer_leaves_whole_transactions_only) {
    constexpr std::int64_t per_transaction = 20;
    std::int64_t before = 0;
    for (int round = 0; round < 8; ++round) {
        const pid_t child = in_child([&] {
            auto ledger = must(open_sqlite_store(path, system_clock()));
            for (int t = 0;; ++t) {
                auto into = must(ledger->begin(tenant));
                for (int i = 0; i < per_transaction; ++i)
                    post(*into, an_invoice(fmt::format("R{}-{}-{}", round, t, i), "K1", {1000, 500}));
                must(into->commit());
            }
        });
        usleep(static_cast<useconds_t>(30'000 + round * 7'919));
        kill(child, SIGKILL);
        EXPECT_TRUE(WIFSIGNALED(wait_for(child)));
        auto ledger = open();
        const proof proved = must(ledger->verify(tenant));
        EXPECT_TRUE(proved.balanced && proved.chain_intact) << testing::PrintToString(proved.faults);
        EXPECT_EQ(proved.entries % per_transaction, 0U);
        const std::int64_t invoices = raw_database(path).number("SELECT count(*) FROM invoice");
        EXPECT_EQ(invoices, static_cast<std::int64_t>(proved.entries));
        EXPECT_GE(invoices, before);
        before = invoices;
    }
    EXPECT_GT(before, 0);
}

}  // namespace
}  // namespace brygga::ledger
