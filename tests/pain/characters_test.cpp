// Which letters a Swedish bank file can hold, and what becomes of others.
#include "formats/iso20022/pain/characters.hpp"

#include <ostream>

#include <gtest/gtest.h>

#include "formats/core/text.hpp"

namespace brygga::pain {
namespace {

struct character_case {
    std::string what, from, to;
    bool replaced = false, impossible = false;
};

void PrintTo(const character_case& item, std::ostream* out) {
    *out << item.what;
}

class pain_characters : public testing::TestWithParam<character_case> {};

TEST_P(pain_characters, become_what_they_must) {
    const allowed_text made = to_allowed(GetParam().from);
    EXPECT_EQ(made.replaced, GetParam().replaced);
    EXPECT_EQ(made.impossible, GetParam().impossible);
    if (!made.impossible) {
        EXPECT_EQ(made.text, GetParam().to);
    }
}

INSTANTIATE_TEST_SUITE_P(
    texts, pain_characters,
    testing::Values(character_case{"allowed", "Åsa Öst-Ärlig 1/2 (a:b).,'+?", "Åsa Öst-Ärlig 1/2 (a:b).,'+?"},
                    character_case{"empty", "", ""}, character_case{"blanks around", "  Bo  Prov ", "Bo  Prov"},
                    character_case{"accents", "Renée Müller Šaric Łuk", "Renee Muller Saric Luk", true},
                    character_case{"ligatures", "Ægir Straße Œuvre Ĳ", "AEgir Strasse OEuvre IJ", true},
                    character_case{"Danish letters", "Søren Ødegård", "Sören Ödegård", true},
                    character_case{"and", "Prov & Son", "Prov + Son", true},
                    character_case{"quotation marks and dashes", "”Prov” – Son’s", "'Prov' - Son's", true},
                    character_case{"white space",
                                   "a\tb\nc\xC2\xA0"
                                   "d",
                                   "a b c d", true},
                    character_case{"the same letter in another spelling", "A\xCC\x8Asa O\xCC\x88st a\xCC\x88", "Åsa Öst ä"},
                    character_case{"another letter of two parts", "Rene\xCC\x81", "Rene", true},
                    character_case{"no replacement", "Прова", "", true, true},
                    character_case{"a control character", "a\x01", "", true, true},
                    character_case{"no UTF-8", "\xE5sa", "", false, true}));

TEST(pain_characters_table, gives_allowed_characters_only) {
    // Every character of two bytes: from U+0080 to U+07FF.
    for (unsigned code = 0x80; code < 0x800; ++code) {
        const std::string character = {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
        const allowed_text once = to_allowed(character);
        if (once.impossible) continue;
        const allowed_text twice = to_allowed(once.text);
        EXPECT_FALSE(twice.replaced || twice.impossible) << character;
        EXPECT_EQ(twice.text, once.text) << character;
    }
}

}  // namespace
}  // namespace brygga::pain
