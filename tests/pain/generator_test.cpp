// Generated orders and answers: clean without faults, broken where it was asked for, the same bytes from the same settings, and
// each answer to its order.
#include "formats/iso20022/pain/generator.hpp"

#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/iso20022/pain/statuses.hpp"
#include "tests/pain/batches.hpp"

namespace brygga::pain {
namespace {

constexpr message_kind order = message_kind::initiation;
constexpr message_kind answer = message_kind::status_report;

generate_settings of(std::uint64_t count, std::uint64_t seed = 1) {
    generate_settings what;
    what.count = count;
    what.seed = seed;
    return what;
}

std::string made(message_kind kind, const generate_settings& what) {
    std::string out;
    const auto done = generate(kind, what, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(done) << done.error().text;
    return out;
}

std::string why(message_kind kind, const generate_settings& what) {
    const auto done = generate(kind, what, [](std::string_view) {});
    if (done) return "made";
    EXPECT_EQ(done.error().code, error_code::invalid_argument);
    return done.error().text;
}

TEST(pain_generator, makes_orders_and_answers_without_a_finding) {
    for (const std::uint64_t count : {1U, 2U, 3U, 10U, 997U}) {
        SCOPED_TRACE(count);
        const initiation_file sent = read(made(order, of(count, count)));
        EXPECT_EQ(sent.findings.total(), 0U);
        EXPECT_EQ(sent.version, 3);
        EXPECT_EQ(sent.records.at("CdtTrfTxInf"), count);
        const status_report told = read_status_report(made(answer, of(count, count)));
        EXPECT_EQ(told.findings.total(), 0U);
        EXPECT_EQ(told.version, 3);
        EXPECT_EQ(told.records.at("TxInfAndSts"), count);
    }
}

TEST(pain_generator, the_same_settings_give_the_same_bytes_and_others_give_others) {
    for (const message_kind kind : {order, answer}) {
        const std::string first = made(kind, of(50, 7));
        EXPECT_EQ(first, made(kind, of(50, 7)));
        EXPECT_NE(first, made(kind, of(50, 8)));
        generate_settings another_day = of(50, 7);
        another_day.day = parse_iso_date("2026-12-30").value();
        EXPECT_NE(first, made(kind, another_day));
    }
}

TEST(pain_generator, mixes_accounts_references_purposes_and_days) {
    std::map<account_kind, int> accounts;
    std::set<std::string> clearings, days;
    int ocr = 0, text = 0, bare = 0, salaries = 0;
    for (const payment& each : payments_in(made(order, of(2000)))) {
        ++accounts[each.account.kind];
        if (!each.account.clearing.empty()) clearings.insert(each.account.clearing);
        days.insert(format_iso_date(each.execution_date));
        ++(!each.ocr.empty() ? ocr : !each.text.empty() ? text : bare);
        salaries += each.purpose == category_purpose::salary ? 1 : 0;
    }
    EXPECT_EQ(accounts.size(), 4U);
    for (const auto& [kind, count] : accounts)
        EXPECT_GT(count, 20) << static_cast<int>(kind);
    EXPECT_THAT(clearings, testing::ElementsAre("4000", "5491", "6000", "9180"));
    EXPECT_THAT(days, testing::ElementsAre("2026-03-03", "2026-03-04", "2026-03-05"));
    for (const int each : {ocr, text, bare, salaries})
        EXPECT_GT(each, 20);
}

TEST(pain_generator, breaks_each_rule_that_is_asked_for) {
    for (const std::uint64_t count : {1U, 40U}) {
        generate_settings what = of(count);
        what.faults = {"P1-R01"};
        EXPECT_THAT(short_findings(read(made(order, what)).findings), testing::ElementsAre("error P1-R01 GrpHdr/CtrlSum"));
        EXPECT_THAT(short_findings(read_status_report(made(answer, what)).findings),
                    testing::ElementsAre("error P1-R01 OrgnlGrpInfAndSts/OrgnlMsgId"));
        what.faults = {"P1-R02"};
        const initiation_file file = read(made(order, what));
        EXPECT_THAT(short_findings(file.findings), testing::ElementsAre(testing::MatchesRegex("hold P1-R02 .*CdtrAcct/Id")));
        EXPECT_EQ(file.records.at("CdtTrfTxInf"), count + 1);
    }
}

TEST(pain_generator, bad_items_have_one_warning_each_and_are_rejected) {
    for (const auto& [percent, findings] : {std::pair{10U, 100U}, std::pair{100U, 1000U}}) {
        generate_settings what = of(1000);
        what.bad_percent = percent;
        const initiation_file file = read(made(order, what));
        EXPECT_TRUE(file.accepted());
        EXPECT_TRUE(file.holds.empty());
        EXPECT_EQ(file.findings.total(), findings);
        const std::string told = made(answer, what);
        std::uint64_t rejected = 0;
        for (std::size_t at = 0; (at = told.find("<Cd>AC01</Cd>", at)) != std::string::npos; ++at)
            ++rejected;
        EXPECT_EQ(rejected, findings);
    }
}

struct sent_payments : sink {
    void payment(const payment_view& each) override { all.push_back({std::string(each.group->id.text), each.what.id}); }
    std::vector<sent_payment> all;
};

TEST(pain_generator, each_answer_speaks_of_every_payment_of_its_order) {
    generate_settings what = of(500, 3);
    what.bad_percent = 2;
    sent_payments sent;
    const initiation_file file = read(made(order, what), {}, &sent);
    const std::vector<status_report> told = [&] {
        std::vector<status_report> out;
        out.push_back(read_status_report(made(answer, what)));
        return out;
    }();
    const refined states = refine(file.id, sent.all, told);
    EXPECT_EQ(states.unmatched, 0U);
    std::map<std::string, int> codes, reasons;
    for (const payment_status& each : states.payments) {
        EXPECT_NE(each.state, payment_state::no_word);
        ++codes[each.code];
        for (const reason& because : each.reasons)
            ++reasons[because.code];
    }
    EXPECT_THAT(codes, testing::ElementsAre(testing::Key("ACCP"), testing::Key("ACSP"), testing::Key("RJCT")));
    EXPECT_LT(codes["RJCT"], 60);
    EXPECT_THAT(reasons, testing::ElementsAre(testing::Pair("AC01", 10), testing::Key("AC04"), testing::Key("AM04")));
}

struct refused_settings {
    const char* name;
    message_kind kind;
    generate_settings what;
    const char* expected;
};

class pain_generator_refusals : public testing::TestWithParam<refused_settings> {};

TEST_P(pain_generator_refusals, are_told) {
    EXPECT_EQ(why(GetParam().kind, GetParam().what), GetParam().expected);
}

generate_settings with(void (*change)(generate_settings&)) {
    generate_settings what = of(1);
    change(what);
    return what;
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(all, pain_generator_refusals, testing::Values(
    refused_settings{"history", order, with([](auto& what) { what.faults = {"P1-R03"}; }), "no single pain.001 can break P1-R03"},
    refused_settings{"fault_of_a_payment_in_an_answer", answer, with([](auto& what) { what.faults = {"P1-R02"}; }), "no single pain.002 can break P1-R02"},
    refused_settings{"unknown_rule", order, with([](auto& what) { what.faults = {"P1-R99"}; }), "no rule is called P1-R99"},
    refused_settings{"nothing", order, with([](auto& what) { what.count = 0; }), "a pain.001 has at least one payment"},
    refused_settings{"an_answer_to_nothing", answer, with([](auto& what) { what.count = 0; }), "a pain.002 has at least one payment"},
    refused_settings{"too_many", order, with([](auto& what) { what.count = max_generated_items + 1; }), "at most 500000 payments in one message"},
    refused_settings{"too_bad", order, with([](auto& what) { what.bad_percent = 101; }), "at most 100 percent of the payments can be bad"},
    refused_settings{"receivers", order, with([](auto& what) { what.receivers = {"991-2346"}; }), "a pain.001 pays to nobody of ours: it takes no receivers"},
    refused_settings{"receivers_of_an_answer", answer, with([](auto& what) { what.receivers = {"991-2346"}; }), "a pain.002 pays to nobody of ours: it takes no receivers"},
    refused_settings{"test", order, with([](auto& what) { what.test_file = true; }), "a pain.001 cannot be marked as a test"},
    refused_settings{"year", order, with([](auto& what) { what.day = parse_iso_date("1996-12-31").value(); }), "the day must lie between 1997 and 9998"}),
    [](const auto& each) { return each.param.name; });
// clang-format on

TEST(pain_generator, takes_the_first_and_the_last_day) {
    for (const char* day : {"1997-01-01", "9998-12-31"}) {
        generate_settings what = of(5);
        what.day = parse_iso_date(day).value();
        EXPECT_EQ(read(made(order, what)).findings.total(), 0U) << day;
    }
}

}  // namespace
}  // namespace brygga::pain
