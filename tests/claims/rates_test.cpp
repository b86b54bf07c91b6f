// The table of reference rates: what it holds, and what it refuses (CL-R02, CL-R03).
#include <gmock/gmock.h>

#include "mapping/claims/interest.hpp"
#include "tests/claims/vectors.hpp"

namespace brygga::claims::test {

namespace {

using ::testing::HasSubstr;

TEST(reference_rates, are_those_of_the_page) {
    const auto& page = all_vectors().at("reference_rates");
    const auto rows = rate_table::published().rows();
    ASSERT_EQ(rows.size(), page.size());
    for (std::size_t i = 0; i != rows.size(); ++i) {
        EXPECT_EQ(rows[i].from, day_of(page[i].at("from")));
        EXPECT_EQ(rows[i].hundredths, page[i].at("reference_bp")) << page[i];
    }
}

TEST(reference_rates, hold_for_their_half_year_only) {
    const rate_table& rates = rate_table::published();
    EXPECT_EQ(rates.on(day_of("2002-06-30")), std::nullopt);
    EXPECT_EQ(rates.on(day_of("2002-07-01")), 450);
    EXPECT_EQ(rates.on(day_of("2016-12-31")), -50);
    EXPECT_EQ(rates.on(day_of("2026-12-31")), 200);
    EXPECT_EQ(rates.on(day_of("2027-01-01")), std::nullopt);
}

TEST(reference_rates, are_added_and_corrected_by_a_file) {
    const auto rates = rate_table::published().with("# decided in December\n2027-01-01 2.50 SFS\n2026-07-01 1.50 corrected\n");
    ASSERT_TRUE(rates) << rates.error().text;
    EXPECT_EQ(rates->on(day_of("2027-06-30")), 250);
    EXPECT_EQ(rates->on(day_of("2026-07-01")), 150);
}

TEST(reference_rates, that_are_wrong_are_refused) {
    const auto told = [](std::string_view text) {
        const auto rates = rate_table::published().with(text);
        return rates ? std::string("accepted") : rates.error().text;
    };
    EXPECT_THAT(told("2027-01-01 2.25\n"), HasSubstr("CL-R02: line 1"));
    EXPECT_THAT(told("\n2027-02-01 2.00\n"), HasSubstr("CL-R02: line 2"));
    EXPECT_THAT(told("2027-01-01 two\n"), HasSubstr("CL-R02"));
    EXPECT_THAT(told("2027-07-01 2.00\n"), HasSubstr("no reference rate from 2027-01-01"));
    EXPECT_FALSE(rate_table::read("2026-01-01 2.00\n"));
}

// By the day, as the law says it: what segments and one rounding must agree with.
TEST(interest, is_the_sum_of_its_days) {
    const std::vector<capital_from> capital = {{day_of("2020-01-01"), 1234567},
                                               {day_of("2023-02-14"), 765432},
                                               {day_of("2024-12-31"), 12300},
                                               {day_of("2025-03-01"), 0}};
    const date due = day_of("2022-11-30"), to = day_of("2025-09-30");
    const auto got = interest_on(capital, due, to, {}, rate_table::published());
    ASSERT_TRUE(got);
    std::int64_t numerator = 0;
    for (auto day = std::chrono::sys_days{due} + std::chrono::days{1}; day <= std::chrono::sys_days{to};
         day += std::chrono::days{1}) {
        std::int64_t ore = 0;
        for (const capital_from& each : capital)
            if (each.from <= date{day}) ore = each.ore;
        numerator += ore * (rate_table::published().on(date{day}).value() + 800);
    }
    constexpr std::int64_t denominator = 3'650'000;
    EXPECT_EQ(got->ore, (2 * numerator + denominator) / (2 * denominator));
}

}  // namespace

}  // namespace brygga::claims::test
