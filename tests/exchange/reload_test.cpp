// brygga run at SIGHUP: what it knows stays known, and a configuration that cannot run costs nothing.
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "tests/exchange/running_service.hpp"
#include "tests/transfer/silent_server.hpp"

namespace brygga::exchange::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class reload : public running_service {
 protected:
    // The free port that a server gave back.
    [[nodiscard]] static std::uint16_t free_port() { return transfer::test::silent_server().port; }
};

TEST_F(reload, tells_that_an_alarm_is_over_which_the_new_configuration_does_not_have) {
    const std::string command = "[alarm]\nevery_ms = 20\ncommand = ['tee', '-a', 'heard.json']\n";
    configure_top(command, "[[tenant.expect]]\nformat = 'camt.054'\nby = 'daily 00:00'\n");
    process runs(folder.path());
    ASSERT_TRUE(says("heard.json", R"("alarm":"file-missing","state":"begins")")) << log();
    configure_top(command);
    runs.signal(SIGHUP);
    EXPECT_TRUE(logged("event=alarm-over tenant=energi alarm=file-missing"));
    EXPECT_TRUE(says("heard.json", R"("alarm":"file-missing","state":"over")")) << log();
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(reload, does_not_forget_that_a_partner_was_missed) {
    configure_top("[alarm]\nevery_ms = 20\n[metrics]\nfile = 'brygga.prom'\n");
    std::string text = content("brygga.toml");
    const std::string port = "port = " + std::to_string(bank.port()), retry = "retry_ms = 1\n";
    text.replace(text.rfind(port), port.size(), "port = 1");
    for (std::size_t at = text.find(retry); at != std::string::npos; at = text.find(retry))
        text.replace(at, retry.size(), "retry_ms = 3600000\n");
    intake_test::put(folder.path() / "brygga.toml", text);
    const std::string missed = R"(brygga_partner_visits_total{tenant="energi",partner="bank",result="missed"} )";
    process runs(folder.path());
    ASSERT_TRUE(says("brygga.prom", missed + "1\n")) << log();
    runs.signal(SIGHUP);
    EXPECT_TRUE(says("brygga.prom", missed + "2\n")) << content("brygga.prom");
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

// As long as nobody can open the ledger, the service is at its start.
class locked_ledger {
 public:
    explicit locked_ledger(const std::filesystem::path& file) {
        EXPECT_EQ(sqlite3_open(file.c_str(), &ledger_), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(ledger_, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
    }
    locked_ledger(const locked_ledger&) = delete;
    locked_ledger& operator=(const locked_ledger&) = delete;
    ~locked_ledger() { sqlite3_close(ledger_); }

 private:
    sqlite3* ledger_ = nullptr;
};

[[nodiscard]] bool blocks_hangups(pid_t id) {
    static_assert(SIGHUP == 1);  // the lowest bit of sixteen hexadecimal digits
    const std::string status = intake_test::get("/proc/" + std::to_string(id) + "/status");
    const std::size_t digits = status.find("SigBlk:\t") + 8;
    return digits + 15 < status.size() && std::string("13579bdf").find(status[digits + 15]) != std::string::npos;
}

TEST_F(reload, during_the_start_does_not_end_the_service) {
    auto lock = std::make_unique<locked_ledger>(folder.path() / "brygga.db");
    process runs(folder.path());
    ASSERT_TRUE(soon([&] { return blocks_hangups(runs.id()); })) << "before the ledger was opened";
    EXPECT_THAT(log(), Not(HasSubstr("event=service-started")));
    runs.signal(SIGHUP);
    lock.reset();
    EXPECT_TRUE(logged("event=service-reloaded"));
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(reload, is_refused_when_the_new_port_for_metrics_is_taken) {
    const transfer::test::silent_server taken;
    process runs(folder.path());
    ASSERT_TRUE(logged("event=service-started"));
    configure_top("[metrics]\nport = " + std::to_string(taken.port) + "\n");
    runs.signal(SIGHUP);
    EXPECT_TRUE(logged("event=reload-refused"));
    EXPECT_THAT(log(), HasSubstr("is not free for the metrics"));
    intake_test::put(folder.path() / "energi/inbox/by-hand.xml", fixture("camt/example.054.02.xml"));
    EXPECT_TRUE(soon([&] { return files_below("energi/inbox") == 0; })) << log();
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(reload, leaves_the_port_for_metrics_open_or_changes_it) {
    const std::uint16_t first = free_port();
    const auto asks = [](std::uint16_t port) { return httplib::Client("127.0.0.1", port).Get("/metrics"); };
    configure_top("[metrics]\nport = " + std::to_string(first) + "\n");
    process runs(folder.path());
    ASSERT_TRUE(soon([&] { return asks(first) != nullptr; })) << log();
    runs.signal(SIGHUP);
    EXPECT_TRUE(logged("event=service-reloaded"));
    EXPECT_TRUE(asks(first)) << "at any moment";
    const std::uint16_t second = free_port();
    configure_top("[metrics]\nport = " + std::to_string(second) + "\n");
    runs.signal(SIGHUP);
    EXPECT_TRUE(soon([&] { return asks(second) != nullptr; })) << log();
    EXPECT_TRUE(soon([&] { return asks(first) == nullptr; })) << log();
    configure_top("");
    runs.signal(SIGHUP);
    EXPECT_TRUE(soon([&] { return asks(second) == nullptr; })) << log();
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

constexpr const char* third_company =
    "[[tenant]]\nid = 'vatten'\nname = 'Exempel Vatten AB'\nfolder = 'vatten'\n"
    "[[tenant.bankgiro]]\nnumber = '5050-1055'\nocr = {level = 3}\n";

TEST_F(reload, makes_the_folders_of_a_new_company) {
    process runs(folder.path());
    ASSERT_TRUE(logged("event=service-started"));
    configure(third_company);
    runs.signal(SIGHUP);
    ASSERT_TRUE(logged("event=service-reloaded"));
    intake_test::put(folder.path() / "vatten/inbox/by-hand.xml", fixture("camt/example.054.02.xml"));
    EXPECT_TRUE(soon([&] { return files_below("vatten/inbox") == 0; })) << log();
    EXPECT_THAT(log(), Not(HasSubstr(" error ")));
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(reload, is_refused_when_a_folder_cannot_be_made) {
    process runs(folder.path());
    ASSERT_TRUE(logged("event=service-started"));
    intake_test::put(folder.path() / "vatten", "a file");
    configure(third_company);
    runs.signal(SIGHUP);
    EXPECT_TRUE(logged("event=reload-refused"));
    EXPECT_THAT(log(), HasSubstr("cannot make the folder"));
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

// Each worker needs descriptors: many partners need more than this process may have.
TEST_F(reload, that_fails_at_once_gives_way_to_the_old_configuration) {
    process runs(folder.path(), [] {
        const rlimit few{64, 64};
        ::setrlimit(RLIMIT_NOFILE, &few);
    });
    ASSERT_TRUE(logged("event=service-started"));
    std::string many;
    for (int number = 0; number < 64; ++number)
        many += "[[tenant.partner]]\nid = 'p" + std::to_string(number) +
                "'\nhost = '127.0.0.1'\nport = 1\nuser = 'x'\nhost_keys = ['" + bank.settings().host_keys.front() +
                "']\nkey_file = 'none'\n[[tenant.partner.fetch]]\nfolder = 'x'\nthen = 'remove'\n";
    configure(many);
    runs.signal(SIGHUP);
    EXPECT_TRUE(logged("event=reload-failed"));
    EXPECT_THAT(log(), HasSubstr("cannot watch folders"));
    intake_test::put(folder.path() / "energi/inbox/by-hand.xml", fixture("camt/example.054.02.xml"));
    EXPECT_TRUE(soon([&] { return files_below("energi/inbox") == 0; })) << log();
    configure();
    runs.signal(SIGHUP);
    EXPECT_TRUE(soon([&] { return log().rfind("event=service-reloaded") > log().rfind("event=reload-failed"); })) << log();
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(reload, opens_the_log_anew_and_sets_its_level) {
    process runs(folder.path());
    ASSERT_TRUE(logged("event=service-started"));
    std::filesystem::rename(folder.path() / "brygga.log", folder.path() / "brygga.log.1");
    runs.signal(SIGHUP);
    ASSERT_TRUE(logged("event=service-reloaded"));
    EXPECT_THAT(content("brygga.log.1"), Not(HasSubstr("event=service-reloaded")));

    std::string text = content("brygga.toml");
    text.replace(text.find("[log]\n"), 6, "[log]\nlevel = 'error'\n");
    intake_test::put(folder.path() / "brygga.toml", text);
    std::filesystem::rename(folder.path() / "brygga.log", folder.path() / "brygga.log.2");
    runs.signal(SIGHUP);
    ASSERT_TRUE(soon([&] { return std::filesystem::exists(folder.path() / "brygga.log"); }));
    configure("bogus = 1\n");
    std::filesystem::rename(folder.path() / "brygga.log", folder.path() / "brygga.log.3");
    runs.signal(SIGHUP);
    EXPECT_TRUE(logged("event=reload-refused")) << "a configuration with faults is no reason to write to the old file";
    EXPECT_EQ(runs.end(SIGTERM), 0);
    EXPECT_THAT(log() + content("brygga.log.3"), Not(HasSubstr(" info ")));
}

TEST_F(reload, is_refused_when_the_new_log_cannot_be_opened) {
    process runs(folder.path());
    ASSERT_TRUE(logged("event=service-started"));
    std::string text = content("brygga.toml");
    text.replace(text.find("'brygga.log'"), 12, "'brygga.db/log'");
    intake_test::put(folder.path() / "brygga.toml", text);
    runs.signal(SIGHUP);
    EXPECT_TRUE(logged("event=reload-refused"));
    EXPECT_THAT(log(), HasSubstr("cannot open the log"));
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

}  // namespace
}  // namespace brygga::exchange::test
