#include "mapping/inbound/suggestions.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/ocr.hpp"

namespace brygga::inbound {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const ocr_agreement level_3{ocr_level::variable_length, {}};
const ocr_agreement no_level{ocr_level::none, {}};

TEST(neighbours, of_a_slipped_reference_hold_the_right_one) {
    EXPECT_THAT(neighbours("1900234706", level_3, 100), Contains("1000234706"));        // one digit wrong
    EXPECT_THAT(neighbours("1000234760", level_3, 100), Contains("1000234706"));        // two swapped
    EXPECT_THAT(neighbours("100023470", level_3, 100), Contains("1000234706"));         // one missing
    EXPECT_THAT(neighbours("10002347066", level_3, 100), Contains("1000234706"));       // one too much
    EXPECT_THAT(neighbours("1000324760", level_3, 1000), Not(Contains("1000234706")));  // two slips
}

TEST(neighbours, of_what_is_no_number_are_none) {
    EXPECT_THAT(neighbours("", no_level, 10), IsEmpty());
    EXPECT_THAT(neighbours("1", no_level, 10), IsEmpty());
    EXPECT_THAT(neighbours("12A4", no_level, 10), IsEmpty());
    EXPECT_THAT(neighbours(std::string(26, '1'), no_level, 10), IsEmpty());
    EXPECT_THAT(neighbours(std::string(25, '1'), no_level, 1000), Contains(std::string(24, '1')));
}

TEST(neighbours, stop_at_the_limit) {
    EXPECT_THAT(neighbours("1000234706", no_level, max_variants_of_a_number), SizeIs(max_variants_of_a_number));
    EXPECT_THAT(neighbours("1000234706", no_level, 0), IsEmpty());
}

RC_GTEST_PROP(neighbours, pass_the_level_and_are_each_once, ()) {
    const auto digits = *rc::gen::container<std::string>(*rc::gen::inRange<std::size_t>(2, 26), rc::gen::inRange('0', '9'));
    std::vector<std::string> found = neighbours(digits, level_3, 1000);
    for (const std::string& each : found) {
        RC_ASSERT(ocr::validate(each, level_3) == ocr_verdict::valid);
        RC_ASSERT(each != digits);
        RC_ASSERT(each.size() + 1 >= digits.size() && each.size() <= digits.size() + 1);
    }
    std::sort(found.begin(), found.end());
    RC_ASSERT(std::adjacent_find(found.begin(), found.end()) == found.end());
}

}  // namespace
}  // namespace brygga::inbound
