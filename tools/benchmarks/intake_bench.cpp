// Intake of one file into a durable ledger against bare prepared inserts of the same rows into the same tables, in one run: no
// checks, no triggers, no foreign keys, one transaction, synchronous=FULL. The file is BgMax, or a payment specification of
// Autogiro that answers as many collections. Prints one JSON line.
//
//     brygga_intake_bench [PAYMENTS] [FOLDER] [bgmax|autogiro]
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
#include "formats/bankgirot/autogiro/report_writer.hpp"
#include "formats/bankgirot/bgmax/writer.hpp"
#include "formats/core/ocr.hpp"
#include "formats/registry.hpp"
#include "mapping/ledger/receivables.hpp"

namespace {

namespace fs = std::filesystem;
using namespace brygga;
using steady = std::chrono::steady_clock;

constexpr std::string_view bankgiro = "9912346";
constexpr std::uint64_t section_payments = 10'000, customer_invoices = 10;
constexpr std::int64_t amount_ore = 84'950;
constexpr std::string_view bank_account = "00000000000000000005841000001009823", day_paid = "20260302";

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

std::string customer_of(std::uint64_t number) {
    return fmt::format("C{}", number / customer_invoices);
}

std::string payer_number_of(std::uint64_t number) {
    return fmt::format("{}", 7'000'000 + number / customer_invoices);
}

ledger::row_id post_mandate(ledger::transaction& into, std::uint64_t number) {
    ledger::mandate item{0, std::string(bankgiro), payer_number_of(number)};
    must(into.direct_debit().add_mandate(item));
    ledger::mandate_event event;
    event.state = ledger::mandate_state::active;
    event.customer_id = customer_of(number);
    event.day = *parse_iso_date("2026-01-15");
    must(into.direct_debit().add_mandate_event(item.id, event));
    return item.id;
}

void post_collection(ledger::transaction& into, std::uint64_t number, ledger::row_id mandate_id) {
    ledger::collection item;
    item.key = fmt::format("{} 1", 10'000'000 + number);
    item.mandate_id = mandate_id;
    item.invoice_id = must(into.invoice_with_number(fmt::format("{}", 10'000'000 + number))).value().id;
    item.bankgiro = bankgiro;
    item.payer_number = payer_number_of(number);
    item.payment_day = *parse_iso_date("2026-03-02");
    item.amount_ore = amount_ore;
    item.reference = reference_of(number);
    must(into.direct_debit().add_collection(item, 0));
}

void post_collections(ledger::transaction& into, std::uint64_t count) {
    ledger::row_id mandate_id{};
    for (std::uint64_t i = 0; i < count; ++i) {
        if (i % customer_invoices == 0) mandate_id = post_mandate(into, i);
        post_collection(into, i, mandate_id);
    }
}

void post_invoices(ledger::transaction& into, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
        if (i % customer_invoices == 0) {
            ledger::customer payer;
            payer.customer_id = customer_of(i);
            payer.name = "Övningskund";
            must(into.put_customer(payer));
        }
        ledger::invoice item;
        item.number = fmt::format("{}", 10'000'000 + i);
        item.customer_id = customer_of(i);
        item.reference = reference_of(i);
        item.issue_date = *parse_iso_date("2026-02-01");
        item.due_date = *parse_iso_date("2026-02-27");
        item.total_ore = amount_ore;
        item.lines = {{ledger::utility::EL, "EL-1", "Elnät", amount_ore, {}}};
        must(ledger::post_invoice(into, item));
    }
}

std::string bgmax_file(std::uint64_t count) {
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
    return std::move(out.bytes());
}

std::string payment_specification(std::uint64_t count) {
    constexpr std::string_view payee = "0009912346";
    autogiro::report_writer out;
    out.open(autogiro::layout_id::payspec_new, {day_paid, "471117", payee});
    for (std::uint64_t i = 0; i < count;) {
        out.entry("15", {bank_account, day_paid, fmt::format("{:05}", i / section_payments + 1), 0, {}, 0});
        const std::uint64_t end = std::min(count, i + section_payments);
        for (; i < end; ++i) {
            const std::string payer_number = fmt::format("{:0>16}", payer_number_of(i)), reference = reference_of(i);
            autogiro::payment_record item;
            item.payment_day = day_paid;
            item.period = item.status = '0';
            item.payer_number = payer_number;
            item.amount_ore = amount_ore;
            item.bankgiro = payee;
            item.reference = {reference, encoding::iso_8859_1};
            out.payment(autogiro::payment_direction::collection, item);
        }
    }
    out.close();
    return std::move(out.bytes());
}

// The ledger that is paid into, and the file that tells of it.
void prepare(const config::settings& with, const fs::path& inbox, std::string_view kind, std::uint64_t count) {
    auto books = must(ledger::open_sqlite_store(with.store.string(), ledger::system_clock()));
    auto into = must(books->begin("bench"));
    post_invoices(*into, count);
    if (kind == "autogiro") post_collections(*into, count);
    must(into->commit());
    std::ofstream file(inbox / "bank.txt", std::ios::binary);
    file << (kind == "autogiro" ? payment_specification(count) : bgmax_file(count));
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
    const std::string_view kind = count > 3 ? arguments[3] : "bgmax";
    if (payments == 0 || (kind != "bgmax" && kind != "autogiro")) {
        fmt::print(stderr, "usage: brygga_intake_bench [PAYMENTS] [FOLDER] [bgmax|autogiro]\n");
        return 2;
    }
    fs::remove_all(base);
    fs::create_directories(base);
    const config::settings with = configuration(base);
    prepare(with, base / "bench" / "inbox", kind, payments);
    copy_database(with.store, base / "before.db");

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
        "{{\"format\": \"{}\", \"payments\": {}, \"rows\": {}, \"intake_rows_per_s\": {:.0f}, \"bare_rows_per_s\": {:.0f}, "
        "\"ratio\": {:.2f}}}\n",
        kind, payments, bare.rows, rows / intake_seconds, rows / bare.seconds, bare.seconds / intake_seconds);
    fs::remove_all(base);
    return 0;
}
