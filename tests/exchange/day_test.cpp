// A day with two companies and one bank, over OpenSSH: what the bank has laid out is fetched and booked, what was laid into an
// outbox reaches the bank, status tells both. The command is killed at each step on the way, and the server's process too.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/transfer/deliver.hpp"
#include "tests/exchange/two_companies.hpp"

namespace brygga::exchange::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using day = two_companies;

TEST_F(day, files_come_and_go_for_two_companies) {
    bank.put("nat-out/camt.054.xml", fixture("camt/example.054.02.xml"));
    bank.put("nat-out/readme.txt", "not fetched");
    bank.put("nat-out/camt.growing.tmp", "not yet");
    intake_test::put(folder.path() / "energi/outbox/pain.xml", fixture("pain/example.001.03.xml"));

    const auto came = brygga("intake --once");
    EXPECT_THAT(came.out, HasSubstr("fetched 1 file for nat from bank:nat-out\n"));
    EXPECT_THAT(came.out, HasSubstr("fetched 0 files for energi from bank:energi-out\n"));
    EXPECT_THAT(came.out, HasSubstr("archived nat/camt.054.xml"));
    EXPECT_THAT(came.out, HasSubstr("booked 2049.50 SEK"));
    EXPECT_EQ(came.err, "");
    EXPECT_THAT(bank.names("nat-out"), ElementsAre("camt.growing.tmp", "readme.txt"));

    const auto went = brygga("dispatch --once");
    EXPECT_EQ(went.exit_code, 0) << went.out << went.err;
    EXPECT_THAT(went.out, HasSubstr("sent energi/pain.xml to bank"));
    EXPECT_THAT(bank.names("energi-in"), ElementsAre("pain.xml"));
    EXPECT_EQ(bank.content("energi-in/pain.xml"), fixture("pain/example.001.03.xml"));

    EXPECT_THAT(brygga("status --tenant nat").out, HasSubstr("  partners: 1 file fetched, 0 files sent\n"));
    EXPECT_THAT(brygga("status --tenant energi").out, HasSubstr("  partners: 0 files fetched, 1 file sent\n"));

    EXPECT_EQ(brygga("dispatch --once").out, "nothing to send\n");
    EXPECT_THAT(brygga("intake --once").out, HasSubstr("0 files: 0 archived"));
    EXPECT_EQ(brygga("verify").exit_code, 0);
}

