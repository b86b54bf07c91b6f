// What Prometheus is told.
#include "connectors/service/metrics.hpp"

#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "connectors/service/memory.hpp"
#include "connectors/service/metrics_server.hpp"
#include "tests/ledger/store_fixture.hpp"

namespace brygga::service {
namespace {

using ledger::must;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

TEST(exposition, is_what_the_format_says) {
    exposition page;
    page.family("brygga_files_total", metric_kind::counter, "Files that came.");
    page.sample({{"tenant", "nat"}, {"format", "a\"b\\c\nd"}}, 12);
    page.family("brygga_start_timestamp_seconds", metric_kind::gauge, "When.");
    page.moment({}, 1'795'176'000'007);
    EXPECT_EQ(page.text(),
              "# HELP brygga_files_total Files that came.\n"
              "# TYPE brygga_files_total counter\n"
              "brygga_files_total{tenant=\"nat\",format=\"a\\\"b\\\\c\\nd\"} 12\n"
              "# HELP brygga_start_timestamp_seconds When.\n"
              "# TYPE brygga_start_timestamp_seconds gauge\n"
              "brygga_start_timestamp_seconds 1795176000.007\n");
}

TEST(partner_board, counts_visits_and_knows_since_when_a_partner_is_missed) {
    partner_board board;
    const timing::moment first{milliseconds(1000)}, later{milliseconds(5000)};
    board.missed("nat", "bank", first);
    board.missed("nat", "bank", later);
    board.reached("nat", "print", later);
    const auto all = board.all();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].missed, 2U);
    EXPECT_EQ(all[0].missed_since, first);
    EXPECT_FALSE(all[0].last_reached);
    EXPECT_EQ(all[1].last_reached, later);
    board.reached("nat", "bank", later);
    EXPECT_FALSE(board.all()[0].missed_since);
    board.missed("nat", "bank", later);
    board.not_needed("nat", "bank");
    EXPECT_FALSE(board.all()[0].missed_since) << "what waited for it is gone";
    EXPECT_EQ(board.all()[0].reached, 1U);
    board.looked("nat", "bank", {"out", 0}, false, first);
    board.looked("nat", "bank", {"out", 0}, false, later);
    board.looked("nat", "bank", {"out", 1}, true, later);
    EXPECT_EQ(board.all()[0].failing.at({"out", 0}), first) << "another rule for the folder says nothing of this one";
    board.looked("nat", "bank", {"out", 0}, true, later);
    EXPECT_THAT(board.all()[0].failing, testing::IsEmpty());
}

TEST(unreached, is_an_alarm_after_the_time_that_is_allowed) {
    config::tenant who;
    who.id = "nat";
    const timing::moment since{milliseconds(0)};
    const std::vector<partner_visits> visits = {
        {"nat", "bank", 0, 3, {}, since, {}},
        {"nat", "print", 1, 0, since, {}, {{{"out", 0}, since + std::chrono::hours(1)}, {{"out", 1}, since}}},
        {"el", "bank", 0, 3, {}, since, {}}};
    EXPECT_TRUE(unreached(who, visits, since + std::chrono::minutes(59), std::chrono::minutes(60)).empty());
    const auto told = unreached(who, visits, since + std::chrono::minutes(60), std::chrono::minutes(60));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1].kind, alarm_kind::not_fetched);
    EXPECT_EQ(told[1].subject, "print:out");
    EXPECT_EQ(told[0].kind, alarm_kind::not_reached);
    EXPECT_EQ(told[0].subject, "bank");
    EXPECT_THAT(told[0].text, HasSubstr("bank has not been reached since 1970-01-01T00:00:00Z"));
}

class metrics : public ledger::store_test {};

TEST_P(metrics, count_what_came_and_what_goes_out) {
    config::settings with;
    with.tenants.resize(1);
    with.tenants[0].id = std::string(ledger::tenant);
    auto into = begin();
    for (const auto outcome : {ledger::file_outcome::archived, ledger::file_outcome::archived, ledger::file_outcome::held}) {
        ledger::exchanged_file file;
        file.id = into->allot_id();
        file.claim = ledger::format_id(file.id);
        file.name = "Anna Exempel.xml";
        file.format = "camt.054";
        file.sha256 = std::string(64, 'b');
        file.receipt = "{}";
        file.outcome = outcome;
        must(into->add_file(file));
        if (outcome != ledger::file_outcome::held) continue;
        ledger::hold item;
        item.file_id = file.id;
        item.subject = ledger::hold_subject::section;
        item.logical_no = item.section_no = 1;
        item.reasons = "CAMT-R10";
        item.detail = "{}";
        must(into->add_hold(item));
    }
    ledger::outgoing item{0, "key", "bank", "in", "Anna Exempel.xml", "pain.001", "ref", std::string(64, 'a'), 17, 0};
    must(into->exchange().add_outgoing(item));
    must(into->commit());
    const timing::moment now{milliseconds(time.now_ms)};
    const std::string page = must(metrics_of(with, *ledger,
                                             {now,
                                              now,
                                              {{alarm_kind::rejected, with.tenants[0].id, "x", "y"}},
                                              {{"stadsnat", "bank", 2, 1, now, {}, {}}},
                                              {{"stadsnat", retention::kind::archive, 3}}}))
                                 .text();
    for (const char* const line : {"brygga_files_total{tenant=\"stadsnat\",format=\"camt.054\",outcome=\"archived\"} 2\n",
                                   "brygga_files_total{tenant=\"stadsnat\",format=\"camt.054\",outcome=\"held\"} 1\n",
                                   "brygga_waiting{tenant=\"stadsnat\",what=\"sections\"} 1\n",
                                   "brygga_outgoing{tenant=\"stadsnat\",partner=\"bank\",state=\"queued\"} 1\n",
                                   "brygga_partner_visits_total{tenant=\"stadsnat\",partner=\"bank\",result=\"missed\"} 1\n",
                                   "brygga_retention_removed_total{tenant=\"stadsnat\",kind=\"archive\"} 3\n",
                                   "brygga_alarms{tenant=\"stadsnat\",alarm=\"rejected\"} 1\n",
                                   "brygga_alarms{tenant=\"stadsnat\",alarm=\"not-reached\"} 0\n",
                                   "brygga_alarms{tenant=\"stadsnat\",alarm=\"not-fetched\"} 0\n",
                                   "brygga_alarms{tenant=\"stadsnat\",alarm=\"unsent\"} 0\n"})
        EXPECT_THAT(page, HasSubstr(line));
    EXPECT_THAT(page, Not(HasSubstr("Anna")));
}

