// A format that a layout describes behaves as a built-in one.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/described/findings.hpp"
#include "tests/described/layouts.hpp"

namespace brygga::layout::described::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class described_format : public testing::Test {
 protected:
    std::vector<std::string> findings_of(std::string_view bytes, const format& with) {
        std::vector<std::string> out;
        with.check(bytes, {}, [&](const check_report& told) {
            for (const finding& each : told.findings->kept())
                out.push_back(fmt::format("{} {} {}:{}-{} {} '{}' '{}'", name(each.level), each.rule->id, each.where.line,
                                          each.where.first_column, each.where.last_column, each.field, each.found,
                                          each.expected));
            accepted = told.accepted;
            sums = told.sums_ore;
            records = told.records;
        });
        return out;
    }
    std::vector<std::string> findings_of(std::string_view bytes) { return findings_of(bytes, *parking_format); }
    static std::string json_of(const format& with, std::string_view bytes) {
        std::string out;
        with.to_json(bytes, {}, [&](std::string_view part) { out += part; });
        return out;
    }
    static std::string with_columns(std::string bytes, std::size_t line, std::size_t first, std::string_view text) {
        return bytes.replace((line - 1) * 62 + first - 1, text.size(), text);
    }

    const std::unique_ptr<const format> parking_format = format_of(parking);
    const std::string right = parking_file();
    bool accepted = false;
    std::map<std::string, std::string> sums;
    std::map<std::string, std::uint64_t> records;
};

TEST_F(described_format, that_is_right_gives_no_finding) {
    EXPECT_THAT(findings_of(right), ElementsAre());
    EXPECT_TRUE(accepted);
    EXPECT_EQ(sums, (std::map<std::string, std::string>{{"end.total", "160150"}}));
    EXPECT_EQ(records, (std::map<std::string, std::uint64_t>{{"00", 1}, {"05", 2}, {"10", 3}, {"99", 1}}));
}

TEST_F(described_format, is_known_by_its_first_lines) {
    EXPECT_TRUE(parking_format->sniff(right));
    EXPECT_FALSE(parking_format->sniff(right.substr(62))) << "it begins with another record";
    EXPECT_FALSE(parking_format->sniff("01BGMAX               01"));
    EXPECT_FALSE(parking_format->sniff(""));
    EXPECT_TRUE(parking_format->sniff(with_columns(right, 3, 1, "77"))) << "a damaged line does not hide what the file is";
    const auto constant =
        format_of("format const \"Constants\"\nfixed 10\nrecord only \"Only\"\n    1-2 \"AB\"\n    3-10 name text\n");
    EXPECT_TRUE(constant->sniff("ABname    \r\n"));
    EXPECT_FALSE(constant->sniff("XYname    \r\n"));
}

struct damage {
    const char* what;
    std::size_t line, first;
    const char* text;
    const char* told;
};

TEST_F(described_format, tells_each_fault_at_its_line_and_columns) {
    const damage table[] = {
        {"blanks in a number", 3, 3, " ", "hold PARKING-CONTENT 3:3-14 amount ' 00000010000' 'a number'"},
        {"no digits", 3, 3, "X", "hold PARKING-CONTENT 3:3-14 amount 'X00000010000' 'a number'"},
        {"check digit", 3, 26, "5", "warning PARKING-CHECK-DIGIT 3:15-26 driver '198112289875' 'a right check digit'"},
        {"giro", 1, 20, "7", "warning PARKING-CHECK-DIGIT 1:11-20 payee '0009912347' 'a right check digit'"},
        {"no day", 1, 3, "20260230", "hold PARKING-DATE 1:3-10 written '20260230' 'a day of the calendar'"},
        {"code", 3, 27, "09", "warning PARKING-CODES 3:27-28 kind '09' 'a value of the code table'"},
        {"no name", 3, 29, "             ", "hold PARKING-REQUIRED 3:29-53 name '' 'a value'"},
        {"not blank", 2, 60, "X", "hold PARKING-CONTENT 2:13-60  '                                               X' 'blank'"},
        {"twice", 5, 3, "000001", "hold PARKING-UNIQUE 5:3-8 number '000001' 'a value that no other record has'"},
        {"count", 7, 10, "4", "error PARKING-TOTAL 7:3-10 fees '00000004' '3'"},
        {"sum", 7, 25, "1", "error PARKING-TOTAL 7:11-25 total '000000000160151' '160150'"},
        {"count of a stretch", 2, 12, "3", "error PARKING-TOTAL 2:9-12 fees '0003' '2'"},
        {"unknown", 7, 1, "98", "error PARKING-UNKNOWN 7:1-2  '98' 'a record of this layout'"},
        {"old", 1, 3, "19991231", "error PARK-R02 1:1-60  '' ''"},
        {"cheap towing", 3, 27, "02", "warning PARK-R03 3:1-60  '' ''"},
    };
    for (const damage& each : table)
        EXPECT_THAT(findings_of(with_columns(right, each.line, each.first, each.text)), testing::Contains(each.told))
            << each.what;
}

