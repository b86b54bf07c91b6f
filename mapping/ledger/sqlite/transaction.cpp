#include "mapping/ledger/sqlite/transaction.hpp"

#include <chrono>

#include <fmt/format.h>

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text select_log_head = "SELECT log_no, hash FROM log WHERE tenant_id = ?1 ORDER BY log_no DESC LIMIT 1";
constexpr sql_text insert_log =
    "INSERT INTO log (tenant_id, log_no, id, recorded_at, kind, subject_id, data, previous_hash, hash) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

std::string format_time(timestamp_ms time_ms) {
    const std::chrono::sys_time<std::chrono::milliseconds> point{std::chrono::milliseconds(time_ms)};
    const auto midnight = std::chrono::floor<std::chrono::days>(point);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(point - midnight).count();
    return fmt::format("{}T{:02}:{:02}:{:02}Z", format_iso_date(date{midnight}), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

hash_bytes hash_log_row(std::string_view previous_hash, std::int64_t log_no, row_id id, timestamp_ms recorded_at,
                        std::string_view kind, row_id subject, std::string_view data) {
    return digest().add(previous_hash).add(log_no).add(id).add(recorded_at).add(kind).add(subject).add(data).finish();
}

hash_bytes hash_before_log(std::string_view tenant) {
    return digest().add(tenant).finish();
}

std::string conflict_text(timestamp_ms since_ms, std::string_view known_hash, std::string_view new_hash) {
    return fmt::format("there since {} with content {}, now with content {}", format_time(since_ms), known_hash, new_hash);
}

sqlite_transaction::~sqlite_transaction() {
    if (session_.database->in_transaction()) {
        // A rollback that fails leaves a connection that the pool sees is still in a transaction, and drops.
        [[maybe_unused]] const auto undone = session_.database->execute("ROLLBACK");
    }
    session_.pool->give_back(std::move(session_.database), session_.ids != nullptr);
}

row_id sqlite_transaction::allot_id() {
    if (session_.ids == nullptr) return 0;
    progress_.wrote = true;
    const row_id id = session_.ids->next();
    if (first_id_ == 0) first_id_ = id;
    return id;
}

result<void> sqlite_transaction::may_write() const {
    if (session_.ids == nullptr) return fail(error_code::permission_denied, "this transaction only reads");
    if (ended_) return fail(error_code::invalid_argument, "this transaction has ended");
    if (progress_.failed)
        return fail(error_code::conflict, "an earlier write of this transaction failed: it must be rolled back");
    // SQLite itself rolls back after some failures, and every further statement would commit alone.
    if (!session_.database->in_transaction()) return fail(error_code::io, "the database has rolled this transaction back");
    return {};
}

result<bool> sqlite_transaction::finish_write(cursor& row) {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    progress_.wrote = true;
    auto done = row.step();
    if (!done) {
        progress_.failed = true;
        return tl::unexpected(std::move(done.error()));
    }
    return session_.database->changes() != 0;
}

result<void> sqlite_transaction::attempt(const std::function<result<void>()>& body) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    auto marked = session_.database->execute("SAVEPOINT attempt");
    if (!marked) return marked;
    const progress before = progress_;
    auto done = body();
    known_invoices_.clear();
    if (done && !progress_.failed) return session_.database->execute("RELEASE attempt");
    if (done) done = fail(error_code::conflict, "a write of this step failed");
    auto undone = session_.database->execute("ROLLBACK TO attempt; RELEASE attempt");
    if (!undone) {
        progress_.failed = true;
        return undone;
    }
    progress_ = before;
    progress_.wrote = true;  // ids may have been given: the commit record carries them on
    return done;
}

result<void> sqlite_transaction::load_log_head() {
    if (progress_.log_no >= 0) return {};
    cursor head = session_.database->use(select_log_head);
    auto there = head.bind(tenant()).step();
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there) {
        progress_.log_no = 0;
        progress_.log_hash = hash_before_log(session_.tenant);
        return {};
    }
    const std::string_view hash = head.view(1);
    if (hash.size() != progress_.log_hash.size()) return fail(error_code::corrupt, "the last row of the log has no proper hash");
    progress_.log_no = head.integer(0);
    std::copy(hash.begin(), hash.end(), progress_.log_hash.begin());
    return {};
}

result<void> sqlite_transaction::append_log(std::string_view kind, row_id subject, std::string_view data) {
    auto allowed = may_write();
    if (!allowed) return allowed;
    auto loaded = load_log_head();
    if (!loaded) return loaded;
    const std::int64_t log_no = progress_.log_no + 1;
    const row_id id = allot_id();
    const hash_bytes hash = hash_log_row(as_view(progress_.log_hash), log_no, id, now(), kind, subject, data);
    auto written = insert(insert_log, tenant(), log_no, id, now(), kind, subject, data, blob{as_view(progress_.log_hash)},
                          blob{as_view(hash)});
    if (!written) return tl::unexpected(std::move(written.error()));
    progress_.log_no = log_no;
    progress_.log_hash = hash;
    return {};
}

result<log_head> sqlite_transaction::newest_log() {
    auto loaded = load_log_head();
    if (!loaded) return tl::unexpected(std::move(loaded.error()));
    return log_head{progress_.log_no, to_hex(progress_.log_hash)};
}

// Closes the transaction with a log row over the rows that it wrote. A transaction that wrote nothing leaves no trace.
result<void> sqlite_transaction::commit() {
    if (ended_) return fail(error_code::invalid_argument, "this transaction has ended");
    if (session_.ids == nullptr || !progress_.wrote) {
        ended_ = true;
        return session_.database->execute("ROLLBACK");
    }
    auto logged = append_log(commit_kind, 0, commit_record(progress_.tables));
    if (!logged) return logged;
    ended_ = true;
    auto committed = session_.database->execute("COMMIT");
    if (!committed) return committed;
    session_.pool->committed(*session_.database, tenant(), session_.tenant, {progress_.log_no, to_hex(progress_.log_hash)});
    return {};
}

}  // namespace brygga::ledger::sqlite
