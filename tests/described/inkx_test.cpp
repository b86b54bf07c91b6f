// INKX0100 (inkasso-visma.md 3.3): the worked examples of its section 7 are right, and each rule tells its fault where it stands.
#include <gmock/gmock.h>

#include "tests/described/shipped.hpp"

namespace brygga::layout::described::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t width = 300;

struct change {
    std::size_t line = 0, first = 0;  // 0: none
    const char* text = "";
};

struct damage {
    change what;
    const char* told;
    change also{};
};

class inkx : public testing::Test {
 protected:
    const std::unique_ptr<const format> out = shipped("inkx-export"), in = shipped("inkx-return");
    const std::string cases = bytes_of_fixture("layouts/inkx-example-7.1.txt");
    const std::string events = bytes_of_fixture("layouts/inkx-example-7.2.txt");
    const std::string answers = bytes_of_fixture("layouts/inkx-example-7.3.txt");

    static void apply(const change& what, std::string& to) {
        if (what.line != 0)
            to.replace((what.line - 1) * (width + 2) + what.first - 1, std::string_view(what.text).size(), what.text);
    }
    static std::string line_of(const std::string& bytes, std::size_t line) {
        return bytes.substr((line - 1) * (width + 2), width + 2);
    }
    static std::string with_line(std::string bytes, std::size_t before, const std::string& line) {
        return bytes.insert((before - 1) * (width + 2), line);
    }
    template <std::size_t Size>
    static void expect_told(const std::string& right, const format& with, const damage (&table)[Size]) {
        for (const damage& each : table) {
            std::string wrong = right;
            apply(each.what, wrong);
            apply(each.also, wrong);
            EXPECT_THAT(findings_of(wrong, with), Contains(each.told));
        }
    }
};

TEST_F(inkx, examples_of_the_page_are_right) {
    for (const auto& [bytes, with] : {std::pair(&cases, &*out), {&events, &*out}, {&answers, &*in}}) {
        EXPECT_THAT(findings_of(*bytes, *with), IsEmpty());
        EXPECT_TRUE(with->sniff(*bytes));
        EXPECT_EQ(back_of(*with, json_of(*with, *bytes)), *bytes);
        EXPECT_THAT(findings_of(masked_of(*with, *bytes), *with), IsEmpty());
    }
    EXPECT_FALSE(out->sniff(answers));
    EXPECT_FALSE(in->sniff(cases));
    const std::string masked = masked_of(*out, cases);
    for (const char* secret : {"Tolvan", "191212121212", "Storgatan", "100012345623", "735999123456789018", "I0004711"})
        EXPECT_THAT(masked, testing::Not(HasSubstr(secret)));
}

// clang-format off
TEST_F(inkx, tells_what_is_wrong_with_header_and_totals) {
    const damage table[] = {
        {{1, 3, "INKX0200"}, "error INKX-R02 1:1-300  '' ''"},
        {{1, 87, "UTF-8    "}, "error INKX-R02 1:1-300  '' ''"},
        {{1, 79, "0000000"}, "error INKX-R04 1:1-300  '' ''"},
        {{1, 28, "6"}, "hold INKX-R15 1:19-28 creditor_orgno '5599900016' 'a right check digit'"},
        {{5, 1, "29"}, "error INKX-R06.TYPE 5:1-2  '29' 'a record of this layout'"},
        {{1, 11, "X"}, "error INKX-R06.TYPE 1:1-2  '00' 'a record of this layout'"},
        {{15, 3, "00000016"}, "error INKX-R07 15:3-10 records '00000016' '15'"},
        {{15, 11, "0000003"}, "error INKX-R07 15:11-17 cases '0000003' '2'"},
        {{15, 18, "00000000664901"}, "error INKX-R07 15:18-31 capital_sum '00000000664901' '664900'"},
        {{15, 32, "00000000012001"}, "error INKX-R07 15:32-45 fee_sum '00000000012001' '12000'"},
        {{15, 46, "00000000005411"}, "error INKX-R07 15:46-59 interest_sum '00000000005411' '5410'"},
        {{2, 109, "0003"}, "hold INKX-R09 2:109-112 debt_count '0003' '2'"},
        {{2, 113, "000000339901"}, "hold INKX-R10 2:113-124 capital_sum '000000339901' '339900'"},
        {{2, 125, "000000012001"}, "hold INKX-R10.FEE 2:125-136 fee_sum '000000012001' '12000'"},
        {{2, 137, "000000003541"}, "hold INKX-R10.INTEREST 2:137-148 interest_sum '000000003541' '3540'"},
        {{7, 135, "000000002448"}, "hold INKX-R13.SUM 7:135-146 accrued_interest '000000002448' '2447'"},
    };
    expect_told(cases, *out, table);
}

