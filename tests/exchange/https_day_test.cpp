// A day with one company and a bank over HTTPS, the command and all: what the bank has laid out is fetched and booked, what was
// laid into the outbox reaches it; and so in the end when the command is killed at any step, or nobody can know.
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/transfer/deliver.hpp"
#include "tests/exchange/exchange_day.hpp"
#include "tests/transfer/https_double.hpp"

namespace brygga::exchange::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using transfer::test::https_server;
using transfer::test::lie;
using transfer::test::made_out;
using transfer::test::test_certificate;

const std::string order = fixture("pain/example.001.03.xml");

class https_day : public exchange_day {
 protected:
    https_day() {
        bank.put("out/camt.054.xml", fixture("camt/example.054.02.xml"));
        configure(test_certificate(made_out::to_authority).chain);
        EXPECT_EQ(brygga("init").exit_code, 0);
        intake_test::put(folder.path() / "nat/outbox/pain.xml", order);
    }

    void configure(const std::filesystem::path& trusted) {
        const auto& client = test_certificate(made_out::to_client);
        intake_test::put(folder.path() / "bank.token", "t0k3n\n");
        intake_test::put(
            folder.path() / "brygga.toml",
            fmt::format("mode = 'production'\nstore = 'brygga.db'\noriginals = 'originals'\n[log]\nfile = 'brygga.log'\n"
                        "[intake]\nquiet_ms = 0\nempty_quiet_ms = 0\n"
                        "[[tenant]]\nid = 'nat'\nname = 'Exempel Nät AB'\nfolder = 'nat'\n"
                        "[[tenant.bankgiro]]\nnumber = '991-2346'\nocr = {{level = 3}}\n"
                        "[[tenant.partner]]\nid = 'bank'\nprotocol = 'https'\nurl = '{}'\nca_file = '{}'\n"
                        "certificate_file = '{}'\nkey_file = '{}'\ntoken = {{file = 'bank.token'}}\n"
                        "first_retry_ms = 1\nlongest_retry_ms = 1\n"
                        "[[tenant.partner.fetch]]\nfolder = 'out'\nnames = 'camt*.xml'\nthen = 'remove'\nquiet_ms = 0\n"
                        "[[tenant.partner.send]]\noutbox = 'nat/outbox'\nfolder = 'in'\nformats = ['pain.001']\n",
                        bank.settings().url, trusted.string(), client.chain.string(), client.key.string()));
    }
    [[nodiscard]] std::string log() const { return intake_test::get(folder.path() / "brygga.log"); }

    https_server bank{{.wants_certificate = true, .authorization = "Bearer t0k3n"}};
};

TEST_F(https_day, files_come_and_go) {
    const auto came = brygga("intake --once");
    EXPECT_THAT(came.out, HasSubstr("fetched 1 file for nat from bank:out\n"));
    EXPECT_THAT(came.out, HasSubstr("archived nat/camt.054.xml"));
    EXPECT_THAT(came.out, HasSubstr("booked 2049.50 SEK"));
    EXPECT_EQ(came.err, "");
    const auto went = brygga("dispatch --once");
    EXPECT_EQ(went.exit_code, 0) << went.out << went.err;
    EXPECT_THAT(went.out, HasSubstr("sent nat/pain.xml to bank"));
    EXPECT_THAT(bank.files(), ElementsAre(Pair("in/pain.xml", order)));
    EXPECT_THAT(brygga("status").out, HasSubstr("  partners: 1 file fetched, 1 file sent\n"));
    EXPECT_EQ(brygga("dispatch --once").out, "nothing to send\n");
    EXPECT_EQ(brygga("verify").exit_code, 0);
    EXPECT_THAT(log(), Not(HasSubstr("t0k3n")));
    EXPECT_THAT(log(), Not(HasSubstr("https:")));
}

