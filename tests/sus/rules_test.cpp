// Every rule of supplier-payments.md section 4 that a file alone can break, on the cases of tests/sus/rules.
#include <gmock/gmock.h>

#include "tests/sus/rule_case.hpp"

namespace brygga::sus::testing {

namespace {

class sus_rule_cases : public ::testing::TestWithParam<std::filesystem::path> {};

logical_file read_case(const std::string& bytes, const read_options& options) {
    return read(bytes, options);
}

TEST_P(sus_rule_cases, give_exactly_these_findings_and_holds) {
    rule_cases::expect_findings_and_holds(load_rule_cases(GetParam()), read_case);
}

TEST_P(sus_rule_cases, of_one_rule_alone_give_that_rules_findings) {
    rule_cases::expect_one_rule_alone(load_rule_cases(GetParam()), read_case);
}

TEST_P(sus_rule_cases, point_into_the_file) {
    rule_cases::expect_places_in_the_file(load_rule_cases(GetParam()), read_case);
}

INSTANTIATE_TEST_SUITE_P(sus, sus_rule_cases, ::testing::ValuesIn(rule_cases::files_of(sus_language())), rule_cases::case_name);

TEST(sus_rules, each_has_passing_and_failing_cases_with_all_its_severities) {
    // What is written has tests of its own.
    rule_cases::expect_cases_of_every_rule(sus_language(), rules(), {"LB-R12"});
}

}  // namespace

}  // namespace brygga::sus::testing
