#include "formats/core/identity.hpp"

#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/organisation_number.hpp"
#include "formats/core/personal_number.hpp"
#include "tests/core/generators.hpp"

namespace brygga {
namespace {

using namespace std::chrono_literals;

constexpr date today = 2026y / 3 / 2;

std::string completed(std::string_view nine_digits) {
    return std::string(nine_digits) + *modulus_10_digit(nine_digits);
}

struct person_case {
    std::string text;
    std::string_view digits;
    personal_kind kind = personal_kind::personal;
    bool date_unknown = false;
};

TEST(personal_number, normalised) {
    const std::array<person_case, 14> table = {{
        {"811228-9874", "198112289874"},
        {"811228+9874", "188112289874"},
        {"8112289874", "198112289874"},
        {"19811228-9874", "198112289874"},
        {"198112289874", "198112289874"},
        {" 811228 9874 ", "198112289874"},
        {"701063-2391", "197010632391", personal_kind::coordination},
        {"197010632391", "197010632391", personal_kind::coordination},
        {"640823-3234", "196408233234"},
        {"18811228+9874", "188112289874"},
        {completed("000229001").insert(6, "-"), "200002290012"},
        {"7000602394", "197000602394", personal_kind::coordination, true},
        {"7010952394", "197010952394", personal_kind::coordination, true},
        {"7010602390", "197010602390", personal_kind::coordination, true},
    }};
    for (const person_case& row : table) {
        const std::string text = row.date_unknown ? completed(row.text.substr(0, 9)) : row.text;
        const auto number = parse_personal_number(text, today);
        ASSERT_TRUE(number) << row.text << ": " << expectation(number.error());
        EXPECT_EQ(number->digits.substr(0, 11), row.digits.substr(0, 11));
        EXPECT_TRUE(modulus_10_valid(std::string_view(number->digits).substr(2)));
        EXPECT_EQ(number->kind, row.kind) << row.text;
        EXPECT_EQ(number->date_unknown, row.date_unknown) << row.text;
        EXPECT_EQ(number->birth_date.has_value(), !row.date_unknown) << row.text;
    }
    EXPECT_EQ(parse_personal_number("701063-2391", today)->birth_date, date{1970y / 10 / 3});
}

// The sign changes with the year, the century of an unsigned number with the day.
TEST(personal_number, century) {
    const auto digits = [](std::string_view nine, std::string_view sign, date day) {
        return parse_personal_number(completed(nine).insert(6, sign), day)->digits.substr(0, 8);
    };
    EXPECT_EQ(digits("260302001", "-", 2026y / 3 / 2), "20260302");
    EXPECT_EQ(digits("260302001", "-", 2026y / 3 / 1), "19260302");
    EXPECT_EQ(digits("261231001", "-", 2026y / 3 / 2), "19261231");
    EXPECT_EQ(digits("261231001", "+", 2026y / 3 / 2), "19261231");
    EXPECT_EQ(digits("260101001", "+", 2026y / 3 / 2), "19260101");
    EXPECT_EQ(digits("270101001", "+", 2026y / 3 / 2), "18270101");
    EXPECT_EQ(digits("270101001", "-", 2026y / 3 / 2), "19270101");
    EXPECT_EQ(digits("991231001", "-", 1999y / 12 / 31), "19991231");
}

struct fault_case {
    std::string_view text;
    identity_fault fault;
};

TEST(personal_number, faults) {
    constexpr std::array<fault_case, 18> table = {{{"811228-9875", identity_fault::check_digit},
                                                   {"640823-3233", identity_fault::check_digit},
                                                   {"810229-9874", identity_fault::birth_date},
                                                   {"811328-9874", identity_fault::birth_date},
                                                   {"810092-9874", identity_fault::check_digit},
                                                   {"810290-9874", identity_fault::birth_date},
                                                   {"811232-9874", identity_fault::birth_date},
                                                   {"811200-9874", identity_fault::birth_date},
                                                   {"20271228-9874", identity_fault::birth_date},
                                                   {"17811228-9874", identity_fault::century},
                                                   {"16811228-9874", identity_fault::century},
                                                   {"21811228-9874", identity_fault::century},
                                                   {"811228-A874", identity_fault::characters},
                                                   {"8112-289874", identity_fault::characters},
                                                   {"811228--9874", identity_fault::characters},
                                                   {"", identity_fault::characters},
                                                   {"81122898", identity_fault::length},
                                                   {"1198112289874", identity_fault::length}}};
    for (const fault_case& row : table) {
        const auto number = parse_personal_number(row.text, today);
        ASSERT_FALSE(number) << row.text;
        EXPECT_EQ(number.error(), row.fault) << row.text << ": " << expectation(number.error());
    }
}

TEST(personal_number, sex_and_display) {
    EXPECT_EQ(sex_of("198112289874"), legal_sex::male);
    EXPECT_EQ(sex_of("196408233234"), legal_sex::male);
    EXPECT_EQ(sex_of("197010632482"), legal_sex::female);
    EXPECT_EQ(display_personal_number("198112289874", today), "811228-9874");
    EXPECT_EQ(display_personal_number("188112289874", today), "811228+9874");
    EXPECT_EQ(display_personal_number("192612310019", today), "261231+0019");
    EXPECT_EQ(display_personal_number("192701010019", today), "270101-0019");
}

RC_GTEST_PROP(personal_number, displayed_numbers_come_back, ()) {
    const date born = add_days(1900y / 1 / 1, *rc::gen::inRange(0, days_between(1900y / 1 / 1, today) + 1));
    std::string ten = format_yymmdd(born) + *gen_digits(3, 3);
    if (*rc::gen::arbitrary<bool>()) ten[4] = static_cast<char>(ten[4] + 6);
    ten += *modulus_10_digit(ten);
    const std::string digits = format_ccyymmdd(born).substr(0, 2) + ten;
    const auto number = parse_personal_number(digits, today);
    RC_ASSERT(number && number->digits == digits && number->birth_date == born);
    RC_ASSERT(parse_personal_number(display_personal_number(digits, today), today)->digits == digits);
    RC_ASSERT(classify_identity(digits, today)->customer_key == digits);
}

TEST(organisation_number, normalised) {
    for (const std::string_view text : {"556047-3521", "5560473521", "165560473521", "16556047-3521", "556047 3521"})
        EXPECT_EQ(parse_organisation_number(text).value().digits, "5560473521") << text;
    EXPECT_EQ(parse_organisation_number("556047-3521")->kind, organisation_kind::limited_company);
    EXPECT_EQ(parse_organisation_number("202100-5489")->kind, organisation_kind::public_sector);
    EXPECT_EQ(display_organisation_number("5560473521"), "556047-3521");
    EXPECT_EQ(organisation_customer_key("5560473521"), "165560473521");
    EXPECT_EQ(tk29_field("5560473521"), "005560473521");
    EXPECT_EQ(vat_number("5560473521"), "SE556047352101");
    EXPECT_EQ(digits_of_vat_number("SE 556047352101"), "5560473521");
    for (const std::string_view text : {"SE556047352102", "DE556047352101", "SE55604735211", "SE55604735x101", ""})
        EXPECT_EQ(digits_of_vat_number(text), std::nullopt) << text;
}

TEST(organisation_number, kinds_by_first_digit) {
    constexpr std::string_view kinds = "0123.56789";
    for (std::size_t digit = 0; digit < kinds.size(); ++digit) {
        const std::string number = std::to_string(digit) + "690000000";
        const auto expected = kinds[digit] == '.' ? organisation_kind::other : static_cast<organisation_kind>(digit);
        EXPECT_EQ(organisation_kind_of(number), expected) << digit;
    }
}

TEST(organisation_number, faults) {
    constexpr std::array<fault_case, 8> table = {{{"556047-3522", identity_fault::check_digit},
                                                  {"811228-9874", identity_fault::third_digit},
                                                  {"195560473521", identity_fault::century},
                                                  {"55604-73521", identity_fault::characters},
                                                  {"556047+3521", identity_fault::characters},
                                                  {"55604735", identity_fault::length},
                                                  {"", identity_fault::characters},
                                                  {"0000000000", identity_fault::third_digit}}};
    for (const fault_case& row : table) {
        const auto number = parse_organisation_number(row.text);
        ASSERT_FALSE(number) << row.text;
        EXPECT_EQ(number.error(), row.fault) << row.text;
    }
}

struct identity_case {
    std::string_view text;
    identity_kind kind;
    std::string_view customer_key;
};

TEST(identity, customer_keys) {
    constexpr std::array<identity_case, 13> table = {{{"811228-9874", identity_kind::person, "198112289874"},
                                                      {"811228+9874", identity_kind::person, "188112289874"},
                                                      {"198112289874", identity_kind::person, "198112289874"},
                                                      {"008112289874", identity_kind::person, "198112289874"},
                                                      {"701063-2391", identity_kind::coordination, "197010632391"},
                                                      {"19701063-2391", identity_kind::coordination, "197010632391"},
                                                      {"556047-3521", identity_kind::organisation, "165560473521"},
                                                      {"5560473521", identity_kind::organisation, "165560473521"},
                                                      {"165560473521", identity_kind::organisation, "165560473521"},
                                                      {"16556047-3521", identity_kind::organisation, "165560473521"},
                                                      {"005560473521", identity_kind::organisation, "165560473521"},
                                                      {"SE556047352101", identity_kind::organisation, "165560473521"},
                                                      {"SE811228987401", identity_kind::person, "198112289874"}}};
    for (const identity_case& row : table) {
        const auto known = classify_identity(row.text, today);
        ASSERT_TRUE(known) << row.text << ": " << expectation(known.error());
        EXPECT_EQ(known->kind, row.kind) << row.text << " " << name(known->kind);
        EXPECT_EQ(known->customer_key, row.customer_key) << row.text;
    }
}

TEST(identity, faults) {
    constexpr std::array<fault_case, 7> table = {{{"811228-9875", identity_fault::check_digit},
                                                  {"556047-3522", identity_fault::check_digit},
                                                  {"168112289874", identity_fault::third_digit},
                                                  {"005560473522", identity_fault::check_digit},
                                                  {"811328-9874", identity_fault::birth_date},
                                                  {"T811228-987", identity_fault::characters},
                                                  {"", identity_fault::characters}}};
    for (const fault_case& row : table) {
        const auto known = classify_identity(row.text, today);
        ASSERT_FALSE(known) << row.text;
        EXPECT_EQ(known.error(), row.fault) << row.text << ": " << expectation(known.error());
    }
}

RC_GTEST_PROP(identity, any_text_is_survived, (const std::string& text)) {
    const auto known = classify_identity(text, today);
    RC_ASSERT(!known || known->customer_key.size() == 12);
}

}  // namespace
}  // namespace brygga
