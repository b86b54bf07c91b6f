// What records of a described format mean in the ledger.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/described/layouts.hpp"

namespace brygga::layout::described::test {
namespace {

using testing::ElementsAre;

// An invoice is a head and its lines.
constexpr std::string_view heads_and_lines = R"layout(format bills "Bills with heads and lines"
fixed 40
code 1-1

codes kind
    "1" "EL"
    "2" "VA"
codes yes_no
    "J" "true"
    "N" "false"

record head "H" "head of a bill"
    2-9      number     digits
    10-17    customer   text right
    18-25    issued     date CCYYMMDD
    26-33    due        date CCYYMMDD optional
    34-34    estate     code yes_no optional
    35-40    blank
record line "L" "line of a bill"
    2-2      kind       code kind
    3-10     amount     ore signed
    11-20    place      text
    21-40    words      text optional   personal text

order (head line+)*

rule BILL-X hold "A bill is issued before it is due." "Ask."
    on head: issued < due

ledger customer from head
    customer_id = customer
    category = "business"
    estate = text of estate

ledger invoice from line grouped by head.number
    number = head.number
    customer_id = head.customer
    issue_date = head.issued
    due_date = head.due
    total_ore = sum of amount
    lines.utility = text of kind
    lines.amount_ore = amount
    lines.supply_point = place
    lines.text = words
)layout";

class meaning : public testing::Test {
 protected:
    static std::vector<std::string> rows_of(std::string_view bytes) {
        std::vector<std::string> out;
        const auto with = format_of(heads_and_lines);
        EXPECT_TRUE(with->feeds_ledger());
        with->to_ledger(bytes, {}, [&](const ledger_row& row) {
            out.push_back(fmt::format("{}{} {}", row.line, row.held.empty() ? "" : " held", row.json));
        });
        return out;
    }
    static std::vector<std::string> held_of(std::string_view bytes);
};

TEST_F(meaning, of_lines_under_a_head_is_one_invoice) {
    const std::string file =
        "H00000017     K-12026110120261130J      \n"
        "L100001000EL-1      Electricity         \n"
        "L2-0000250VA-1                          \n"
        "H00000018     K-120261101        N      \n"
        "L100000001EL-1                          \n";
    EXPECT_THAT(
        rows_of(file),
        ElementsAre(
            R"(1 {"type":"customer","customer_id":"K-1","category":"business","estate":true})",
            R"(4 {"type":"customer","customer_id":"K-1","category":"business","estate":false})",
            R"(2 {"type":"invoice","number":"00000017","customer_id":"K-1","issue_date":"2026-11-01","due_date":"2026-11-30",)"
            R"("lines":[{"utility":"EL","amount_ore":1000,"supply_point":"EL-1","text":"Electricity"},)"
            R"({"utility":"VA","amount_ore":-250,"supply_point":"VA-1"}],"total_ore":750})",
            R"(5 {"type":"invoice","number":"00000018","customer_id":"K-1","issue_date":"2026-11-01",)"
            R"("lines":[{"utility":"EL","amount_ore":1,"supply_point":"EL-1"}],"total_ore":1})"));
}

TEST_F(meaning, of_a_record_that_a_finding_holds_is_held_with_all_that_asks_for_it) {
    const std::string file =
        "H00000017     K-12026113020261130       \n"  // due on the day
        "L100001000EL-1                          \n"
        "H00000018     K-22026110120261130       \n"
        "L1X0000001EL-1                          \n"
        "L100000001EL-1                          \n"
        "H00000019     K-32026110120261130       \n"
        "L100000001EL-1                          \n";
    EXPECT_THAT(rows_of(file), ElementsAre(testing::StartsWith(R"(1 held {"type":"customer","customer_id":"K-1")"),
                                           testing::StartsWith(R"(3 {"type":"customer","customer_id":"K-2")"),
                                           testing::StartsWith(R"(2 held {"type":"invoice","number":"00000017")"),
                                           testing::StartsWith(R"(6 {"type":"customer","customer_id":"K-3")"),
                                           testing::StartsWith(R"(4 held {"type":"invoice","number":"00000018")"),
                                           testing::StartsWith(R"(7 {"type":"invoice","number":"00000019")")));
}

// Rows with their own invoice number, between opening and closing records.
constexpr std::string_view rows_of_numbers = R"layout(format rows "Rows"
separated by ";"
code column 1
record opening "H" "opening"
    2    day      date CCYYMMDD optional
record row "I" "row"
    2    number   digits
    3    amount   ore
    4    customer text
record closing "S" "closing"
    2    count    number
order (opening row* closing)+
rule ROWS-X hold "A closing record counts something." "Ask."
    on closing: count > 0
ledger invoice from row grouped by number
    number = number
    customer_id = customer
    issue_date = opening.day
    due_date = opening.day
    total_ore = sum of amount
    lines.utility = "EL"
    lines.amount_ore = amount
    lines.supply_point = "1"
)layout";

std::vector<std::string> meaning::held_of(std::string_view bytes) {
    std::vector<std::string> out;
    format_of(rows_of_numbers)->to_ledger(bytes, {}, [&](const ledger_row& row) {
        out.push_back(fmt::format("{}{}{}", row.line, row.held.empty() ? "" : " ", row.held));
    });
    return out;
}

TEST_F(meaning, is_doubtful_beside_a_row_whose_number_cannot_be_read) {
    EXPECT_THAT(held_of("H;\nI;1;5;A\nI;2;5;A\nI;2X;5;A\nI;2;5;A\nI;3;5;A\nS;5\n"),
                ElementsAre("2", "3 a record behind it may belong to it", "4 a finding holds a record of it",
                            "5 a record before it may belong to it", "6"));
    EXPECT_THAT(held_of("H;\nI;2;5;A\nI;;5;A\nI;3;5;A\nS;3\n"),
                ElementsAre("2 a record behind it may belong to it", "3 it has no value to group by",
                            "4 a record before it may belong to it"));
}

TEST_F(meaning, of_rows_ends_where_another_record_stands_and_does_not_begin_again) {
    EXPECT_THAT(held_of("H;\nI;1;5;A\nS;1\nH;\nI;1;5;B\nS;1\n"),
                ElementsAre("2", "5 another one with this value stands before it in the file"));
    EXPECT_THAT(held_of("H;\nI;1;5;A\nI;2;5;A\nI;1;5;A\nS;3\n"),
                ElementsAre("2", "3", "4 another one with this value stands before it in the file"));
}

TEST_F(meaning, of_rows_that_do_not_agree_is_held) {
    EXPECT_THAT(held_of("H;\nI;1;5;A\nI;1;5;B\nS;2\n"), ElementsAre("2 its records do not agree"));
}

TEST_F(meaning, is_held_where_a_finding_holds_what_no_row_comes_from) {
    EXPECT_THAT(held_of("H;\nI;1;5;A\nS;0\n"), ElementsAre("2 a finding holds the file"));
}

TEST_F(meaning, of_the_same_customer_in_row_after_row_is_told_once) {
    const std::string file =
        "H00000017     K-12026110120261130       \n"
        "L100001000EL-1                          \n"
        "H00000018     K-12026110120261130       \n"
        "L100001000EL-1                          \n";
    EXPECT_THAT(rows_of(file), testing::SizeIs(3));
}

}  // namespace
}  // namespace brygga::layout::described::test
