#include "mapping/ledger/sqlite/connection.hpp"

#include <cassert>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace brygga::ledger::sqlite {

namespace {

constexpr std::int64_t per_year = 10'000;
constexpr std::int64_t per_month = 100;
constexpr auto journal_retry = std::chrono::milliseconds(10);

error_code code_of(int code) noexcept {
    if (code == SQLITE_CONSTRAINT_TRIGGER) return error_code::invalid_argument;
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return error_code::no_space;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return error_code::busy;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return error_code::corrupt;
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return error_code::permission_denied;
        case SQLITE_CONSTRAINT:
            return error_code::conflict;
        case SQLITE_TOOBIG:
            return error_code::limit_exceeded;
        default:  // also NOMEM and IOERR: of the moment, the same work can succeed at the next attempt
            return error_code::io;
    }
}

}  // namespace

std::int64_t to_number(date day) noexcept {
    return static_cast<int>(day.year()) * per_year + static_cast<unsigned>(day.month()) * per_month +
           static_cast<unsigned>(day.day());
}

date to_date(std::int64_t number) noexcept {
    return {std::chrono::year(static_cast<int>(number / per_year)),
            std::chrono::month(static_cast<unsigned>(number / per_month % per_month)),
            std::chrono::day(static_cast<unsigned>(number % per_month))};
}

error error_from(sqlite3* database, int code) {
    std::string text = "the ledger's database: ";
    text += database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    return {code_of(code), std::move(text)};
}

cursor::cursor(sqlite3* database, sqlite3_stmt* statement, bool* in_use, std::optional<error> failed)
    : database_(database), statement_(statement), in_use_(in_use), failed_(std::move(failed)) {}

cursor::cursor(cursor&& other) noexcept
    : database_(other.database_), statement_(other.statement_), in_use_(other.in_use_), failed_(std::move(other.failed_)) {
    other.statement_ = nullptr;
    other.in_use_ = nullptr;
}

cursor::~cursor() {
    if (statement_ == nullptr) return;
    if (in_use_ == nullptr) {
        sqlite3_finalize(statement_);
        return;
    }
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    *in_use_ = false;
}

result<bool> cursor::step() {
    if (failed_) return tl::unexpected(*failed_);
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    failed_ = error_from(database_, sqlite3_extended_errcode(database_));
    return tl::unexpected(*failed_);
}

std::string_view cursor::view(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

char cursor::letter(int column) const {
    const std::string_view value = view(column);
    return value.empty() ? ' ' : value.front();
}

void cursor::bind_one(int index, std::int64_t value) {
    if (statement_ != nullptr) check(sqlite3_bind_int64(statement_, index, value));
}

// An empty view may have no address, which SQLite would take for NULL.
void cursor::bind_one(int index, std::string_view value) {
    if (statement_ == nullptr) return;
    check(sqlite3_bind_text64(statement_, index, value.empty() ? "" : value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void cursor::bind_one(int index, blob value) {
    if (statement_ == nullptr) return;
    check(
        sqlite3_bind_blob64(statement_, index, value.bytes.empty() ? "" : value.bytes.data(), value.bytes.size(), SQLITE_STATIC));
}

void cursor::check(int code) {
    assert(code != SQLITE_RANGE && code != SQLITE_MISUSE);
    if (code != SQLITE_OK && !failed_) failed_ = error_from(database_, code);
}

namespace {

// SQLite counts every allocation behind a process-wide lock unless it is told not to before its first use; nobody here asks
// for the counts. A process that has used SQLite before keeps its own settings.
void configure_once() {
    static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(done);
}

// SQLite would give a new database whatever the umask leaves of 0644, and its -wal and -shm the same. A file that is there keeps
// its mode: who may read it is then somebody's choice. What fails here fails again in SQLite, which tells.
void make_private(const std::string& path) {
    constexpr mode_t owner_only = 0600;
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
    if (file < 0) return;
    ::fchmod(file, owner_only);
    ::close(file);
}

}  // namespace

result<std::unique_ptr<connection>> connection::open(const std::string& path, int busy_timeout_ms) {
    configure_once();
    make_private(path);
    sqlite3* database = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<connection> made(new connection(database));
    if (code != SQLITE_OK) return tl::unexpected(error_from(database, code));
    sqlite3_busy_timeout(database, busy_timeout_ms);
    // The first to open a new file changes its journal mode, and whoever comes at that moment is told "busy" at once.
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::milliseconds(busy_timeout_ms);
    auto journal = made->execute("PRAGMA journal_mode=WAL");
    while (!journal && journal.error().code == error_code::busy && std::chrono::steady_clock::now() < give_up) {
        std::this_thread::sleep_for(journal_retry);
        journal = made->execute("PRAGMA journal_mode=WAL");
    }
    if (!journal) return tl::unexpected(std::move(journal.error()));
    auto set = made->execute(
        "PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;"  // REPLACE deletes: let the trigger that refuses it see that
        "PRAGMA trusted_schema=OFF;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-16384;"
        "PRAGMA journal_size_limit=67108864");
    if (!set) return tl::unexpected(std::move(set.error()));
    return made;
}

cursor connection::use(sql_text sql) {
    const auto prepare = [&](unsigned flags, std::optional<error>& failed) {
        sqlite3_stmt* statement = nullptr;
        const int code = sqlite3_prepare_v3(database_.get(), sql, -1, flags, &statement, nullptr);
        if (code != SQLITE_OK) failed = error_from(database_.get(), code);
        return statement;
    };
    std::optional<error> failed;
    cached& slot = cache_[sql];
    if (slot.in_use) {
        sqlite3_stmt* once = prepare(0, failed);
        return {database_.get(), once, nullptr, std::move(failed)};
    }
    if (!slot.statement) slot.statement.reset(prepare(SQLITE_PREPARE_PERSISTENT, failed));
    slot.in_use = slot.statement != nullptr;
    return {database_.get(), slot.statement.get(), &slot.in_use, std::move(failed)};
}

result<void> connection::execute(const std::string& sql) {
    const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(error_from(database_.get(), sqlite3_extended_errcode(database_.get())));
    return {};
}

}  // namespace brygga::ledger::sqlite
