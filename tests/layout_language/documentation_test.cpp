// The documentation of a layout: texts of people come out as they were meant, never as markup.
#include "formats/layout/language/documentation.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/layout_language/cases.hpp"

namespace brygga::layout::language::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

description titled(const std::string& title) {
    const auto made = parse_layout(
        "format some \"" + title + "\"\nfixed 4\nrecord a \"" + title + "\"\n    1-4 \"" + "a|`b" + "\"\n", "x.layout", {});
    EXPECT_TRUE(made) << told(made.error());
    return made ? *made : description();
}

TEST(documentation, escapes_what_markdown_takes_for_markup) {
    const std::string text = documentation(titled("a|b `c` *d* _e_ [f](g) <h> &amp; ~i~ \\\\ #"), page::markdown);
    EXPECT_THAT(text, HasSubstr("# a\\|b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](g) \\<h\\> \\&amp; \\~i\\~ \\\\ \\#\n"));
    EXPECT_THAT(text, HasSubstr("### `a`: a\\|b \\`c\\`"));
}

TEST(documentation, has_code_with_bars_and_backticks_in_cells) {
    EXPECT_THAT(documentation(titled("t"), page::markdown), HasSubstr("| 1-4 | 4 |  | <code>\"a\\|\\`b\"</code> |  |\n"));
}

TEST(documentation, escapes_what_html_takes_for_markup) {
    const std::string text = documentation(titled("a <b> & 'c' </title>"), page::html);
    EXPECT_THAT(text, HasSubstr("<title>a &lt;b&gt; &amp; &#39;c&#39; &lt;/title&gt;</title>"));
    EXPECT_THAT(text, HasSubstr("<h1>a &lt;b&gt; &amp; &#39;c&#39; &lt;/title&gt;</h1>"));
    EXPECT_THAT(text, HasSubstr("<td><code>&quot;a|`b&quot;</code></td>"));
    EXPECT_THAT(text, Not(HasSubstr("<b>")));
}

// Each row has as many cells as its table has heads, whatever stands in it.
TEST(documentation, has_whole_tables_of_every_good_layout) {
    for (const auto& file : files_in("good")) {
        const auto made = parse_layout(file_text(file), "x.layout", {});
        ASSERT_TRUE(made) << file;
        std::size_t bars = 0;
        std::istringstream lines(documentation(*made, page::markdown));
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with("|")) {
                bars = 0;
                continue;
            }
            std::size_t here = 0;
            for (std::size_t i = 0; i != line.size(); ++i)
                if (line[i] == '|' && (i == 0 || line[i - 1] != '\\')) ++here;
            if (bars == 0) bars = here;
            EXPECT_EQ(here, bars) << file << "\n" << line;
        }
        const std::string html = documentation(*made, page::html);
        EXPECT_THAT(html, HasSubstr("<h2>Records</h2>"));
        EXPECT_TRUE(html.ends_with("</html>\n"));
    }
}

}  // namespace
}  // namespace brygga::layout::language::testing