TEST_F(described_format, tells_where_the_order_is_broken) {
    std::string twice = right;
    twice.insert(0, right.substr(0, 62));
    EXPECT_THAT(findings_of(twice), ElementsAre("error PARKING-ORDER 2:1-60  '00' 'lot'"));
    EXPECT_THAT(findings_of(right.substr(0, right.size() - 62)),
                ElementsAre("error PARKING-ORDER 6:0-0  'the end of the file' 'lot or fee or end'"));
}

TEST_F(described_format, comes_back_from_JSON_byte_for_byte) {
    std::string short_lines;
    for (std::size_t at = 0; at != right.size(); at += 62)
        short_lines += std::string(right, at, right.find_last_not_of(' ', at + 59) - at + 1) + "\n";
    for (const std::string& bytes :
         {right, short_lines, with_columns(right, 3, 3, "X"), right + "\r\n", std::string("nonsense")}) {
        const std::string json = json_of(*parking_format, bytes);
        std::string back;
        ASSERT_TRUE(parking_format->from_json(json, [&](std::string_view part) { back += part; })) << json;
        EXPECT_EQ(back, bytes);
    }
    EXPECT_THAT(json_of(*parking_format, right),
                HasSubstr(R"("record":"10","amount":10000,"driver":"198112289874","kind":"01","name":"Berit Björk")"));
}

TEST_F(described_format, is_masked_where_it_is_personal) {
    std::string masked;
    parking_format->mask(right, "key", {}, [&](std::string_view part) { masked += part; });
    EXPECT_EQ(masked.size(), right.size());
    EXPECT_THAT(masked, Not(HasSubstr("198112289874")));
    EXPECT_THAT(masked, Not(HasSubstr("Berit")));
    EXPECT_THAT(findings_of(masked), ElementsAre());
}

TEST_F(described_format, is_shown_and_compared) {
    std::string shown, told;
    parking_format->show(right, {}, {}, [&](std::string_view part) { shown += part; });
    EXPECT_THAT(shown, HasSubstr("Berit Björk"));
    EXPECT_TRUE(parking_format->diff(right, right, {}, [&](std::string_view part) { told += part; }));
    EXPECT_FALSE(parking_format->diff(right, with_columns(right, 3, 13, "1"), {}, [&](std::string_view part) { told += part; }));
    EXPECT_THAT(told, HasSubstr("amount"));
}

TEST_F(described_format, is_made_without_findings) {
    for (std::uint64_t seed = 1; seed != 30; ++seed) {
        generate_settings what;
        what.seed = seed;
        what.count = seed * 3;
        std::string bytes, again;
        const auto made = parking_format->generate(what, [&](std::string_view part) { bytes += part; });
        ASSERT_TRUE(made) << made.error().text;
        EXPECT_THAT(findings_of(bytes), ElementsAre());
        EXPECT_EQ(records.at("10"), what.count);
        ASSERT_TRUE(parking_format->generate(what, [&](std::string_view part) { again += part; }));
        EXPECT_EQ(bytes, again);
    }
}

TEST_F(described_format, is_made_with_faults) {
    for (const rule_info& each : parking_format->rules()) {
        if (each.id == "PARKING-ENCODING" || each.id == "PARKING-HEADING" || each.id == "PARKING-COLUMNS") continue;
        generate_settings what;
        what.faults = {std::string(each.id)};
        std::string bytes;
        const auto made = parking_format->generate(what, [&](std::string_view part) { bytes += part; });
        ASSERT_TRUE(made) << each.id << made.error().text;
        EXPECT_THAT(findings_of(bytes), testing::Contains(HasSubstr(each.id))) << each.id;
    }
    generate_settings unknown;
    unknown.faults = {"PARKING-NONSENSE"};
    EXPECT_FALSE(parking_format->generate(unknown, [](std::string_view) {}));
}

// What the language can say the engine can run.
TEST_F(described_format, of_any_good_layout_is_made_read_and_comes_back) {
    for (const auto& entry : std::filesystem::directory_iterator(BRYGGA_SOURCE_DIR "/tests/layout_language/good")) {
        std::ostringstream layout;
        layout << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        const auto with = format_of(layout.str());
        for (std::uint64_t seed = 1; seed != 20; ++seed) {
            generate_settings what;
            what.seed = seed;
            what.count = seed;
            std::string bytes, back, shown, masked;
            const auto made = with->generate(what, [&](std::string_view part) { bytes += part; });
            ASSERT_TRUE(made) << entry.path() << made.error().text;
            EXPECT_THAT(findings_of(bytes, *with), testing::Each(testing::StartsWith("info"))) << bytes;
            const std::string json = json_of(*with, bytes);
            ASSERT_TRUE(with->from_json(json, [&](std::string_view part) { back += part; })) << json;
            EXPECT_EQ(back, bytes);
            EXPECT_TRUE(with->diff(bytes, bytes, {}, [](std::string_view) {}));
            with->show(bytes, {}, {}, [&](std::string_view part) { shown += part; });
            with->mask(bytes, "key", {}, [&](std::string_view part) { masked += part; });
            EXPECT_EQ(masked.size(), bytes.size());
        }
    }
}

