// The day of a deposit whose bank tells moments (iso20022-incoming.md sections 3 and 6.1).
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "formats/convert/camt_to_bgmax.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::camt {
namespace {

struct moment_case {
    std::string_view name, moment, day;
};

class moment_of_deposit : public testing::TestWithParam<moment_case> {};

class day_collector : public sink {
 public:
    void entry_opened(const entry_view& item) override {
        booked = item.booking_date ? format_iso_date(*item.booking_date) : "none";
        valued = item.value_date ? format_iso_date(*item.value_date) : "none";
    }
    std::string booked, valued;
};

std::string with_moments(std::string_view moment) {
    const std::string value = "<DtTm>" + std::string(moment) + "</DtTm>";
    return changed_example(
        "02", {{"<BookgDt><Dt>2026-03-02</Dt>", "<BookgDt>" + value}, {"<ValDt><Dt>2026-03-02</Dt>", "<ValDt>" + value}});
}

TEST_P(moment_of_deposit, is_on_its_day_in_sweden) {
    const std::string document = with_moments(GetParam().moment);
    day_collector days;
    EXPECT_TRUE(read(document, {}, &days).accepted());
    EXPECT_EQ(days.booked, GetParam().day);
    EXPECT_EQ(days.valued, GetParam().day);
}

INSTANTIATE_TEST_SUITE_P(moments, moment_of_deposit,
                         testing::Values(moment_case{"midnight_in_utc", "2026-03-01T23:00:00Z", "2026-03-02"},
                                         moment_case{"the_minute_before_midnight", "2026-03-01T22:59:59Z", "2026-03-01"},
                                         moment_case{"midnight_of_summer_in_utc", "2026-07-01T22:00:00Z", "2026-07-02"},
                                         moment_case{"new_year_in_utc", "2025-12-31T23:30:00Z", "2026-01-01"},
                                         moment_case{"utc_as_an_offset", "2026-03-01T23:00:00+00:00", "2026-03-02"},
                                         moment_case{"parts_of_a_second", "2026-03-01T23:00:00.000Z", "2026-03-02"},
                                         moment_case{"blanks_around", " 2026-03-01T23:00:00Z\n", "2026-03-02"},
                                         moment_case{"midnight_in_finland", "2026-03-02T00:00:00+02:00", "2026-03-01"},
                                         moment_case{"evening_in_america", "2026-03-01T19:30:00-05:00", "2026-03-02"},
                                         moment_case{"midnight_in_sweden", "2026-03-02T00:00:00+01:00", "2026-03-02"},
                                         moment_case{"midnight_of_summer_in_sweden", "2026-07-02T00:00:00+02:00", "2026-07-02"},
                                         moment_case{"winter_time_in_summer", "2026-07-01T23:30:00+01:00", "2026-07-01"},
                                         moment_case{"no_offset", "2026-03-01T23:00:00", "2026-03-01"},
                                         moment_case{"no_clock", "2026-03-01Z", "2026-03-01"},
                                         moment_case{"end_of_the_day", "2026-03-01T24:00:00+01:00", "2026-03-01"},
                                         moment_case{"last_moment", "9999-12-31T23:59:59Z", "9999-12-31"}),
                         [](const auto& item) { return std::string(item.param.name); });

TEST(moment_of_deposit_in_bgmax, is_on_its_day_in_sweden) {
    std::string made;
    const auto done =
        convert::camt_to_bgmax(with_moments("2026-03-01T23:00:00Z"), {}, [&](std::string_view bytes) { made += bytes; });
    ASSERT_TRUE(done);
    EXPECT_NE(made.find("10098232026030200041"), std::string::npos) << made;
}

TEST(day_with_an_offset, is_taken_as_written) {
    const std::string document = changed_example("02", {{"<ValDt><Dt>2026-03-02<", "<ValDt><Dt>2026-03-02Z<"}});
    day_collector days;
    (void)read(document, {}, &days);
    EXPECT_EQ(days.valued, "2026-03-02");
}

}  // namespace
}  // namespace brygga::camt
