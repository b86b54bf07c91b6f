// What a configuration says of how long things are kept.
#include <string>

#include <gtest/gtest.h>

#include "connectors/config/settings.hpp"
#include "tests/config/one_company.hpp"

namespace brygga::config {
namespace {

result<settings> read(const std::string& more, bool production) {
    std::string text = one_company(more);
    if (production) text.replace(text.find("test"), 4, "production");
    return parse(text, "/etc/brygga", "b.toml");
}

std::string faults(const std::string& more, bool production = true) {
    const auto out = read(more, production);
    return out ? "none" : out.error().text;
}

TEST(retention_config_test, keeps_everything_unless_it_is_told) {
    const auto silent = read("", true);
    ASSERT_TRUE(silent) << silent.error().text;
    EXPECT_TRUE(silent->retention.empty());
    const auto some = read("[retention]\narchive_days = 90\n", true);
    ASSERT_TRUE(some) << some.error().text;
    EXPECT_FALSE(some->retention.empty());
    EXPECT_EQ(some->retention.archive_days, 90U);
    EXPECT_FALSE(some->retention.rejected_days);
    EXPECT_FALSE(some->retention.originals_years);
}

TEST(retention_config_test, keeps_originals_as_long_as_the_law_wants) {
    EXPECT_EQ(read("[retention]\noriginals_years = 7\n", true)->retention.originals_years, 7U);
    EXPECT_EQ(
        faults("[retention]\noriginals_years = 6\n"),
        "b.toml line 9: originals_years in [retention] is less than the 7 of Bokföringslagen 7 kap. 2 §, which holds in mode "
        "production");
    EXPECT_EQ(faults("[retention]\noriginals_years = 6\n", false), "none");
    EXPECT_EQ(faults("[retention]\noriginals_years = 100\narchive_days = 1\nrejected_days = 36500\n"), "none");
}

TEST(retention_config_test, tells_all_faults_with_their_lines) {
    EXPECT_EQ(faults("[retention]\noriginals_years = 101\narchive_days = 0\nrejected_days = 36501\nsent_days = 1\n"),
              "b.toml line 9: originals_years in [retention] must be a whole number from 1 to 100\n"
              "b.toml line 10: archive_days in [retention] must be a whole number from 1 to 36500\n"
              "b.toml line 11: rejected_days in [retention] must be a whole number from 1 to 36500\n"
              "b.toml line 12: unknown key sent_days in [retention]");
}

}  // namespace
}  // namespace brygga::config
