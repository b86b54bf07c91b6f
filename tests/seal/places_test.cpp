// locate(): where TK00 and TK99 stand, for readers that have no key.
#include "formats/bankgirot/seal/places.hpp"

#include <gmock/gmock.h>

#include "formats/bankgirot/seal/layout.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::seal::testing {

namespace {

std::string opening(std::string_view type) {
    std::string line = "00261123" + std::string(type);
    line.resize(80, ' ');
    return line + "\r\n";
}

TEST(seal_places, are_found_with_what_stands_between) {
    const std::string bytes = example("7.2");
    const seal_places at = locate(bytes);
    ASSERT_TRUE(at.opening && at.closing);
    EXPECT_EQ(at.type, seal_type::hmac);
    EXPECT_EQ(at.opening->offset, 0u);
    EXPECT_EQ(at.opening->size, 80u);
    EXPECT_EQ(at.closing->offset, bytes.size() - 82);
    EXPECT_EQ(at.closing->size, 80u);
    EXPECT_EQ(at.inner, unsealed(bytes));
}

TEST(seal_places, are_found_between_blanks_and_the_end_of_file_mark) {
    const std::string bytes = "\xEF\xBB\xBF \r\n" + example("7.2") + "  \r\n\x1A";
    const seal_places at = locate(bytes);
    ASSERT_TRUE(at.opening && at.closing);
    EXPECT_EQ(at.opening->offset, 6u);
    EXPECT_EQ(at.closing->size, 80u);
    EXPECT_EQ(at.inner, unsealed(example("7.2")));
}

TEST(seal_places, of_the_older_seal_are_found) {
    const std::string bytes = opening("SAK1") + "01DATA\r\n99261123123456789012345678" + "1234567\r\n";
    const seal_places at = locate(bytes);
    ASSERT_TRUE(at.opening && at.closing);
    EXPECT_EQ(at.type, seal_type::nexus);
    EXPECT_EQ(at.inner, "01DATA\r\n");
}

TEST(seal_places, are_missing_in_an_unsealed_file) {
    const std::string bytes = unsealed(example("7.2"));
    EXPECT_FALSE(locate(bytes).sealed());
    EXPECT_EQ(locate(bytes).inner, bytes);
    EXPECT_FALSE(locate("").sealed());
    EXPECT_FALSE(locate("00261123HMA\r\n").sealed());
    EXPECT_FALSE(locate("0020261123HMAC\r\n").sealed()) << "an eight-digit date is no TK00";
    EXPECT_FALSE(locate("99261123 a data line\r\n").sealed());
}

TEST(seal_places, one_may_be_missing) {
    const std::string whole = example("7.2"), data = unsealed(whole);
    const seal_places cut = locate(std::string_view(whole).substr(0, whole.size() - 82));
    EXPECT_TRUE(cut.opening && !cut.closing);
    EXPECT_EQ(cut.inner, data);
    const seal_places headless = locate(std::string_view(whole).substr(82));
    EXPECT_TRUE(!headless.opening && headless.closing);
    EXPECT_EQ(headless.inner, data);
}

// Below a TK00 the last line is a TK99 though its values are damaged: a reader without a key skips it all the same.
TEST(seal_places, of_a_damaged_tk99_below_a_tk00) {
    std::string bytes = example("7.2");
    bytes[bytes.size() - 20] = '?';
    EXPECT_TRUE(locate(bytes).closing);
    EXPECT_FALSE(locate(std::string_view(bytes).substr(82)).closing);
}

TEST(seal_places, line_ends_may_be_any) {
    for (const std::string_view end : {"\n", "\r"}) {
        const std::string bytes = replaced(example("7.2"), "\r\n", end);
        const seal_places at = locate(bytes);
        ASSERT_TRUE(at.opening && at.closing);
        EXPECT_EQ(at.inner, replaced(unsealed(example("7.2")), "\r\n", end));
    }
}

// Readers without a key know both methods' records; only their place tells more.
TEST(seal_places, records_of_both_methods_are_known_by_their_form) {
    using layouts::frame_record;
    EXPECT_EQ(layouts::frame_record_of("00261123HMAC"), frame_record::first);
    EXPECT_EQ(layouts::frame_record_of("00261123SAK1"), frame_record::first);
    EXPECT_EQ(layouts::frame_record_of("992611230123456789ABCDEF01 1234567"), frame_record::last);
    EXPECT_EQ(layouts::frame_record_of("992611230123456789abcdef01"), frame_record::last);
    for (const std::string_view line : {"00261123HMA", "0026112XHMAC", "00261123SAK2", "01261123HMAC",
                                        "992611230123456789ABCDEF0", "99261123012345678 ABCDEF01", "9926112X0123456789ABCDEF01",
                                        "98261123"
                                        "0123456789ABCDEF01",
                                        ""})
        EXPECT_EQ(layouts::frame_record_of(line), frame_record::none) << line;
}

}  // namespace

}  // namespace brygga::seal::testing
