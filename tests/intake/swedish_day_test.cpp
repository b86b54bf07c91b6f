#include "connectors/intake/swedish_day.hpp"

#include <gtest/gtest.h>

namespace brygga::intake {
namespace {

struct moment_case {
    ledger::timestamp_ms at{};
    std::string utc, day;
};

class swedish_day_test : public testing::TestWithParam<moment_case> {};

TEST_P(swedish_day_test, follows_central_european_time) {
    EXPECT_EQ(utc_text(GetParam().at), GetParam().utc);
    EXPECT_EQ(format_iso_date(swedish_day(GetParam().at)), GetParam().day);
}

// Summer time 2026: 29 March 01:00 UTC to 25 October 01:00 UTC.
INSTANTIATE_TEST_SUITE_P(moments, swedish_day_test,
                         testing::Values(moment_case{0, "1970-01-01T00:00:00Z", "1970-01-01"},
                                         moment_case{1772409599999, "2026-03-01T23:59:59Z", "2026-03-02"},
                                         moment_case{1772405999000, "2026-03-01T22:59:59Z", "2026-03-01"},
                                         moment_case{1772406000000, "2026-03-01T23:00:00Z", "2026-03-02"},
                                         moment_case{1774733399000, "2026-03-28T21:29:59Z", "2026-03-28"},
                                         moment_case{1774737000000, "2026-03-28T22:30:00Z", "2026-03-28"},
                                         moment_case{1774823399000, "2026-03-29T22:29:59Z", "2026-03-30"},
                                         moment_case{1782855000000, "2026-06-30T21:30:00Z", "2026-06-30"},
                                         moment_case{1782858600000, "2026-06-30T22:30:00Z", "2026-07-01"},
                                         moment_case{1792881000000, "2026-10-24T22:30:00Z", "2026-10-25"},
                                         moment_case{1792967400000, "2026-10-25T22:30:00Z", "2026-10-25"}));

}  // namespace
}  // namespace brygga::intake
