// The record tables of BgMax against the page, and reading and writing of each record from them.
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "formats/bankgirot/bgmax/format.hpp"
#include "formats/bankgirot/bgmax/infos.hpp"
#include "formats/layout/document.hpp"
#include "tests/bgmax/rule_case.hpp"

namespace brygga::layout::testing {

namespace {

std::string_view form_name(form fills) noexcept {
    switch (fills) {
        case form::number:
            return "H";
        case form::digits:
            return "N";
        case form::optional_digits:
            return "NB";
        case form::text:
            return "A";
        case form::code:
            return "C";
    }
    return "";
}

TEST(bgmax_records, stand_in_the_columns_of_the_page) {
    const std::string page =
        bgmax::testing::file_bytes(std::filesystem::path(BRYGGA_SOURCE_DIR) / "tests" / "bgmax" / "positions.txt");
    std::vector<std::string> expected, actual;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) continue;
        std::istringstream words(line);
        std::string joined;
        for (std::string word; words >> word;)
            joined += word + " ";
        expected.push_back(joined);
    }
    for (const record_info& record : bgmax::record_infos()) {
        EXPECT_EQ(record.width, 80);
        EXPECT_FALSE(record.title.empty());
        for (const field_info& field : record.fields) {
            std::ostringstream text;
            text << record.code << " " << field.first << " " << field.last << " " << form_name(field.fills) << " " << field.name
                 << " ";
            actual.push_back(text.str());
        }
    }
    std::sort(expected.begin(), expected.end());
    std::sort(actual.begin(), actual.end());
    EXPECT_EQ(actual, expected);
}

// What can tell about a person is guarded: masking and findings go by it.
TEST(bgmax_records, guard_personal_data) {
    std::map<std::string, privacy> guards;
    for (const record_info& record : bgmax::record_infos())
        for (const field_info& field : record.fields)
            if (field.guard != privacy::open) guards[std::string(record.code) + " " + std::string(field.name)] = field.guard;
    const std::map<std::string, privacy> expected = {
        {"05 bankgiro", privacy::own_account},
        {"05 plusgiro", privacy::own_account},
        {"15 bank_account", privacy::own_account},
        {"20 payer_bankgiro", privacy::account},
        {"20 reference", privacy::reference},
        {"21 payer_bankgiro", privacy::account},
        {"21 reference", privacy::reference},
        {"22 payer_bankgiro", privacy::account},
        {"22 reference", privacy::reference},
        {"23 payer_bankgiro", privacy::account},
        {"23 reference", privacy::reference},
        {"25 text", privacy::free_text},
        {"26 extra_name", privacy::name},
        {"26 name", privacy::name},
        {"27 postcode", privacy::address},
        {"27 street", privacy::address},
        {"28 country", privacy::address},
        {"28 town", privacy::address},
        {"29 organisation_number", privacy::identity},
    };
    EXPECT_EQ(guards, expected);
}

TEST(bgmax_records, are_found_by_their_code) {
    for (const record_info& record : bgmax::record_infos())
        EXPECT_EQ(bgmax::record_info_of(record.code), &record);
    for (const char* code : {"", "0", "00", "02", "24", "30", "99", "AA", "201"})
        EXPECT_EQ(bgmax::record_info_of(code), nullptr) << code;
}

document_line line_of(const std::string& text, line_columns& columns, std::string_view end = "\r\n") {
    physical_line source;
    static std::string kept;
    kept = text + std::string(end);
    source.bytes = std::string_view(kept).substr(0, text.size());
    source.end = std::string_view(kept).substr(text.size());
    source.has_control = true;
    const section_layout* section = nullptr;
    return read_line(source, bgmax::document(), columns, section);
}

// Each record of the worked examples is what its values write, in each encoding.
TEST(bgmax_records, are_written_as_they_were_read) {
    std::map<std::string, int> seen;
    for (const char* example : {"7.1", "7.2", "7.3"})
        for (const std::string& iso : bgmax::testing::worked_example(example))
            for (const encoding in : {encoding::iso_8859_1, encoding::cp850, encoding::utf_8}) {
                const std::string text = *from_utf8(to_utf8(iso, encoding::iso_8859_1), in);
                line_columns columns(bgmax::document(), in);
                const document_line line = line_of(text, columns);
                ASSERT_EQ(line.kind, line_kind::record);
                ++seen[std::string(line.info->code)];
                const auto written = canonical_line(
                    *line.info, in, [&](const field_info& field) { return field_value(line.line, *line.info, field); });
                ASSERT_TRUE(written) << written.error().text;
                EXPECT_EQ(*written, text);
                EXPECT_TRUE(is_canonical({1, in, false, "\r\n"}, line));
                EXPECT_FALSE(is_canonical({1, in, false, "\n"}, line)) << "its line end is another than the file's";
            }
    EXPECT_EQ(seen.size(), bgmax::record_infos().size());
}

