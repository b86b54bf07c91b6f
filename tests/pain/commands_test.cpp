// The generic commands on payment orders and their answers: JSON both ways, diff and mask. What the command prints is in
// command/cases/pain.case.
#include <gmock/gmock.h>

#include "formats/iso20022/pain/format.hpp"
#include "formats/iso20022/pain/generator.hpp"
#include "formats/iso20022/pain/status_report.hpp"
#include "formats/registry.hpp"
#include "tests/pain/batches.hpp"

namespace brygga::pain {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr message_kind order = message_kind::initiation;
constexpr message_kind answer = message_kind::status_report;

std::string generated(message_kind kind, std::uint64_t count, const std::vector<std::string>& faults = {},
                      std::uint32_t bad_percent = 0) {
    generate_settings what;
    what.count = count;
    what.faults = faults;
    what.bad_percent = bad_percent;
    std::string out;
    EXPECT_TRUE(generate(kind, what, [&](std::string_view part) { out += part; }));
    return out;
}

std::string masked(message_kind kind, std::string_view document, std::string_view key = "key") {
    std::string out;
    registered_format(kind).mask(document, key, {}, [&](std::string_view part) { out += part; });
    return out;
}

// ---- sniff ----

struct sniff_case {
    const char* name;
    const char* head;
    const char* expected;  // id of the format, empty for none
};

class pain_sniff : public testing::TestWithParam<sniff_case> {};

TEST_P(pain_sniff, names_the_format) {
    const format* const found = sniff(GetParam().head);
    EXPECT_EQ(found == nullptr ? "" : found->id(), GetParam().expected);
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(all, pain_sniff, testing::Values(
    sniff_case{"order", R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn>)", "pain.001"},
    sniff_case{"answer", R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>)", "pain.002"},
    sniff_case{"unknown_version", R"(<p:Document xmlns:p="urn:iso:std:iso:20022:tech:xsd:pain.001.001.12"/>)", "pain.001"},
    sniff_case{"no_namespace", "<Document><CstmrPmtStsRpt>", "pain.002"},
    sniff_case{"dtd", R"(<!DOCTYPE Document><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">)", "pain.001"},
    sniff_case{"direct_debit", R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.02">)", "camt.054"},  // which refuses it
    sniff_case{"another_root", R"(<Dokument xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">)", ""}),
    [](const auto& each) { return each.param.name; });
// clang-format on

// ---- JSON and diff ----

class pain_documents : public testing::TestWithParam<std::string> {};

TEST_P(pain_documents, come_back_from_json_and_differ_from_nothing) {
    const message_kind kind = GetParam().starts_with("001") ? order : answer;
    const format& of = registered_format(kind);
    const std::string from = example(GetParam());
    std::string json, back, differences;
    of.to_json(from, {}, [&](std::string_view part) { json += part; });
    ASSERT_TRUE(of.from_json(json, [&](std::string_view part) { back += part; }));
    EXPECT_EQ(back, from);
    EXPECT_TRUE(of.diff(from, from, {}, [&](std::string_view part) { differences += part; }));
    EXPECT_EQ(differences, "");
}

INSTANTIATE_TEST_SUITE_P(all, pain_documents, testing::Values("001.03", "001.09", "002.03", "002.10"),
                         [](const auto& each) { return "v" + changed(each.param, ".", "_"); });

TEST(pain_json, carries_what_our_writer_wrote_as_values_alone) {
    for (const message_kind kind : {order, answer}) {
        const std::string from = generated(kind, 30);
        std::string json, back;
        registered_format(kind).to_json(from, {}, [&](std::string_view part) { json += part; });
        EXPECT_THAT(json, Not(HasSubstr("\"xml\":")));
        ASSERT_TRUE(registered_format(kind).from_json(json, [&](std::string_view part) { back += part; }));
        EXPECT_EQ(back, from);
    }
}

TEST(pain_diff, tells_what_changed) {
    const std::string before = generated(order, 1);
    std::string differences;
    EXPECT_FALSE(registered_format(order).diff(before, changed(before, "2026-03-04", "2026-03-05"), {},
                                               [&](std::string_view part) { differences += part; }));
    EXPECT_THAT(differences, HasSubstr("ReqdExctnDt: 2026-03-04  ->  2026-03-05\n"));
}

// ---- mask ----

TEST(pain_mask, replaces_every_personal_text_and_nothing_else) {
    const std::string made = masked(order, example("001.03"));
    for (const char* each : {"Anna", "Exempel", "Bo Prov", "Provleverant", "1212121212", "9912346", "1234567897",
                             "REFUND-0000001", "LEV-0000003", "SE3550000000054910000003", "7001"})
        EXPECT_THAT(made, Not(HasSubstr(each)));
    for (const char* each : {"REFUND-20261123-01", "XXXXSESS", "SESBA", "<MmbId>3300<", "<MmbId>9900<", "BGNR", "300.50", "SALA"})
        EXPECT_THAT(made, HasSubstr(each));
    EXPECT_THAT(masked(answer, example("002.03")), Not(HasSubstr("Account closed")));
}

// The masked answer still answers the masked order.
TEST(pain_mask, gives_a_payment_the_same_id_in_order_and_answer) {
    std::string told = masked(answer, generated(answer, 20));
    for (const payment& each : payments_in(masked(order, generated(order, 20)))) {
        EXPECT_THAT(each.id, Not(testing::StartsWith("REFUND-")));
        EXPECT_THAT(told, HasSubstr("<OrgnlEndToEndId>" + each.id + "<"));
    }
}

TEST(pain_mask, keeps_the_findings_of_generated_orders) {
    for (const char* fault : {"", "P1-R01", "P1-R02"})
        for (const char* key : {"key", "another"}) {
            const std::string real =
                generated(order, 300, fault[0] == 0 ? std::vector<std::string>() : std::vector<std::string>{fault}, 10);
            const std::string made = masked(order, real, key);
            EXPECT_EQ(made.size(), real.size());
            EXPECT_EQ(short_findings(read(made).findings), short_findings(read(real).findings)) << fault;
        }
}

// An account of the worked example as another sender may write it.
struct account_case {
    const char* name;
    const char* member;  // SESBA clearing number, empty for none
    const char* id;      // what stands in CdtrAcct/Id
};

class pain_masked_accounts : public testing::TestWithParam<account_case> {};

TEST_P(pain_masked_accounts, keep_their_findings) {
    const std::string agent =
        "<CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>SESBA</Cd></ClrSysId><MmbId>3300</MmbId></ClrSysMmbId></FinInstnId></"
        "CdtrAgt>";
    const std::string member = GetParam().member;
    std::string real = changed(example("001.03"), agent, member.empty() ? "" : changed(agent, "3300", member));
    real = changed(real, "<Othr><Id>1212121212</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr>", GetParam().id);
    for (const char* key : {"one", "two", "three", "four", "five", "six", "seven", "eight"}) {
        const std::string made = masked(order, real, key);
        EXPECT_EQ(short_findings(read(made).findings), short_findings(read(real).findings)) << made;
        EXPECT_NE(payments_in(made).front().account, payments_in(real).front().account);
    }
}

#define BBAN(number) "<Othr><Id>" number "</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr>"
// clang-format off
INSTANTIATE_TEST_SUITE_P(all, pain_masked_accounts, testing::Values(
    account_case{"personal", "3300", BBAN("1212121212")},
    account_case{"personal_wrong", "3300", BBAN("1212121213")},
    account_case{"seven_digits", "4000", BBAN("9907153")},
    account_case{"nine_digits", "6000", BBAN("123456789")},
    account_case{"short", "8105", BBAN("1230")},
    account_case{"doubtful", "8105", BBAN("1231")},
    account_case{"unknown_bank", "9999", BBAN("1234567")},
    account_case{"with_letters", "5491", BBAN("99X7153")},
    account_case{"plusgiro", "9960", BBAN("1234566")},
    account_case{"plusgiro_wrong", "9960", BBAN("1234567")},
    account_case{"with_clearing", "", BBAN("40009907153")},
    account_case{"with_clearing_short", "", BBAN("81051230")},
    account_case{"with_clearing_and_fifth_digit", "", BBAN("8105-9, 900 000 000-1")},
    account_case{"with_clearing_and_wrong_fifth_digit", "", BBAN("81058 900 000 000-1")},
    account_case{"field_of_sixteen_digits", "", BBAN("4000000009907153")},
    account_case{"iban", "", "<IBAN>SE3550000000054910000003</IBAN>"},
    account_case{"iban_in_groups", "", "<IBAN>SE35 5000 0000 0549 1000 0003</IBAN>"},
    account_case{"iban_with_letters", "", "<IBAN>GB82WEST12345698765432</IBAN>"},
    account_case{"iban_in_small_letters", "", "<IBAN>gb82west12345698765432</IBAN>"},
    account_case{"iban_wrong", "", "<IBAN>SE3650000000054910000003</IBAN>"},
    account_case{"iban_short", "", "<IBAN>SE355000000005491000000</IBAN>"}),
    [](const auto& each) { return each.param.name; });
// clang-format on

// Two letters that are none of RF, under many keys.
TEST(pain_mask, makes_no_creditor_reference_of_another) {
    const std::string real = changed(example("001.03"), "<Ref>1234567897</Ref>", "<Ref>QX18539007547034</Ref>");
    ASSERT_THAT(short_findings(read(real).findings), testing::ElementsAre(HasSubstr("hold P1-R02 ")));
    for (int key = 0; key < 3000; ++key)
        ASSERT_EQ(short_findings(read(masked(order, real, std::to_string(key))).findings), short_findings(read(real).findings))
            << key;
}

// References that are none of OCR: an RF reference is not tested, and NOTPROVIDED is no id.
TEST(pain_mask, keeps_words_that_decide_how_a_reference_is_read) {
    const std::string creditor_reference = changed(example("001.03"), "<Ref>1234567897</Ref>", "<Ref>RF18539007547034</Ref>");
    EXPECT_EQ(short_findings(read(masked(order, creditor_reference)).findings),
              short_findings(read(creditor_reference).findings));
    const std::string unknown = changed(example("002.03"), "<OrgnlEndToEndId>LEV-0000003</OrgnlEndToEndId>",
                                        "<OrgnlEndToEndId>NOTPROVIDED</OrgnlEndToEndId>");
    EXPECT_EQ(short_findings(read_status_report(masked(answer, unknown)).findings),
              short_findings(read_status_report(unknown).findings));
}

}  // namespace
}  // namespace brygga::pain
