// A ledger in a SQLite file, and somebody who opens that file by hand.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <sqlite3.h>

#include "tests/ledger/samples.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::ledger {

// A connection of somebody who opens the file by hand.
class raw_database {
 public:
    explicit raw_database(const std::string& path) {
        if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK) throw std::runtime_error("cannot open");
        sqlite3_busy_timeout(database_, 5000);
    }
    ~raw_database() { sqlite3_close(database_); }
    raw_database(const raw_database&) = delete;
    raw_database& operator=(const raw_database&) = delete;

    // What SQLite said; empty when it went well.
    std::string run(const std::string& sql) {
        char* message = nullptr;
        sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &message);
        std::string text = message == nullptr ? "" : message;
        sqlite3_free(message);
        return text;
    }
    std::int64_t number(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr);
        const std::int64_t value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
        sqlite3_finalize(statement);
        return value;
    }
    // One column of all rows, a line each.
    std::string column(const std::string& sql, int index) {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr);
        std::string text;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const void* bytes = sqlite3_column_blob(statement, index);
            text.append(static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement, index))) +=
                '\n';
        }
        sqlite3_finalize(statement);
        return text;
    }

 private:
    sqlite3* database_ = nullptr;
};

class sqlite_store : public testing::Test {
 protected:
    sqlite_store() : path((folder.path() / "ledger.db").string()) {}
    std::unique_ptr<store> open() { return must(open_sqlite_store(path, time)); }
    // One row in every table.
    void fill();

    temporary_folder folder;
    std::string path;
    manual_clock time;
};

}  // namespace brygga::ledger
