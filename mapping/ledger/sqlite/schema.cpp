#include "mapping/ledger/sqlite/schema.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "mapping/ledger/sqlite/digest.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr std::int64_t application_id = 0x42524759;  // "BRGY"

constexpr sql_text select_application_id = "PRAGMA application_id";
constexpr sql_text count_tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'";
constexpr sql_text select_migrations = "SELECT version, sql_sha256 FROM migration ORDER BY version";
constexpr sql_text insert_migration = "INSERT INTO migration (version, sql_sha256, applied_at) VALUES (?1, ?2, ?3)";
constexpr sql_text select_unsealed_tables =
    "SELECT name FROM sqlite_schema s WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' AND NOT EXISTS "
    "(SELECT 1 FROM sqlite_schema t WHERE t.type = 'trigger' AND t.name = s.name || '_never_updated')";
// One row per key: "a = NEW.a AND b = NEW.b" for the primary key and for every UNIQUE index over whole columns and rows.
constexpr sql_text select_same_keys =
    "SELECT group_concat(name || ' = NEW.' || name, ' AND ') FROM pragma_table_info(?1) WHERE pk > 0 UNION "
    "SELECT group_concat(i.name || ' = NEW.' || i.name, ' AND ') FROM pragma_index_list(?1) l, pragma_index_info(l.name) i "
    "WHERE l.\"unique\" AND l.origin <> 'pk' AND NOT l.partial GROUP BY l.name";
constexpr sql_text select_indexes =
    "SELECT s.name, l.name, l.origin, (SELECT count(*) FROM pragma_index_info(l.name)) FROM sqlite_schema s, "
    "pragma_index_list(s.name) l WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' AND EXISTS "
    "(SELECT 1 FROM pragma_index_info(l.name) i WHERE i.seqno = 0 AND i.name = 'tenant_id')";
constexpr sql_text insert_statistics = "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)";
constexpr sql_text create_migration_table =
    "CREATE TABLE migration ("
    "version INTEGER NOT NULL PRIMARY KEY, sql_sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT";

std::string hash_of(const migration& step) {
    return to_hex(digest().add(std::string_view(step.sql)).finish());
}

// REPLACE takes a row away without its DELETE trigger unless recursive_triggers is on, so a key that is there is refused before:
// the primary key and the natural ones, for one more look into each index. Not on the tables that a bank file fills, where a
// trigger that can abort costs a copy of every page touched: an entry has its own trigger, postings are closed by their entry,
// and of the others the log tells.
result<void> refuse_replacing(connection& database, const std::string& table) {
    constexpr std::array bulk = {"payment", "payment_reference", "posting", "journal_entry"};
    if (std::find(bulk.begin(), bulk.end(), table) != bulk.end()) return {};
    std::string there;
    {
        cursor rows = database.use(select_same_keys);
        auto row = rows.bind(table).step();
        for (; row && *row; row = rows.step()) {
            if (rows.is_null(0)) continue;  // a table without a primary key
            there += fmt::format("{}EXISTS (SELECT 1 FROM {} WHERE {})", there.empty() ? "" : " OR ", table, rows.view(0));
        }
        if (!row) return tl::unexpected(std::move(row.error()));
    }
    if (there.empty()) return {};
    return database.execute(
        fmt::format("CREATE TRIGGER {0}_never_replaced BEFORE INSERT ON {0} WHEN {1} "
                    "BEGIN SELECT RAISE(FAIL, 'rows of {0} are never replaced'); END",
                    table, there));
}

// A row is never changed: this stands in the database, so that it also holds for whoever opens the file by hand.
result<void> seal_tables(connection& database) {
    std::vector<std::string> tables;
    {
        cursor rows = database.use(select_unsealed_tables);
        auto row = rows.step();
        for (; row && *row; row = rows.step())
            tables.push_back(rows.text(0));
        if (!row) return tl::unexpected(std::move(row.error()));
    }
    for (const std::string& table : tables) {
        auto sealed =
            database.execute(fmt::format("CREATE TRIGGER {0}_never_updated BEFORE UPDATE ON {0} BEGIN SELECT RAISE(ABORT, 'rows "
                                         "of {0} are never updated'); END;"
                                         "CREATE TRIGGER {0}_never_deleted BEFORE DELETE ON {0} BEGIN SELECT RAISE(ABORT, 'rows "
                                         "of {0} are never deleted'); END;",
                                         table));
        if (sealed) sealed = refuse_replacing(database, table);
        if (!sealed) return sealed;
    }
    return {};
}

