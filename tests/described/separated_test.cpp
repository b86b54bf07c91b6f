// A separated format that a layout describes: by headings, by numbers of columns, quoted.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/described/findings.hpp"
#include "tests/described/layouts.hpp"

namespace brygga::layout::described::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view right =
    "Number;Kind;Amount;Day;Driver;Name\n"
    "1001;P;100,50;2026-11-02;198112289874;Berit Björk\n"
    "1002;T;1200,00;2026-11-03;;\"Ek; Bo \"\"Bosse\"\"\"\n"
    "1003;P;50,00;2026-11-03;;\"Ask\nAnna\"\n";

class separated_format : public testing::Test {
 protected:
    const std::unique_ptr<const format> by_headings = format_of(separated_fees);

    static std::string changed(std::string_view from, std::string_view to) {
        std::string out(right);
        return out.replace(out.find(from), from.size(), to);
    }
    static std::string json_of(const format& with, std::string_view bytes) {
        std::string out;
        with.to_json(bytes, {}, [&](std::string_view part) { out += part; });
        return out;
    }
    static std::string back_of(const format& with, std::string_view json) {
        std::string out;
        const auto done = with.from_json(json, [&](std::string_view part) { out += part; });
        return done ? out : done.error().text;
    }
};

TEST_F(separated_format, that_is_right_gives_no_finding) {
    EXPECT_THAT(findings_of(right, *by_headings), ElementsAre());
    EXPECT_TRUE(by_headings->sniff(right));
    EXPECT_FALSE(by_headings->sniff("Number;Kind\n1;P\n")) << "most columns are missing";
    EXPECT_TRUE(format_of("format hh \"H\"\nseparated by \";\" with header\nencoding UTF-8, ISO 8859-1\nrecord r \"R\"\n    "
                          "\"F\u00f6rnamn\" name text\n")
                    ->sniff("F\xF6rnamn\nBo\n"));
    EXPECT_TRUE(by_headings->sniff(changed("1002;T;", "1002;"))) << "a damaged row does not hide what the file is";
}

TEST_F(separated_format, tells_each_fault_at_its_line_and_columns) {
    const struct {
        const char *what, *from, *to, *told;
    } table[] = {
        {"amount", "100,50", "100.50", "hold CSV-FEES-CONTENT 2:8-13 amount '100.50' 'an amount such as 100,50'"},
        {"name in an amount", "100,50", "Ann", "hold CSV-FEES-CONTENT 2:8-10 amount 'Ann' 'an amount such as 100,50'"},
        {"day", "2026-11-02", "2026-11-31", "hold CSV-FEES-DATE 2:15-24 day '2026-11-31' 'a day of the calendar'"},
        {"code", ";T;", ";X;", "warning CSV-FEES-CODES 3:6-6 kind 'X' 'a value of the code table'"},
        {"twice", "1003", "1002", "hold CSV-FEES-UNIQUE 4:1-4 number '1002' 'a value that no other record has'"},
        {"check digit", "9874;", "9875;", "warning CSV-FEES-CHECK-DIGIT 2:26-37 driver '198112289875' 'a right check digit'"},
        {"required", "Berit Björk", "", "hold CSV-FEES-REQUIRED 2:0-0 name '' 'a value'"},
        {"quoted", "\"Ask\nAnna\"", "\"\"", "hold CSV-FEES-REQUIRED 4:0-0 name '' 'a value'"},
        {"nothing", "50,00", "0,00", "hold CSV-R01 4:1-28  '' ''"},
        {"a column more", "Björk\n", "Björk;x\n", "error CSV-FEES-SIZE 2:1-51  '7 columns' '6 columns'"},
        {"a column less", "T;1200,00;", "T;", "error CSV-FEES-SIZE 3:1-37  '5 columns' '6 columns'"},
        {"no heading", "Kind;", "Sort;", "error CSV-FEES-HEADING 1:0-0  '' '\"Kind\"'"},
        {"new heading", "Kind;", "Sort;", "info CSV-FEES-COLUMNS 1:0-0  'Sort' 'a heading of the layout'"},
        {"heading twice", "Name\n", "Name;Day\n", "error CSV-FEES-HEADING 1:0-0  'Day' 'it once'"},
        {"no header", "Number;Kind;Amount;Day;Driver;Name\n", "",
         "error CSV-FEES-HEADING 1:0-0  '' 'Number, Kind, Amount, Day, Driver, Name'"},
        {"end", "1001;", ";;;;;\n1001;", "info CSV-FEES-FILL 2:0-0  '0 lines padded, 0 cut, 1 blank lines skipped' ''"},
    };
    for (const auto& each : table)
        EXPECT_THAT(findings_of(changed(each.from, each.to), *by_headings), Contains(each.told)) << each.what;
    EXPECT_THAT(findings_of(changed("T;1200,00;", "T;"), *by_headings), testing::SizeIs(1)) << "its other columns are not known";
}

