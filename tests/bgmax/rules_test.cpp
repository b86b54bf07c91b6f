// Every rule of bgmax.md section 4 that a file alone can break, on the cases of tests/bgmax/rules.
#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "tests/bgmax/rule_case.hpp"

namespace brygga::bgmax::testing {

namespace {

using ::testing::ElementsAreArray;

class bgmax_rule_cases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(bgmax_rule_cases, give_exactly_these_findings_and_holds) {
    for (const rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        EXPECT_EQ(names_rule(each.findings, each.rule), each.breaks) << "the case does not say what its heading says";
        const std::vector<logical_file> files = read(each.bytes, each.options);
        EXPECT_THAT(findings_of(files), ElementsAreArray(each.findings));
        EXPECT_THAT(holds_of(files), ElementsAreArray(each.holds));
        for (const logical_file& file : files)
            EXPECT_EQ(file.accepted(), file.findings.count(severity::error) == 0);
    }
}

// A policy of one rule alone reports that rule as before and nothing else.
TEST_P(bgmax_rule_cases, of_one_rule_alone_give_that_rules_findings) {
    for (rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        each.options.policy.only = {each.rule};
        std::erase_if(each.findings, [&](const std::string& text) { return !text.starts_with(each.rule + " "); });
        EXPECT_THAT(findings_of(read(each.bytes, each.options)), ElementsAreArray(each.findings));
    }
}

// A finding never points beyond the bytes, and its help says what to do.
TEST_P(bgmax_rule_cases, point_into_the_file) {
    for (const rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        for (const logical_file& file : read(each.bytes, each.options))
            for (const finding& one : file.findings.kept()) {
                EXPECT_LE(one.where.offset, each.bytes.size());
                EXPECT_GE(one.where.offset, file.offset);
                EXPECT_GE(one.where.line, 1u);
                EXPECT_LE(one.where.first_column, one.where.last_column);
                EXPECT_FALSE(one.rule->help.empty());
            }
    }
}

std::string case_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
    std::string out = info.param.stem().string();
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

INSTANTIATE_TEST_SUITE_P(bgmax, bgmax_rule_cases, ::testing::ValuesIn(rule_case_files()), case_name);

// The three lists agree: the rules in code, and those that cases break and keep with each severity the table prints.
// BGMAX-R60 to R63 need earlier imports: the mapping to the ledger evaluates and tests them.
TEST(bgmax_rules, each_has_passing_and_failing_cases_with_all_its_severities) {
    const auto by_rule = rule_coverage();
    for (const rule_info& each : rules()) {
        SCOPED_TRACE(each.id);
        if (each.id >= "BGMAX-R60") {
            EXPECT_FALSE(by_rule.contains(std::string(each.id)));
            continue;
        }
        ASSERT_TRUE(by_rule.contains(std::string(each.id)));
        const rule_cases::coverage& entry = by_rule.at(std::string(each.id));
        EXPECT_TRUE(entry.kept);
        EXPECT_EQ(entry.severities, rule_cases::severities_of(each));
    }
    EXPECT_EQ(by_rule.size() + 4, rules().size()) << "a case file names no rule";
}

TEST(bgmax_rules, are_those_of_the_page_in_its_order) {
    const std::vector<std::string_view> page = {"R01", "R02", "R03", "R04", "R05", "R06", "R10", "R11", "R12", "R13", "R14",
                                                "R20", "R21", "R22", "R23", "R24", "R30", "R31", "R32", "R33", "R34", "R35",
                                                "R36", "R37", "R38", "R40", "R41", "R42", "R43", "R44", "R45", "R46", "R47",
                                                "R50", "R51", "R52", "R53", "R60", "R61", "R62", "R63"};
    ASSERT_EQ(rules().size(), page.size());
    for (std::size_t i = 0; i < page.size(); ++i)
        EXPECT_EQ(rules()[i].id, "BGMAX-" + std::string(page[i]));
    EXPECT_EQ(&info(rule::R63), &rules().back());
}

TEST(bgmax_rules, take_another_severity_from_a_profile) {
    std::vector<std::string> lines = worked_example("7.1");
    lines[11].replace(50, 18, "000000000000204951");
    read_options options;
    options.policy.profile.severities["BGMAX-R32"] = severity::warning;
    const auto files = read(joined(lines), options);
    EXPECT_THAT(findings_of(files), ElementsAreArray({"BGMAX-R32 warning 12 51-68 amount_ore"}));
    EXPECT_TRUE(files.front().holds.empty());
    EXPECT_TRUE(files.front().accepted());
}

}  // namespace

}  // namespace brygga::bgmax::testing
