// pain.002: what is read, and what becomes of each payment when several answers come.
#include "formats/iso20022/pain/statuses.hpp"

#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pain/batches.hpp"

namespace brygga::pain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class pain_status_report : public testing::TestWithParam<std::string> {};

TEST_P(pain_status_report, is_read) {
    const status_report made = read_status_report(example(GetParam()));
    EXPECT_THAT(short_findings(made.findings), IsEmpty());
    EXPECT_TRUE(made.accepted());
    EXPECT_EQ(made.id, "BANK-4711");
    EXPECT_EQ(made.created, "2026-11-23T10:05:00");
    EXPECT_EQ(made.original_message_id, "REFUND-20261123-01");
    EXPECT_EQ(made.original_message_name.substr(0, 12), "pain.001.001");
    EXPECT_EQ(made.group, (status{"PART", {}}));
    ASSERT_EQ(made.instructions.size(), 2u);
    const reported_instruction& group = made.instructions[0];
    EXPECT_EQ(group.payment_information_id, "REFUND-20261123-01-P1");
    EXPECT_EQ(group.status, (status{"PART", {}}));
    ASSERT_EQ(group.transactions.size(), 2u);
    EXPECT_EQ(group.transactions[0].instruction_id, "REFUND-0000001");
    EXPECT_EQ(group.transactions[0].end_to_end_id, "REFUND-0000001");
    EXPECT_EQ(group.transactions[0].status,
              (status{"RJCT", {{"AC04", false, {"Account closed", "Ask the payee"}}, {"B17", true, {}}}}));
    EXPECT_EQ(group.transactions[1].status, (status{"ACSP", {}}));
    EXPECT_EQ(group.transactions[1].servicer_reference, "987654");
    EXPECT_EQ(made.instructions[1].status, (status{"ACCP", {}}));
    EXPECT_EQ(made.records.at("OrgnlPmtInfAndSts"), 2u);
    EXPECT_EQ(made.records.at("TxInfAndSts"), 2u);
}

INSTANTIATE_TEST_SUITE_P(versions, pain_status_report, testing::Values("002.03", "002.10"));

struct report_case {
    std::string what, from, to;
    std::vector<std::string> expected;
};

void PrintTo(const report_case& item, std::ostream* out) {
    *out << item.what;
}

class pain_status_report_rules : public testing::TestWithParam<report_case> {};