TEST_F(day, a_changed_host_key_stops_both_ways_until_a_person_has_looked) {
    bank.put("nat-out/camt.054.xml", fixture("camt/example.054.02.xml"));
    intake_test::put(folder.path() / "nat/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    bank.new_host_key("ed25519");
    const auto came = brygga("intake --once");
    EXPECT_EQ(came.exit_code, 2);
    EXPECT_THAT(came.out, HasSubstr("partner bank: host-key: the server's key is SHA256:"));
    const auto went = brygga("dispatch --once");
    EXPECT_EQ(went.exit_code, 2);
    EXPECT_THAT(went.out, HasSubstr("host-key"));
    EXPECT_THAT(brygga("status --tenant nat").out, HasSubstr("waiting to be sent:\n"));
    EXPECT_THAT(bank.names("nat-in"), IsEmpty());
    EXPECT_THAT(bank.names("nat-out"), ElementsAre("camt.054.xml"));
}

TEST_F(day, a_name_that_is_taken_at_the_bank_waits_for_a_person) {
    bank.put("nat-in/pain.xml", "another file");
    intake_test::put(folder.path() / "nat/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    const auto went = brygga("dispatch --once");
    EXPECT_EQ(went.exit_code, 1) << went.out;
    EXPECT_THAT(went.out, HasSubstr("failed nat/pain.xml to bank"));
    const auto status = brygga("status --tenant nat");
    EXPECT_THAT(status.out, HasSubstr("attempt 1: name-taken"));
    EXPECT_EQ(bank.content("nat-in/pain.xml"), "another file");

    bank.remove("nat-in/pain.xml");
    resend("pain.xml", "nat");
    EXPECT_EQ(brygga("dispatch --once").exit_code, 0);
    EXPECT_EQ(bank.content("nat-in/pain.xml"), fixture("pain/example.001.03.xml"));
}

// Nobody goes on with what a dead process had begun for a partner that is gone.
TEST_F(day, an_attempt_that_died_can_be_closed_when_its_partner_is_gone) {
    intake_test::put(folder.path() / "nat/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    EXPECT_EQ(brygga("dispatch --once --die-at attempt-noted").exit_code, 128 + 9);
    const std::string close = "close " + id_of("pain.xml", "nat") + " --tenant nat --actor eva --reason 'sent by hand'";
    EXPECT_EQ(brygga(close).exit_code, 2) << "the next dispatch goes on with it";
    const std::string text = intake_test::get(folder.path() / "brygga.toml");
    intake_test::put(folder.path() / "brygga.toml", text.substr(0, text.find("[[tenant.partner]]")));
    EXPECT_THAT(brygga("status --tenant nat").out, HasSubstr("alarm unsent"));
    EXPECT_EQ(brygga(close).exit_code, 0);
    EXPECT_THAT(brygga("status --tenant nat").out, Not(HasSubstr("alarm")));
}

// The answer comes as any other file; which order it answers stands in it.
TEST_F(day, the_answer_of_the_bank_says_what_became_of_an_order) {
    intake_test::put(folder.path() / "nat/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    ASSERT_EQ(brygga("dispatch --once").exit_code, 0);
    std::string taken = fixture("pain/example.002.03.xml");
    for (const char* const each : {"PART", "RJCT"})
        for (std::size_t at = taken.find(each); at != std::string::npos; at = taken.find(each))
            taken.replace(at, 4, "ACCP");
    bank.put("nat-out/camt-taken.xml", taken);
    EXPECT_THAT(brygga("intake --once").out, HasSubstr("archived nat/camt-taken.xml"));
    EXPECT_THAT(brygga("status --tenant nat").out, Not(HasSubstr("rejected:")));

    bank.put("nat-out/camt-partly.xml", fixture("pain/example.002.03.xml"));
    static_cast<void>(brygga("intake --once"));
    const auto status = brygga("status --tenant nat");
    EXPECT_THAT(status.out, HasSubstr("pain.xml to bank  rejected, attempt 1: not all: AC04 B17\n"));
    EXPECT_EQ(brygga("close " + id_of("pain.xml", "nat") + " --tenant nat --actor eva --reason 'paid by hand'").exit_code, 0);
    EXPECT_THAT(brygga("status --tenant nat").out, Not(HasSubstr("pain.xml")));
    EXPECT_EQ(brygga("verify").exit_code, 0);

    bank.put("energi-out/camt-strange.xml", fixture("pain/example.002.03.xml"));
    EXPECT_THAT(brygga("intake --once").out, HasSubstr("rejected energi/camt-strange.xml"));
}

class day_of_death : public day, public ::testing::WithParamInterface<std::string> {};

TEST_P(day_of_death, ends_with_one_file_on_each_side) {
    bank.put("nat-out/camt.054.xml", fixture("camt/example.054.02.xml"));
    intake_test::put(folder.path() / "nat/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    static_cast<void>(dies_sending_at(GetParam()));
    static_cast<void>(brygga("intake --once"));
    EXPECT_EQ(brygga("dispatch --once").exit_code, 0);
    EXPECT_THAT(bank.names("nat-out"), IsEmpty());
    EXPECT_THAT(bank.names("nat-in"), ElementsAre("pain.xml"));
    EXPECT_EQ(bank.content("nat-in/pain.xml"), fixture("pain/example.001.03.xml"));
    expect_one_file_on_each_side();
}
INSTANTIATE_TEST_SUITE_P(
    at, day_of_death, ::testing::ValuesIn(steps_on_the_way({transfer::delivery_steps.begin(), transfer::delivery_steps.end()})),
    [](const auto& of) { return test_name(of.param); });

}  // namespace
}  // namespace brygga::exchange::test
