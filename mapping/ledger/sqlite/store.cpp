#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "mapping/ledger/sqlite/log_head.hpp"
#include "mapping/ledger/sqlite/schema.hpp"
#include "mapping/ledger/sqlite/transaction.hpp"
#include "mapping/ledger/sqlite/verify.hpp"

namespace brygga::ledger {

namespace sqlite {

namespace {

constexpr std::size_t max_tenant_name = 64;
constexpr std::size_t max_idle_readers = 8;

constexpr sql_text select_data_version = "PRAGMA data_version";
constexpr sql_text select_tenant = "SELECT tenant_id FROM tenant WHERE name = ?1";
constexpr sql_text insert_tenant =
    "INSERT INTO tenant (tenant_id, name) VALUES (1 + coalesce((SELECT max(tenant_id) FROM tenant), 0), ?1) RETURNING tenant_id";
constexpr sql_text any_log_row = "SELECT 1 FROM log LIMIT 1";
constexpr sql_text select_log_hash = "SELECT hash FROM log WHERE tenant_id = ?1 AND log_no = ?2";
constexpr sql_text select_tenants = "SELECT name FROM tenant ORDER BY name";
// The commit record of a tenant's last transaction carries the highest id that it gave.
constexpr sql_text select_last_id =
    "SELECT max((SELECT id FROM log WHERE log.tenant_id = tenant.tenant_id ORDER BY log_no DESC LIMIT 1)) FROM tenant";

class sqlite_store final : public store, private connection_pool {
 public:
    sqlite_store(std::string path, clock& time, int busy_timeout_ms)
        : path_(std::move(path)), head_path_(head_path(path_)), time_(&time), busy_timeout_ms_(busy_timeout_ms), ids_(time) {}

    result<void> prepare();
    result<std::unique_ptr<transaction>> begin(std::string_view tenant_id) override;
    result<std::unique_ptr<transaction>> begin_read(std::string_view tenant_id) override;
    result<proof> verify(std::string_view tenant_id, std::span<const log_head> noted) override;
    result<std::vector<std::string>> tenants() override;
    std::optional<error> head_failure() const override {
        const std::lock_guard lock(mutex_);
        return head_failure_;
    }

 private:
    result<std::unique_ptr<connection>> take_writer();
    result<std::unique_ptr<connection>> take_reader();
    result<std::int64_t> begin_writing(connection& database, std::string_view tenant_name);
    result<void> continue_ids(connection& database);
    void give_back(std::unique_ptr<connection> used, bool writer) noexcept override;
    void committed(connection& database, std::int64_t tenant_id, std::string_view tenant, const log_head& head) override;
    result<proof> verify_with(connection& database, std::string_view tenant, must_contain heads);

    std::string path_;
    std::filesystem::path head_path_;
    clock* time_;
    int busy_timeout_ms_;
    mutable std::mutex
        mutex_;  // guards head_failure_ and the pool below; ids_ and data_version_ belong to the one who holds the writer
    std::optional<error> head_failure_;
    std::condition_variable writer_free_;
    bool writer_taken_ = false;
    std::unique_ptr<connection> writer_;
    std::vector<std::unique_ptr<connection>> readers_;
    id_generator ids_;
    std::int64_t data_version_ = -1;
};

result<void> check_tenant_name(std::string_view name) {
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= ' '; });
    if (name.empty() || name.size() > max_tenant_name || !plain)
        return fail(error_code::invalid_argument, "a tenant's name has 1 to 64 characters, no control characters among them");
    return {};
}

result<void> sqlite_store::prepare() {
    auto opened = connection::open(path_, busy_timeout_ms_);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    auto migrated = migrate(**opened, all_migrations(), time_->now());
    if (!migrated) return migrated;
    auto logged = (*opened)->number(any_log_row);
    if (!logged) return tl::unexpected(std::move(logged.error()));
    // Later it is never made again: that it is gone is for verify() to tell.
    if (!*logged)
        if (auto made = make_heads(head_path_, path_); !made) return made;
    writer_ = std::move(*opened);
    return {};
}

// Writers of one process queue here, so that none starves in SQLite's own polling.
result<std::unique_ptr<connection>> sqlite_store::take_writer() {
    std::unique_lock lock(mutex_);
    const auto patience = std::chrono::milliseconds(busy_timeout_ms_);
    if (!writer_free_.wait_for(lock, patience, [&] { return !writer_taken_; }))
        return fail(error_code::busy, "another transaction of this process is writing");
    writer_taken_ = true;
    if (writer_) return std::move(writer_);
    data_version_ = -1;  // counts per connection
    auto opened = connection::open(path_, busy_timeout_ms_);
    if (!opened) writer_taken_ = false;
    return opened;
}

result<std::unique_ptr<connection>> sqlite_store::take_reader() {
    {
        const std::lock_guard lock(mutex_);
        if (!readers_.empty()) {
            std::unique_ptr<connection> reader = std::move(readers_.back());
            readers_.pop_back();
            return reader;
        }
    }
    auto opened = connection::open(path_, busy_timeout_ms_);
    if (!opened) return opened;
    auto set = (*opened)->execute("PRAGMA query_only=ON");
    if (!set) return tl::unexpected(std::move(set.error()));
    return opened;
}

void sqlite_store::give_back(std::unique_ptr<connection> used, bool writer) noexcept {
    const std::lock_guard lock(mutex_);
    const bool usable = used != nullptr && !used->in_transaction();
    if (writer) {
        if (usable) writer_ = std::move(used);
        writer_taken_ = false;
        writer_free_.notify_one();
    } else if (usable && readers_.size() < max_idle_readers) {
        readers_.push_back(std::move(used));
    }
}

// Other processes may have written since this connection's last transaction.
result<void> sqlite_store::continue_ids(connection& database) {
    auto version = database.number(select_data_version);
    if (!version) return tl::unexpected(std::move(version.error()));
    if (*version == data_version_) return {};
    auto last = database.number(select_last_id);
    if (!last) return tl::unexpected(std::move(last.error()));
    ids_.continue_after(last->value_or(0));
    data_version_ = version->value_or(-1);
    return {};
}

result<std::int64_t> sqlite_store::begin_writing(connection& database, std::string_view tenant_name) {
    auto begun = database.execute("BEGIN IMMEDIATE");
    if (!begun) return tl::unexpected(std::move(begun.error()));
    auto continued = continue_ids(database);
    if (!continued) return tl::unexpected(std::move(continued.error()));
    auto known = database.number(select_tenant, tenant_name);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) return **known;
    auto made = database.number(insert_tenant, tenant_name);
    if (!made) return tl::unexpected(std::move(made.error()));
    return made->value_or(unknown_tenant);
}