TEST_F(https_day, a_certificate_that_nobody_we_trust_has_signed_stops_both_ways) {
    configure(test_certificate(made_out::to_stranger).chain);
    const auto came = brygga("intake --once");
    EXPECT_EQ(came.exit_code, 2);
    EXPECT_THAT(came.out, HasSubstr("partner bank: certificate: the server's certificate is not trusted"));
    const auto went = brygga("dispatch --once");
    EXPECT_EQ(went.exit_code, 2);
    EXPECT_THAT(went.out, HasSubstr("certificate"));
    EXPECT_THAT(brygga("status").out, HasSubstr("waiting to be sent:\n"));
    EXPECT_THAT(bank.requests(), ElementsAre());
}

TEST_F(https_day, a_refusal_after_all_bytes_went_is_tried_again_by_itself) {
    bank.play({"PUT", lie::says, "HTTP/1.1 507 Full\r\nContent-Length: 0\r\n\r\n"});
    EXPECT_NE(brygga("dispatch --once").exit_code, 0);
    EXPECT_THAT(brygga("status").out, HasSubstr("no-space"));
    EXPECT_EQ(brygga("dispatch --once").exit_code, 0);
    EXPECT_EQ(bank.files()["in/pain.xml"], order);
}

TEST_F(https_day, a_success_without_a_file_is_not_believed) {
    bank.play({"PUT", lie::claims});
    EXPECT_EQ(brygga("dispatch --once").exit_code, 1);
    EXPECT_THAT(brygga("status").out, HasSubstr("attempt 1: in-doubt"));
    EXPECT_EQ(brygga("dispatch --once").out, "nothing to send\n") << "a person must ask the bank";
    resend("pain.xml", "nat");
    EXPECT_EQ(brygga("dispatch --once").exit_code, 0);
    EXPECT_EQ(bank.files()["in/pain.xml"], order);
    EXPECT_THAT(brygga("status").out, HasSubstr("1 file sent\n"));
}

TEST_F(https_day, an_answer_that_is_lost_is_looked_for) {
    bank.play({"PUT", lie::cut_after});
    static_cast<void>(brygga("dispatch --once"));
    EXPECT_THAT(brygga("status").out, HasSubstr("unanswered"));
    EXPECT_EQ(brygga("dispatch --once").exit_code, 0);
    EXPECT_EQ(bank.files()["in/pain.xml"], order);
    const auto asked = bank.requests();
    EXPECT_EQ(std::count(asked.begin(), asked.end(), "PUT in/pain.xml"), 1);
}

// The file was collected before we could look: a second one would be a second payment.
TEST_F(https_day, an_answer_that_is_lost_and_a_file_that_is_gone_wait_for_a_person) {
    bank.after_put = [](https_server& at, const std::string& path) { at.remove(path); };
    bank.play({"PUT", lie::cut_after});
    for (int pass = 0; pass < 3; ++pass)
        static_cast<void>(brygga("dispatch --once"));
    EXPECT_THAT(brygga("status").out, HasSubstr("attempt 2: in-doubt"));
    const auto asked = bank.requests();
    EXPECT_EQ(std::count(asked.begin(), asked.end(), "PUT in/pain.xml"), 1);
}

class https_day_of_death : public https_day, public ::testing::WithParamInterface<std::string> {};

TEST_P(https_day_of_death, ends_with_one_file_on_each_side) {
    const bool died_sending = dies_sending_at(GetParam());
    static_cast<void>(brygga("intake --once"));
    const bool in_doubt = brygga("dispatch --once").exit_code == 1;
    // Between the note and the answer nobody here can know.
    EXPECT_EQ(in_doubt, GetParam() == transfer::delivery_step::noted && died_sending);
    if (in_doubt) {
        resend("pain.xml", "nat");
        EXPECT_EQ(brygga("dispatch --once").exit_code, 0);
    }
    EXPECT_THAT(bank.files(), ElementsAre(Pair("in/pain.xml", order)));
    expect_one_file_on_each_side();
}
INSTANTIATE_TEST_SUITE_P(at, https_day_of_death,
                         ::testing::ValuesIn(steps_on_the_way({transfer::whole_delivery_steps.begin(),
                                                               transfer::whole_delivery_steps.end()})),
                         [](const auto& of) { return test_name(of.param); });

}  // namespace
}  // namespace brygga::exchange::test
