// What a finding prints of a reference or of slipped text is masked when it could be about a person (DESIGN section 10).
#include <gmock/gmock.h>

#include "tests/bgmax/rule_case.hpp"

namespace brygga::bgmax::testing {

namespace {

struct reference_case {
    const char* name;
    std::string reference;
    char code;
    bool personal;
};

const reference_case references[] = {
    {"ocr_number", "1000234706", '0', false},
    {"damaged_ocr_number", "1000234707", '2', false},
    {"long_ocr_number", "1234567890123456789012345", '2', false},
    {"words", "Faktura 12", '0', true},
    {"personal_number", "9003149805", '0', true},
    {"personal_number_with_century", "199003149805", '1', true},
    {"personal_number_with_a_blank", "900314 9805", '0', true},
    {"personal_number_within_more_digits", "7190031498053", '2', true},
    {"coordination_number", "9003749802", '0', true},
    {"coordination_number_of_an_unknown_day", "9000609801", '0', true},
    {"no_calendar_date", "9002309806", '0', false},
    {"wrong_check_digit", "9003149806", '0', false},
};

std::ostream& operator<<(std::ostream& out, const reference_case& each) {
    return out << each.name;
}

class finding_on_a_reference : public ::testing::TestWithParam<reference_case> {};

TEST_P(finding_on_a_reference, is_personal_when_it_could_hold_an_identity_number) {
    std::vector<std::string> lines = worked_example("7.1");
    std::string reference = GetParam().reference;
    reference.resize(25, ' ');
    lines[2].replace(12, 25, reference).replace(55, 1, 1, GetParam().code);
    const auto files = read(joined(lines));
    ASSERT_EQ(files[0].findings.kept().size(), 1u);
    const finding& item = files[0].findings.kept()[0];
    EXPECT_EQ(item.field, "reference");
    EXPECT_EQ(item.personal, GetParam().personal);
    EXPECT_EQ(describe(item).find(GetParam().reference) == std::string::npos, GetParam().personal) << describe(item);
    EXPECT_NE(describe(item, true).find(GetParam().reference), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(forms, finding_on_a_reference, ::testing::ValuesIn(references),
                         [](const auto& each) { return std::string(each.param.name); });

struct column_case {
    const char* name;
    std::size_t line, column;  // 1-based
    rule broken;
};

// A line that lost or gained columns before them: a name where digits belong.
const column_case columns_of_digits[] = {
    {"amount", 3, 38, rule::R30},        {"serial", 3, 58, rule::R44},          {"payer_bankgiro", 3, 3, rule::R44},
    {"written_at", 1, 25, rule::R06},    {"bankgiro", 2, 3, rule::R38},         {"plusgiro", 2, 13, rule::R38},
    {"bank_account", 12, 22, rule::R38}, {"deposit_amount", 12, 51, rule::R30}, {"payment_date", 12, 38, rule::R35},
    {"counter", 13, 3, rule::R30},
};

class finding_on_digits : public ::testing::TestWithParam<column_case> {};

TEST_P(finding_on_digits, masks_text_that_slipped_there) {
    std::vector<std::string> lines = worked_example("7.1");
    lines[GetParam().line - 1].replace(GetParam().column - 1, 8, "Lindgren");
    std::size_t found = 0;
    const auto files = read(joined(lines));
    for (const finding& each : files[0].findings.kept()) {
        EXPECT_EQ(describe(each).find("Lindgren"), std::string::npos) << describe(each);
        if (each.rule != &info(GetParam().broken) || each.found.find("Lindgren") == std::string::npos) continue;
        ++found;
        EXPECT_TRUE(each.personal);
    }
    EXPECT_EQ(found, 1u);
}

INSTANTIATE_TEST_SUITE_P(columns, finding_on_digits, ::testing::ValuesIn(columns_of_digits),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace

}  // namespace brygga::bgmax::testing
