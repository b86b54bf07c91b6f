// Intake of one BgMax file into a durable ledger against bare prepared inserts of the same rows into the same tables, in one
// run: no checks, no triggers, no foreign keys, one transaction, synchronous=FULL. Prints one JSON line.
//
//     brygga_intake_bench [PAYMENTS] [FOLDER]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

#include "connectors/intake/intake.hpp"
#include "formats/bankgirot/bgmax/writer.hpp"
#include "formats/core/ocr.hpp"
#include "formats/registry.hpp"
#include "mapping/ledger/receivables.hpp"

namespace {

namespace fs = std::filesystem;
using namespace brygga;
using steady = std::chrono::steady_clock;

constexpr std::string_view bankgiro = "9912346";
constexpr std::uint64_t section_payments = 10'000;
constexpr std::int64_t amount_ore = 84'950;

template <class T>
T must(result<T> value) {
    if (value) return std::move(*value);
    fmt::print(stderr, "{}\n", value.error().text);
    std::exit(2);
}

void must(const result<void>& done) {
    if (done) return;
    fmt::print(stderr, "{}\n", done.error().text);
    std::exit(2);
}

std::string reference_of(std::uint64_t number) {
    return must(ocr::build(fmt::format("{}", 10'000'000 + number), ocr_level::variable_length));
}

void post_invoices(ledger::store& books, std::uint64_t count) {
    auto into = must(books.begin("bench"));
    for (std::uint64_t i = 0; i < count; ++i) {
        if (i % 10 == 0) {
            ledger::customer payer;
            payer.customer_id = fmt::format("C{}", i / 10);
            payer.name = "Övningskund";
            must(into->put_customer(payer));
        }
        ledger::invoice item;
        item.number = fmt::format("{}", 10'000'000 + i);
        item.customer_id = fmt::format("C{}", i / 10);
        item.reference = reference_of(i);
        item.issue_date = *parse_iso_date("2026-02-01");
        item.due_date = *parse_iso_date("2026-02-27");
        item.total_ore = amount_ore;
        item.lines = {{ledger::utility::EL, "EL-1", "Elnät", amount_ore}};
        must(ledger::post_invoice(*into, item));
    }
    must(into->commit());
}

void write_bank_file(const fs::path& path, std::uint64_t count) {
    bgmax::writer out;
    must(out.start("20260302163005123456", bgmax::marker::production));
    for (std::uint64_t i = 0; i < count;) {
        must(out.opening(bankgiro, "SEK"));
        const std::uint64_t end = std::min(count, i + section_payments);
        for (; i < end; ++i) {
            bgmax::payment_out item;
            item.reference = reference_of(i);
            item.code = bgmax::reference_code::ocr;
            item.amount_ore = amount_ore;
            item.serial = fmt::format("{:012}", 223'149'850'000 + i);
            item.name = "Övningskund";
            item.street = "Provgatan 7";
            item.postcode = "123 45";
            item.town = "PROVKÖPING";
            must(out.payment(item));
        }
        must(out.deposit({"5841000001009823", "20260302", fmt::format("{:05}", i / section_payments + 1), ""}));
    }
    must(out.end());
    std::ofstream file(path, std::ios::binary);
    file << out.bytes();
}

double seconds_since(steady::time_point start) {
    return std::chrono::duration<double>(steady::now() - start).count();
}

// ---- the bare inserts ----

void exec(sqlite3* database, const std::string& sql) {
    char* message = nullptr;
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
    fmt::print(stderr, "{}: {}\n", sql, message);
    std::exit(2);
}

std::vector<std::string> first_column(sqlite3* database, const std::string& sql) {
    std::vector<std::string> out;
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW)
        out.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
    sqlite3_finalize(statement);
    return out;
}

struct table_rows {
    std::string name;
    int columns = 0;
    std::vector<sqlite3_value*> values;
};

// The rows that the intake added, read before the clock starts.
table_rows added_rows(sqlite3* database, const std::string& table) {
    table_rows out;
    out.name = table;
    sqlite3_stmt* statement = nullptr;
    const std::string sql = fmt::format("SELECT * FROM after.{0} EXCEPT SELECT * FROM main.{0}", table);
    sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
    out.columns = sqlite3_column_count(statement);
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < out.columns; ++i)
            out.values.push_back(sqlite3_value_dup(sqlite3_column_value(statement, i)));
    sqlite3_finalize(statement);
    return out;
}

