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
            out.push_back(fmt::format("{}{} {}", row.line, row.held ? " held" : "", row.json));
        });
        return out;
    }
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
