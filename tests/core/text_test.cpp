#include "formats/core/text.hpp"

#include <array>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace brygga {
namespace {

std::string every_byte() {
    std::string bytes(256, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(static_cast<std::uint8_t>(i));
    return bytes;
}

std::string utf8_of(char32_t value) {
    const auto byte = [](char32_t bits) { return static_cast<char>(static_cast<std::uint8_t>(bits)); };
    const auto tail = [&](unsigned shift) { return byte(0x80 | ((value >> shift) & 0x3F)); };
    if (value < 0x80) return {byte(value)};
    if (value < 0x800) return {byte(0xC0 | (value >> 6)), tail(0)};
    if (value < 0x10000) return {byte(0xE0 | (value >> 12)), tail(6), tail(0)};
    return {byte(0xF0 | (value >> 18)), tail(12), tail(6), tail(0)};
}

constexpr std::array<encoding, 4> encodings = {encoding::iso_8859_1, encoding::cp850, encoding::utf_8, encoding::iso_646_se};

TEST(text, names_parse_back) {
    for (const encoding code : encodings)
        EXPECT_EQ(parse_encoding(name(code)), code);
    EXPECT_EQ(parse_encoding("LATIN1"), encoding::iso_8859_1);
    EXPECT_EQ(parse_encoding("ISO-8859-1"), encoding::iso_8859_1);
    EXPECT_EQ(parse_encoding("utf8"), encoding::utf_8);
    EXPECT_EQ(parse_encoding("Ibm850"), encoding::cp850);
    EXPECT_EQ(parse_encoding("iso 646-se"), encoding::iso_646_se);
    EXPECT_EQ(parse_encoding("utf-16"), std::nullopt);
    EXPECT_EQ(parse_encoding(""), std::nullopt);
}

struct letters {
    encoding code;
    std::string_view bytes;
};

TEST(text, swedish_letters_in_each_encoding) {
    const std::array<letters, 4> table = {{{encoding::iso_8859_1, "\xC5\xC4\xD6\xE5\xE4\xF6"},
                                           {encoding::cp850, "\x8F\x8E\x99\x86\x84\x94"},
                                           {encoding::iso_646_se, "][\\}{|"},
                                           {encoding::utf_8, "ÅÄÖåäö"}}};
    for (const letters& row : table) {
        EXPECT_EQ(to_utf8(row.bytes, row.code), "ÅÄÖåäö") << name(row.code);
        EXPECT_EQ(from_utf8("ÅÄÖåäö", row.code).value(), row.bytes) << name(row.code);
    }
}

TEST(text, every_byte_comes_back) {
    const std::string bytes = every_byte();
    for (const encoding code : {encoding::iso_8859_1, encoding::cp850})
        EXPECT_EQ(from_utf8(to_utf8(bytes, code), code).value(), bytes) << name(code);
}

TEST(text, iso_646_se_bytes_come_back_but_the_doubled_letters) {
    for (const char byte : every_byte()) {
        const std::string one(1, byte);
        const std::string back = from_utf8(to_utf8(one, encoding::iso_646_se), encoding::iso_646_se).value();
        const std::size_t doubled = std::string_view("\xC4\xD6\xC5\xE4\xF6\xE5").find(byte);
        EXPECT_EQ(back, doubled == std::string_view::npos ? one : std::string(1, "[\\]{|}"[doubled]));
    }
}

// Each code point either is written as one byte that reads as the same code point, or is refused.
TEST(text, every_code_point_is_written_or_refused) {
    for (const encoding code : {encoding::iso_8859_1, encoding::cp850, encoding::iso_646_se}) {
        std::size_t written = 0;
        for (char32_t value = 0; value <= 0x10FFFF; ++value) {
            if (value >= 0xD800 && value <= 0xDFFF) continue;
            const std::string utf8 = utf8_of(value);
            const result<std::string> bytes = from_utf8(utf8, code);
            if (!bytes) continue;
            ++written;
            ASSERT_EQ(bytes->size(), 1u);
            ASSERT_EQ(to_utf8(*bytes, code), utf8) << name(code) << " " << static_cast<std::uint32_t>(value);
        }
        EXPECT_EQ(written, code == encoding::iso_646_se ? 250u : 256u) << name(code);
    }
}

TEST(text, refusal_names_code_point_and_index) {
    const result<std::string> euro = from_utf8("Åsa 5 €", encoding::iso_8859_1);
    ASSERT_FALSE(euro);
    EXPECT_EQ(euro.error().code, error_code::invalid_content);
    EXPECT_EQ(euro.error().text, "U+20AC at index 6 cannot be written in ISO 8859-1");
    EXPECT_EQ(from_utf8("a[b", encoding::iso_646_se).error().text, "U+005B at index 1 cannot be written in ISO 646-SE");
    EXPECT_EQ(from_utf8("😀", encoding::cp850).error().text, "U+1F600 at index 0 cannot be written in CP850");
    EXPECT_EQ(from_utf8("åä\xE5", encoding::cp850).error().text, "text is not UTF-8 at index 2");
}

struct utf8_case {
    std::string_view bytes;
    bool valid;
};

TEST(text, strict_utf8) {
    constexpr std::array<utf8_case, 26> table = {{{"", true},
                                                  {"Räksmörgås", true},
                                                  {"\x7F", true},
                                                  {"\xC2\x80", true},
                                                  {"\xDF\xBF", true},
                                                  {"\xE0\xA0\x80", true},
                                                  {"\xED\x9F\xBF", true},
                                                  {"\xEE\x80\x80", true},
                                                  {"\xEF\xBF\xBF", true},
                                                  {"\xF0\x90\x80\x80", true},
                                                  {"\xF4\x8F\xBF\xBF", true},
                                                  {"\x80", false},
                                                  {"\xBF", false},
                                                  {"\xC0\x80", false},
                                                  {"\xC1\xBF", false},
                                                  {"\xC3", false},
                                                  {"\xC3\x41", false},
                                                  {"\xE0\x9F\xBF", false},
                                                  {"\xE2\x82", false},
                                                  {"\xED\xA0\x80", false},
                                                  {"\xED\xBF\xBF", false},
                                                  {"\xF0\x8F\xBF\xBF", false},
                                                  {"\xF4\x90\x80\x80", false},
                                                  {"\xF5\x80\x80\x80", false},
                                                  {"\xF0\x9F\x98", false},
                                                  {"\xFF", false}}};
    for (const utf8_case& row : table) {
        // At every offset within the blocks that the fast path reads at once.
        for (std::size_t before = 0; before < 70; ++before) {
            const std::string bytes = std::string(before, 'x') + std::string(row.bytes) + (row.valid ? "y" : "");
            EXPECT_EQ(is_valid_utf8(bytes), row.valid) << testing::PrintToString(bytes);
        }
    }
}

TEST(text, ascii_sees_a_high_byte_anywhere) {
    for (std::size_t size = 0; size < 100; ++size) {
        std::string bytes(size, '~');
        EXPECT_TRUE(is_ascii(bytes));
        for (std::size_t at = 0; at < size; ++at) {
            bytes[at] = '\x80';
            EXPECT_FALSE(is_ascii(bytes)) << at << " of " << size;
            bytes[at] = '~';
        }
    }
}

RC_GTEST_PROP(text, code_points_are_counted, ()) {
    const auto values = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0, 0xD800));
    std::string utf8;
    for (const std::uint32_t value : values)
        utf8 += utf8_of(value);
    RC_ASSERT(count_code_points(utf8) == values.size());
    RC_ASSERT(is_valid_utf8(utf8));
}

RC_GTEST_PROP(text, latin1_text_comes_back, (const std::string& bytes)) {
    for (const encoding code : {encoding::iso_8859_1, encoding::cp850}) {
        const std::string utf8 = to_utf8(bytes, code);
        RC_ASSERT(is_valid_utf8(utf8));
        RC_ASSERT(count_code_points(utf8) == bytes.size());
        RC_ASSERT(from_utf8(utf8, code).value() == bytes);
    }
    RC_ASSERT(from_utf8(to_utf8(bytes, encoding::utf_8), encoding::utf_8).value() == bytes);
}

}  // namespace
}  // namespace brygga
