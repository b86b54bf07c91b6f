// brygga run as a process: what arrives is booked, what is laid out at the bank or into an outbox goes its way, without anybody
// starting anything; and how it ends, reloads, and shares nothing.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/exchange/running_service.hpp"

namespace brygga::exchange::test {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class service : public running_service {};

TEST_F(service, carries_files_both_ways_for_two_companies_until_it_is_stopped) {
    bank.put("nat-out/camt.054.xml", fixture("camt/example.054.02.xml"));
    process runs(folder.path());
    ASSERT_TRUE(logged("event=service-started"));
    intake_test::put(folder.path() / "energi/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    EXPECT_TRUE(soon([&] { return bank.names("energi-in") == std::vector<std::string>{"pain.xml"}; })) << log();
    EXPECT_TRUE(soon([&] { return files_below("nat/archive") == 2; })) << log();
    intake_test::put(folder.path() / "energi/inbox/by-hand.xml", fixture("camt/example.054.02.xml"));
    EXPECT_TRUE(soon([&] { return files_below("energi/inbox") == 0; })) << log();

    EXPECT_EQ(runs.end(SIGTERM), 0);
    EXPECT_THAT(log(), HasSubstr("event=service-stopped"));
    EXPECT_THAT(bank.names("nat-out"), IsEmpty());
    EXPECT_THAT(brygga("status --tenant nat").out, HasSubstr("account bank                  2049.50 SEK"));
    EXPECT_THAT(brygga("status --tenant nat").out, HasSubstr("  partners: 1 file fetched, 0 files sent"));
    EXPECT_EQ(brygga("verify").exit_code, 0);
}

TEST_F(service, goes_on_where_it_was_killed) {
    bank.put("nat-out/camt.054.xml", fixture("camt/example.054.02.xml"));
    intake_test::put(folder.path() / "nat/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    for (int times = 0; times < 6; ++times) {
        process runs(folder.path());
        std::this_thread::sleep_for(milliseconds(60 * times));
        EXPECT_EQ(runs.end(SIGKILL), 128 + SIGKILL);
    }
    process runs(folder.path());
    EXPECT_TRUE(soon([&] { return bank.names("nat-in") == std::vector<std::string>{"pain.xml"}; })) << log();
    EXPECT_TRUE(soon([&] { return files_below("nat/archive") == 2; })) << log();
    EXPECT_TRUE(soon([&] { return bank.names("nat-out").empty(); })) << log();
    EXPECT_EQ(runs.end(SIGINT), 0);
    EXPECT_EQ(bank.content("nat-in/pain.xml"), fixture("pain/example.001.03.xml"));
    EXPECT_THAT(brygga("status --tenant nat").out, HasSubstr("account bank                  2049.50 SEK"));
    EXPECT_EQ(brygga("verify").exit_code, 0);
}

TEST_F(service, a_second_one_on_the_same_ledger_is_refused) {
    process runs(folder.path());
    ASSERT_TRUE(logged("event=service-started"));
    const auto second = brygga("run");
    EXPECT_EQ(second.exit_code, 2);
    EXPECT_THAT(second.err, HasSubstr("another brygga run works with this ledger"));
    EXPECT_EQ(brygga("status").exit_code, 0) << "the other commands work beside it";
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(service, reads_its_configuration_again_and_keeps_the_old_one_when_the_new_has_faults) {
    process runs(folder.path());
    ASSERT_TRUE(logged("event=service-started"));
    configure("bogus = 1\n");
    runs.signal(SIGHUP);
    EXPECT_TRUE(logged("event=reload-refused"));
    EXPECT_THAT(log(), HasSubstr("bogus"));

    configure("[[tenant.partner.fetch]]\nfolder = 'energi-late'\nthen = 'remove'\nquiet_ms = 0\n");
    bank.make_folder("energi-late");
    bank.put("energi-late/camt.xml", fixture("camt/example.054.02.xml"));
    runs.signal(SIGHUP);
    EXPECT_TRUE(logged("event=service-reloaded"));
    EXPECT_TRUE(soon([&] { return bank.names("energi-late").empty(); })) << log();
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(service, a_bank_that_is_gone_is_tried_again_and_keeps_nobody_else) {
    std::string good = intake_test::get(folder.path() / "brygga.toml");
    for (std::size_t at = good.find("retry_ms = 1\n"); at != std::string::npos; at = good.find("retry_ms = 1\n"))
        good.replace(at, 12, "retry_ms = 100");
    const std::string port = std::to_string(bank.port());
    std::string wrong = good;
    const std::size_t second = wrong.rfind("port = " + port);
    wrong.replace(second, 7 + port.size(), "port = 1");
    intake_test::put(folder.path() / "brygga.toml", wrong);
    bank.put("nat-out/camt.054.xml", fixture("camt/example.054.02.xml"));
    intake_test::put(folder.path() / "energi/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    process runs(folder.path());
    EXPECT_TRUE(soon([&] { return bank.names("nat-out").empty(); })) << log();
    EXPECT_TRUE(logged("refused-connection")) << log();
    intake_test::put(folder.path() / "brygga.toml", good);
    runs.signal(SIGHUP);
    EXPECT_TRUE(soon([&] { return bank.names("energi-in") == std::vector<std::string>{"pain.xml"}; })) << log();
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(service, an_alarm_is_told_to_the_command_once) {
    std::string text = intake_test::get(folder.path() / "brygga.toml");
    text.replace(text.find("[[tenant]]"), 0, "[alarm]\nevery_ms = 20\ncommand = ['tee', '-a', 'heard.json']\n");
    intake_test::put(folder.path() / "brygga.toml", text);
    bank.put("nat-in/pain.xml", "another file");
    intake_test::put(folder.path() / "nat/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    process runs(folder.path());
    EXPECT_TRUE(logged("event=alarm tenant=nat alarm=not-sent"));
    const auto heard = folder.path() / "heard.json";
    EXPECT_TRUE(soon([&] { return std::filesystem::exists(heard) && !intake_test::get(heard).empty(); }));
    const std::string first = intake_test::get(heard);
    EXPECT_THAT(first, HasSubstr(R"("alarm":"not-sent","state":"begins","tenant":"nat")"));
    EXPECT_THAT(brygga("status --tenant nat").out, HasSubstr("  alarm not-sent: bank did not get a file: name-taken"));
    const std::size_t at = first.find("\"subject\":\"") + 11;
    EXPECT_EQ(brygga("close " + first.substr(at, first.find('"', at) - at) + " --tenant nat --actor eva --reason gone").exit_code,
              0);
    EXPECT_TRUE(logged("event=alarm-over"));
    EXPECT_TRUE(soon([&] { return intake_test::get(heard).find("\"over\"") != std::string::npos; }));
    EXPECT_EQ(std::count(first.begin(), first.end(), '\n'), 1);
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(service, tells_prometheus_what_came_and_whom_it_reached) {
    std::string text = intake_test::get(folder.path() / "brygga.toml");
    text.replace(text.find("[[tenant]]"), 0, "[alarm]\nevery_ms = 20\n[metrics]\nfile = 'brygga.prom'\n");
    intake_test::put(folder.path() / "brygga.toml", text);
    bank.put("nat-out/camt.054.xml", fixture("camt/example.054.02.xml"));
    process runs(folder.path());
    const auto page = [&] {
        const auto file = folder.path() / "brygga.prom";
        return std::filesystem::exists(file) ? intake_test::get(file) : std::string();
    };
    EXPECT_TRUE(soon([&] {
        return page().find("brygga_files_total{tenant=\"nat\",format=\"camt.054\",outcome=\"archived\"} 1\n") !=
               std::string::npos;
    })) << page();
    EXPECT_THAT(page(), HasSubstr("brygga_partner_reached_timestamp_seconds{tenant=\"nat\",partner=\"bank\"} "));
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(service, once_does_everything_once) {
    bank.put("nat-out/camt.054.xml", fixture("camt/example.054.02.xml"));
    intake_test::put(folder.path() / "energi/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    const auto done = brygga("run --once");
    EXPECT_THAT(done.out, HasSubstr("archived nat/camt.054.xml"));
    EXPECT_THAT(done.out, HasSubstr("sent energi/pain.xml to bank"));
    EXPECT_THAT(bank.names("energi-in"), ElementsAre("pain.xml"));
}

}  // namespace
}  // namespace brygga::exchange::test
