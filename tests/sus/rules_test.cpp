// Every rule of supplier-payments.md section 4 that a file alone can break, on the cases of tests/sus/rules.
#include <algorithm>

#include <gmock/gmock.h>

#include "tests/sus/rule_case.hpp"

namespace brygga::sus::testing {

namespace {

using ::testing::ElementsAreArray;

class sus_rule_cases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(sus_rule_cases, give_exactly_these_findings_and_holds) {
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
TEST_P(sus_rule_cases, of_one_rule_alone_give_that_rules_findings) {
    for (rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        each.options.policy.only = {each.rule};
        std::erase_if(each.findings, [&](const std::string& text) { return !text.starts_with(each.rule + " "); });
        EXPECT_THAT(findings_of(read(each.bytes, each.options)), ElementsAreArray(each.findings));
    }
}

TEST_P(sus_rule_cases, point_into_the_file) {
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

INSTANTIATE_TEST_SUITE_P(sus, sus_rule_cases, ::testing::ValuesIn(rule_cases::files_of(sus_language())), case_name);

TEST(sus_rules, each_has_passing_and_failing_cases_with_all_its_severities) {
    const auto by_rule = rule_cases::coverage_of(sus_language());
    for (const rule_info& each : rules()) {
        SCOPED_TRACE(each.id);
        const auto found = by_rule.find(std::string(each.id));
        EXPECT_EQ(found == by_rule.end(), each.id == "LB-R12") << "what is written has tests of its own";
        if (found == by_rule.end()) continue;
        EXPECT_TRUE(found->second.kept);
        EXPECT_EQ(found->second.severities, rule_cases::severities_of(each));
    }
    EXPECT_EQ(by_rule.size() + 1, rules().size()) << "a case file names no rule";
}

}  // namespace

}  // namespace brygga::sus::testing