result<std::unique_ptr<transaction>> sqlite_store::begin(std::string_view tenant_id) {
    auto named = check_tenant_name(tenant_id);
    if (!named) return tl::unexpected(std::move(named.error()));
    auto writer = take_writer();
    if (!writer) return tl::unexpected(std::move(writer.error()));
    // From here the transaction's destructor rolls back and gives the connection back, whatever happens.
    connection& database = **writer;
    session with{std::move(*writer), this, &ids_, std::string(tenant_id), unknown_tenant, time_->now()};
    auto tenant = begin_writing(database, tenant_id);
    if (tenant) with.tenant_id = *tenant;
    auto made = std::make_unique<sqlite_transaction>(std::move(with));
    if (!tenant) return tl::unexpected(std::move(tenant.error()));
    return made;
}

result<std::unique_ptr<transaction>> sqlite_store::begin_read(std::string_view tenant_id) {
    auto named = check_tenant_name(tenant_id);
    if (!named) return tl::unexpected(std::move(named.error()));
    auto reader = take_reader();
    if (!reader) return tl::unexpected(std::move(reader.error()));
    connection& database = **reader;
    session with{std::move(*reader), this, nullptr, std::string(tenant_id), unknown_tenant, time_->now()};
    auto begun = database.execute("BEGIN");
    // The first read is what fixes the snapshot.
    auto tenant = begun ? database.number(select_tenant, tenant_id) : tl::unexpected(std::move(begun.error()));
    if (tenant) with.tenant_id = tenant->value_or(unknown_tenant);
    auto made = std::make_unique<sqlite_transaction>(std::move(with));
    if (!tenant) return tl::unexpected(std::move(tenant.error()));
    return made;
}

void sqlite_store::committed(connection& database, std::int64_t tenant_id, std::string_view tenant, const log_head& head) {
    const auto contains = [&](const log_head& known) -> result<bool> {
        cursor row = database.use(select_log_hash);
        auto there = row.bind(tenant_id, known.log_no).step();
        if (!there) return tl::unexpected(std::move(there.error()));
        return *there && to_hex(row.view(0)) == known.hash;
    };
    auto kept = advance_head(head_path_, tenant, head, busy_timeout_ms_, contains);
    const std::lock_guard lock(mutex_);
    head_failure_ = kept ? std::nullopt : std::optional(std::move(kept.error()));
}

result<proof> sqlite_store::verify_with(connection& database, std::string_view tenant, must_contain heads) {
    auto begun = database.execute("BEGIN");
    if (!begun) return tl::unexpected(std::move(begun.error()));
    auto tenant_id = database.number(select_tenant, tenant);
    if (!tenant_id) return tl::unexpected(std::move(tenant_id.error()));
    return prove(database, tenant, tenant_id->value_or(unknown_tenant), std::move(heads));
}

result<proof> sqlite_store::verify(std::string_view tenant_id, std::span<const log_head> noted) {
    auto named = check_tenant_name(tenant_id);
    if (!named) return tl::unexpected(std::move(named.error()));
    // Before the snapshot, so that no writer can put the kept head ahead of what is read.
    auto kept = read_heads(head_path_);
    must_contain heads{{}, {noted.begin(), noted.end()}, {}};
    if (!kept)
        heads.unreadable = kept.error().text;
    else if (const auto own = kept->find(tenant_id); own != kept->end())
        heads.kept = own->second;
    auto reader = take_reader();
    if (!reader) return tl::unexpected(std::move(reader.error()));
    auto proved = verify_with(**reader, tenant_id, std::move(heads));
    auto ended = (*reader)->execute("ROLLBACK");
    if (ended) give_back(std::move(*reader), false);
    return proved;
}

result<std::vector<std::string>> sqlite_store::tenants() {
    auto reader = take_reader();
    if (!reader) return tl::unexpected(std::move(reader.error()));
    std::vector<std::string> names;
    {
        cursor rows = (*reader)->use(select_tenants);
        auto there = rows.step();
        for (; there && *there; there = rows.step())
            names.push_back(rows.text(0));
        if (!there) return tl::unexpected(std::move(there.error()));
    }
    give_back(std::move(*reader), false);
    return names;
}

}  // namespace

}  // namespace sqlite

result<std::unique_ptr<store>> open_sqlite_store(const std::string& path, clock& time, int busy_timeout_ms) {
    auto made = std::make_unique<sqlite::sqlite_store>(path, time, busy_timeout_ms);
    auto prepared = made->prepare();
    if (!prepared) return tl::unexpected(std::move(prepared.error()));
    return made;
}

}  // namespace brygga::ledger