TEST_F(inkx, tells_what_is_wrong_with_a_case) {
    const damage table[] = {
        {{3, 3, "EK-2026-000999"}, "hold INKX-R08.DEBTOR 3:1-300  '' ''"},
        {{4, 3, "EK-2026-000999"}, "hold INKX-R08.DEBT 4:1-300  '' ''"},
        {{5, 3, "EK-2026-000999"}, "hold INKX-R08.FEE 5:1-300  '' ''"},
        {{5, 23, "10001234568"}, "hold INKX-R08.FEE 5:1-300  '' ''"},
        {{6, 23, "10001234568"}, "hold INKX-R08.SEGMENT 6:1-300  '' ''"},
        {{4, 71, "000000000000"}, "hold INKX-R11 4:1-300  '' ''"},
        {{4, 59, "000000189899"}, "hold INKX-R11 4:1-300  '' ''"},
        {{13, 83, "000000325001"}, "hold INKX-R11 13:1-300  '' ''"},
        {{4, 83, "000000000001"}, "hold INKX-R11.EL 4:1-300  '' ''"},
        {{4, 51, "20260521"}, "hold INKX-R12 4:1-300  '' ''"},
        {{4, 43, "20260501"}, "hold INKX-R12 4:1-300  '' ''"},
        {{4, 119, "20260429"}, "hold INKX-R13 4:1-300  '' ''"},
        {{4, 127, "20260430"}, "hold INKX-R13 4:1-300  '' ''"},
        {{6, 43, "20260430"}, "hold INKX-R13.SEGMENT 6:1-300  '' ''"},
        {{6, 51, "20260522"}, "hold INKX-R13.SEGMENT 6:1-300  '' ''"},
        {{2, 54, "VA"}, "hold INKX-R14 5:1-300  '' ''"},
        {{2, 52, "3"}, "hold INKX-R15 2:41-52 id_number '191212121213' 'a right check digit'"},
        {{11, 40, "P"}, "hold INKX-R15.COMPANY 11:1-300  '' ''"},
        {{2, 149, "S"}, "hold INKX-R16 2:1-300  '' ''"},
        {{2, 54, "OV"}, "hold INKX-R18 2:1-300  '' ''"},
        {{11, 24, "U"}, "hold INKX-R18 11:1-300  '' ''", {11, 54, "OV"}},
        {{7, 23, "10001234567"}, "hold INKX-R20 7:23-42 invoice_no '10001234567' 'a value that no other record has'"},
        {{11, 3, "EK-2026-000317"}, "hold INKX-R20 11:3-22 case_ref 'EK-2026-000317' 'a value that no other record has'"},
        {{2, 41, "            "}, "hold INKX-10.ID-NUMBER 2:1-300  '' ''"},
        {{2, 57, "                  "}, "hold INKX-10.SUPPLY-ID 2:1-300  '' ''"},
        {{3, 24, "            "}, "hold INKX-11.DEBTOR 3:1-300  '' ''"},
        {{4, 112, "0080000"}, "hold INKX-20.INTEREST-RATE 4:1-300  '' ''"},
        {{4, 111, "F"}, "hold INKX-20.INTEREST-RATE 4:1-300  '' ''"},
        {{2, 81, "EUR"}, "hold INKX-EXPORT-CONTENT 2:81-83  'EUR' '\"SEK\"'"},
        {{4, 43, "20260431"}, "hold INKX-EXPORT-DATE 4:43-50 invoice_date '20260431' 'a day of the calendar'"},
        {{5, 43, "PAX"}, "warning INKX-EXPORT-CODES 5:43-45 fee_code 'PAX' 'a value of the code table'"},
    };
    expect_told(cases, *out, table);
}

TEST_F(inkx, tells_what_is_wrong_with_events) {
    const damage table[] = {
        {{2, 91, "000000000000"}, "hold INKX-R21 2:1-300  '' ''"},
        {{2, 91, "000000000000-"}, "hold INKX-R21.REVERSAL 2:1-300  '' ''"},
        {{2, 103, "-"}, "error INKX-R07 5:60-73 payment_sum '00000000189900' '-189900'"},
        {{3, 105, "          "}, "hold INKX-R22 3:1-300  '' ''"},
        {{4, 73, "VA"}, "hold INKX-R24 4:1-300  '' ''"},
        {{4, 73, "RE"}, "hold INKX-R24 4:1-300  '' ''"},
        {{4, 71, "AL"}, "hold INKX-R24 4:1-300  '' ''", {4, 73, "FV"}},
        {{4, 97, "000000000000"}, "hold INKX-R25 4:1-300  '' ''"},
        {{4, 71, "DL"}, "hold INKX-R26 4:1-300  '' ''"},
        {{4, 71, "DL"}, "hold INKX-R26 4:1-300  '' ''", {4, 127, "20260608"}},
        {{4, 71, "DL"}, "hold INKX-60.PAY-BY.DL 4:1-300  '' ''"},
        {{4, 71, "SN"}, "hold INKX-60.MUNICIPALITY 4:1-300  '' ''", {4, 93, "    "}},
        {{4, 117, "00000000"}, "hold INKX-60.PAY-BY 4:1-300  '' ''"},
    };
    expect_told(events, *out, table);
}

