// Reports of Leverantörsbetalningar are known by the bankgiro that the company's payouts are drawn on.
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/intake/site.hpp"

namespace brygga::intake {
namespace {

// Without payments.
std::string report_of(std::string_view yymmdd) {
    return fmt::format("110005551239{0}LEVERANT\xD6RSBETALNINGAR{0}1\r\n29000555123900000000000000000000\r\n", yymmdd);
}

TEST(lb_reports, of_the_bankgiro_that_payouts_are_drawn_on_are_taken) {
    const intake_test::scratch_folder folder;
    intake_test::site at(folder.path());
    at.how.sniff = sniff_format;
    at.deliver("a.txt", report_of("260302"));
    const day_report unknown = at.run();
    ASSERT_EQ(unknown.files.size(), 1U);
    EXPECT_EQ(unknown.files[0].outcome, ledger::file_outcome::held);
    at.with.tenants[0].payouts.emplace().lb.emplace().bankgiro = "5551239";
    at.deliver("b.txt", report_of("260303"));
    const day_report ours = at.run();
    ASSERT_EQ(ours.files.size(), 1U);
    EXPECT_EQ(ours.files[0].outcome, ledger::file_outcome::archived);
}

}  // namespace
}  // namespace brygga::intake
