// One SQLite connection with its cache of prepared statements, and cursors over them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include <sqlite3.h>

#include "formats/core/date.hpp"
#include "formats/core/money.hpp"
#include "formats/core/result.hpp"

namespace brygga::ledger::sqlite {

// A SQL text with static storage: statements are cached by its address.
using sql_text = const char*;

// Dates are stored as the number 20260302: small, sortable, and readable in the database.
[[nodiscard]] std::int64_t to_number(date day) noexcept;
[[nodiscard]] date to_date(std::int64_t number) noexcept;

// Zero ids and empty texts that partial indexes leave out are stored as NULL.
[[nodiscard]] inline std::optional<std::int64_t> or_null(std::int64_t id) noexcept {
    return id == 0 ? std::nullopt : std::optional(id);
}
[[nodiscard]] inline std::optional<std::string_view> or_null(std::string_view text) noexcept {
    return text.empty() ? std::nullopt : std::optional(text);
}

template <class Enum>
requires std::is_enum_v<Enum>
[[nodiscard]] std::optional<std::int64_t> as_number(std::optional<Enum> value) noexcept {
    return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

// What SQLite reported, without any value from the rows: FULL is no_space, BUSY and LOCKED busy, CORRUPT and NOTADB corrupt,
// READONLY, CANTOPEN, PERM and AUTH permission_denied, a refusing trigger invalid_argument, another constraint conflict, TOOBIG
// limit_exceeded, everything else io. Only the trigger's, the constraint's and TOOBIG are of the content: the others may pass.
[[nodiscard]] error error_from(sqlite3* database, int code);

// A value to bind as a BLOB; text is bound as TEXT.
struct blob {
    std::string_view bytes;
};

// One use of a prepared statement. Bound texts must live until the cursor is gone; text columns until the next step.
class cursor {
 public:
    cursor(sqlite3* database, sqlite3_stmt* statement, bool* in_use, std::optional<error> failed);
    cursor(const cursor&) = delete;
    cursor& operator=(const cursor&) = delete;
    cursor(cursor&& other) noexcept;
    cursor& operator=(cursor&&) = delete;
    ~cursor();

    // Binds all parameters, ?1 first.
    template <class... Values>
    cursor& bind(const Values&... values) {
        int index = 0;
        (bind_one(++index, values), ...);
        return *this;
    }

    // True: a row is there. False: done.
    [[nodiscard]] result<bool> step();

    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] std::string_view view(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
    [[nodiscard]] char letter(int column) const;
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] date day(int column) const { return to_date(integer(column)); }
    // A sum over rows that the query takes in two columns: halves_of() in sums.hpp.
    [[nodiscard]] ore_sum sum(int column) const { return ore_sum::of_halves(integer(column), integer(column + 1)); }
    [[nodiscard]] int columns() const { return sqlite3_column_count(statement_); }
    [[nodiscard]] bool is_integer(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_INTEGER; }
    [[nodiscard]] bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    template <class Number>
    [[nodiscard]] Number as(int column) const {
        return static_cast<Number>(integer(column));
    }

 private:
    void bind_one(int index, std::int64_t value);
    void bind_one(int index, std::int32_t value) { bind_one(index, std::int64_t{value}); }
    void bind_one(int index, std::uint32_t value) { bind_one(index, std::int64_t{value}); }
    void bind_one(int index, std::uint16_t value) { bind_one(index, std::int64_t{value}); }
    void bind_one(int index, std::uint8_t value) { bind_one(index, std::int64_t{value}); }
    void bind_one(int index, bool value) { bind_one(index, std::int64_t{value}); }
    void bind_one(int index, date value) { bind_one(index, to_number(value)); }
    void bind_one(int index, std::string_view value);
    void bind_one(int index, const std::string& value) { bind_one(index, std::string_view(value)); }
    void bind_one(int index, const char& value) { bind_one(index, std::string_view(&value, 1)); }
    void bind_one(int index, blob value);
    void bind_one(int index, const char* value) = delete;  // would become a bool
    template <class Value>
    void bind_one(int index, const std::optional<Value>& value) {
        if (value) bind_one(index, *value);  // a parameter that is not bound is NULL
    }
    void check(int code);

    sqlite3* database_;
    sqlite3_stmt* statement_;
    bool* in_use_;  // nothing for a statement outside the cache
    std::optional<error> failed_;
};

class connection {
 public:
    // Opens or creates the file (a new one for its owner only), sets WAL, synchronous=FULL, foreign keys and the busy timeout.
    [[nodiscard]] static result<std::unique_ptr<connection>> open(const std::string& path, int busy_timeout_ms);

    // A cached statement; one that is in use already (a visitor asking within a visit) is prepared once more.
    [[nodiscard]] cursor use(sql_text sql);
    // Any SQL without results, also several statements.
    [[nodiscard]] result<void> execute(const std::string& sql);
    // The first column of the first row; nothing when there is no row or it is NULL.
    template <class... Values>
    [[nodiscard]] result<std::optional<std::int64_t>> number(sql_text sql, const Values&... values) {
        cursor rows = use(sql);
        auto row = rows.bind(values...).step();
        if (!row) return tl::unexpected(std::move(row.error()));
        if (!*row || rows.is_null(0)) return std::optional<std::int64_t>{};
        return std::optional(rows.integer(0));
    }

    [[nodiscard]] bool in_transaction() const noexcept { return sqlite3_get_autocommit(database_.get()) == 0; }
    [[nodiscard]] std::int64_t changes() const noexcept { return sqlite3_changes64(database_.get()); }

 private:
    struct close_database {
        void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
    };
    struct finalize_statement {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };
    struct cached {
        std::unique_ptr<sqlite3_stmt, finalize_statement> statement;
        bool in_use = false;
    };
    explicit connection(sqlite3* database) : database_(database) {}

    std::unique_ptr<sqlite3, close_database> database_;
    std::unordered_map<sql_text, cached> cache_;  // nodes stay where they are: cursors point at in_use
};

}  // namespace brygga::ledger::sqlite
