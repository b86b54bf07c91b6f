// Every rule of autogiro.md section 4 that a file alone can break, on the cases of tests/autogiro/rules.
#include <set>

#include <gmock/gmock.h>

#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

class autogiro_rule_cases : public ::testing::TestWithParam<std::filesystem::path> {};

logical_file read_case(const std::string& bytes, const read_options& options) {
    return read(bytes, options);
}

TEST_P(autogiro_rule_cases, give_exactly_these_findings_and_holds) {
    rule_cases::expect_findings_and_holds(load_rule_cases(GetParam()), read_case);
}

TEST_P(autogiro_rule_cases, of_one_rule_alone_give_that_rules_findings) {
    rule_cases::expect_one_rule_alone(load_rule_cases(GetParam()), read_case);
}

TEST_P(autogiro_rule_cases, point_into_the_file) {
    rule_cases::expect_places_in_the_file(load_rule_cases(GetParam()), read_case);
}

INSTANTIATE_TEST_SUITE_P(autogiro, autogiro_rule_cases, ::testing::ValuesIn(rule_cases::files_of(autogiro_language())),
                         rule_cases::case_name);

// What is written, what was imported before and the seal have tests of their own.
const std::set<std::string_view> elsewhere = {"AG-R15", "AG-R16", "AG-R17", "AG-R19", "AG-R20", "AG-R21"};

TEST(autogiro_rules, each_has_passing_and_failing_cases_with_all_its_severities) {
    rule_cases::expect_cases_of_every_rule(autogiro_language(), rules(), elsewhere);
}

TEST(autogiro_rules, are_those_of_the_page_in_its_order) {
    rule_cases::expect_ids_in_order(rules(), "AG-R", 27);
    EXPECT_EQ(&info(rule::R27), &rules().back());
}

}  // namespace

}  // namespace brygga::autogiro::testing