// The rows that share the first column, the first two columns ...: all rows are one tenant's, the rest tells them apart.
std::string statistics_of(std::int64_t columns) {
    std::string text = "1000000 1000000";
    for (std::int64_t column = 2; column <= columns; ++column)
        text += column == 2 ? " 10" : " 2";
    return text;
}

// Without statistics SQLite takes it that a tenant has ten rows, and reads them all instead of using the longer index. These
// are written once, for plans that do not change with what is in the tables.
result<void> tell_planner(connection& database) {
    auto begun = database.execute("ANALYZE; DELETE FROM sqlite_stat1");
    if (!begun) return begun;
    struct index {
        std::string table, name;
        std::int64_t columns{};
    };
    std::vector<index> indexes;
    {
        cursor rows = database.use(select_indexes);
        auto row = rows.step();
        // The statistics of a primary key go by the name of its table.
        for (; row && *row; row = rows.step())
            indexes.push_back({rows.text(0), rows.view(2) == "pk" ? rows.text(0) : rows.text(1), rows.integer(3)});
        if (!row) return tl::unexpected(std::move(row.error()));
    }
    for (const index& each : indexes) {
        const std::string statistics = statistics_of(each.columns);
        cursor row = database.use(insert_statistics);
        auto inserted = row.bind(each.table, each.name, statistics).step();
        if (!inserted) return tl::unexpected(std::move(inserted.error()));
    }
    return database.execute("ANALYZE sqlite_schema");
}

// Tells whose file it is, and begins an empty one.
result<void> claim_file(connection& database) {
    auto owner = database.number(select_application_id);
    if (!owner) return tl::unexpected(std::move(owner.error()));
    if (*owner == application_id) return {};
    auto tables = database.number(count_tables);
    if (!tables) return tl::unexpected(std::move(tables.error()));
    if (*owner != 0 || *tables != 0) return fail(error_code::corrupt, "this database was not made by Brygga");
    return database.execute(fmt::format("PRAGMA application_id={}; {}", application_id, create_migration_table));
}

result<void> check_history(connection& database, std::span<const migration> steps, std::size_t& applied) {
    cursor rows = database.use(select_migrations);
    auto row = rows.step();
    for (; row && *row; row = rows.step(), ++applied) {
        if (applied >= steps.size())
            return fail(error_code::corrupt, fmt::format("this database has schema version {}, newer than this program's {}",
                                                         rows.integer(0), steps.size()));
        if (rows.integer(0) != steps[applied].version || rows.view(1) != hash_of(steps[applied]))
            return fail(error_code::corrupt,
                        fmt::format("schema version {} of this database is not the one this program knows", rows.integer(0)));
    }
    if (!row) return tl::unexpected(std::move(row.error()));
    return {};
}

result<void> apply(connection& database, const migration& step, timestamp_ms now_ms) {
    auto applied = database.execute(step.sql);
    if (!applied) return applied;
    const std::string hash = hash_of(step);
    cursor row = database.use(insert_migration);
    auto inserted = row.bind(step.version, hash, now_ms).step();
    if (!inserted) return tl::unexpected(std::move(inserted.error()));
    return {};
}

result<void> migrate_in_transaction(connection& database, std::span<const migration> steps, timestamp_ms now_ms) {
    auto claimed = claim_file(database);
    if (!claimed) return claimed;
    std::size_t applied = 0;
    auto known = check_history(database, steps, applied);
    if (!known) return known;
    for (const migration& step : steps.subspan(applied)) {
        auto done = apply(database, step, now_ms);
        if (!done) return done;
    }
    if (applied == steps.size()) return {};
    auto sealed = seal_tables(database);
    return sealed ? tell_planner(database) : sealed;
}

}  // namespace

result<void> migrate(connection& database, std::span<const migration> steps, timestamp_ms now_ms) {
    auto begun = database.execute("BEGIN IMMEDIATE");
    if (!begun) return begun;
    auto migrated = migrate_in_transaction(database, steps, now_ms);
    if (migrated) migrated = database.execute("COMMIT");
    if (!migrated && database.in_transaction()) {
        auto undone = database.execute("ROLLBACK");
        if (!undone) return undone;
    }
    return migrated;
}

}  // namespace brygga::ledger::sqlite
