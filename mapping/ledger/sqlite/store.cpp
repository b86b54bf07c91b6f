#include <chrono>
#include <condition_variable>
#include <mutex>

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
constexpr sql_text select_tenants = "SELECT name FROM tenant ORDER BY name";
// The commit record of a tenant's last transaction carries the highest id that it gave.
constexpr sql_text select_last_id =
    "SELECT max((SELECT id FROM log WHERE log.tenant_id = tenant.tenant_id ORDER BY log_no DESC LIMIT 1)) FROM tenant";

class sqlite_store final : public store, private connection_pool {
 public:
    sqlite_store(std::string path, clock& time, int busy_timeout_ms)
        : path_(std::move(path)), time_(&time), busy_timeout_ms_(busy_timeout_ms), ids_(time) {}

    result<void> prepare();
    result<std::unique_ptr<transaction>> begin(std::string_view tenant_id) override;
    result<std::unique_ptr<transaction>> begin_read(std::string_view tenant_id) override;
    result<proof> verify(std::string_view tenant_id) override;
    result<std::vector<std::string>> tenants() override;

 private:
    result<std::unique_ptr<connection>> take_writer();
    result<std::unique_ptr<connection>> take_reader();
    result<std::int64_t> begin_writing(connection& database, std::string_view tenant_name);
    result<void> continue_ids(connection& database);
    void give_back(std::unique_ptr<connection> used, bool writer) noexcept override;

    std::string path_;
    clock* time_;
    int busy_timeout_ms_;
    std::mutex mutex_;  // guards the pool below; ids_ and data_version_ belong to the one who holds the writer
    std::condition_variable writer_free_;
    bool writer_taken_ = false;
    std::unique_ptr<connection> writer_;
    std::vector<std::unique_ptr<connection>> readers_;
    id_generator ids_;
    std::int64_t data_version_ = -1;
};

result<void> check_tenant_name(std::string_view name) {
    if (name.empty() || name.size() > max_tenant_name)
        return fail(error_code::invalid_argument, "a tenant's name has 1 to 64 characters");
    return {};
}

result<void> sqlite_store::prepare() {
    auto opened = connection::open(path_, busy_timeout_ms_);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    auto migrated = migrate(**opened, all_migrations(), time_->now());
    if (!migrated) return migrated;
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
    session with{std::move(*writer), this, &ids_, unknown_tenant, time_->now()};
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
    session with{std::move(*reader), this, nullptr, unknown_tenant, time_->now()};
    auto begun = database.execute("BEGIN");
    // The first read is what fixes the snapshot.
    auto tenant = begun ? database.number(select_tenant, tenant_id) : tl::unexpected(std::move(begun.error()));
    if (tenant) with.tenant_id = tenant->value_or(unknown_tenant);
    auto made = std::make_unique<sqlite_transaction>(std::move(with));
    if (!tenant) return tl::unexpected(std::move(tenant.error()));
    return made;
}

result<proof> sqlite_store::verify(std::string_view tenant_id) {
    auto named = check_tenant_name(tenant_id);
    if (!named) return tl::unexpected(std::move(named.error()));
    auto reader = take_reader();
    if (!reader) return tl::unexpected(std::move(reader.error()));
    auto begun = (*reader)->execute("BEGIN");
    if (!begun) return tl::unexpected(std::move(begun.error()));
    auto tenant = (*reader)->number(select_tenant, tenant_id);
    if (!tenant) return tl::unexpected(std::move(tenant.error()));
    auto proved = prove(**reader, tenant->value_or(unknown_tenant));
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
