// Every rule of supplier-payments.md section 4 that a file alone can break, on the cases of tests/lb/rules.
#include <map>
#include <set>

#include <gmock/gmock.h>

#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

namespace {

class lb_rule_cases : public ::testing::TestWithParam<std::filesystem::path> {};

logical_file read_case(const std::string& bytes, const read_options& options) {
    return read(bytes, options);
}

TEST_P(lb_rule_cases, give_exactly_these_findings_and_holds) {
    rule_cases::expect_findings_and_holds(load_rule_cases(GetParam()), read_case);
}

TEST_P(lb_rule_cases, of_one_rule_alone_give_that_rules_findings) {
    rule_cases::expect_one_rule_alone(load_rule_cases(GetParam()), read_case);
}

TEST_P(lb_rule_cases, point_into_the_file) {
    rule_cases::expect_places_in_the_file(load_rule_cases(GetParam()), read_case);
}

INSTANTIATE_TEST_SUITE_P(lb, lb_rule_cases, ::testing::ValuesIn(rule_cases::files_of(lb_language())), rule_cases::case_name);

// What is written has tests of its own (writer_test.cpp); LB-R11 needs what was exported before.
const std::set<std::string_view> elsewhere = {"LB-R08", "LB-R11", "LB-R12"};
// Severities that bind the writer alone.
const std::map<std::string_view, std::string> of_the_writer = {{"LB-R03", "hold"}, {"LB-R06", "hold"}, {"LB-R09", "error"}};

TEST(lb_rules, each_has_passing_and_failing_cases_with_all_its_severities) {
    rule_cases::expect_cases_of_every_rule(lb_language(), rules(), elsewhere, of_the_writer);
}

TEST(lb_rules, are_those_of_the_page_in_its_order) {
    rule_cases::expect_ids_in_order(rules(), "LB-R", 20);
    EXPECT_EQ(&info(rule::R20), &rules().back());
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
