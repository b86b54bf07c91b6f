#include "mapping/ledger/sqlite/verify.hpp"

#include <map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/money.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr std::size_t max_faults = 100;  // listed; the verdicts are exact
constexpr std::string_view kept_name = "the head kept beside the database";
constexpr std::string_view noted_name = "the head that was noted";

constexpr sql_text select_log =
    "SELECT log_no, id, recorded_at, kind, subject_id, data, previous_hash, hash FROM log WHERE tenant_id = ?1 ORDER BY log_no";
constexpr sql_text select_orphans =
    "SELECT p.entry_id FROM posting p WHERE p.tenant_id = ?1 AND NOT EXISTS (SELECT 1 FROM journal_entry e "
    "WHERE e.tenant_id = p.tenant_id AND e.id = p.entry_id) GROUP BY p.entry_id";
constexpr sql_text select_file = "SELECT * FROM exchanged_file WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_file_facts = "SELECT sha256, size_bytes, outcome FROM exchanged_file WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text count_files = "SELECT count(*) FROM exchanged_file WHERE tenant_id = ?1";
constexpr sql_text quick_check = "PRAGMA quick_check(1)";

using sums_by_currency = std::map<std::string, ore_sum, std::less<>>;

class prover {
 public:
    prover(connection& database, std::string_view tenant, std::int64_t tenant_id, must_contain heads)
        : database_(&database), tenant_(tenant), tenant_id_(tenant_id), heads_(std::move(heads)) {}
    result<proof> run();

 private:
    result<void> check_log();
    result<void> check_rows(row_id after, row_id last, std::string_view record);
    result<void> check_table(table of, row_id after, row_id last, const nlohmann::json& recorded);
    result<void> check_entries(row_id after, row_id last);
    result<void> check_file(row_id file_id, std::string_view record);
    result<void> check_file_count();
    result<void> check_orphans();
    void check_head(const log_head& head, std::string_view hash_there, std::string_view whose);
    void check_heads_at(std::int64_t log_no, std::string_view hash);
    void check_heads_beyond();
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
    std::string_view tenant_;
    std::int64_t tenant_id_;
    must_contain heads_;
    proof proof_;
    sums_by_currency totals_;
    std::int64_t newest_log_no_ = 0;
    row_id last_commit_ = INT64_MIN;
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
        if (!(sum == 0)) unbalanced(fmt::format("entry {} is off by {} öre in {}", format_id(item.id), sum.text(), currency));
}

result<void> prover::check_entries(row_id after, row_id last) {
    return visit_entries(*database_, tenant_id_, after, last, [&](const entry& item) -> result<void> {
        check_entry(item);
        return {};
    });
}

// Compares what is there of one table with what the commit record says of it.
result<void> prover::check_table(table of, row_id after, row_id last, const nlohmann::json& recorded) {
    const covered_table& where = info(of);
    written_rows there;
    row_id first_id = 0;
    row_id last_id = 0;
    cursor rows = database_->use(where.rows);
    auto row = rows.bind(tenant_id_, after, last).step();
    for (; row && *row; row = rows.step()) {
        hash_row(there.hash, rows);
        last_id = rows.integer(where.id_column);
        if (++there.rows == 1) first_id = last_id;
    }
    if (!row) return tl::unexpected(std::move(row.error()));
    const auto known = recorded.is_object() ? recorded.find(where.name) : recorded.end();
    const bool any = recorded.is_object() && known != recorded.end();
    const std::string hash = to_hex(there.hash.finish());
    if (!any && there.rows == 0) return {};
    const bool formed = any && known->is_object() && known->value("rows", nlohmann::json()).is_number_unsigned();
    const std::uint64_t written = formed ? known->at("rows").get<std::uint64_t>() : 0;
    if (formed && written == there.rows && known->value("sha256", nlohmann::json()) == hash) return {};
    const std::string which = there.rows == 0 ? std::string("no row")
                              : first_id == last_id
                                  ? fmt::format("{} rows of {}", there.rows, format_id(first_id))
                                  : fmt::format("{} rows of {} to {}", there.rows, format_id(first_id), format_id(last_id));
    const std::string by =
        last == INT64_MAX ? "after the last commit record" : fmt::format("under commit record {}", format_id(last));
    broken(
        fmt::format("table {}: {} {}, but {} rows were written there and with another content", where.name, which, by, written));
    return {};
}

// The rows of one transaction are those of ids after the commit record before it and up to its own.
result<void> prover::check_rows(row_id after, row_id last, std::string_view record) {
    const nlohmann::json recorded = nlohmann::json::parse(record.begin(), record.end(), nullptr, false);
    for (std::size_t i = 0; i < table_count; ++i) {
        auto checked = check_table(static_cast<table>(i), after, last, recorded);
        if (!checked) return checked;
    }
    return check_entries(after, last);
}

