// What was sent long ago and is gone cannot be sent again, and says why.
#include <string>

#include <gmock/gmock.h>

#include "tests/exchange/two_companies.hpp"

namespace brygga::exchange::test {
namespace {

using ::testing::HasSubstr;

using retention = two_companies;

TEST_F(retention, tells_why_a_file_cannot_be_sent_again) {
    configure("[retention]\noriginals_years = 7\n");
    intake_test::put(folder.path() / "energi/outbox/pain.xml", fixture("pain/example.001.03.xml"));
    const auto went = brygga("dispatch --once --now 2026-03-02T08:00:00Z");
    ASSERT_EQ(went.exit_code, 0) << went.out << went.err;
    const std::string before_id = " to bank  ";
    const std::string id = went.out.substr(went.out.find(before_id) + before_id.size(), 13);
    EXPECT_THAT(brygga("retain --once --now 2033-12-31T22:00:00Z").out, HasSubstr("energi originals: 0 files removed"));
    EXPECT_THAT(brygga("retain --once --now 2034-01-01T02:00:00Z").out, HasSubstr("energi originals: 1 file removed"));
    EXPECT_THAT(brygga("verify --tenant energi").out, HasSubstr("originals holds (0 files, 1 removed by retention)"));
    const auto again = brygga("resend " + id + " --tenant energi --actor eva --reason 'lost there'");
    EXPECT_EQ(again.exit_code, 2);
    EXPECT_THAT(again.err,
                HasSubstr("file " + id + " cannot be sent again: its original was removed by retention on 2034-01-01"));
    EXPECT_THAT(brygga("status --tenant energi").out, ::testing::Not(HasSubstr("waiting to be sent")));
}

}  // namespace
}  // namespace brygga::exchange::test
