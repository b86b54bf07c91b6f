// What a finding prints tells nothing of a person (DESIGN section 10): every column of every example is tried.
#include <gmock/gmock.h>

#include "tests/lb/rule_case.hpp"
#include "tests/rule_cases/privacy.hpp"

namespace brygga::supplier_payment::testing {

namespace {

// Numbers, names and texts of the examples that are about a recipient.
const std::vector<std::string_view> personal = {"1212121212",   "1212121213",   "KREDIT 2026110001", "1234567897",
                                                "1234500006",   "FAKTURA 4711", "AVTAL 7001",        "DIN INBETALNING",
                                                "ANNA EXEMPEL", "PROVGATAN",    "STORSTAD",          "7001"};

class lb_findings : public ::testing::TestWithParam<const char*> {};

TEST_P(lb_findings, mask_a_name_that_slipped_to_any_column) {
    rule_cases::expect_slipped_names_masked("lb", worked_example(GetParam()));
}

TEST_P(lb_findings, show_nothing_of_a_recipient_when_a_column_is_wrong) {
    rule_cases::expect_nothing_told("lb", worked_example(GetParam()), personal);
}

INSTANTIATE_TEST_SUITE_P(examples, lb_findings,
                         ::testing::Values("7.1", "to-bankgirot", "specification", "rejected", "watch", "returned"));

}  // namespace

}  // namespace brygga::supplier_payment::testing
