#include "formats/inspection/printable.hpp"

#include <gmock/gmock.h>

namespace brygga::inspection {

namespace {

TEST(printable, nothing_that_a_terminal_obeys) {
    EXPECT_EQ(printable("Åsa\x1B[2J\n\t\x7F"), "Åsa\\x1B[2J\\x0A\\x09\\x7F");
    EXPECT_EQ(printable("\xC2\x9B"
                        "31m"),
              "\\x9B31m");                           // the one-character form of ESC [
    EXPECT_EQ(printable("\xE5\xC3"), "\\xE5\\xC3");  // bytes that are no UTF-8
    EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
    EXPECT_EQ(printable("\xC2\xA0€😀"), "\xC2\xA0€😀");
}

TEST(printable, html_says_what_the_text_says) {
    EXPECT_EQ(html_escaped("<script>alert('å & \"b\"')</script>\x01"),
              "&lt;script&gt;alert(&#39;å &amp; &quot;b&quot;&#39;)&lt;/script&gt;\\x01");
}

TEST(printable, columns_are_characters) {
    EXPECT_EQ(left_in("åä", 4), "åä  ");
    EXPECT_EQ(left_in("abcde", 4), "abcde");
}

}  // namespace

}  // namespace brygga::inspection
