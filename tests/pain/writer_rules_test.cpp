// What the writer refuses and reports: P1-R01 for the batch, P1-R02 for a payment, P1-R03 for its message id.
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/core/sha256.hpp"
#include "tests/pain/batches.hpp"

namespace brygga::pain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The worked batch with an account that passes, and a second payment that is always right.
batch sound_batch() {
    batch made = worked_batch();
    made.account.number = "SE3550000000054910000003";
    made.payments.push_back(made.payments[0]);
    made.payments[1].id = "REFUND-0000002";
    return made;
}

struct refusal_case {
    std::string what;
    void (*change)(batch& item);
    std::vector<std::string> expected;
    bool accepted = false;
};

void PrintTo(const refusal_case& item, std::ostream* out) {
    *out << item.what;
}

class pain_writer_rules : public testing::TestWithParam<refusal_case> {};

TEST_P(pain_writer_rules, find_what_they_must) {
    batch item = sound_batch();
    GetParam().change(item);
    const auto made = write(item, worked_profile(), never_used);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(short_findings(made->findings), GetParam().expected);
    EXPECT_EQ(made->accepted(), GetParam().accepted);
    EXPECT_EQ(made->bytes.empty(), !GetParam().accepted);
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(
    payments, pain_writer_rules,
    testing::Values(
        refusal_case{"nothing", [](batch&) {}, {}, true},
        refusal_case{"P1-R02 no name", [](batch& item) { item.payments[0].creditor_name = "  "; }, {"hold P1-R02 payment[1]/Cdtr/Nm"}},
        refusal_case{"a name of 70 letters", [](batch& item) { item.payments[0].creditor_name = ""; for (int i = 0; i < 70; ++i) item.payments[0].creditor_name += "å"; }, {}, true},
        refusal_case{"P1-R02 a name of 71 letters is not cut", [](batch& item) { item.payments[0].creditor_name = std::string(71, 'a'); }, {"hold P1-R02 payment[1]/Cdtr/Nm"}},
        refusal_case{"P1-R02 a name that becomes too long", [](batch& item) { item.payments[0].creditor_name = std::string(69, 'a') + "æ"; }, {"hold P1-R02 payment[1]/Cdtr/Nm"}},
        refusal_case{"P1-R02 a name in other letters", [](batch& item) { item.payments[0].creditor_name = "Анна"; }, {"hold P1-R02 payment[1]/Cdtr/Nm", "hold P1-R02 payment[1]/Cdtr/Nm"}},
        refusal_case{"a text of 25", [](batch& item) { item.payments[0].text = std::string(25, 'a'); }, {}, true},
        refusal_case{"P1-R02 a text of 26 is not cut", [](batch& item) { item.payments[0].text = std::string(26, 'a'); }, {"hold P1-R02 payment[1]/RmtInf/Ustrd"}},
        refusal_case{"P1-R02 check digit of an account", [](batch& item) { item.payments[1].account.number = "1212121213"; }, {"hold P1-R02 payment[2]/CdtrAcct/Id"}},
        refusal_case{"P1-R02 a clearing number of other length", [](batch& item) { item.payments[0].account.clearing = "330"; }, {"hold P1-R02 payment[1]/CdtrAcct/Id"}},
        refusal_case{"P1-R02 an account of other length", [](batch& item) { item.payments[0].account = {account_kind::bank_account, "5491", "00000003"}; }, {"hold P1-R02 payment[1]/CdtrAcct/Id"}},
        refusal_case{"P1-R02 a clearing number without a rule is told", [](batch& item) { item.payments[0].account.clearing = "9999"; }, {"warning P1-R02 payment[1]/CdtrAcct/Id"}, true},
        refusal_case{"P1-R02 an older savings bank account is told", [](batch& item) { item.payments[0].account = {account_kind::bank_account, "8105", "9000000002"}; }, {"warning P1-R02 payment[1]/CdtrAcct/Id"}, true},
        refusal_case{"P1-R02 bankgiro", [](batch& item) { item.payments[0].account = {account_kind::bankgiro, "", "9912347"}; }, {"hold P1-R02 payment[1]/CdtrAcct/Id"}},
        refusal_case{"P1-R02 plusgiro", [](batch& item) { item.payments[0].account = {account_kind::plusgiro, "", "1234567"}; }, {"hold P1-R02 payment[1]/CdtrAcct/Id"}},
        refusal_case{"P1-R02 IBAN", [](batch& item) { item.payments[0].account = {account_kind::iban, "", "SE3650000000054910000003"}; }, {"hold P1-R02 payment[1]/CdtrAcct/Id"}},
        refusal_case{"P1-R02 no account", [](batch& item) { item.payments[0].account = {}; }, {"hold P1-R02 payment[1]/CdtrAcct/Id"}},
        refusal_case{"P1-R02 an account of another scheme", [](batch& item) { item.payments[0].account = {account_kind::other, "", "1"}; }, {"hold P1-R02 payment[1]/CdtrAcct/Id"}},
        refusal_case{"P1-R02 OCR", [](batch& item) { item.payments[0].text.clear(); item.payments[0].ocr = "1234567898"; }, {"hold P1-R02 payment[1]/RmtInf/Strd/CdtrRefInf/Ref"}},
        refusal_case{"P1-R02 OCR and text", [](batch& item) { item.payments[0].ocr = "1234567897"; }, {"hold P1-R02 payment[1]/RmtInf/Ustrd"}},
        refusal_case{"P1-R02 a credit note", [](batch& item) { item.payments[0].amount_ore = -100; }, {"hold P1-R02 payment[1]/Amt/InstdAmt"}},
        refusal_case{"P1-R02 no day", [](batch& item) { item.payments[0].execution_date = {}; }, {"hold P1-R02 payment[1]/ReqdExctnDt"}},
        refusal_case{"P1-R02 an id with å", [](batch& item) { item.payments[0].id = "ÅTER-1"; }, {"hold P1-R02 payment[1]/PmtId/EndToEndId"}},
        refusal_case{"P1-R02 an id of 36", [](batch& item) { item.payments[0].id = std::string(36, '1'); }, {"hold P1-R02 payment[1]/PmtId/EndToEndId"}},
        refusal_case{"P1-R02 an id twice", [](batch& item) { item.payments[1].id = item.payments[0].id; }, {"hold P1-R02 payment[2]/PmtId/EndToEndId"}}));

INSTANTIATE_TEST_SUITE_P(
    batches, pain_writer_rules,
    testing::Values(
        refusal_case{"P1-R01 no payment", [](batch& item) { item.payments.clear(); }, {"error P1-R01 CdtTrfTxInf"}},
        refusal_case{"P1-R01 message id with ö", [](batch& item) { item.message_id = "RÖD"; }, {"error P1-R01 GrpHdr/MsgId"}},
        refusal_case{"a message id of 32", [](batch& item) { item.message_id = std::string(32, '1'); }, {}, true},
        refusal_case{"P1-R01 a message id that leaves no place for the group", [](batch& item) { item.message_id = std::string(33, '1'); }, {"error P1-R01 GrpHdr/MsgId"}},
        refusal_case{"P1-R01 a message id of 32 that leaves no place for ten groups", [](batch& item) { item.message_id = std::string(32, '1'); for (unsigned day = 1; day <= 9; ++day) { item.payments.push_back(item.payments[0]); item.payments.back().id = std::string(day, '7'); item.payments.back().execution_date = date{std::chrono::year(2026), std::chrono::December, std::chrono::day(day)}; } }, {"error P1-R01 GrpHdr/MsgId"}},
        refusal_case{"P1-R01 a message id of 32 that leaves no place for ten groups, half of them on the bankgiro", [](batch& item) { item.message_id = std::string(32, '1'); item.debtor_bankgiro = "9912346"; const payment like = item.payments[0]; item.payments.clear(); for (unsigned day = 1; day <= 10; ++day) { item.payments.push_back(like); payment& made = item.payments.back(); made.id = std::string(day, '7'); made.execution_date = date{std::chrono::year(2026), std::chrono::December, std::chrono::day(day / 2 + 1 - (day == 10 ? 5 : 0))}; if (day % 2 == 0) made.account = {account_kind::bankgiro, "", "9912346"}; } }, {"error P1-R01 GrpHdr/MsgId"}},
        refusal_case{"a BIC of a head office", [](batch& item) { item.agent_bic = "ESSESESSXXX"; }, {}, true},
        refusal_case{"a BIC of a branch", [](batch& item) { item.agent_bic = "ESSESESS001"; }, {}, true},
        refusal_case{"P1-R01 a BIC of a head office in small letters", [](batch& item) { item.agent_bic = "ESSESESSxxx"; }, {"error P1-R01 PmtInf/DbtrAgt/FinInstnId"}},
        refusal_case{"P1-R01 a moment without seconds", [](batch& item) { item.created = "2026-11-23T10:00"; }, {"error P1-R01 GrpHdr/CreDtTm"}},
        refusal_case{"P1-R01 no name of ours", [](batch& item) { item.debtor_name.clear(); }, {"error P1-R01 PmtInf/Dbtr/Nm"}},
        refusal_case{"P1-R01 no initiator", [](batch& item) { item.initiator_name.clear(); item.initiator_id.clear(); }, {"error P1-R01 GrpHdr/InitgPty/Nm", "error P1-R01 GrpHdr/InitgPty/Id/OrgId/Othr/Id"}},
        refusal_case{"P1-R01 no BIC", [](batch& item) { item.agent_bic = "prov"; }, {"error P1-R01 PmtInf/DbtrAgt/FinInstnId"}},
        refusal_case{"P1-R01 no account of ours", [](batch& item) { item.account.number.clear(); }, {"error P1-R01 PmtInf/DbtrAcct/Id"}},
        refusal_case{"P1-R01 no bankgiro of ours", [](batch& item) { item.account = {debit_form::bankgiro, "9912347"}; }, {"error P1-R01 PmtInf/DbtrAcct/Id"}},
        refusal_case{"P1-R01 wrong bankgiro beside the account", [](batch& item) { item.debtor_bankgiro = "9912347"; }, {"error P1-R01 PmtInf/DbtrAcct/Id"}},
        refusal_case{"a sum of 18 digits", [](batch& item) { item.payments[0].amount_ore = 999'999'999'999'969'949; item.payments[1].amount_ore = 30050; }, {}, true},
        refusal_case{"P1-R01 a sum of 19 digits", [](batch& item) { item.payments[0].amount_ore = 999'999'999'999'999'999; item.payments[1].amount_ore = 1; }, {"error P1-R01 GrpHdr/CtrlSum"}}));
// clang-format on

TEST(pain_writer_holds, name_the_payment_by_its_id_and_by_nothing_else) {
    batch item = sound_batch();
    item.payments[0].creditor_name = std::string(80, 'X');
    item.payments[0].account.number = "1212121213";
    const auto made = write(item, worked_profile(), never_used);
    ASSERT_TRUE(made.has_value());
    EXPECT_THAT(made->holds, ElementsAre(hold_mark{1, rule::R02}));
    for (const finding& each : made->findings.kept()) {
        EXPECT_EQ(each.serial, "REFUND-0000001");
        const std::string line = describe(each, true);
        EXPECT_EQ(line.find("XXXX"), std::string::npos) << line;
        EXPECT_EQ(line.find("1212121213"), std::string::npos) << line;
    }
    item.payments.erase(item.payments.begin());
    EXPECT_TRUE(write(item, worked_profile(), never_used)->accepted());
}

TEST(pain_writer_holds, say_what_an_ocr_reference_should_be_as_the_expectation) {
    batch item = sound_batch();
    item.payments[0].text.clear();
    item.payments[0].ocr = "1234567898";
    const auto made = write(item, worked_profile(), never_used);
    ASSERT_EQ(made->findings.kept().size(), 1U);
    EXPECT_EQ(made->findings.kept()[0].found, "");
    EXPECT_EQ(made->findings.kept()[0].expected, "an OCR reference: the modulus-10 check digit last");
}

TEST(pain_writer_holds, are_complete_beyond_the_cap_of_findings) {
    batch item = sound_batch();
    item.payments.resize(default_finding_cap + 10, item.payments[0]);
    const auto made = write(item, worked_profile(), never_used);
    EXPECT_EQ(made->holds.size(), default_finding_cap + 8);  // all but the first have an id that was there before
}

TEST(pain_writer_texts, report_what_was_replaced) {
    batch item = sound_batch();
    item.debtor_name = "Provstad Energi & Vatten AB";
    item.payments[1].creditor_name = "Renée Exempel";
    item.payments[1].text = "Åter; 7001";
    const auto made = write(item, worked_profile(), never_used);
    ASSERT_TRUE(made->accepted());
    EXPECT_THAT(made->replaced,
                ElementsAre(replaced_text{0, payment_field::creditor_name}, replaced_text{2, payment_field::creditor_name},
                            replaced_text{2, payment_field::text}));
    const auto payments = payments_in(made->bytes);
    EXPECT_EQ(payments[1].creditor_name, "Renee Exempel");
    EXPECT_EQ(payments[1].text, "Åter, 7001");
    EXPECT_NE(made->bytes.find("Provstad Energi + Vatten AB"), std::string::npos);
}

// ---- P1-R03 ----

TEST(pain_writer_message_id, is_stable_for_a_batch_and_new_for_a_new_one) {
    std::map<std::string, std::string, std::less<>> sent;
    const earlier_messages earlier = [&](std::string_view id) -> std::optional<std::string> {
        const auto found = sent.find(id);
        if (found == sent.end()) return std::nullopt;
        return found->second;
    };
    batch item = sound_batch();
    const auto first = write(item, worked_profile(), earlier);
    ASSERT_TRUE(first->accepted());
    EXPECT_EQ(first->content_hash, sha256_hex(first->bytes));
    sent.emplace(item.message_id, first->content_hash);

    const auto again = write(item, worked_profile(), earlier);
    EXPECT_TRUE(again->accepted());
    EXPECT_EQ(again->bytes, first->bytes);

    item.payments[0].amount_ore += 1;
    const auto other = write(item, worked_profile(), earlier);
    EXPECT_THAT(short_findings(other->findings), ElementsAre("error P1-R03 GrpHdr/MsgId"));
    EXPECT_THAT(other->bytes, IsEmpty());
    EXPECT_THAT(other->content_hash, IsEmpty());

    item.message_id = "REFUND-20261123-02";
    EXPECT_TRUE(write(item, worked_profile(), earlier)->accepted());
}

// ---- the profile ----

TEST(pain_writer_profile, out_of_bounds_is_no_fault_of_the_batch) {
    const auto refused = [](void (*change)(bank_profile&)) {
        bank_profile profile;
        change(profile);
        const auto made = write(sound_batch(), profile, never_used);
        return !made && made.error().code == error_code::invalid_argument;
    };
    EXPECT_FALSE(refused([](bank_profile&) {}));
    EXPECT_TRUE(refused([](bank_profile& profile) { profile.version = 8; }));
    EXPECT_TRUE(refused([](bank_profile& profile) { profile.plusgiro_member = "9900"; }));
    EXPECT_TRUE(refused([](bank_profile& profile) { profile.max_name = 0; }));
    EXPECT_FALSE(refused([](bank_profile& profile) { profile.max_name = 140; }));
    EXPECT_TRUE(refused([](bank_profile& profile) { profile.max_name = 141; }));
    EXPECT_TRUE(refused([](bank_profile& profile) { profile.max_text = 24; }));
    EXPECT_FALSE(refused([](bank_profile& profile) { profile.max_text = 140; }));
    EXPECT_TRUE(refused([](bank_profile& profile) { profile.max_text = 141; }));
}

TEST(pain_writer_profile, wants_an_address_where_the_bank_does) {
    bank_profile profile = worked_profile();
    profile.creditor_address = true;
    batch item = sound_batch();
    item.payments[0].creditor_town = "Storstad";
    item.payments[0].creditor_country = "SE";
    item.payments[1].creditor_country = "Sverige";
    const auto made = write(item, profile, never_used);
    EXPECT_THAT(short_findings(made->findings),
                ElementsAre("hold P1-R02 payment[2]/Cdtr/PstlAdr", "hold P1-R02 payment[2]/Cdtr/PstlAdr"));
}

}  // namespace
}  // namespace brygga::pain
