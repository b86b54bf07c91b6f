// Due dates: the test vectors B01 to B07 and B10 of billing-rules.md.
#include "mapping/billing/terms.hpp"

#include <gtest/gtest.h>

namespace brygga::billing {
namespace {

using namespace std::chrono_literals;

TEST(month_due, is_the_last_bank_day_of_the_month) {
    EXPECT_EQ(month_due(2026y / 1 / 1), 2026y / 1 / 30);
    EXPECT_EQ(month_due(2026y / 5 / 17), 2026y / 5 / 29);
    EXPECT_EQ(month_due(2026y / 11 / 30), 2026y / 11 / 30);
    EXPECT_EQ(month_due(2026y / 12 / 1), 2026y / 12 / 30) << "31 December is no bank day";
    EXPECT_EQ(month_due(2027y / 3 / 1), 2027y / 3 / 31);
    EXPECT_EQ(month_due(2027y / 12 / 1), 2027y / 12 / 30);
    EXPECT_EQ(month_due(2028y / 4 / 1), 2028y / 4 / 28);
}

TEST(due_date, is_by_the_rule_of_the_company) {
    run_terms terms;
    EXPECT_EQ(due_date(terms, 2026y / 11 / 1, 2026y / 10 / 5), 2026y / 11 / 30);
    terms.due = due_rule::days_after;
    EXPECT_EQ(due_date(terms, 2026y / 12 / 1, 2026y / 12 / 4), 2026y / 12 / 28) << "24 to 27 December are closed";
}

}  // namespace
}  // namespace brygga::billing
