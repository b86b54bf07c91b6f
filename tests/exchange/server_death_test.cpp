// The bank's server dies at each request of a pass of the command: afterwards one whole file is on each side, and the ledger says
// what is true.
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/exchange/two_companies.hpp"
#include "tests/transfer/lying_server.hpp"

namespace brygga::exchange::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The fixture with identities of its own.
std::string numbered(std::string text, const std::vector<std::string>& identities, std::size_t number) {
    for (const std::string& each : identities)
        for (std::size_t at = text.find(each); at != std::string::npos; at = text.find(each, at + each.size()))
            text.replace(at, each.size(), fmt::format("{}{:0{}}", each[0], number, each.size() - 1));
    return text;
}

class server_death : public two_companies, public ::testing::WithParamInterface<const char*> {
 protected:
    server_death() : two_companies(std::make_unique<transfer::test::lying_server>()) {}

    transfer::test::lying_server& liar() { return static_cast<transfer::test::lying_server&>(bank); }
};
INSTANTIATE_TEST_SUITE_P(all, server_death, ::testing::Values("kill-before", "kill-after"),
                         [](const auto& of) { return test_name(of.param); });

TEST_P(server_death, at_each_request_of_a_dispatch_leaves_one_file_there) {
    std::vector<std::string> names;
    const auto lay_out = [&] {
        names.push_back(fmt::format("pain-{:03}.xml", names.size()));
        const std::string order = numbered(fixture("pain/example.001.03.xml"),
                                           {"REFUND-20261123", "REFUND-0000001", "LEV-0000003", "REFUND-0000004"}, names.size());
        intake_test::put(folder.path() / "nat/outbox" / names.back(), order);
        return order;
    };
    lay_out();
    liar().play("");
    ASSERT_EQ(brygga("dispatch --once").exit_code, 0);
    const std::size_t count = liar().requests().size();
    for (std::size_t number = 1; number <= count; ++number) {
        SCOPED_TRACE(number);
        const std::string order = lay_out();
        liar().play(fmt::format("{} {}", GetParam(), number));
        EXPECT_NE(brygga("dispatch --once").exit_code, 0);
        EXPECT_THAT(brygga("status --tenant nat").out, HasSubstr("waiting to be sent:\n"));
        liar().play("");
        EXPECT_EQ(brygga("dispatch --once").exit_code, 0);
        ASSERT_EQ(bank.names("nat-in"), names);
        EXPECT_EQ(bank.content("nat-in/" + names.back()), order);
    }
    EXPECT_EQ(files_below("nat/outbox"), 0u);
    const auto status = brygga("status --tenant nat");
    EXPECT_THAT(status.out, HasSubstr(fmt::format("  partners: 0 files fetched, {} files sent\n", names.size())));
    EXPECT_THAT(status.out, Not(HasSubstr("be sent")));
    EXPECT_EQ(brygga("verify").exit_code, 0);
}

TEST_P(server_death, at_each_request_of_a_fetch_leaves_one_file_here) {
    std::size_t files = 0;
    const auto lay_out = [&] {
        ++files;
        bank.put(fmt::format("nat-out/camt-{:03}.xml", files),
                 numbered(fixture("camt/example.054.02.xml"),
                          {"EX-0001", "BG09912346 00041-0011130", "EXBK123456789010011130", "EXBK20260302000010",
                           "EXBK20260302000020"},
                          files));
    };
    lay_out();
    liar().play("");
    ASSERT_EQ(brygga("intake --once").exit_code, 0);
    const std::size_t count = liar().requests().size();
    for (std::size_t number = 1; number <= count; ++number) {
        SCOPED_TRACE(number);
        lay_out();
        liar().play(fmt::format("{} {}", GetParam(), number));
        const int ended = brygga("intake --once").exit_code;
        EXPECT_EQ(ended == 0, number == count) << "nobody waits for the last: a folder is closed that has been read";
        liar().play("");
        EXPECT_EQ(brygga("intake --once").exit_code, 0);
        ASSERT_THAT(bank.names("nat-out"), IsEmpty());
        ASSERT_EQ(files_below("nat/archive"), 2 * files) << "each file and its receipt";
    }
    for (const char* const each : {"nat/inbox", "nat/rejected", "nat/fetching"})
        EXPECT_EQ(files_below(each), 0u) << each;
    const auto status = brygga("status --tenant nat");
    EXPECT_THAT(status.out, HasSubstr(fmt::format("  partners: {} files fetched, 0 files sent\n", files)));
    EXPECT_THAT(status.out, HasSubstr(fmt::format(" {}.{:02} SEK", files * 204950 / 100, files * 204950 % 100)));
    EXPECT_EQ(brygga("verify").exit_code, 0);
}

TEST_P(server_death, while_a_delivery_is_given_up_leaves_it_to_be_sent_again) {
    const std::string order = fixture("pain/example.001.03.xml");
    intake_test::put(folder.path() / "nat/outbox/pain.xml", order);
    liar().play("status RENAME:1 3\n");
    EXPECT_EQ(brygga("dispatch --once").exit_code, 1);
    EXPECT_THAT(brygga("status --tenant nat").out, HasSubstr("attempt 1: permission"));
    EXPECT_THAT(bank.names("nat-in"), IsEmpty()) << "the temporary file is cleared away";
    resend("pain.xml", "nat");
    liar().play(fmt::format("status RENAME:1 3\n{} REMOVE:1\n", GetParam()));
    EXPECT_EQ(brygga("dispatch --once").exit_code, 1);
    resend("pain.xml", "nat");
    liar().play("");
    EXPECT_EQ(brygga("dispatch --once").exit_code, 0);
    EXPECT_THAT(bank.names("nat-in"), ElementsAre("pain.xml"));
    EXPECT_EQ(bank.content("nat-in/pain.xml"), order);
    EXPECT_EQ(brygga("verify").exit_code, 0);
}

}  // namespace
}  // namespace brygga::exchange::test
