// Good layouts, and what is read in them: as the layout that text_of writes. BRYGGA_UPDATE_CASES=1 writes what is read now.
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "formats/layout/language/writer.hpp"
#include "tests/layout_language/cases.hpp"

namespace brygga::layout::language::testing {
namespace {

class good_layout : public ::testing::TestWithParam<std::filesystem::path> {};

std::filesystem::path expected_of(std::filesystem::path file) {
    return file.parent_path().parent_path() / "canonical" / file.filename();
}

TEST_P(good_layout, is_read) {
    const auto made = parse_layout(file_text(GetParam()), "x.layout", {});
    ASSERT_TRUE(made) << told(made.error());
    const std::string text = text_of(*made);
    if (std::getenv("BRYGGA_UPDATE_CASES") != nullptr) std::ofstream(expected_of(GetParam()), std::ios::binary) << text;
    EXPECT_EQ(text, file_text(expected_of(GetParam())));
}

TEST_P(good_layout, is_the_same_when_it_was_written) {
    const auto made = parse_layout(file_text(GetParam()), "x.layout", {});
    ASSERT_TRUE(made) << told(made.error());
    const auto again = parse_layout(text_of(*made), "x.layout", {});
    ASSERT_TRUE(again) << told(again.error()) << text_of(*made);
    EXPECT_EQ(*again, *made) << text_of(*made);
    EXPECT_EQ(text_of(*again), text_of(*made));
}

INSTANTIATE_TEST_SUITE_P(all, good_layout, ::testing::ValuesIn(files_in("good")), [](const auto& of) {
    std::string name = of.param.stem().string();
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(included_layout, is_as_if_it_stood_there) {
    const std::string whole = readme_example();
    const std::size_t first = whole.find("codes"), second = whole.find("record end"), third = whole.find("order");
    const std::map<std::string, std::string> files{
        {"parts/begin.layout", "include \"more/end.layout\"\n" + whole.substr(first, second - first)},
        {"parts/more/end.layout", "\xEF\xBB\xBF" + whole.substr(second, third - second)}};
    const auto made =
        parse_layout(whole.substr(0, first) + "include \"parts/begin.layout\"\n" + whole.substr(third), "x", opener_of(files));
    ASSERT_TRUE(made) << told(made.error());
    auto as_one = parse_layout(
        whole.substr(0, first) + whole.substr(second, third - second) + whole.substr(first, second - first) + whole.substr(third),
        "x", {});
    ASSERT_TRUE(as_one);
    EXPECT_EQ(*made, *as_one);
}

TEST(layout_lines, may_end_in_any_way) {
    std::string text = readme_example();
    const auto with_line_feeds = parse_layout(text, "x", {});
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
        text.replace(at, 1, "\r\n");
    EXPECT_EQ(parse_layout(text, "x", {}), with_line_feeds);
    text.resize(text.size() - 2);
    EXPECT_EQ(parse_layout(text, "x", {}), with_line_feeds);
}

}  // namespace
}  // namespace brygga::layout::language::testing