void prover::check_head(const log_head& head, std::string_view hash_there, std::string_view whose) {
    if (to_hex(hash_there) != head.hash)
        broken(fmt::format("table log: row {} is not the one that {} saw: the log was cut and written on", head.log_no, whose));
}

void prover::check_heads_at(std::int64_t log_no, std::string_view hash) {
    if (heads_.kept && heads_.kept->log_no == log_no) check_head(*heads_.kept, hash, kept_name);
    for (const log_head& each : heads_.noted)
        if (each.log_no == log_no) check_head(each, hash, noted_name);
}

void prover::check_heads_beyond() {
    const auto check = [&](const log_head& head, std::string_view whose) {
        if (head.log_no > newest_log_no_)
            broken(fmt::format("table log: the newest row is {}, but {} saw row {}: the rows after it were cut off",
                               newest_log_no_, whose, head.log_no));
    };
    if (heads_.kept) check(*heads_.kept, kept_name);
    for (const log_head& each : heads_.noted)
        check(each, noted_name);
    if (!heads_.unreadable.empty() && newest_log_no_ > 0)
        broken(fmt::format("whether the end of the log was cut off cannot be told: {}", heads_.unreadable));
    proof_.head_log_no = heads_.kept ? heads_.kept->log_no : 0;
    proof_.newest_log_no = newest_log_no_;
}

result<void> prover::check_log() {
    cursor row = database_->use(select_log);
    auto there = row.bind(tenant_id_).step();
    std::string previous = std::string(as_view(hash_before_log(tenant_)));
    check_heads_at(0, previous);  // noted before there was a row
    for (; there && *there; there = row.step()) {
        ++proof_.log_rows;
        const row_id id = row.integer(1);
        const std::int64_t log_no = row.integer(0);
        if (log_no != newest_log_no_ + 1) broken(fmt::format("table log: row {} is missing", newest_log_no_ + 1));
        newest_log_no_ = log_no;
        const hash_bytes hash = hash_log_row(previous, log_no, id, row.integer(2), row.view(3), row.integer(4), row.view(5));
        if (row.view(6) != previous || row.view(7) != as_view(hash))
            broken(fmt::format("table log: row {} does not follow from the row before it", log_no));
        previous = row.text(7);
        check_heads_at(log_no, previous);
        if (row.view(3) == file_kind) {
            auto checked = check_file(row.integer(4), row.view(5));
            if (!checked) return checked;
        }
        if (row.view(3) != commit_kind) continue;
        auto checked = check_rows(last_commit_, id, row.view(5));
        if (!checked) return checked;
        last_commit_ = id;
    }
    if (!there) return tl::unexpected(std::move(there.error()));
    check_heads_beyond();
    return check_rows(last_commit_, INT64_MAX, "{}");
}

result<void> prover::check_orphans() {
    cursor row = database_->use(select_orphans);
    auto there = row.bind(tenant_id_).step();
    for (; there && *there; there = row.step())
        unbalanced(fmt::format("table posting: the postings of entry {} have no entry", format_id(row.integer(0))));
    if (!there) return tl::unexpected(std::move(there.error()));
    return {};
}

result<void> prover::check_file(row_id file_id, std::string_view record) {
    ++logged_files_;
    cursor whole = database_->use(select_file);
    auto there = whole.bind(tenant_id_, file_id).step();
    if (!there) return tl::unexpected(std::move(there.error()));
    digest row;
    if (*there) hash_row(row, whole);
    cursor facts = database_->use(select_file_facts);
    there = facts.bind(tenant_id_, file_id).step();
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there || file_record(facts.view(0), facts.integer(1), facts.as<file_outcome>(2), row.finish()) != record)
        broken(fmt::format("table exchanged_file: file {} is not as it was logged", format_id(file_id)));
    return {};
}

result<void> prover::check_file_count() {
    auto files = database_->number(count_files, tenant_id_);
    if (!files) return tl::unexpected(std::move(files.error()));
    if (*files != logged_files_)
        broken(fmt::format("table exchanged_file: {} files are there, {} were logged", files->value_or(0), logged_files_));
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
        if (!(sum == 0)) unbalanced(fmt::format("the books are off by {} öre in {}", sum.text(), currency));
    return proof_;
}

}  // namespace

result<proof> prove(connection& database, std::string_view tenant, std::int64_t tenant_id, must_contain heads) {
    return prover(database, tenant, tenant_id, std::move(heads)).run();
}

}  // namespace brygga::ledger::sqlite