void insert_rows(sqlite3* database, const table_rows& rows) {
    std::string marks = "?";
    for (int i = 1; i < rows.columns; ++i)
        marks += ",?";
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, fmt::format("INSERT INTO main.{} VALUES ({})", rows.name, marks).c_str(), -1, &statement,
                       nullptr);
    for (std::size_t at = 0; at < rows.values.size(); at += static_cast<std::size_t>(rows.columns)) {
        for (int i = 0; i < rows.columns; ++i)
            sqlite3_bind_value(statement, i + 1, rows.values[at + static_cast<std::size_t>(i)]);
        if (sqlite3_step(statement) != SQLITE_DONE) {
            fmt::print(stderr, "{}: {}\n", rows.name, sqlite3_errmsg(database));
            std::exit(2);
        }
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
}

struct bare_result {
    std::uint64_t rows{};
    double seconds{};
};

bare_result bare_inserts(const fs::path& before, const fs::path& after) {
    sqlite3* database = nullptr;
    sqlite3_open(before.c_str(), &database);
    exec(database, "PRAGMA journal_mode=WAL");
    exec(database, "PRAGMA synchronous=FULL");
    exec(database, "PRAGMA cache_size=-65536");
    exec(database, "PRAGMA foreign_keys=OFF");
    exec(database, fmt::format("ATTACH '{}' AS after", after.string()));
    for (const std::string& trigger : first_column(database, "SELECT name FROM main.sqlite_schema WHERE type='trigger'"))
        exec(database, "DROP TRIGGER main." + trigger);
    std::vector<table_rows> tables;
    for (const std::string& table :
         first_column(database, "SELECT name FROM main.sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'"))
        tables.push_back(added_rows(database, table));
    exec(database, "DETACH after");
    bare_result out;
    const auto start = steady::now();
    exec(database, "BEGIN IMMEDIATE");
    for (const table_rows& each : tables) {
        insert_rows(database, each);
        if (each.columns != 0) out.rows += each.values.size() / static_cast<std::size_t>(each.columns);
    }
    exec(database, "COMMIT");
    out.seconds = seconds_since(start);
    for (const table_rows& each : tables)
        for (sqlite3_value* value : each.values)
            sqlite3_value_free(value);
    sqlite3_close(database);
    return out;
}

void copy_database(const fs::path& from, const fs::path& to) {
    sqlite3* database = nullptr;
    sqlite3_open(from.c_str(), &database);
    exec(database, fmt::format("VACUUM INTO '{}'", to.string()));
    sqlite3_close(database);
}

config::settings configuration(const fs::path& base) {
    std::ofstream(base / "brygga.toml")
        << "mode = \"production\"\nstore = \"books.db\"\noriginals = \"originals\"\n"
        << "[intake]\nquiet_ms = 0\nempty_quiet_ms = 0\n[log]\nfile = \"log\"\nlevel = \"error\"\n"
        << "[[tenant]]\nid = \"bench\"\nname = \"Bench\"\nfolder = \"bench\"\n"
        << "[[tenant.bankgiro]]\nnumber = \"991-2346\"\nocr = {level = 3}\n";
    auto with = must(config::load(base / "brygga.toml"));
    must(config::init_folders(with, filedrop::posix_file_system()));
    return with;
}

}  // namespace

int main(int count, char** arguments) {
    const std::uint64_t payments = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 200'000;
    const fs::path base = count > 2 ? fs::path(arguments[2]) : fs::temp_directory_path() / "brygga-intake-bench";
    fs::remove_all(base);
    fs::create_directories(base);
    const config::settings with = configuration(base);
    {
        auto books = must(ledger::open_sqlite_store(with.store.string(), ledger::system_clock()));
        post_invoices(*books, payments);
    }
    copy_database(with.store, base / "before.db");
    write_bank_file(base / "bench" / "inbox" / "bank.txt", payments);

    auto books = must(ledger::open_sqlite_store(with.store.string(), ledger::system_clock()));
    intake::options how;
    how.sniff = [](std::string_view head) {
        const format* found = sniff(head);
        return std::string(found == nullptr ? "" : found->id());
    };
    const auto start = steady::now();
    const intake::day_report report = intake::intake_once(with, *books, how);
    const double intake_seconds = seconds_since(start);
    books.reset();
    if (report.sums().matched != payments) {
        fmt::print(stderr, "{} of {} payments matched\n{}\n", report.sums().matched, payments, intake::to_json(report));
        return 2;
    }
    const bare_result bare = bare_inserts(base / "before.db", with.store);
    const double rows = static_cast<double>(bare.rows);
    fmt::print(
        "{{\"payments\": {}, \"rows\": {}, \"intake_rows_per_s\": {:.0f}, \"bare_rows_per_s\": {:.0f}, \"ratio\": {:.2f}}}\n",
        payments, bare.rows, rows / intake_seconds, rows / bare.seconds, bare.seconds / intake_seconds);
    fs::remove_all(base);
    return 0;
}
