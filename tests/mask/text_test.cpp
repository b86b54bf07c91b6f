// Free text under the mask: what is replaced, what stays, in every encoding.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "formats/core/encoding_detection.hpp"
#include "formats/inspection/masked_text.hpp"

namespace brygga::inspection {

namespace {

class mask_text : public ::testing::Test {
 protected:
    std::string masked(std::string_view text, encoding in = encoding::utf_8, number_kind kind = number_kind::reference) {
        std::string line(text);
        text_.mask(line, 0, line.size(), alphabet(in), kind, false);
        return line;
    }

    keyed_hash hash_{"a key for tests"};
    digit_masker digits_{hash_};
    text_masker text_{hash_, digits_};
};

TEST_F(mask_text, words_that_name_nobody_stay) {
    for (const std::string_view text :
         {"Faktura", "OCR", "kund", "Betalning avser", "FAKTURA", "c/o", "C/O", "Brf", "box", "-", "", " ", "7"})
        EXPECT_EQ(masked(text), text);
}

TEST_F(mask_text, names_change_and_keep_their_form) {
    for (const std::string_view text : {"Andersson", "ÅKE", "Öst", "von Ängen-Sjö", "Müller", "Łukasz", "Ελένη", "李小龍"}) {
        const std::string out = masked(text);
        EXPECT_NE(out, text);
        ASSERT_EQ(out.size(), text.size());
        for (std::size_t i = 0; i < text.size(); ++i) {
            EXPECT_EQ(text[i] == ' ', out[i] == ' ') << text;
            EXPECT_EQ(text[i] == '-', out[i] == '-') << text;
            EXPECT_EQ(text[i] >= 'A' && text[i] <= 'Z', out[i] >= 'A' && out[i] <= 'Z') << text;
        }
    }
}

TEST_F(mask_text, a_very_long_word_is_masked_whole) {
    const std::string word(60'000, 'a');
    const std::string made = masked(word);
    EXPECT_EQ(made.size(), word.size());
    EXPECT_EQ(made, masked(word));
    EXPECT_NE(made.substr(0, 32), made.substr(32, 32));
    EXPECT_NE(made, masked(word + "a").substr(0, word.size()));
}

TEST_F(mask_text, the_same_word_in_capitals_is_the_same_word) {
    std::string small = masked("exempelgatan");
    for (char& each : small)
        each = static_cast<char>(each - 'a' + 'A');
    EXPECT_EQ(masked("EXEMPELGATAN"), small);
}

TEST_F(mask_text, the_same_word_in_another_encoding_is_the_same_word) {
    const std::string utf8 = masked("Råsjö");
    EXPECT_EQ(to_utf8(masked(*from_utf8("Råsjö", encoding::iso_8859_1), encoding::iso_8859_1), encoding::iso_8859_1), utf8);
    EXPECT_EQ(to_utf8(masked(*from_utf8("Råsjö", encoding::cp850), encoding::cp850), encoding::cp850), utf8);
    EXPECT_EQ(to_utf8(masked(*from_utf8("Råsjö", encoding::iso_646_se), encoding::iso_646_se), encoding::iso_646_se), utf8);
}

TEST_F(mask_text, digit_runs_are_replaced_as_references_are) {
    const std::string reference = digits_.number("1000234706", number_kind::reference);
    EXPECT_EQ(masked("OCR 1000234706, faktura 1000234706"), "OCR " + reference + ", faktura " + reference);
}

TEST_F(mask_text, numbers_written_with_a_hyphen_are_the_same_numbers) {
    const std::string bankgiro = digits_.number("9912346", number_kind::giro);
    EXPECT_EQ(masked("991-2346"), bankgiro.substr(0, 3) + "-" + bankgiro.substr(3));
    const std::string person = digits_.number("9003149805", number_kind::identity);
    EXPECT_EQ(masked("900314-9805"), person.substr(0, 6) + "-" + person.substr(6));
    const std::string day = digits_.number("2026", number_kind::reference) + "-" + digits_.number("03", number_kind::reference) +
                            "-" + digits_.number("02", number_kind::reference);
    EXPECT_EQ(masked("2026-03-02"), day);
}

TEST_F(mask_text, a_letter_lost_before_stays_lost) {
    EXPECT_THAT(masked("Bj\xEF\xBF\xBDrk"), ::testing::HasSubstr("\xEF\xBF\xBD"));
}

// What decides the encoding of a file: the detector must say the same of each letter's replacement.
TEST(alphabet, letters_alike_weigh_the_same_to_the_detection_of_encodings) {
    for (const encoding in : {encoding::iso_8859_1, encoding::cp850}) {
        const alphabet letters(in);
        for (unsigned byte = 0x80; byte <= 0xFF; ++byte) {
            const std::string one(1, static_cast<char>(byte));
            const std::string utf8 = to_utf8(one, in);
            if (utf8.size() != 2) continue;
            const auto code = static_cast<char32_t>(((static_cast<unsigned char>(utf8[0]) & 0x1Fu) << 6u) |
                                                    (static_cast<unsigned char>(utf8[1]) & 0x3Fu));
            for (const char32_t other : letters.alike(code)) {
                std::string other_utf8;
                other_utf8 += static_cast<char>(0xC0u | (other >> 6u));
                other_utf8 += static_cast<char>(0x80u | (other & 0x3Fu));
                const auto other_byte = from_utf8(other_utf8, in);
                ASSERT_TRUE(other_byte);
                for (const std::string_view beside : {"", " \x84", " \xE4", " \x84\x84", " \xE4\xE4"})
                    EXPECT_EQ(detect_encoding(one + std::string(beside), std::nullopt).in,
                              detect_encoding(*other_byte + std::string(beside), std::nullopt).in)
                        << byte;
            }
        }
    }
}

}  // namespace

}  // namespace brygga::inspection
