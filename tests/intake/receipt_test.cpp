#include "connectors/intake/receipt.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace brygga::intake {
namespace {

using ledger::file_outcome;
using ledger::hold_verdict;
using nlohmann::json;

constexpr rule_info broken_sum{0, "TOY-R32", "hold", "The sum is right.", "Ask the bank."};
constexpr rule_info damaged_name{1, "TOY-R40", "error", "The name is whole.", "Ask the bank."};

inbound::section_result section(std::uint32_t number, inbound::section_state state, std::vector<std::string> reasons) {
    inbound::section_result out;
    out.section_no = number;
    out.bankgiro = "9912346";
    out.amount_ore = 1000 * number;
    out.state = state;
    out.reasons = std::move(reasons);
    return out;
}

ledger::exchanged_file held_file_row() {
    ledger::exchanged_file out;
    out.id = 1;
    out.claim = "0000000000001";
    out.name = "Exempelsson.txt";
    out.format = "toy";
    out.sha256 = std::string(64, 'a');
    out.size_bytes = 7;
    out.outcome = file_outcome::held;
    return out;
}

// One accepted logical file with a booked and two held sections; optionally a second one that was refused.
inbound::file_result content(bool with_refused) {
    inbound::file_result out;
    out.format = "toy";
    inbound::logical_result first;
    first.logical_no = 1;
    first.accepted = true;
    first.batch_id = 5;
    first.payments = 3;
    first.sums["SEK"].booked_ore += 1000;
    first.sums["EUR"].booked_ore += 200;
    first.sections = {section(1, inbound::section_state::booked, {}),
                      section(2, inbound::section_state::held, {"TOY-R32", "TOY-R33"}),
                      section(3, inbound::section_state::held, {"TOY-R32"})};
    finding sum;
    sum.rule = &broken_sum;
    sum.level = severity::hold;
    sum.found = "12";
    first.findings = {sum};
    first.findings_total = 1;
    out.files.push_back(first);
    if (!with_refused) return out;
    inbound::logical_result second;
    second.logical_no = 2;
    finding name;
    name.rule = &damaged_name;
    name.level = severity::error;
    name.found = "Exempelsson Åsa";
    name.personal = true;
    second.findings = {name};
    second.findings_total = 1;
    out.files.push_back(second);
    return out;
}

std::string receipt_of(const ledger::exchanged_file& file, const inbound::file_result* read) {
    receipt_input input{"nat", &file, read, {}, {}, {}, {}, {7, std::string(64, 'a')}};
    if (read == nullptr) input.reasons.emplace_back(reason::binary);
    return make_receipt(input);
}

ledger::held_item hold(std::uint32_t section_no, std::optional<hold_verdict> verdict) {
    ledger::held_item out;
    out.row.subject = ledger::hold_subject::section;
    out.row.logical_no = 1;
    out.row.section_no = section_no;
    out.verdict = verdict;
    return out;
}

TEST(receipt_test, tells_what_a_pass_reports_and_no_personal_data) {
    const auto file = held_file_row();
    const auto read = content(true);
    const std::string text = receipt_of(file, &read);
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("Exempelsson")));
    const json object = json::parse(text);
    EXPECT_EQ(object["logical_files"][1]["findings"][0]["found"], "E********** **a");
    EXPECT_EQ(object["logical_files"][0]["findings"][0]["found"], "12");
    const auto report = read_receipt(text);
    ASSERT_TRUE(report) << text;
    EXPECT_EQ(report->claim, file.claim);
    EXPECT_EQ(report->file_id, "0000000000001");
    EXPECT_EQ(report->tenant, "nat");
    EXPECT_EQ(report->format, "toy");
    EXPECT_EQ(report->outcome, file_outcome::held);
    EXPECT_EQ(report->reasons, (std::vector<std::string>{"TOY-R32", "TOY-R33", "TOY-R40"}));
    EXPECT_EQ(report->sums.logical_files, 2U);
    EXPECT_EQ(report->sums.accepted_files, 1U);
    EXPECT_EQ(report->sums.payments, 3U);
    EXPECT_EQ(report->sums.in("SEK").booked_ore, ore_sum() += 1000);
    EXPECT_EQ(report->sums.in("EUR").booked_ore, ore_sum() += 200);
    EXPECT_EQ(object["totals"]["by_currency"]["EUR"]["booked_ore"], 200);
    ASSERT_EQ(report->held.size(), 2U);
    EXPECT_EQ(report->held[0].section_no, 2U);
    EXPECT_EQ(report->held[0].amount_ore, 2000);
    EXPECT_EQ(report->held[0].reasons, (std::vector<std::string>{"TOY-R32", "TOY-R33"}));
}