BRYGGA_ALL_STORES(metrics);

// The question is answered as long as it is there, and nobody waits when it ends.
TEST(metrics_server, answers_who_asks_on_this_machine) {
    metrics_page page;
    page.set("brygga_alarms 0\n");
    auto server = must(metrics_server::open(0, page));
    const std::uint16_t port = server->port();
    httplib::Client asks("127.0.0.1", port);
    httplib::Result told = asks.Get("/metrics");
    for (int tries = 0; !told && tries < 1000; ++tries)
        told = asks.Get("/metrics");
    ASSERT_TRUE(told);
    EXPECT_EQ(told->status, 200);
    EXPECT_EQ(told->body, "brygga_alarms 0\n");
    EXPECT_EQ(told->get_header_value("Content-Type"), exposition_type);
    page.set("brygga_alarms 1\n");
    EXPECT_EQ(asks.Get("/metrics")->body, "brygga_alarms 1\n");
    EXPECT_EQ(asks.Get("/")->status, 404);
    EXPECT_EQ(asks.Post("/metrics", std::string(100'000, 'x'), "text/plain")->status, 413);
    EXPECT_EQ(metrics_server::open(port, page).error().code, error_code::busy) << "a port is for one process";
    server.reset();
    EXPECT_TRUE(metrics_server::open(port, page)) << "free again";
}

TEST(metrics_server, ends_though_it_may_not_listen_yet) {
    const metrics_page page;
    EXPECT_TRUE(metrics_server::open(0, page));
}

TEST(metrics_server, is_waited_for_until_a_stop) {
    const metrics_page page;
    const auto server = must(metrics_server::open(0, page));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(server->wait(stop.get_token()));
}

config::settings with_port(std::optional<std::uint16_t> port) {
    config::settings out;
    out.metrics.port = port;
    return out;
}

TEST(memory, keeps_a_port_that_the_next_configuration_wants_too) {
    filedrop::file_system& files = filedrop::posix_file_system();
    memory knows(nullptr, {});
    knows.metrics = must(metrics_server::open(0, knows.page));
    const metrics_server* const first = knows.metrics.get();
    const config::settings same = with_port(first->port());
    auto opened = must(knows.open_metrics(same));
    EXPECT_EQ(opened, nullptr);
    knows.change_to(same, std::move(opened), files);
    EXPECT_EQ(knows.metrics.get(), first);

    const config::settings none = with_port(std::nullopt);
    knows.change_to(none, must(knows.open_metrics(none)), files);
    EXPECT_EQ(knows.metrics, nullptr);
}

TEST(memory, forgets_partners_that_are_gone_and_keeps_since_when_the_others_are_missed) {
    memory knows(nullptr, {});
    const timing::moment first{milliseconds(1000)};
    for (const char* const tenant : {"nat", "energi"})
        for (const char* const partner : {"bank", "print"})
            knows.board.missed(tenant, partner, first);
    config::settings with;
    with.tenants.resize(1);
    with.tenants[0].id = "nat";
    with.tenants[0].partners.resize(1);
    with.tenants[0].partners[0].id = "bank";
    with.tenants[0].partners[0].fetches.resize(1);
    with.tenants[0].partners[0].fetches[0].folder = "out";
    for (const fetch_place& place : {fetch_place{"out", 0}, fetch_place{"out", 1}, fetch_place{"gone", 0}})
        knows.board.looked("nat", "bank", place, false, first);
    knows.change_to(with, nullptr, filedrop::posix_file_system());
    const auto left = knows.board.all();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].tenant + left[0].partner, "natbank");
    EXPECT_EQ(left[0].missed_since, first);
    EXPECT_EQ(left[0].failing, (std::map<fetch_place, timing::moment>{{{"out", 0}, first}}));
}

}  // namespace
}  // namespace brygga::service
