// What the SQLite store leaves to others, and what it does not read: modes of its files, classes of its errors, bounds of its
// searches.
#include <sys/stat.h>

#include "mapping/ledger/sqlite/connection.hpp"
#include "tests/ledger/sqlite_fixture.hpp"

namespace brygga::ledger {
namespace {

using namespace samples;

struct code_case {
    int sqlite;
    error_code ours;
    friend std::ostream& operator<<(std::ostream& out, const code_case& each) { return out << sqlite3_errstr(each.sqlite); }
};

class sqlite_codes : public testing::TestWithParam<code_case> {};

TEST_P(sqlite_codes, have_the_class_that_the_intake_retries_by) {
    EXPECT_EQ(name(sqlite::error_from(nullptr, GetParam().sqlite).code), name(GetParam().ours));
}

// invalid_argument, conflict and limit_exceeded end a file for good; all others are tried again.
INSTANTIATE_TEST_SUITE_P(
    table, sqlite_codes,
    testing::Values(code_case{SQLITE_NOMEM, error_code::io}, code_case{SQLITE_IOERR_NOMEM, error_code::io},
                    code_case{SQLITE_IOERR, error_code::io}, code_case{SQLITE_IOERR_FSYNC, error_code::io},
                    code_case{SQLITE_FULL, error_code::no_space}, code_case{SQLITE_BUSY, error_code::busy},
                    code_case{SQLITE_BUSY_SNAPSHOT, error_code::busy}, code_case{SQLITE_LOCKED, error_code::busy},
                    code_case{SQLITE_CORRUPT, error_code::corrupt}, code_case{SQLITE_NOTADB, error_code::corrupt},
                    code_case{SQLITE_READONLY, error_code::permission_denied},
                    code_case{SQLITE_CANTOPEN, error_code::permission_denied},
                    code_case{SQLITE_PERM, error_code::permission_denied}, code_case{SQLITE_PROTOCOL, error_code::io},
                    code_case{SQLITE_INTERRUPT, error_code::io}, code_case{SQLITE_TOOBIG, error_code::limit_exceeded},
                    code_case{SQLITE_CONSTRAINT, error_code::conflict},
                    code_case{SQLITE_CONSTRAINT_TRIGGER, error_code::invalid_argument}));

mode_t mode_of(const std::filesystem::path& path) {
    struct stat facts {};
    return ::stat(path.c_str(), &facts) == 0 ? facts.st_mode & 0777U : 0;
}

TEST_F(sqlite_store, the_files_of_a_new_ledger_are_their_owners_alone) {
    const mode_t before = ::umask(0);
    {
        auto ledger = open();
        auto into = must(ledger->begin(tenant));
        must(into->put_customer(a_customer()));
        must(into->commit());
        for (const char* const ending : {"db", "db-wal", "db-shm", "db.head"})
            EXPECT_EQ(mode_of(folder.path() / (std::string("ledger.") + ending)), 0600U) << ending;
    }
    ::umask(before);
    // Whom else the operator lets in stays his choice.
    ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
    open();
    EXPECT_EQ(mode_of(path), 0640U);
}

TEST_F(sqlite_store, a_search_by_amount_looks_at_a_bounded_number_of_invoices) {
    constexpr int newer = static_cast<int>(max_amount_candidates);
    auto ledger = open();
    auto into = must(ledger->begin(tenant));
    const row_id oldest = post(*into, an_invoice("F0", "K1", {29900}));
    for (int i = 1; i < newer; ++i)
        post(*into, an_invoice("F" + std::to_string(i), "K1", {29900}));
    EXPECT_EQ(must(into->open_invoices_of_amount(29900, 1)).at(0).id, oldest);
    const row_id next = post(*into, an_invoice("F" + std::to_string(newer), "K1", {29900}));
    const auto found = must(into->open_invoices_of_amount(29900, max_amount_candidates + 1));
    EXPECT_EQ(found.size(), max_amount_candidates);
    EXPECT_EQ(found.back().id, next);
    EXPECT_NE(found.front().id, oldest);
}

struct plan_case {
    std::string_view what;
    std::string_view sql;
    std::string_view plan;
    friend std::ostream& operator<<(std::ostream& out, const plan_case& each) { return out << each.what; }
};

class plans : public sqlite_store, public testing::WithParamInterface<plan_case> {};

// A LIMIT bounds only what an index gives in order: no sort, no scan.
TEST_P(plans, bound_the_work_by_an_index) {
    open();
    const std::string plan = raw_database(path).column("EXPLAIN QUERY PLAN " + std::string(GetParam().sql), 3);
    EXPECT_NE(plan.find(GetParam().plan), std::string::npos) << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("SCAN"), std::string::npos) << plan;
}

INSTANTIATE_TEST_SUITE_P(
    queries, plans,
    testing::Values(
        plan_case{"candidates by amount",
                  "SELECT id FROM invoice WHERE tenant_id = ?1 AND total_ore = ?2 ORDER BY id DESC LIMIT 100",
                  "invoice_by_total (tenant_id=? AND total_ore=?)"},
        plan_case{"part-paid candidates",
                  "SELECT DISTINCT invoice_id FROM part_paid WHERE tenant_id = ?1 AND open_ore = ?2 ORDER BY "
                  "invoice_id DESC LIMIT 100",
                  "(tenant_id=? AND open_ore=?)"},
        plan_case{"invoices of a reference",
                  "SELECT id FROM invoice WHERE tenant_id = ?1 AND reference = ?2 AND id <> ?3 ORDER BY id DESC LIMIT 20",
                  "invoice_by_reference (tenant_id=? AND reference=?"},
        plan_case{"first delivery", "SELECT id FROM exchanged_file WHERE tenant_id = ?1 AND sha256 = ?2 ORDER BY claim LIMIT 1",
                  "file_by_content (tenant_id=? AND sha256=?)"},
        plan_case{"files of a name", "SELECT id FROM exchanged_file WHERE tenant_id = ?1 AND name = ?2 ORDER BY id LIMIT 2",
                  "file_by_name (tenant_id=? AND name=?)"},
        plan_case{"what credit notes made",
                  "SELECT sum(amount_ore) FROM credit_note WHERE tenant_id = ?1 AND invoice_number = ?2 AND kind = ?3 "
                  "AND supply_point = ?4",
                  "credit_note_by_invoice (tenant_id=? AND invoice_number=? AND kind=? AND supply_point=?)"}));

}  // namespace
}  // namespace brygga::ledger