TEST(receipt_test, of_a_file_that_nothing_read_says_why) {
    auto file = held_file_row();
    file.format.clear();
    file.outcome = file_outcome::rejected;
    const auto report = read_receipt(receipt_of(file, nullptr));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->reasons, std::vector<std::string>{"binary"});
    EXPECT_EQ(report->format, "");
    EXPECT_EQ(report->sums.logical_files, 0U);
}

TEST(receipt_test, damaged_text_in_a_finding_does_not_stop_it) {
    const auto file = held_file_row();
    auto read = content(false);
    read.files[0].findings[0].found = "\xC3(";
    EXPECT_TRUE(read_receipt(receipt_of(file, &read)));
}

TEST(read_receipt_test, refuses_what_is_no_receipt) {
    for (const auto* const text :
         {"", "{", "[]", "7", "null", "{}", "{\"receipt\": 1}", "{\"receipt\": 2, \"outcome\": \"held\"}",
          "{\"receipt\": 1, \"outcome\": \"lost\"}", "{\"receipt\": \"1\", \"outcome\": \"held\"}"})
        EXPECT_FALSE(read_receipt(text)) << text;
    EXPECT_TRUE(
        read_receipt(R"({"receipt": 1, "outcome": "held", "claim": 7, "totals": [], "logical_files": [3, {"sections": [4]}]})"));
}

TEST(with_decisions_test, tells_decisions_and_takes_decided_sections_off_the_list) {
    const auto file = held_file_row();
    const auto read = content(false);
    const std::string before = receipt_of(file, &read);
    std::vector<ledger::held_item> holds = {hold(2, hold_verdict::released), hold(3, std::nullopt)};
    holds[0].row.detail = R"({"amount_ore": 2100, "counted_ore": 2000, "payments": 1, "deductions": 0})";
    EXPECT_EQ(with_decisions(before, file_outcome::held, {hold(2, std::nullopt)}, {}), before);
    const std::string after = with_decisions(before, file_outcome::held, holds, {});
    EXPECT_EQ(with_decisions(before, file_outcome::held, holds, {}), after);
    const auto report = read_receipt(after);
    ASSERT_TRUE(report);
    ASSERT_EQ(report->held.size(), 1U);
    EXPECT_EQ(report->held[0].section_no, 3U);
    EXPECT_EQ(json::parse(after)["decisions"], json::parse(R"([{"logical_no": 1, "section_no": 2, "verdict": "released",
                  "amount_ore": 2100, "counted_ore": 2000, "payments": 1, "deductions": 0}])"));
}

struct place_case {
    std::string what;
    file_outcome stored{};
    bool with_refused_file{};
    std::vector<std::optional<hold_verdict>> verdicts;
    file_outcome place{};
};

void PrintTo(const place_case& item, std::ostream* out) {
    *out << item.what;
}

class place_test : public testing::TestWithParam<place_case> {};

TEST_P(place_test, follows_from_outcome_and_decisions) {
    auto file = held_file_row();
    file.outcome = GetParam().stored;
    const auto read = content(GetParam().with_refused_file);
    file.receipt = receipt_of(file, &read);
    std::vector<ledger::held_item> holds;
    for (std::uint32_t i = 0; i < GetParam().verdicts.size(); ++i)
        holds.push_back(hold(i + 2, GetParam().verdicts[i]));
    // A held payment waits in suspense, not in a folder.
    holds.push_back(hold(9, std::nullopt));
    holds.back().row.subject = ledger::hold_subject::payment;
    EXPECT_EQ(place_of(file, holds), GetParam().place);
}

constexpr auto released = hold_verdict::released;
constexpr auto refused = hold_verdict::refused;

INSTANTIATE_TEST_SUITE_P(
    places, place_test,
    testing::Values(
        place_case{"archived stays", file_outcome::archived, false, {}, file_outcome::archived},
        place_case{"rejected stays", file_outcome::rejected, true, {}, file_outcome::rejected},
        place_case{"one waits", file_outcome::held, false, {released, std::nullopt}, file_outcome::held},
        place_case{"one waits beside a refusal", file_outcome::held, false, {refused, std::nullopt}, file_outcome::held},
        place_case{"all released", file_outcome::held, false, {released, released}, file_outcome::archived},
        place_case{"one refused", file_outcome::held, false, {refused, released}, file_outcome::rejected},
        place_case{
            "all released beside a refused file", file_outcome::held, true, {released, released}, file_outcome::rejected}));

}  // namespace
}  // namespace brygga::intake