TEST_F(separated_format, may_have_its_columns_in_any_order_and_others_beside_them) {
    const std::string other =
        "Extra;Name;Day;Number;Amount;Kind\n"
        "x;Berit;2026-11-02;1001;100,50;P\n"
        "y;;2026-11-02;1002;100,50;P\n";
    EXPECT_THAT(findings_of(other, *by_headings), ElementsAre("info CSV-FEES-COLUMNS 1:0-0  'Extra' 'a heading of the layout'",
                                                              "hold CSV-FEES-REQUIRED 3:0-0 name '' 'a value'"));
    EXPECT_TRUE(by_headings->sniff(other));
    const std::string json = json_of(*by_headings, other);
    EXPECT_THAT(json, HasSubstr(R"("number":"1001","kind":"P","amount":"100,50","day":"2026-11-02","driver":"","name":"Berit")"));
    EXPECT_EQ(back_of(*by_headings, json), other);
}

TEST_F(separated_format, knows_a_heading_with_blanks_or_a_TAB_beside_it) {
    for (const std::string_view each : {" Kind ;", "Kind\t;", "\tKind;"}) {
        const std::string other = changed("Kind;", each);
        EXPECT_THAT(findings_of(other, *by_headings), ElementsAre()) << each;
        EXPECT_EQ(back_of(*by_headings, json_of(*by_headings, other)), other) << each;
    }
}

TEST_F(separated_format, comes_back_from_JSON_byte_for_byte) {
    const std::string_view files[] = {
        right,
        "\xEF\xBB\xBFNumber;Kind;Amount;Day;Driver;Name\r\n1001;P;100,50;2026-11-02;;\"Berit\"\r\n",
        "\"Number\";\"Kind\";Amount;Day;Driver;Name\n1001;P;100,50;2026-11-02;;Berit\n\n",
        "1001;P;100,50;2026-11-02;;no header\n",
        "Number;Kind;Amount;Day;Driver;Name\n1001;P;\"100,50;never closed\nnext;;;;;\n",
        "Number;Kind;Amount;Day;Driver;Name",
        "\n\nNumber;Kind;Amount;Day;Driver;Name\n1;2;3;4;5;6;7;8\n",
        "Number;Kind\n\"a\"b;c\n",
        "nonsense",
        "Number;Kind;Na \x1A me\n1;P;x\n",
    };
    for (const std::string_view bytes : files) {
        const std::string json = json_of(*by_headings, bytes);
        EXPECT_EQ(back_of(*by_headings, json), bytes) << json;
    }
    EXPECT_THAT(json_of(*by_headings, right), HasSubstr(R"("name":"Ek; Bo \"Bosse\"")"));
    EXPECT_THAT(json_of(*by_headings, right), Not(HasSubstr("\"line\""))) << "it is as we write it";
}

TEST_F(separated_format, is_written_from_JSON_by_hand) {
    EXPECT_EQ(
        back_of(*by_headings, R"({"record":"fee","number":"1","kind":"P","amount":"1,00","day":"2026-11-02","name":"A;\"B\""})"),
        "Number;Kind;Amount;Day;Driver;Name\r\n1;P;1,00;2026-11-02;;\"A;\"\"B\"\"\"\r\n");
    EXPECT_THAT(back_of(*by_headings, R"({"headings":["Number"]})"
                                      "\n"
                                      R"({"record":"fee","number":"1","name":"B"})"),
                HasSubstr("line 2"));
    EXPECT_THAT(back_of(*by_headings, R"({"headings":["Nothing"]})"), HasSubstr("names no column"));
}

TEST_F(separated_format, is_masked_where_it_is_personal) {
    std::string masked;
    by_headings->mask(right, "key", {}, [&](std::string_view part) { masked += part; });
    EXPECT_THAT(masked, testing::StartsWith("Number;Kind;Amount;Day;Driver;Name\n1001;P;100,50;2026-11-02;"));
    for (const char* secret : {"198112289874", "Berit", "Bosse", "Anna"})
        EXPECT_THAT(masked, Not(HasSubstr(secret)));
    EXPECT_THAT(findings_of(masked, *by_headings), ElementsAre());
    masked.clear();
    by_headings->mask("Extra;Number;Kind\nAnna;1;P\n", "key", {}, [&](std::string_view part) { masked += part; });
    EXPECT_THAT(masked, Not(HasSubstr("Anna"))) << "a column that the layout does not know may hold anything";
    masked.clear();
    by_headings->mask(changed("100,50", "Anna"), "key", {}, [&](std::string_view part) { masked += part; });
    EXPECT_THAT(masked, Not(HasSubstr("Anna"))) << "a name that has slipped into an amount";
}