// A line that differs from its canonical form in any way is not canonical.
TEST(bgmax_records, are_not_canonical_with_text_in_the_reserve_trimmed_or_with_tabs) {
    const std::string name = bgmax::testing::worked_example("7.1")[3];
    const document_file file{1, encoding::iso_8859_1, false, "\r\n"};
    line_columns columns(bgmax::document(), encoding::iso_8859_1);
    EXPECT_TRUE(is_canonical(file, line_of(name, columns)));
    std::string reserve = name;
    reserve[75] = 'x';
    EXPECT_FALSE(is_canonical(file, line_of(reserve, columns)));
    EXPECT_FALSE(is_canonical(file, line_of(name.substr(0, 40), columns)));
    EXPECT_FALSE(is_canonical(file, line_of(name + " ", columns)));
    EXPECT_FALSE(is_canonical(file, line_of(name.substr(0, 72) + "\t", columns)));
    EXPECT_FALSE(is_canonical(file, line_of(name, columns, "\n")));
    EXPECT_FALSE(is_canonical(file, line_of(name, columns, "")));
}

std::string canonical(std::string_view code, const std::map<std::string, std::string>& values) {
    const auto line = canonical_line(*bgmax::record_info_of(code), encoding::iso_8859_1, [&](const field_info& field) {
        const auto found = values.find(std::string(field.name));
        return found == values.end() ? std::string() : found->second;
    });
    EXPECT_TRUE(line) << line.error().text;
    return line ? *line : std::string();
}

TEST(canonical_line, aligns_and_fills_as_the_page_says) {
    EXPECT_EQ(canonical("26", {{"name", "Å"}}), "26\xC5" + std::string(77, ' '));
    EXPECT_EQ(canonical("70", {{"payments", "2"}}).substr(0, 34), "7000000002" + std::string(24, ' '));
    EXPECT_EQ(canonical("05", {{"bankgiro", "9912346"}, {"currency", "SEK"}}).substr(0, 25), "050009912346          SEK");
    // A code 2 reference stands on the right, with channel 4 on the left, any other as given.
    EXPECT_EQ(canonical("20", {{"reference", "18"}, {"reference_code", "2"}, {"channel", "1"}}).substr(12, 25),
              std::string(23, ' ') + "18");
    EXPECT_EQ(canonical("20", {{"reference", " 18"}, {"reference_code", "2"}, {"channel", "4"}}).substr(12, 25),
              "18" + std::string(23, ' '));
    EXPECT_EQ(canonical("20", {{"reference", " 18"}, {"reference_code", "3"}, {"channel", "1"}}).substr(12, 25),
              " 18" + std::string(22, ' '));
}

TEST(canonical_line, refuses_values_that_are_too_long_or_outside_the_encoding) {
    const record_info& name = *bgmax::record_info_of("26");
    const auto with = [&](const std::string& value, encoding in) {
        return canonical_line(name, in, [&](const field_info& field) { return field.name == "name" ? value : std::string(); });
    };
    EXPECT_TRUE(with(std::string(35, 'x'), encoding::iso_8859_1));
    const auto long_one = with(std::string(36, 'x'), encoding::iso_8859_1);
    ASSERT_FALSE(long_one);
    EXPECT_EQ(long_one.error().code, error_code::invalid_argument);
    EXPECT_THAT(long_one.error().text, ::testing::HasSubstr("name"));
    EXPECT_FALSE(with("Łukasz", encoding::iso_8859_1));
    EXPECT_TRUE(with("Łukasz", encoding::utf_8));
    std::string letters;
    for (int i = 0; i < 35; ++i)
        letters += "Å";
    EXPECT_TRUE(with(letters, encoding::utf_8)) << "columns are code points";
    EXPECT_TRUE(with(letters, encoding::cp850));
    EXPECT_FALSE(with(letters + "Å", encoding::utf_8));
}

// Any values that fit are read back from the line that they were written to.
RC_GTEST_PROP(bgmax_records, give_back_any_values_that_fit, ()) {
    const auto infos = bgmax::record_infos();
    const record_info& record = infos[*rc::gen::inRange<std::size_t>(0, infos.size())];
    const encoding in = *rc::gen::element(encoding::iso_8859_1, encoding::cp850, encoding::utf_8);
    std::map<std::string, std::string> values;
    for (const field_info& field : record.fields) {
        const bool digits = field.fills == form::number || field.fills == form::digits || field.fills == form::optional_digits;
        std::string value;
        for (unsigned i = 0; i < field.width(); ++i)
            value += digits ? std::string(1, *rc::gen::inRange('0', static_cast<char>('9' + 1)))
                            : *rc::gen::element<std::string>("a", "Z", "7", "å", "Ö", "-", ".", "é");
        values[std::string(field.name)] = field.fills == form::code ? "0" : value;
    }
    const auto written = canonical_line(record, in, [&](const field_info& field) { return values.at(std::string(field.name)); });
    RC_ASSERT(written.has_value());
    line_columns columns(bgmax::document(), in);
    const document_line line = line_of(*written, columns);
    RC_ASSERT(line.info == &record);
    for (const field_info& field : record.fields)
        RC_ASSERT(field_value(line.line, record, field) == values.at(std::string(field.name)));
    RC_ASSERT(is_canonical({1, in, false, "\r\n"}, line));
}

}  // namespace

}  // namespace brygga::layout::testing
