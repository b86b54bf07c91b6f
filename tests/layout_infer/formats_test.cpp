// Files of formats that are known: what is proposed from them has no faults, and has nothing against the files themselves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/registry.hpp"
#include "tests/described/layouts.hpp"
#include "tests/layout_infer/inferred.hpp"

namespace brygga::layout::infer::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class built_in_format : public ::testing::TestWithParam<const char*> {};

TEST_P(built_in_format, is_accepted_by_what_is_proposed_from_it) {
    const format& with = *find_format(GetParam());
    for (const std::uint64_t count : {1U, 3U, 40U, 400U})
        for (const std::uint64_t seed : {1U, 2U, 3U})
            EXPECT_THAT(severe_findings({generated(with, count, seed)}), IsEmpty()) << count << " " << seed;
}

TEST_P(built_in_format, is_accepted_in_several_samples) {
    const format& with = *find_format(GetParam());
    std::vector<std::string> files;
    for (std::uint64_t seed = 1; seed != 6; ++seed)
        files.push_back(generated(with, 10 * seed, seed));
    EXPECT_THAT(severe_findings(files), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(fixed, built_in_format, ::testing::Values("bgmax", "autogiro", "lb", "sus"));

TEST(bgmax_samples, show_the_records_their_order_and_what_the_last_one_counts) {
    std::vector<std::string> files;
    for (std::uint64_t seed = 1; seed != 9; ++seed)
        files.push_back(generated(*find_format("bgmax"), 60 + seed, seed));
    const auto layout = inferred(files);
    ASSERT_TRUE(layout);
    EXPECT_THAT(*layout, HasSubstr("\ncode 1-2 "));
    EXPECT_THAT(*layout, HasSubstr("\norder opening (record_05 ("));
    EXPECT_THAT(*layout, HasSubstr(" record_15)+ closing "));
    EXPECT_THAT(*layout, HasSubstr("\ntotal closing.number_3 = count of record_20 "));
    EXPECT_THAT(*layout, HasSubstr("\ntotal closing.number_11 = count of record_21 "));
    EXPECT_THAT(*layout, HasSubstr("\ntotal closing.number_19 = count of record_22 + count of record_23 "));
    EXPECT_THAT(*layout, HasSubstr("\ntotal closing.number_27 = count of record_05 "));
    EXPECT_THAT(*layout, HasSubstr("\ntotal record_15.number_72 = count of record_20 + count of record_21 within record_05 "));
}

// The example of the language, and a layout that was proposed itself.
TEST(described_formats, are_accepted_by_what_is_proposed_from_them) {
    const std::string readme = file_text(BRYGGA_SOURCE_DIR "/formats/layout/language/README.md");
    const std::size_t begin = readme.find("```\n") + 4;
    const auto example = described::test::format_of(readme.substr(begin, readme.find("```\n", begin) - begin));
    const auto proposed = described::make_format(described_by({described::test::parking_file()}));
    for (const std::uint64_t count : {2U, 30U}) {
        EXPECT_THAT(severe_findings({generated(*example, count, 1)}), IsEmpty());
        EXPECT_THAT(severe_findings({generated(*proposed, count, 1)}), IsEmpty());
    }
}

TEST(xml_formats, are_refused) {
    const auto layout = inferred({generated(*find_format("camt.054"), 3, 1)});
    ASSERT_FALSE(layout);
    EXPECT_EQ(layout.error().code, error_code::invalid_content);
}

}  // namespace
}  // namespace brygga::layout::infer::test