TEST_F(separated_format, headings_with_control_characters_have_no_columns_to_mask) {
    std::string masked;
    by_headings->mask(changed("Number;", "Number;\x01;"), "key", {}, [&](std::string_view part) { masked += part; });
    EXPECT_THAT(masked, testing::StartsWith("Number;\x01;Kind;Amount"));
}

TEST_F(separated_format, is_shown_and_compared) {
    std::string shown, told;
    by_headings->show(right, {}, {}, [&](std::string_view part) { shown += part; });
    EXPECT_THAT(shown, HasSubstr("Berit Björk"));
    EXPECT_TRUE(by_headings->diff(right, right, {}, [&](std::string_view part) { told += part; }));
    EXPECT_FALSE(by_headings->diff(right, changed("100,50", "200,50"), {}, [&](std::string_view part) { told += part; }));
    EXPECT_THAT(told, HasSubstr("amount: 100,50  ->  200,50"));
}

TEST_F(separated_format, is_made_without_findings_and_with_faults) {
    for (std::uint64_t seed = 1; seed != 20; ++seed) {
        generate_settings what;
        what.seed = seed;
        what.count = seed * 3;
        std::string bytes;
        const auto made = by_headings->generate(what, [&](std::string_view part) { bytes += part; });
        ASSERT_TRUE(made) << made.error().text;
        EXPECT_THAT(findings_of(bytes, *by_headings), ElementsAre()) << bytes;
    }
    for (const rule_info& each : by_headings->rules()) {
        if (each.id == "CSV-FEES-ENCODING" || each.id == "CSV-FEES-TABS" || each.id == "CSV-FEES-UNKNOWN" ||
            each.id == "CSV-FEES-ORDER" || each.id == "CSV-FEES-TOTAL")
            continue;
        generate_settings what;
        what.faults = {std::string(each.id)};
        std::string bytes;
        const auto made = by_headings->generate(what, [&](std::string_view part) { bytes += part; });
        ASSERT_TRUE(made) << each.id << made.error().text;
        EXPECT_THAT(findings_of(bytes, *by_headings), Contains(HasSubstr(each.id))) << each.id << "\n" << bytes;
    }
}

TEST_F(separated_format, has_records_of_several_kinds_and_totals) {
    const auto rows = format_of(coded_rows);
    const std::string file = "H\t20261102\r\nL\t1\t100\tfirst\r\nL\t2\t250\t\r\nF\t2\t350\r\n";
    EXPECT_THAT(findings_of(file, *rows), ElementsAre());
    EXPECT_TRUE(rows->sniff(file));
    std::string wrong = file;
    wrong.replace(wrong.find("350"), 3, "351");
    EXPECT_THAT(findings_of(wrong, *rows), ElementsAre("error CODED-ROWS-TOTAL 4:5-7 total '351' '350'"));
    wrong.replace(0, 1, "X");
    EXPECT_THAT(findings_of(wrong, *rows), Contains("error CODED-ROWS-UNKNOWN 1:1-1  'X' 'a record of this layout'"));
    EXPECT_EQ(back_of(*rows, json_of(*rows, wrong)), wrong);
    const std::string slipped = "H\t20261102\r\nBerit 19811228\t1\r\nF\t0\t0\r\n";
    std::string masked;
    rows->mask(slipped, "key", {}, [&](std::string_view part) { masked += part; });
    EXPECT_THAT(masked, Not(HasSubstr("Berit"))) << "a code that is none may be anything";
    rows->check(slipped, {}, [](const check_report& told) { EXPECT_EQ(told.records.count("other"), 1U); });
    const std::string long_row = "L\t1\t1\t" + std::string(59'992, 'x') + "\xC3\xB6" + std::string(500, 'x') + "\r\n";
    EXPECT_EQ(back_of(*rows, json_of(*rows, long_row)), long_row) << "cut off, but not within a letter";
    for (const rule_info& each : rows->rules()) {
        if (each.id.ends_with("ENCODING") || each.id.ends_with("TABS") || each.id.ends_with("UNIQUE") ||
            each.id.ends_with("HEADING") || each.id.ends_with("COLUMNS") || each.id.ends_with("CODES") ||
            each.id.ends_with("CHECK-DIGIT"))
            continue;
        generate_settings what;
        what.faults = {std::string(each.id)};
        std::string bytes;
        const auto made = rows->generate(what, [&](std::string_view part) { bytes += part; });
        ASSERT_TRUE(made) << each.id << made.error().text;
        EXPECT_THAT(findings_of(bytes, *rows), Contains(HasSubstr(each.id))) << each.id << "\n" << bytes;
    }
}

}  // namespace
}  // namespace brygga::layout::described::test
