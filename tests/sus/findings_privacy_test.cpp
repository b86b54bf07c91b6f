// What a finding prints tells nothing of a person (DESIGN section 10): every column of every example is tried.
#include <gmock/gmock.h>

#include "tests/rule_cases/privacy.hpp"
#include "tests/sus/rule_case.hpp"

namespace brygga::sus::testing {

namespace {

// Numbers, names and texts of the examples that are about a recipient.
const std::vector<std::string_view> personal = {"191212121212", "3300121212", "1212121212",          "ANNA EXEMPEL",
                                                "PROVGATAN",    "STORSTAD",   "\xC3\x85TERBETALNING"};

class sus_findings : public ::testing::TestWithParam<const char*> {};

TEST_P(sus_findings, mask_a_name_that_slipped_to_any_column) {
    rule_cases::expect_slipped_names_masked("sus", worked_example(GetParam()));
}

TEST_P(sus_findings, show_nothing_of_a_recipient_when_a_column_is_wrong) {
    rule_cases::expect_nothing_told("sus", worked_example(GetParam()), personal);
}

INSTANTIATE_TEST_SUITE_P(examples, sus_findings, ::testing::Values("7.2", "accounts"));

}  // namespace

}  // namespace brygga::sus::testing
