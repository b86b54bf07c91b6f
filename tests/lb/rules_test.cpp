// Every rule of supplier-payments.md section 4 that a file alone can break, on the cases of tests/lb/rules.
#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>

#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

namespace {

using ::testing::ElementsAreArray;

class lb_rule_cases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(lb_rule_cases, give_exactly_these_findings_and_holds) {
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
TEST_P(lb_rule_cases, of_one_rule_alone_give_that_rules_findings) {
    for (rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        each.options.policy.only = {each.rule};
        std::erase_if(each.findings, [&](const std::string& text) { return !text.starts_with(each.rule + " "); });
        EXPECT_THAT(findings_of(read(each.bytes, each.options)), ElementsAreArray(each.findings));
    }
}

TEST_P(lb_rule_cases, point_into_the_file) {
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

INSTANTIATE_TEST_SUITE_P(lb, lb_rule_cases, ::testing::ValuesIn(rule_cases::files_of(lb_language())), case_name);

// What is written has tests of its own (writer_test.cpp); LB-R11 needs what was exported before.
const std::set<std::string_view> elsewhere = {"LB-R08", "LB-R11", "LB-R12"};
// Severities that bind the writer alone.
const std::map<std::string_view, std::string> of_the_writer = {{"LB-R03", "hold"}, {"LB-R06", "hold"}, {"LB-R09", "error"}};

TEST(lb_rules, each_has_passing_and_failing_cases_with_all_its_severities) {
    const auto by_rule = rule_cases::coverage_of(lb_language());
    for (const rule_info& each : rules()) {
        SCOPED_TRACE(each.id);
        const auto found = by_rule.find(std::string(each.id));
        EXPECT_EQ(found == by_rule.end(), elsewhere.contains(each.id));
        if (found == by_rule.end()) continue;
        EXPECT_TRUE(found->second.kept);
        std::set<std::string> severities = rule_cases::severities_of(each);
        if (const auto writer = of_the_writer.find(each.id); writer != of_the_writer.end()) severities.erase(writer->second);
        EXPECT_EQ(found->second.severities, severities);
    }
    EXPECT_EQ(by_rule.size() + elsewhere.size(), rules().size()) << "a case file names no rule";
}

TEST(lb_rules, are_those_of_the_page_in_its_order) {
    ASSERT_EQ(rules().size(), 20u);
    for (std::size_t i = 0; i < rules().size(); ++i) {
        std::string id = "LB-R";
        if (i + 1 < 10) id += '0';
        EXPECT_EQ(rules()[i].id, id + std::to_string(i + 1));
    }
    EXPECT_EQ(&info(rule::R20), &rules().back());
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