TEST_F(described_format, may_be_wider_than_any_of_Bankgirot) {
    const auto wide = format_of(
        "format wide \"Wide\"\nfixed 3000\nencoding UTF-8\nline end LF\ncode 1-2\n"
        "record only \"01\" \"Only\"\n    3-3000 name text\n");
    std::string bytes = "01";
    for (int i = 0; i != 2998; ++i)
        bytes += "Å";
    EXPECT_THAT(findings_of(bytes + "\n", *wide), ElementsAre());
    EXPECT_THAT(findings_of(bytes + "Å\n", *wide), testing::SizeIs(1));
    const std::string json = json_of(*wide, bytes + "\n");
    std::string back;
    ASSERT_TRUE(wide->from_json(json, [&](std::string_view part) { back += part; }));
    EXPECT_EQ(back, bytes + "\n");
}

TEST(described_format_totals, that_stand_twice_are_both_compared) {
    const auto with = format_of(
        "format twice \"Totals\"\nfixed 4\nline end LF\ncode 1-1\nrecord row \"A\" \"row\"\n    2-4 n number\n"
        "record sum \"B\" \"sum\"\n    2-4 s number\ntotal sum.s = sum of row.n\n");
    EXPECT_THAT(findings_of("A005\nB099\nB005\n", *with), testing::ElementsAre("error TWICE-TOTAL 2:2-4 s '099' '5'"));
}

TEST(described_format_codes, that_are_somebodys_name_are_not_told) {
    const auto with = format_of(
        "format kinds \"Kinds\"\nseparated by \";\"\nline end LF\ncodes kind\n    \"A\" \"a\"\nrecord row \"row\"\n"
        "    1 kind code kind\n    2 n number\n");
    std::vector<bool> personal;
    with->check("Lena Testberg;1\nB;2\n", {}, [&](const check_report& told) {
        for (const finding& each : told.findings->kept())
            personal.push_back(each.personal);
    });
    EXPECT_THAT(personal, testing::ElementsAre(true, false)) << "masked when it is shown";
    std::string masked;
    with->mask("Lena Testberg;1\nB;2\n", "key", {}, [&](std::string_view part) { masked += part; });
    EXPECT_THAT(masked, Not(HasSubstr("Lena")));
    EXPECT_THAT(masked, HasSubstr("B;2\n"));
}

TEST(described_format_findings, on_columns_of_digits_tell_no_number_with_marks) {
    const auto with =
        format_of("format refs \"R\"\nfixed 10\nline end LF\ncode 1-1\nrecord a \"A\" \"A\"\n    2-10 ref digits\n");
    with->check("A12345-678\n", {}, [&](const check_report& told) {
        ASSERT_EQ(told.findings->kept().size(), 1U);
        EXPECT_TRUE(told.findings->kept()[0].personal) << "a telephone number may have slipped there";
    });
}

TEST(described_format_lines, with_tabs_letters_and_more_than_their_width_are_compared) {
    const auto with = format_of(
        "format narrow \"N\"\nfixed 9\nencoding UTF-8\nline end LF\ncode 1-1\nrecord a \"A\" \"A\"\n    2-9 t "
        "text\n");
    const std::string bytes = "B\t\xC3\xA5\tmuch more than that\n";
    EXPECT_TRUE(with->diff(bytes, bytes, {}, [](std::string_view) {}));
}

TEST(described_format_json, that_is_read_as_another_record_is_not_written) {
    const auto with = format_of(
        "format kinds \"Kinds\"\nfixed 3\nline end LF\ncode 1-1\nrecord one \"A\" \"one\" when kind = \"1\"\n"
        "    2-3 kind text\nrecord other \"A\" \"other\"\n    2-3 kind text\n");
    std::string bytes;
    const auto take = [&](std::string_view part) { bytes += part; };
    EXPECT_TRUE(with->from_json(R"({"record":"one","kind":"1"})", take));
    EXPECT_EQ(bytes, "A1 \r\n");
    const auto done = with->from_json(R"({"record":"one","kind":"2"})", take);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().text, "line 1: record one with these fields is read as another record, or as none");
    EXPECT_FALSE(with->from_json(R"({"record":"other","kind":"1"})", take));
}

}  // namespace
}  // namespace brygga::layout::described::test
