#include "connectors/timing/name_pattern.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace brygga::timing {
namespace {

struct pattern_case {
    const char* pattern;
    std::vector<std::string> takes, leaves;
};

const pattern_case cases[] = {
    {"*", {"", "a", "camt.xml"}, {}},
    {"BG*.txt", {"BG.txt", "BG1.txt", "BG.txt.txt"}, {"bg.txt", "BG1.txt.tmp", "XBG.txt", "BG1txt"}},
    {"camt.05[34]_????.xml", {"camt.053_2026.xml", "camt.054_abcd.xml"}, {"camt.052_2026.xml", "camt.053_26.xml"}},
    {"a#b", {"a0b", "a9b"}, {"axb", "ab", "a10b"}},
    {"[!.]*", {"a", "ab"}, {".a", ""}},
    {"[a-cx]", {"a", "b", "c", "x"}, {"d", "", "ab"}},
    {"{camt,pain}*.{xml,XML}", {"camt1.xml", "pain.XML"}, {"lb.xml", "camt.txt"}},
    {"{,new-}a", {"a", "new-a"}, {"newa", "b"}},
    {"\\*a\\{", {"*a{"}, {"xa{"}},
    {"a,b", {"a,b"}, {"a"}},
    {"[-a]", {"-", "a"}, {"b"}},
    {"\xC3\xA5*", {"\xC3\xA5r"}, {"\xC3\xA4r"}},
    {"*a*b*c", {"abc", "xaxbxc", "aabbcc"}, {"acb", "abcx"}},
};

TEST(name_pattern, takes_the_names_that_are_meant) {
    for (const pattern_case& each : cases) {
        const auto made = name_pattern::parse(each.pattern);
        ASSERT_TRUE(made) << each.pattern << ": " << made.error().text;
        for (const std::string& name : each.takes)
            EXPECT_TRUE(made->matches(name)) << each.pattern << " " << name;
        for (const std::string& name : each.leaves)
            EXPECT_FALSE(made->matches(name)) << each.pattern << " " << name;
    }
}

TEST(name_pattern, many_runs_take_no_longer) {
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "*a";
    const auto made = name_pattern::parse(text + "b");
    ASSERT_TRUE(made);
    EXPECT_FALSE(made->matches(std::string(10'000, 'a')));
    EXPECT_TRUE(made->matches(std::string(10'000, 'a') + "b"));
}

TEST(name_pattern, that_is_not_understood_is_refused_with_its_place) {
    for (const auto& [text, place] : std::vector<std::pair<std::string, std::string>>{{"a[b", "character 2"},
                                                                                      {"a[]", "character 2"},
                                                                                      {"a[c-a]", "character 2"},
                                                                                      {"ab]", "character 3"},
                                                                                      {"{a", "character 1"},
                                                                                      {"{a,{b}}", "character 1"},
                                                                                      {"a}", "character 2"},
                                                                                      {"a\\", "character 2"}}) {
        const auto made = name_pattern::parse(text);
        ASSERT_FALSE(made) << text;
        EXPECT_NE(made.error().text.find(place + ";"), std::string::npos) << text << ": " << made.error().text;
    }
    EXPECT_FALSE(name_pattern::parse(""));
    EXPECT_FALSE(name_pattern::parse(std::string(501, 'a')));
    EXPECT_FALSE(name_pattern::parse("{a,b,c}{a,b,c}{a,b,c}{a,b,c}{a,b,c}")) << "243 alternatives";
}

}  // namespace
}  // namespace brygga::timing
