#include "tests/dispatch/office.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/intake/scratch_folder.hpp"

namespace brygga::dispatch::test {

namespace {

constexpr std::string_view configuration = R"(mode = "production"
store = "brygga.db"
originals = "originals"
[intake]
quiet_ms = 0
empty_quiet_ms = 0
[[tenant]]
id = "energi"
name = "Exempel Energi AB"
folder = "energi"
[[tenant.partner]]
id = "bank"
host = "sftp.bank.example"
user = "energi"
host_keys = ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]
key_file = "bank.key"
attempts = 5
first_retry_ms = 1000
longest_retry_ms = 8000
[[tenant.partner.send]]
outbox = "energi/outbox"
folder = "in"
)";

std::string fixture(const std::string& name) {
    return intake_test::get(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / "pain" / name);
}

// Of every file that was ever queued: nothing but a test wants them all.
std::vector<ledger::row_id> ids_of(const std::filesystem::path& database) {
    std::vector<ledger::row_id> ids;
    sqlite3* raw = nullptr;
    EXPECT_EQ(sqlite3_open(database.c_str(), &raw), SQLITE_OK);
    sqlite3_stmt* rows = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(raw, "SELECT id FROM outgoing", -1, &rows, nullptr), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW)
        ids.push_back(sqlite3_column_int64(rows, 0));
    sqlite3_finalize(rows);
    sqlite3_close(raw);
    return ids;
}

}  // namespace

std::string payment_order() {
    return fixture("example.001.03.xml");
}

std::string other_order() {
    return fixture("example.001.09.xml");
}

office::office(const std::filesystem::path& folder, const std::string& more) {
    auto read = config::parse(std::string(configuration) + more, folder, "brygga.toml");
    EXPECT_TRUE(read) << read.error().text;
    with = std::move(*read);
    EXPECT_TRUE(config::init_folders(with, filedrop::posix_file_system()));
    auto opened = ledger::open_sqlite_store(with.store, clock);
    EXPECT_TRUE(opened);
    store = std::move(*opened);
    how.base.time = &clock;
    how.base.files = &files;
    how.base.sleep = [this](std::chrono::milliseconds time) { clock.now_ms += time.count(); };
    how.random = [] { return 0U; };
    how.connect = [this](const partners::partner&, const std::stop_token&) { return bank.connect(); };
}

void office::lay(std::string_view name, std::string_view bytes) const {
    intake_test::put(outbox() / name, bytes);
}

dispatch_report office::run() {
    return dispatch_once(with, *store, how);
}

std::vector<std::string> office::queue() {
    const auto in = store->begin_read("energi");
    std::vector<std::string> told;
    if (!in) return {in.error().text};
    for (const ledger::row_id id : ids_of(with.store)) {
        const auto each = (*in)->exchange().outgoing_with_id(id);
        if (!each || !*each) return {"a file of the queue is not there"};
        told.push_back(fmt::format("{} {} {} {}", (*each)->row.name, name((*each)->newest.state), (*each)->newest.attempt,
                                   (*each)->newest.reason));
    }
    std::sort(told.begin(), told.end());
    return told;
}

void office::decide(std::string_view name, ledger::sending state) {
    const auto into = store->begin("energi");
    ASSERT_TRUE(into);
    for (const ledger::row_id id : ids_of(with.store)) {
        const auto each = (*into)->exchange().outgoing_with_id(id);
        if (!each || !*each || (*each)->row.name != name) continue;
        EXPECT_TRUE((*into)->exchange().add_event(id, {state, 0, "a test", "eva", 0}));
    }
    EXPECT_TRUE((*into)->commit());
}

std::vector<std::string> office::left_at_home() const {
    std::vector<std::string> found;
    for (const auto& each : std::filesystem::recursive_directory_iterator(outbox()))
        if (each.is_regular_file()) found.push_back(std::filesystem::relative(each.path(), outbox()).string());
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace brygga::dispatch::test
