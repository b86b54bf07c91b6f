// brygga run among other processes: who started it, whom it starts, who reads what it writes, and what hangs.
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/exchange/running_service.hpp"
#include "tests/mail/smtp_double.hpp"
#include "tests/transfer/silent_server.hpp"

namespace brygga::exchange::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class service_process : public running_service {};

TEST_F(service_process, tells_an_alarm_once_though_its_parent_ignores_children) {
    configure_top("[alarm]\nevery_ms = 20\ncommand = ['tee', '-a', 'heard.json']\n");
    bank.put("nat-in/pain.xml", "another file");
    intake_test::put(folder.path() / "nat/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    process runs(folder.path(), [] { ::signal(SIGCHLD, SIG_IGN); });
    ASSERT_TRUE(says("heard.json", R"("state":"begins")")) << log();
    const std::string first = content("heard.json");
    const std::size_t at = first.find("\"subject\":\"") + 11;
    EXPECT_EQ(brygga("close " + first.substr(at, first.find('"', at) - at) + " --tenant nat --actor eva --reason gone").exit_code,
              0);
    EXPECT_TRUE(says("heard.json", R"("state":"over")")) << log();
    EXPECT_THAT(log(), Not(HasSubstr("event=alarm-not-told")));
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

TEST_F(service_process, shows_metrics_and_sends_mail_while_a_webhook_hangs) {
    const transfer::test::silent_server web;
    const brygga::mail::test::smtp_double mail;
    std::string top = "[alarm]\nevery_ms = 20\n[metrics]\nfile = 'brygga.prom'\n";
    top += "[alarm.webhook]\nurl = 'http://127.0.0.1:" + std::to_string(web.port) + "/'\n";
    top += "[alarm.mail]\nserver = 'smtp://127.0.0.1:" + std::to_string(mail.port()) + "'\n";
    top += "from = 'brygga@energi.example'\nto = ['jour@energi.example']\n";
    std::string late;
    for (const char* const format : {"camt.053", "camt.054"})
        late += "[[tenant.expect]]\nformat = '" + std::string(format) + "'\nby = 'daily 00:00'\n";
    configure_top(top, late);
    process runs(folder.path());
    EXPECT_TRUE(says("brygga.prom", R"(brygga_alarms{tenant="energi",alarm="file-missing"} 2)")) << log();
    EXPECT_TRUE(soon([&] { return mail.heard().find("file-missing: camt.054") != std::string::npos; })) << log();
    EXPECT_EQ(runs.end(SIGTERM), 0);
    EXPECT_THAT(log(), HasSubstr("event=service-stopped"));
}

TEST_F(service_process, ends_without_an_error_while_a_partner_keeps_it_waiting) {
    transfer::test::silent_server deaf;
    std::string text = content("brygga.toml");
    const std::string port = "port = " + std::to_string(bank.port());
    text.replace(text.rfind(port), port.size(), "port = " + std::to_string(deaf.port));
    intake_test::put(folder.path() / "brygga.toml", text);
    process runs(folder.path());
    ASSERT_TRUE(soon([&] { return deaf.called(); }));
    EXPECT_EQ(runs.end(SIGTERM), 0);
    EXPECT_THAT(log(), HasSubstr("info event=failed tenant=energi partner=bank file=\"\" step=connect fault=stopped"));
    EXPECT_THAT(log(), Not(HasSubstr(" error ")));
}

TEST_F(service_process, lets_everybody_read_the_metrics) {
    configure_top("[alarm]\nevery_ms = 20\n[metrics]\nfile = 'metrics/brygga.prom'\n");
    EXPECT_EQ(brygga("init").exit_code, 0);
    process runs(folder.path(), [] { ::umask(0027); });
    ASSERT_TRUE(says("metrics/brygga.prom", "brygga_start_timestamp_seconds")) << log();
    struct stat status {};
    ASSERT_EQ(::stat((folder.path() / "metrics/brygga.prom").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0644U);
    EXPECT_EQ(runs.end(SIGTERM), 0);
}

}  // namespace
}  // namespace brygga::exchange::test
