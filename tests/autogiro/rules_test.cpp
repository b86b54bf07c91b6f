// Every rule of autogiro.md section 4 that a file alone can break, on the cases of tests/autogiro/rules.
#include <algorithm>
#include <set>

#include <gmock/gmock.h>

#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

using ::testing::ElementsAreArray;

class autogiro_rule_cases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(autogiro_rule_cases, give_exactly_these_findings_and_holds) {
    for (const rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        EXPECT_EQ(rule_cases::names_rule(each.findings, each.rule), each.breaks) << "the case does not say what its heading says";
        const logical_file file = read(each.bytes, each.options);
        EXPECT_THAT(findings_of(file), ElementsAreArray(each.findings));
        EXPECT_THAT(holds_of(file), ElementsAreArray(each.holds));
        EXPECT_EQ(file.accepted(), file.findings.count(severity::error) == 0);
    }
}

// A policy of one rule alone reports that rule as before and nothing else.
TEST_P(autogiro_rule_cases, of_one_rule_alone_give_that_rules_findings) {
    for (rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        each.options.policy.only = {each.rule};
        std::erase_if(each.findings, [&](const std::string& text) { return !text.starts_with(each.rule + " "); });
        EXPECT_THAT(findings_of(read(each.bytes, each.options)), ElementsAreArray(each.findings));
    }
}

TEST_P(autogiro_rule_cases, point_into_the_file) {
    for (const rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        const logical_file file = read(each.bytes, each.options);
        for (const finding& one : file.findings.kept()) {
            EXPECT_LE(one.where.offset, each.bytes.size());
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

INSTANTIATE_TEST_SUITE_P(autogiro, autogiro_rule_cases, ::testing::ValuesIn(rule_cases::files_of(autogiro_language())),
                         case_name);

// What is written, what was imported before and the seal have tests of their own.
const std::set<std::string_view> elsewhere = {"AG-R15", "AG-R16", "AG-R17", "AG-R19", "AG-R20", "AG-R21"};

TEST(autogiro_rules, each_has_passing_and_failing_cases_with_all_its_severities) {
    const auto by_rule = rule_cases::coverage_of(autogiro_language());
    for (const rule_info& each : rules()) {
        SCOPED_TRACE(each.id);
        const auto found = by_rule.find(std::string(each.id));
        EXPECT_EQ(found == by_rule.end(), elsewhere.contains(each.id));
        if (found == by_rule.end()) continue;
        EXPECT_TRUE(found->second.kept);
        EXPECT_EQ(found->second.severities, rule_cases::severities_of(each));
    }
    EXPECT_EQ(by_rule.size() + elsewhere.size(), rules().size()) << "a case file names no rule";
}

TEST(autogiro_rules, are_those_of_the_page_in_its_order) {
    ASSERT_EQ(rules().size(), 27u);
    for (std::size_t i = 0; i < rules().size(); ++i) {
        std::string id = "AG-R";
        if (i + 1 < 10) id += '0';
        EXPECT_EQ(rules()[i].id, id + std::to_string(i + 1));
    }
    EXPECT_EQ(&info(rule::R27), &rules().back());
}

}  // namespace

}  // namespace brygga::autogiro::testing
