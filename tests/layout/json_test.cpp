// Records as JSON and back: what a person edits is written, what is not edited comes back byte for byte, what makes no sense is
// refused by line.
#include "formats/layout/json.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "formats/bankgirot/bgmax/format.hpp"
#include "tests/bgmax/rule_case.hpp"

namespace brygga::layout::testing {

namespace {

using ::testing::HasSubstr;

std::string json_of(const std::string& bytes) {
    std::string out;
    to_json(bytes, bgmax::document(), {}, [&](std::string_view part) { out += part; });
    return out;
}

result<std::string> back(const std::string& lines) {
    std::string out;
    if (auto done = from_json(lines, bgmax::document(), [&](std::string_view part) { out += part; }); !done)
        return tl::unexpected(done.error());
    return out;
}

// Reads with these options, and expects the bytes back.
std::string json_with(const std::string& bytes, const document_options& options) {
    std::string out;
    to_json(bytes, bgmax::document(), options, [&](std::string_view part) { out += part; });
    const auto again = back(out);
    EXPECT_TRUE(again) << again.error().text;
    if (again) {
        EXPECT_EQ(*again, bytes);
    }
    return out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(layout_json, shows_fields_by_name_and_no_line_of_a_canonical_record) {
    const std::string lines = json_of(bgmax::testing::joined(bgmax::testing::worked_example("7.1")));
    std::istringstream in(lines);
    std::string file, start, opening, payment;
    std::getline(in, file);
    std::getline(in, start);
    std::getline(in, opening);
    std::getline(in, payment);
    EXPECT_EQ(file,
              R"({"file":1,"format":"bgmax","version":"01","encoding":"ISO 8859-1","byte_order_mark":false,"line_end":"CRLF"})");
    EXPECT_EQ(payment,
              R"({"record":"20","payer_bankgiro":"0000000000","reference":"1000234706","amount_ore":84950,"reference_code":"2",)"
              R"("channel":"1","serial":"314985000010","image":"0"})");
    EXPECT_EQ(lines.find("\"line\":"), std::string::npos);
}

TEST(layout_json, keeps_a_title_line_that_is_no_utf_8) {
    const std::string utf8 = to_utf8(bgmax::testing::joined(bgmax::testing::worked_example("7.1")), encoding::iso_8859_1);
    const std::string lines =
        json_with("Exempel p\xE5\xFF\r\n" + utf8, {.force_encoding = {}, .skip_title_lines = true, .passed = {}});
    EXPECT_THAT(lines, HasSubstr(R"({"record":"","line":"Exempel påÿ","encoding":"ISO 8859-1"})"));
}

TEST(layout_json, keeps_eight_bit_bytes_that_are_read_as_iso_646_se) {
    std::string bytes = bgmax::testing::joined(bgmax::testing::worked_example("7.1"));
    for (std::size_t at = 240; at != 280; ++at)
        bytes[at] = static_cast<char>(0xD8 - at);
    for (const char c : {'\xC4', '\xE5', '\x80', '\xFF', '['})
        bytes += std::string("99") + c + "\r\n";
    json_with(bytes, {.force_encoding = encoding::iso_646_se, .skip_title_lines = false, .passed = {}});
}

TEST(layout_json, of_every_byte_in_every_forced_encoding_comes_back) {
    for (const encoding in : {encoding::iso_8859_1, encoding::cp850, encoding::utf_8, encoding::iso_646_se}) {
        std::string bytes = "01BGMAX\r\n";
        for (unsigned byte = 0; byte != 256; ++byte)
            bytes += std::string("26Sj") + static_cast<char>(byte) + "\r\n";
        json_with(bytes, {.force_encoding = in, .skip_title_lines = false, .passed = {}});
    }
}

// What marks the ends of a file is no part of its first and last record, for the reader and here alike.
TEST(layout_json, reads_the_first_and_last_record_without_the_marks_of_the_file) {
    const std::string bytes =
        "\r\n\xEF\xBB\xBF"
        "01BGMAX\r\n26Andersson\x1A\r\n";
    const std::string lines = json_with(bytes, {});
    EXPECT_THAT(lines, HasSubstr(R"({"record":"01","layout_name":"BGMAX")"));
    EXPECT_THAT(lines, HasSubstr(R"("name":"Andersson","extra_name":"")"));
    EXPECT_THAT(json_with("01BGMAX\r\n26Andersson\x1A\r\n26Berg\r\n", {}), HasSubstr(R"("name":"Andersson\u001a")"));
    EXPECT_THAT(json_with("01BGMAX\r\n\xEF\xBB\xBF"
                          "26Andersson\r\n",
                          {}),
                ::testing::Not(HasSubstr(R"("record":"26")")));
}

TEST(layout_json, writes_an_edited_field_whether_the_line_was_kept_or_not) {
    const std::vector<std::string> full = bgmax::testing::worked_example("7.1");
    std::vector<std::string> trimmed = full;
    trimmed[3].resize(trimmed[3].find_last_not_of(' ') + 1);
    for (const auto& lines : {full, trimmed}) {
        const auto edited = back(replaced(json_of(bgmax::testing::joined(lines)), "Exempelsson Åsa", "Exempelsson Örjan"));
        ASSERT_TRUE(edited) << edited.error().text;
        std::vector<std::string> expected = full;
        expected[3] = "26Exempelsson \xD6rjan";
        expected[3].resize(80, ' ');
        EXPECT_EQ(*edited, bgmax::testing::joined(expected));
    }
    const auto amount = back(replaced(json_of(bgmax::testing::joined(full)), "\"amount_ore\":84950", "\"amount_ore\":84951"));
    ASSERT_TRUE(amount);
    EXPECT_EQ(amount->substr(2 * 82 + 37, 18), "000000000000084951");
}

TEST(layout_json, keeps_the_lines_around_an_edited_one) {
    std::vector<std::string> lines = bgmax::testing::worked_example("7.1");
    lines[4] = "27Provgatan 7\t\t\t\t     123 45";
    lines[5].resize(12);
    const std::string bytes = bgmax::testing::joined(lines) + "\n\x1A";
    const auto edited = back(replaced(json_of(bytes), "Exempelsson Åsa", "Exempelsson Eva"));
    ASSERT_TRUE(edited);
    lines[3] = "26Exempelsson Eva";
    lines[3].resize(80, ' ');
    EXPECT_EQ(*edited, bgmax::testing::joined(lines) + "\n\x1A");
}

TEST(layout_json, makes_a_file_from_records_alone) {
    const auto made = back(R"({"file":1,"format":"bgmax","encoding":"UTF-8","byte_order_mark":true,"line_end":"LF"}
{"record":"26","name":"Exempelsson Åsa"}

{"record":"70","payments":2,"deductions":0,"extra_references":0,"deposits":"1"}
)");
    ASSERT_TRUE(made) << made.error().text;
    EXPECT_EQ(*made, std::string(utf8_byte_order_mark) + "26Exempelsson Åsa" + std::string(63, ' ') +
                         "\n7000000002000000000000000000000001" + std::string(46, ' ') + "\n");
}

struct refused {
    const char* what;
    const char* line;
    const char* says;
};

class layout_json_refuses : public ::testing::TestWithParam<refused> {};

TEST_P(layout_json_refuses, what_makes_no_record) {
    const auto done = back(std::string("{\"file\":1}\n") + GetParam().line + "\n");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, error_code::invalid_content);
    EXPECT_THAT(done.error().text, HasSubstr("line 2"));
    EXPECT_THAT(done.error().text, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    lines, layout_json_refuses,
    ::testing::Values(refused{"no_json", "20 000", "not JSON"}, refused{"half", "{\"record\":\"20\"", "not JSON"},
                      refused{"a_list", "[1]", "not a JSON object"}, refused{"a_number", "7", "not a JSON object"},
                      refused{"no_record", "{\"name\":\"Eva\"}", "record"}, refused{"record_number", "{\"record\":20}", "record"},
                      refused{"unknown_record", "{\"record\":\"24\"}", "24"},
                      refused{"unknown_field", "{\"record\":\"26\",\"nome\":\"Eva\"}", "nome"},
                      refused{"number_for_text", "{\"record\":\"26\",\"name\":7}", "name"},
                      refused{"null_for_text", "{\"record\":\"26\",\"name\":null}", "name"},
                      refused{"negative", "{\"record\":\"70\",\"payments\":-1}", "payments"},
                      refused{"fraction", "{\"record\":\"20\",\"amount_ore\":84.5}", "amount_ore"},
                      refused{"too_long", "{\"record\":\"70\",\"payments\":123456789}", "payments"},
                      refused{"outside_the_encoding", "{\"record\":\"26\",\"name\":\"\\u0141ukasz\"}", "name"},
                      refused{"line_that_is_no_text", "{\"record\":\"26\",\"line\":7}", "line"},
                      refused{"unknown_line_end", "{\"record\":\"26\",\"line\":\"26Eva\",\"end\":\"NEL\"}", "end"},
                      refused{"end_of_another_type", "{\"record\":\"26\",\"line\":\"26Eva\",\"end\":7}", "wrong type"},
                      refused{"unknown_encoding", "{\"file\":2,\"encoding\":\"EBCDIC\"}", "encoding"},
                      refused{"encoding_of_another_type", "{\"file\":2,\"encoding\":7}", "wrong type"}),
    [](const auto& each) { return each.param.what; });

// A value with a line end or TAB would become another record, or another column.
TEST(layout_json, refuses_control_characters_in_values) {
    for (const char* bad : {"Eva\\r\\n70", "Eva\\n", "\\tEva", "\\u0000", "Eva\\u001a"})
        EXPECT_FALSE(back(std::string("{\"file\":1}\n{\"record\":\"26\",\"name\":\"") + bad + "\"}\n")) << bad;
}

// A kept line must be one line: it cannot smuggle in a second record.
TEST(layout_json, refuses_a_kept_line_that_is_two) {
    EXPECT_FALSE(back("{\"file\":1}\n{\"record\":\"26\",\"line\":\"26Eva\\r\\n26Nils\"}\n"));
    EXPECT_FALSE(back("{\"file\":1}\n{\"record\":\"24\",\"line\":\"24\\n70\"}\n"));
}

}  // namespace

}  // namespace brygga::layout::testing
