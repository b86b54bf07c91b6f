// What a finding prints tells nothing of a person (DESIGN section 10): every column of every example is tried.
#include <gmock/gmock.h>

#include "tests/autogiro/rule_case.hpp"
#include "tests/rule_cases/privacy.hpp"

namespace brygga::autogiro::testing {

namespace {

// Numbers, names and references of the examples that are about a payer.
const std::vector<std::string_view> personal = {
    "8901003232323232", "3300001212121212", "191212121212",     "0000000000007001",     "0000000000007003",
    "0000000000007008", "2026110001234567", "2026110004567890", "\xC3\x85TERBETALNING", "ANNA EXEMPEL",
    "PROVGATAN",        "STORSTAD",         "I JANUARI"};

// The payee's own account is the payer's too in the examples, and is no secret: another one stands for it.
std::vector<std::string> example(const char* number) {
    std::vector<std::string> lines = worked_example(number);
    for (std::string& line : lines)
        if (line.starts_with("15") || line.starts_with("16") || line.starts_with("17")) line.replace(21, 16, "5841000001009823");
    return lines;
}

class autogiro_findings : public ::testing::TestWithParam<const char*> {};

TEST_P(autogiro_findings, mask_a_name_that_slipped_to_any_column) {
    rule_cases::expect_slipped_names_masked("autogiro", example(GetParam()));
}

TEST_P(autogiro_findings, show_nothing_of_a_payer_when_a_column_is_wrong) {
    rule_cases::expect_nothing_told("autogiro", example(GetParam()), personal);
}

INSTANTIATE_TEST_SUITE_P(examples, autogiro_findings,
                         ::testing::Values("7.1", "7.2", "7.3", "advice-old", "amendments", "amendments-old", "internet-bank",
                                           "register", "register-old", "rejected", "rejected-old", "specification-old", "watch"));

}  // namespace

}  // namespace brygga::autogiro::testing
