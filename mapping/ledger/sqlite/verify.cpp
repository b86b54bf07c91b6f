#include "mapping/ledger/sqlite/verify.hpp"

#include <map>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr std::size_t max_faults = 100;  // listed; the verdicts are exact

constexpr sql_text select_log =
    "SELECT log_no, id, recorded_at, kind, subject_id, data, previous_hash, hash FROM log WHERE tenant_id = ?1 ORDER BY log_no";
constexpr sql_text select_orphans =
    "SELECT p.entry_id FROM posting p WHERE p.tenant_id = ?1 AND NOT EXISTS (SELECT 1 FROM journal_entry e "
    "WHERE e.tenant_id = p.tenant_id AND e.id = p.entry_id) GROUP BY p.entry_id";
constexpr sql_text select_file = "SELECT sha256, size_bytes, outcome FROM exchanged_file WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text count_files = "SELECT count(*) FROM exchanged_file WHERE tenant_id = ?1";
constexpr sql_text quick_check = "PRAGMA quick_check(1)";

using sums_by_currency = std::map<std::string, ore_sum, std::less<>>;

class prover {
 public:
    prover(connection& database, std::int64_t tenant_id) : database_(&database), tenant_id_(tenant_id) {}
    result<proof> run();

 private:
    result<void> check_log();
    result<void> check_entries_of(row_id after, row_id last, std::string_view record, row_id log_id);
    result<void> check_file(row_id file_id, std::string_view record);
    result<void> check_file_count();
    result<void> check_orphans();
    void check_entry(const entry& item);
    void fault(std::string text) {
        if (proof_.faults.size() < max_faults) proof_.faults.push_back(std::move(text));
    }
    void unbalanced(std::string text) {
        proof_.balanced = false;
        fault(std::move(text));
    }
    void broken(std::string text) {
        proof_.chain_intact = false;
        fault(std::move(text));
    }

    connection* database_;
    std::int64_t tenant_id_;
    proof proof_;
    sums_by_currency totals_;
    row_id last_commit_ = 0;
    std::int64_t logged_files_ = 0;
};

void prover::check_entry(const entry& item) {
    ++proof_.entries;
    proof_.postings += item.postings.size();
    if (item.postings.size() < 2) unbalanced(fmt::format("entry {} has fewer than two postings", format_id(item.id)));
    sums_by_currency sums;
    for (const posting& each : item.postings) {
        sums[each.currency] += each.amount_ore;
        totals_[each.currency] += each.amount_ore;
    }
    for (const auto& [currency, sum] : sums)
        if (!(sum == 0)) unbalanced(fmt::format("entry {} is off by {} oere in {}", format_id(item.id), sum.text(), currency));
}

// The entries of one transaction are those with ids after the last commit record's and up to its own.
result<void> prover::check_entries_of(row_id after, row_id last, std::string_view record, row_id log_id) {
    digest hash;
    const std::uint64_t entries_before = proof_.entries;
    const std::uint64_t postings_before = proof_.postings;
    auto visited = visit_entries(*database_, tenant_id_, after, last, [&](const entry& item) -> result<void> {
        check_entry(item);
        hash_entry(hash, item);
        return {};
    });
    if (!visited) return visited;
    if (log_id == 0) {
        if (proof_.entries != entries_before) broken("there are entries after the last commit record of the log");
        return {};
    }
    if (commit_record(proof_.entries - entries_before, proof_.postings - postings_before, hash.finish()) != record)
        broken(fmt::format("the entries of the transaction with commit record {} are not those it was made over",
                           format_id(log_id)));
    return {};
}

result<void> prover::check_log() {
    cursor row = database_->use(select_log);
    auto there = row.bind(tenant_id_).step();
    std::string previous = std::string(as_view(hash_bytes{}));
    for (; there && *there; there = row.step()) {
        ++proof_.log_rows;
        const row_id id = row.integer(1);
        if (row.as<std::uint64_t>(0) != proof_.log_rows) broken(fmt::format("log row {} is missing", proof_.log_rows));
        const hash_bytes hash =
            hash_log_row(previous, row.integer(0), id, row.integer(2), row.view(3), row.integer(4), row.view(5));
        if (row.view(6) != previous || row.view(7) != as_view(hash))
            broken(fmt::format("log row {} does not follow from the row before it", row.integer(0)));
        previous = row.text(7);
        if (row.view(3) == file_kind) {
            auto checked = check_file(row.integer(4), row.view(5));
            if (!checked) return checked;
        }
        if (row.view(3) != commit_kind) continue;
        auto checked = check_entries_of(last_commit_, id, row.view(5), id);
        if (!checked) return checked;
        last_commit_ = id;
    }
    if (!there) return tl::unexpected(std::move(there.error()));
    return check_entries_of(last_commit_, INT64_MAX, {}, 0);
}

result<void> prover::check_orphans() {
    cursor row = database_->use(select_orphans);
    auto there = row.bind(tenant_id_).step();
    for (; there && *there; there = row.step())
        unbalanced(fmt::format("the postings of {} have no entry", format_id(row.integer(0))));
    if (!there) return tl::unexpected(std::move(there.error()));
    return {};
}

result<void> prover::check_file(row_id file_id, std::string_view record) {
    ++logged_files_;
    cursor row = database_->use(select_file);
    auto there = row.bind(tenant_id_, file_id).step();
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there || file_record(row.view(0), row.integer(1), row.as<file_outcome>(2)) != record)
        broken(fmt::format("file {} is not as it was logged", format_id(file_id)));
    return {};
}

result<void> prover::check_file_count() {
    auto files = database_->number(count_files, tenant_id_);
    if (!files) return tl::unexpected(std::move(files.error()));
    if (*files != logged_files_) broken(fmt::format("{} files are there, {} were logged", files->value_or(0), logged_files_));
    return {};
}

result<proof> prover::run() {
    {
        cursor check = database_->use(quick_check);
        auto there = check.step();
        if (!there) return tl::unexpected(std::move(there.error()));
        if (check.view(0) != "ok") return fail(error_code::corrupt, "the database fails SQLite's own check");
    }
    proof_.balanced = true;
    proof_.chain_intact = true;
    auto done = check_log();
    if (done) done = check_orphans();
    if (done) done = check_file_count();
    if (!done) return tl::unexpected(std::move(done.error()));
    for (const auto& [currency, sum] : totals_)
        if (!(sum == 0)) unbalanced(fmt::format("the books are off by {} oere in {}", sum.text(), currency));
    return proof_;
}

}  // namespace

result<proof> prove(connection& database, std::int64_t tenant_id) {
    return prover(database, tenant_id).run();
}

}  // namespace brygga::ledger::sqlite