TEST_F(inkx, tells_what_is_wrong_with_answers) {
    const damage table[] = {
        {{1, 3, "INKX0200"}, "error INKX-R02 1:1-300  '' ''"},
        {{1, 28, "6"}, "error INKX-R03 1:19-28 creditor_orgno '5599900016' 'a right check digit'"},
        {{1, 79, "0000000"}, "error INKX-R04 1:1-300  '' ''"},
        {{3, 1, "10"}, "error INKX-R06.TYPE 3:1-2  '10' 'a record of this layout'"},
        {{4, 99, "000000336971"}, "hold INKX-R30 4:99-110 gross '000000336971' '336970'"},
        {{8, 60, "00000000336971"}, "error INKX-R07 8:60-73 payment_sum '00000000336971' '336970'"},
        {{8, 74, "00000000018001"}, "error INKX-R07 8:74-87 adjust_sum '00000000018001' '18000'"},
        {{8, 88, "0000002"}, "error INKX-R07 8:88-94 withdrawals '0000002' '1'"},
        {{8, 95, "0000002"}, "error INKX-R07 8:95-101 orders '0000002' '1'"},
        {{4, 202, "-"}, "error INKX-R07 8:60-73 payment_sum '00000000336970' '-336970'"},
        {{8, 18, "00000000000001"}, "error INKX-R07.RETURN 8:1-300  '' ''"},
        {{4, 159, "00000000"}, "warning INKX-R31 4:1-300  '' ''"},
        {{4, 159, "00000000"}, "warning INKX-R31.BACK 4:1-300  '' ''", {4, 202, "-"}},
        {{7, 83, "00000000"}, "hold INKX-R33 7:1-300  '' ''"},
        {{7, 83, "20260701"}, "hold INKX-R33 7:1-300  '' ''"},
        {{6, 47, "ZZ"}, "warning INKX-R34 6:47-48 state 'ZZ' 'a value of the code table'"},
        {{2, 48, "1001"}, "hold INKX-70.ERROR 2:1-300  '' ''"},
        {{2, 132, "       "}, "hold INKX-70.COLLECTOR-CASE 2:1-300  '' ''"},
    };
    expect_told(answers, *in, table);
}
// clang-format on

TEST_F(inkx, tells_where_the_order_is_broken) {
    const auto told = [&](const std::string& bytes) { return findings_of(bytes, *out); };
    const std::string debtor = line_of(cases, 3), debt = line_of(cases, 4);
    EXPECT_THAT(told(with_line(cases, 4, debtor)), Contains("error INKX-R01 4:1-300  'debtor' 'party or debt'"));
    std::string nobody = cases, without_trailer = cases;
    nobody.erase(2 * (width + 2), width + 2);
    EXPECT_THAT(told(nobody), Contains("error INKX-R01 3:1-300  '20' 'debtor or party'"));
    without_trailer.erase(14 * (width + 2));
    EXPECT_THAT(told(without_trailer), Contains(HasSubstr("error INKX-R01 14:0-0  'the end of the file'")));
    std::string no_debts = with_line(events, 2, line_of(cases, 2) + debtor);
    EXPECT_THAT(told(no_debts), Contains("error INKX-R01 4:1-300  'payment' 'party or debt'"));
    EXPECT_THAT(told(cases.substr(0, width) + "X" + cases.substr(width)),
                ElementsAre("error INKX-R06 1:301-301  '301 bytes' '300 columns'"));
}

TEST_F(inkx, tells_a_party_and_a_note_of_another_case) {
    std::string party = line_of(cases, 3), note = "30EK-2026-000999      001Ring efter sex";
    party.replace(2, 14, "EK-2026-000999").replace(22, 1, "M").replace(23, 12, std::string(12, ' '));
    note += std::string(width - note.size(), ' ') + "\r\n";
    const auto told = findings_of(with_line(with_line(cases, 11, note), 4, party), *out);
    EXPECT_THAT(told, testing::IsSupersetOf({"hold INKX-R08.PARTY 4:1-300  '' ''", "hold INKX-11.PARTY 4:1-300  '' ''",
                                             "hold INKX-R08.NOTE 12:1-300  '' ''"}));
}

TEST_F(inkx, pauses_until_further_notice_and_takes_files_as_tools_leave_them) {
    std::string pause = "51EK-2026-000317      5000417                 E-1                     TV2026060899991231";
    pause += std::string(width - pause.size(), ' ') + "\r\n";
    std::string with_pause = with_line(events, 4, pause);
    apply({6, 3, "00000006"}, with_pause);
    EXPECT_THAT(findings_of(with_pause, *out), IsEmpty());
    std::string trimmed_lines;  // section 2.3: LF alone, blanks stripped, no last line end, a final 0x1A
    for (std::size_t line = 1; line != 16; ++line) {
        const std::string text = line_of(cases, line).substr(0, width);
        trimmed_lines += text.substr(0, text.find_last_not_of(' ') + 1) + (line == 15 ? "\x1A" : "\n");
    }
    EXPECT_THAT(findings_of(trimmed_lines, *out),
                ElementsAre("info INKX-EXPORT-FILL 1:108-300  '15 lines padded, 0 cut, 0 blank lines skipped' ''"));
}

}  // namespace
}  // namespace brygga::layout::described::test
