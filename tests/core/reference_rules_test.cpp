#include "formats/core/reference_rules.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace brygga {
namespace {

using namespace std::chrono_literals;
namespace check = reference_check;

constexpr date today = 2026y / 3 / 2;
const ocr_agreement level_3{ocr_level::variable_length, {}};

struct rule_case {
    std::string_view id;
    std::function<bool(finding_list&)> passing;
    std::function<bool(finding_list&)> failing;
    severity level;
    std::string_view found;
    std::string_view expected;
    bool personal = false;
};

const std::vector<rule_case>& rule_cases() {
    static const std::vector<rule_case> table = {
        {"REF-R01", [](finding_list& list) { return check::own_giro(list, "payee", "991-2346", giro_kind::bankgiro); },
         [](finding_list& list) { return check::own_giro(list, "payee", "991-2345", giro_kind::bankgiro); }, severity::error,
         "991-2345", "7 or 8 digits with the modulus-10 check digit last"},
        {"REF-R01", [](finding_list& list) { return check::own_giro(list, "payee", "12 34 56-6", giro_kind::plusgiro); },
         [](finding_list& list) { return check::own_giro(list, "payee", "123456789", giro_kind::plusgiro); }, severity::error,
         "123456789", "2 to 8 digits with the modulus-10 check digit last"},
        {"REF-R02", [](finding_list& list) { return check::payer_bankgiro(list, "payer", "0057237273"); },
         [](finding_list& list) { return check::payer_bankgiro(list, "payer", "970-1233"); }, severity::warning, "970-1233",
         "7 or 8 digits with the modulus-10 check digit last", true},
        {"REF-R03", [](finding_list& list) { return check::outgoing_ocr(list, "ocr", "1000234706", level_3); },
         [](finding_list& list) { return check::outgoing_ocr(list, "ocr", "657775", level_3); }, severity::error, "657775",
         "the last digit of the length before the check digit"},
        {"REF-R04", [](finding_list& list) { return check::incoming_ocr(list, "ocr", "74450", level_3); },
         [](finding_list& list) { return check::incoming_ocr(list, "ocr", "74451", level_3); }, severity::warning, "74451",
         "the modulus-10 check digit last", true},
        {"REF-R05", [](finding_list& list) { return check::register_identity(list, "identity", "811228-9874", today); },
         [](finding_list& list) { return check::register_identity(list, "identity", "811228-9875", today); }, severity::error,
         "811228-9875", "the modulus-10 check digit last", true},
        {"REF-R05", [](finding_list& list) { return check::register_identity(list, "identity", "701063-2391", today); },
         [](finding_list& list) { return check::register_identity(list, "identity", "19700060-2396", today); }, severity::warning,
         "19700060-2396", "a known birth date", true},
        {"REF-R06", [](finding_list& list) { return check::incoming_identity(list, "identity", "556047-3521", today); },
         [](finding_list& list) { return check::incoming_identity(list, "identity", "811328-9874", today); }, severity::warning,
         "811328-9874", "a calendar date that is not in the future", true},
        {"REF-R07",
         [](finding_list& list) {
             return check::payout_account(list, "account", {"5841", "1009823"});
         },
         [](finding_list& list) {
             return check::payout_account(list, "account", {"5841", "1009824"});
         },
         severity::error, "5841-1009824", "an account that passes its bank's check-digit test", true},
        {"REF-R07",
         [](finding_list& list) {
             return check::payout_account(list, "account", {"8105", "9000000001"});
         },
         [](finding_list& list) {
             return check::payout_account(list, "account", {"8105", "9000000002"});
         },
         severity::warning, "8105-9000000002", "an account that passes its bank's check-digit test", true},
        {"REF-R07",
         [](finding_list& list) {
             return check::payout_account(list, "account", {"9955", "1234567"});
         },
         [](finding_list& list) {
             return check::payout_account(list, "account", {"9800", "1234567"});
         },
         severity::warning, "9800-1234567", "a clearing number in the table", true},
        {"REF-R08", [](finding_list& list) { return check::iban(list, "iban", "SE35 5000 0000 0549 1000 0003"); },
         [](finding_list& list) { return check::iban(list, "iban", "SE34 5000 0000 0549 1000 0003"); }, severity::error,
         "SE34 5000 0000 0549 1000 0003", "check digits by modulus 97", true},
        {"REF-R09", [](finding_list& list) { return check::gsrn(list, "installation", "735999123000045676"); },
         [](finding_list& list) { return check::gsrn(list, "installation", "735999123000045675"); }, severity::warning,
         "735999123000045675", "the GS1 check digit last", true},
        {"REF-R10", [](finding_list& list) { return check::decimal_amount(list, "amount", "8625.000"); },
         [](finding_list& list) { return check::decimal_amount(list, "amount", "0.005"); }, severity::error, "0.005",
         "whole öre"},
        {"REF-R11", [](finding_list& list) { return check::bank_day(list, "due_date", 2026y / 4 / 2); },
         [](finding_list& list) { return check::bank_day(list, "due_date", 2026y / 4 / 3); }, severity::warning, "2026-04-03",
         "2026-04-07"},
    };
    return table;
}

TEST(reference_rules, pass_and_fail) {
    for (const rule_case& row : rule_cases()) {
        finding_list findings(reference_rules);
        EXPECT_TRUE(row.passing(findings)) << row.id;
        ASSERT_EQ(findings.total(), 0u) << row.id << " " << describe(findings.kept().front());
        EXPECT_FALSE(row.failing(findings)) << row.id;
        ASSERT_EQ(findings.total(), 1u) << row.id;
        const finding& seen = findings.kept().front();
        EXPECT_EQ(seen.rule->id, row.id);
        EXPECT_EQ(seen.level, row.level) << row.id;
        EXPECT_EQ(seen.found, row.found) << row.id;
        EXPECT_EQ(seen.expected, row.expected) << row.id;
        EXPECT_EQ(seen.personal, row.personal) << row.id;
        EXPECT_FALSE(seen.field.empty()) << row.id;
        EXPECT_NE(seen.rule->severities.find(name(row.level)), std::string_view::npos) << row.id;
    }
}

TEST(reference_rules, every_rule_has_a_case) {
    for (const rule_info& rule : reference_rules) {
        bool covered = false;
        for (const rule_case& row : rule_cases())
            covered = covered || row.id == rule.id;
        EXPECT_TRUE(covered) << rule.id;
    }
}

TEST(reference_rules, personal_values_are_shown_masked) {
    finding_list findings(reference_rules);
    check::register_identity(findings, "identity", "811228-9875", today);
    check::payout_account(findings, "account", {"5841", "1009824"});
    check::iban(findings, "iban", "SE3450000000054910000003");
    ASSERT_EQ(findings.kept().size(), 3u);
    for (const finding& seen : findings.kept()) {
        EXPECT_THAT(describe(seen), testing::Not(testing::HasSubstr(seen.found)));
        EXPECT_THAT(describe(seen, true), testing::HasSubstr(seen.found));
    }
}

TEST(reference_rules, the_profile_decides_the_severity) {
    rule_policy policy;
    policy.profile.severities.emplace("REF-R04", severity::hold);
    finding_list findings(reference_rules, policy);
    check::incoming_ocr(findings, "ocr", "74451", level_3);
    EXPECT_EQ(findings.count(severity::hold), 1u);
}

TEST(reference_rules, amounts_that_are_none_are_left_to_their_parser) {
    finding_list findings(reference_rules);
    for (const std::string_view text : {"", "1", "1.5", "1.55", "abc", "1.550", "1.55000"})
        EXPECT_TRUE(check::decimal_amount(findings, "amount", text)) << text;
    EXPECT_FALSE(check::decimal_amount(findings, "amount", "1.551"));
    EXPECT_FALSE(check::decimal_amount(findings, "amount", "1.55001"));
}

}  // namespace
}  // namespace brygga
