// KIV-R01 to KIV-R10, KIV-R15 and KIV-R16: kivra.md section 4.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/print/kivra/rules.hpp"
#include "tests/print/kivra_samples.hpp"

namespace brygga::kivra {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ids(const std::vector<kivra_finding>& found) {
    std::vector<std::string> all;
    for (const kivra_finding& each : found)
        all.emplace_back(kivra_rules()[static_cast<std::size_t>(each.rule)].id);
    return all;
}

std::string id(const std::optional<kivra_finding>& found) {
    return found ? std::string(kivra_rules()[static_cast<std::size_t>(found->rule)].id) : "";
}

content_demands demands() {
    content_demands made;
    made.today = 2026y / 12 / 1;
    made.open_amount_ore = 123'450;
    made.private_texts = {"Anna Exempel", "Provgatan 7", "191212121212"};
    return made;
}

std::vector<std::string> ids_of(const content& what) {
    return ids(check_content(what, demands()));
}

TEST(kivra_rules, a_right_content_has_no_findings) {
    EXPECT_THAT(ids_of(sample_invoice()), IsEmpty()) << "KIV-R01 to KIV-R06, KIV-R08";
    EXPECT_THAT(ids_of(sample_letter()), IsEmpty());
    EXPECT_EQ(kivra_rules().size(), 16u);
}

TEST(kivra_rules, kiv_r01_protection) {
    content_demands with = demands();
    with.protected_recipient = true;
    const auto found = check_content(sample_invoice(), with);
    EXPECT_THAT(ids(found), ElementsAre("KIV-R01"));
}

TEST(kivra_rules, kiv_r02_person) {
    content what = sample_invoice();
    what.to.ssn = "197010632391";
    EXPECT_THAT(ids_of(what), IsEmpty()) << "a coordination number";
    for (const char* ssn : {"191212121213", "191213121212", "1212121212",
                            "20270101"
                            "0000",
                            "19121212-1212", "191212121212x"}) {
        what.to.ssn = ssn;
        const auto found = check_content(what, demands());
        EXPECT_THAT(ids(found), ElementsAre("KIV-R02")) << ssn;
        for (const kivra_finding& each : found)
            EXPECT_THAT(each.found + each.expected, testing::Not(testing::HasSubstr("1212")));
    }
}

TEST(kivra_rules, kiv_r03_company) {
    content what = sample_invoice();
    what.to = {"", "", "SE556000461501"};
    EXPECT_THAT(ids_of(what), IsEmpty());
    for (const char* number : {"SE556000461601", "SE556000461502", "NO556000461501", "5560004615", "SE191212121201",
                               "SE55600046150", "SE121212121201"}) {
        what.to.vat_number = number;
        EXPECT_THAT(ids_of(what), ElementsAre("KIV-R03")) << number;
    }
}

TEST(kivra_rules, kiv_r04_one_recipient) {
    content what = sample_invoice();
    what.to.email = "anna@example.com";
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R04"));
    what.to = {};
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R04"));
    what.to.email = "anna@example.com";
    EXPECT_THAT(ids_of(what), IsEmpty());
}

TEST(kivra_rules, kiv_r05_payment) {
    content what = sample_invoice();
    what.payment.reset();
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R05"));
    what = sample_invoice();
    what.type = content_type::letter;
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R05"));
    what = sample_invoice();
    what.type = content_type::invoice_reminder;
    EXPECT_THAT(ids_of(what), IsEmpty());
    what.payment->options.clear();
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R05"));
    what = sample_invoice();
    what.payment->account = "59892811";
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R05"));
    what = sample_invoice();
    what.payment->swish_alias = "12";
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R05"));
}

TEST(kivra_rules, kiv_r06_amounts_and_references) {
    content what = sample_invoice();
    what.payment->options[0].amount_ore = 99;
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R06"));
    what.payment->options[0].amount_ore = 123'400;
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R06")) << "another amount than what is open";
    what = sample_invoice();
    what.payment->options.push_back(what.payment->options[0]);
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R06")) << "options that cannot be told apart";
    what.payment->options[1].amount_ore = 41'150;
    EXPECT_THAT(ids_of(what), IsEmpty()) << "example 7.2";
    // Of Kivra's own samples.
    for (const char* reference : {"771554194", "771554195", "", "70012345041234567890123456"}) {
        what.payment->options[1].reference = reference;
        const auto found = check_content(what, demands());
        EXPECT_THAT(ids(found), ElementsAre("KIV-R06")) << reference;
        EXPECT_THAT(found.at(0).found, testing::Not(testing::HasSubstr("7715")));
    }
    what.payment->options[1].type = reference_type::tenant_ref;
    what.payment->options[1].reference = "Avtal 17";
    EXPECT_THAT(ids_of(what), IsEmpty());
}

TEST(kivra_rules, kiv_r06_free_amounts) {
    content what = sample_invoice();
    what.payment->flexible =
        flexible_option{2026y / 12 / 30, reference_type::se_ocr, "7001234504", "", "", 10'000, 20'000, {}, 50'000};
    EXPECT_THAT(ids_of(what), IsEmpty());
    what.payment->flexible->max_suggested_ore = 15'000;
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R06")) << "less than the least that is suggested";
    what.payment->flexible->max_suggested_ore = {};
    what.payment->flexible->min_limit_ore = 99;
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R06"));
}

TEST(kivra_rules, kiv_r07_size) {
    EXPECT_EQ(id(check_size(std::string(1'000'000, 'x'))), "");
    EXPECT_EQ(id(check_size(std::string(1'000'001, 'x'))), "KIV-R07");
}

TEST(kivra_rules, kiv_r08_nothing_of_the_recipient) {
    content what = sample_invoice();
    for (const char* subject : {"Faktura till Anna Exempel", "faktura anna exempel", "Avser Provgatan 7", "Kund 191212121212",
                                "Kund 121212-1212", "Kund 19121212-1212"}) {
        what.subject = subject;
        EXPECT_THAT(ids_of(what), ElementsAre("KIV-R08")) << subject;
    }
    what = sample_invoice();
    what.parts[0].name = "Faktura_70012345_to_1212121212.pdf";
    EXPECT_THAT(ids_of(what), ElementsAre("KIV-R08"));
    what.parts[0].name = "Faktura_7001234504.pdf";
    EXPECT_THAT(ids_of(what), IsEmpty()) << "a number of the invoice";
}

TEST(kivra_rules, kiv_r08_length) {
    content what = sample_invoice();
    const auto level_of = [&](std::size_t size) -> std::optional<severity> {
        what.subject = std::string(size - 2, 'x') + "\xC3\xA5";
        const auto found = check_content(what, demands());
        return found.empty() ? std::nullopt : std::optional(found.front().level);
    };
    EXPECT_EQ(level_of(36), std::nullopt) << "35 characters in 36 bytes";
    EXPECT_EQ(level_of(37), severity::warning);
    EXPECT_EQ(level_of(61), severity::warning);
    EXPECT_EQ(level_of(62), severity::error);
}

TEST(kivra_rules, kiv_r09_old_match) {
    const std::chrono::sys_seconds matched = std::chrono::sys_days(2026y / 12 / 1);
    EXPECT_EQ(id(check_match_age(matched, matched + 24h)), "");
    EXPECT_EQ(id(check_match_age(matched, matched + 24h + 1s)), "KIV-R09");
}

TEST(kivra_rules, kiv_r10_repeats) {
    content what = sample_invoice();
    const std::string first = *write_content(what);
    EXPECT_EQ(id(check_repeat(first, first)), "");
    what.generated_at = 2026y / 12 / 2;
    EXPECT_EQ(id(check_repeat(first, *write_content(what))), "") << "generated_at is of no interest to the duplicate control";
    what.parts[0].bytes += ' ';
    EXPECT_EQ(id(check_repeat(first, *write_content(what))), "KIV-R10");
    EXPECT_EQ(id(check_repeat(first, "no JSON")), "KIV-R10");
}

TEST(kivra_rules, kiv_r15_events) {
    const content sent = sample_invoice();
    payment_event event;
    event.amount_ore = 123'450;
    EXPECT_THAT(ids(check_event(event, &sent)), IsEmpty());
    EXPECT_THAT(ids(check_event(event, nullptr)), ElementsAre("KIV-R15"));
    event.amount_ore = 123'400;
    EXPECT_THAT(ids(check_event(event, &sent)), ElementsAre("KIV-R15"));
    content flexible = sent;
    flexible.payment->flexible.emplace();
    EXPECT_THAT(ids(check_event(event, &flexible)), IsEmpty());
    event.amount_ore.reset();
    EXPECT_THAT(ids(check_event(event, &sent)), IsEmpty()) << "declined";
}

TEST(kivra_rules, kiv_r16_printed_after_delivery) {
    EXPECT_EQ(id(check_print(false, false)), "");
    EXPECT_EQ(id(check_print(true, true)), "");
    EXPECT_EQ(id(check_print(true, false)), "KIV-R16");
}

}  // namespace
}  // namespace brygga::kivra