TEST_P(pain_status_report_rules, find_what_they_must) {
    const std::string text = changed(example("002.03"), GetParam().from, GetParam().to);
    EXPECT_EQ(short_findings(read_status_report(text).findings), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    documents, pain_status_report_rules,
    testing::Values(
        report_case{"unknown codes", "ACSP", "QQQQ", {}}, report_case{"P1-R01 cut", "</CstmrPmtStsRpt>", "", {"error P1-R01 "}},
        report_case{"P1-R01 other message", "pain.002.001.03", "camt.054.001.02", {"error P1-R01 "}},
        report_case{"P1-R01 an order", "pain.002.001.03", "pain.001.001.03", {"error P1-R01 "}},
        report_case{"P1-R01 other version", "pain.002.001.03", "pain.002.001.14", {"warning P1-R01 "}},
        report_case{"P1-R01 no namespace", " xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"", "", {"warning P1-R01 "}},
        report_case{"P1-R01 an order below Document", "CstmrPmtStsRpt", "CstmrCdtTrfInitn", {"error P1-R01 ", "error P1-R01 "}},
        report_case{"P1-R01 nothing below Document", "CstmrPmtStsRpt", "Prov", {"error P1-R01 "}},
        report_case{"P1-R01 which order",
                    "<OrgnlMsgId>REFUND-20261123-01</OrgnlMsgId>",
                    "",
                    {"error P1-R01 OrgnlGrpInfAndSts/OrgnlMsgId"}},
        report_case{"P1-R01 which payment",
                    "<OrgnlEndToEndId>LEV-0000003</OrgnlEndToEndId>",
                    "<OrgnlEndToEndId>NOTPROVIDED</OrgnlEndToEndId>",
                    {"error P1-R01 OrgnlPmtInfAndSts[1]/TxInfAndSts[2]"}}));

TEST(pain_status_report_limits, more_statuses_than_the_limit_are_refused) {
    report_options options;
    options.max_statuses = 4;
    EXPECT_TRUE(read_status_report(example("002.03"), options).accepted());
    options.max_statuses = 3;
    EXPECT_THAT(short_findings(read_status_report(example("002.03"), options).findings), ElementsAre("error P1-R01 "));
}

// ---- several answers ----

// "group: RJCT; P1: ACCP; a: ACSC AC04" -> a report of message M. a and b are payments of P1, c of P2.
status_report report_of(std::string_view text) {
    status_report made{3, true, {}, {}, "M", {}, {}, {}, {}, finding_list(rules())};
    made.instructions = {{"P1", {}, {}}, {"P2", {}, {}}};
    while (!text.empty()) {
        const std::size_t size = std::min(text.find("; "), text.size());
        const std::string_view item = text.substr(0, size);
        text.remove_prefix(std::min(size + 2, text.size()));
        const std::size_t colon = item.find(": ");
        const std::string who(item.substr(0, colon));
        const std::string_view code = item.substr(colon + 2);
        status told{std::string(code.substr(0, 4)), {}};
        if (code.size() > 5) told.reasons.push_back({std::string(code.substr(5)), false, {}});
        if (who == "group")
            made.group = told;
        else if (who == "P1" || who == "P2")
            made.instructions[who == "P2"].status = told;
        else if (who == "message")
            made.original_message_id = code;
        else
            made.instructions[who == "c"].transactions.push_back({{}, who, {}, told});
    }
    return made;
}

// "accepted ACCP", with " AC04" for a reason and " !" for a contradiction
std::string text_of(const payment_status& item) {
    std::string out(name(item.state));
    if (!item.code.empty()) out += " " + item.code;
    for (const reason& each : item.reasons)
        out += " " + each.code;
    return out + (item.contradicted ? " !" : "");
}

struct refine_case {
    std::string what;
    std::vector<std::string> reports;
    std::vector<std::string> expected;  // of a, b and c
    std::uint64_t unmatched = 0;
};

void PrintTo(const refine_case& item, std::ostream* out) {
    *out << item.what;
}

class pain_statuses : public testing::TestWithParam<refine_case> {};

TEST_P(pain_statuses, are_refined) {
    std::vector<status_report> reports;
    for (const std::string& each : GetParam().reports)
        reports.push_back(report_of(each));
    const std::vector<sent_payment> sent = {{"P1", "a"}, {"P1", "b"}, {"P2", "c"}};
    const refined made = refine("M", sent, reports);
    std::vector<std::string> found;
    for (const payment_status& each : made.payments)
        found.push_back(text_of(each));
    EXPECT_EQ(found, GetParam().expected);
    EXPECT_EQ(made.unmatched, GetParam().unmatched);
}

INSTANTIATE_TEST_SUITE_P(
    reports, pain_statuses,
    testing::Values(
        refine_case{"no report", {}, {"no word", "no word", "no word"}},
        refine_case{"technically valid is not paid", {"group: ACTC"}, {"accepted ACTC", "accepted ACTC", "accepted ACTC"}},
        refine_case{"a group rejected without any payment listed",
                    {"group: RJCT AM05"},
                    {"rejected RJCT AM05", "rejected RJCT AM05", "rejected RJCT AM05"}},
        refine_case{"a group rejected over what its parts say",
                    {"group: RJCT; P1: ACCP; a: ACSC; b: RJCT AC01"},
                    {"rejected RJCT", "rejected RJCT AC01", "rejected RJCT"}},
        refine_case{"a PmtInf rejected",
                    {"group: PART; P1: RJCT; a: ACCP; P2: ACSP"},
                    {"rejected RJCT", "rejected RJCT", "accepted ACSP"}},
        refine_case{
            "the nearest status holds", {"group: ACCP; P1: ACSP; b: PDNG"}, {"accepted ACSP", "pending PDNG", "accepted ACCP"}},
        refine_case{"part says nothing of a payment",
                    {"group: PART; P1: PART; a: RJCT AC04"},
                    {"rejected RJCT AC04", "no word PART", "no word PART"}},
        refine_case{"later reports refine",
                    {"group: ACTC", "group: ACCP; b: RJCT BE05", "P1: ACSC; P2: ACSP"},
                    {"paid ACSC", "rejected RJCT BE05 !", "accepted ACSP"}},
        refine_case{"pending after accepted", {"group: ACCP", "c: PDNG"}, {"accepted ACCP", "accepted ACCP", "pending PDNG"}},
        refine_case{
            "only ACSC and ACCC are paid", {"a: ACSP; b: ACWC; c: ACSC", "b: ACCC"}, {"accepted ACSP", "paid ACCC", "paid ACSC"}},
        refine_case{"unknown codes are kept and change nothing",
                    {"a: ACSP", "a: ACFC; b: QQQQ NARR"},
                    {"accepted ACFC", "no word QQQQ NARR", "no word"}},
        refine_case{"paid stays paid", {"a: ACSC", "a: ACSP"}, {"paid ACSC", "no word", "no word"}},
        refine_case{
            "rejected after paid is contradicted", {"a: ACSC", "group: RJCT"}, {"paid ACSC !", "rejected RJCT", "rejected RJCT"}},
        refine_case{"paid after rejected is contradicted", {"a: RJCT", "a: ACSC"}, {"rejected RJCT !", "no word", "no word"}},
        refine_case{"another message", {"message: N; group: RJCT"}, {"no word", "no word", "no word"}, 1},
        refine_case{"an unknown payment", {"x: RJCT; a: ACSP"}, {"accepted ACSP", "no word", "no word"}, 1}));

TEST(pain_statuses_limits, refused_reports_say_nothing) {
    status_report damaged = read_status_report(changed(example("002.03"), "</Document>", ""));
    const std::vector<sent_payment> sent = {{"REFUND-20261123-01-P1", "REFUND-0000001"}};
    const refined made = refine("REFUND-20261123-01", sent, std::vector<status_report>{damaged});
    EXPECT_EQ(made.payments[0].state, payment_state::no_word);
    EXPECT_EQ(made.unmatched, 1u);
}

TEST(pain_statuses_limits, the_instruction_id_stands_in_for_the_end_to_end_id) {
    const std::string text = changed(example("002.03"), "<OrgnlEndToEndId>REFUND-0000001</OrgnlEndToEndId>", "");
    const std::vector<sent_payment> sent = {{"REFUND-20261123-01-P1", "REFUND-0000001"}};
    const refined made = refine("REFUND-20261123-01", sent, std::vector<status_report>{read_status_report(text)});
    EXPECT_EQ(made.payments[0].state, payment_state::rejected);
}

}  // namespace
}  // namespace brygga::pain
