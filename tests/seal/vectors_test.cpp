// The published test cases of bankgiro-seal.md 3.5. The inputs of 1c and 2d are not printed on the page: only their values are.
#include <gmock/gmock.h>

#include "formats/bankgirot/seal/mac.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::seal::testing {

namespace {

std::string mac_text(std::string_view key_digits, std::string_view bytes) {
    auto of = authenticator::begin(key_of(key_digits));
    EXPECT_TRUE(of);
    EXPECT_TRUE(of->update(bytes));
    return of->finish()->text();
}

struct vector {
    std::string name, bytes, mac;
    std::string whole = {};  // HMAC-SHA-256 before it is cut
};

std::string every_plain_byte() {
    std::string out;
    for (char byte = 0x20; byte <= 0x7E; ++byte)
        out += byte;
    return out + "\r\n";
}

std::vector<vector> published() {
    return {
        {"1a", "00000000", "FF365893D899291C3BF505FB3175E880",
         "FF365893D899291C3BF505FB3175E88061C9C5B724E98314E2D69F63CA5ABE02"},
        {"1b", "00000\r\n0000\r\n000\r\n00\r\n0", "9BA94363739D45256DF4B6FA3B9DE1CD",
         "9BA94363739D45256DF4B6FA3B9DE1CD86B96E0FF13674D5F9B774AE168AEEF8"},
        {"2a", every_plain_byte(), "9473EDFCAA8CD2434D6D76ABFFC991BD",
         "9473EDFCAA8CD2434D6D76ABFFC991BD389165736F606CE3D9ECD52EC217DB43"},
        {"2b", "\xF5\xD5\x5E\x7E\x40\x60\x21\x22\x23\x24\x25\x26\x27\x28\x09\x29\x2A\x2B\x2C\x2D\x2E\x2F\xA7\xBD",
         "20956E44B404C4085446139B2B952D77", "20956E44B404C4085446139B2B952D77810E9393649F9EB4255D361B4C5D5B33"},
        {"2c", "\xC4\xD6\xC5\xE4\xF6\xE5", "515704694958361678194D51850FF157",
         "515704694958361678194D51850FF15733A2A83D0E7064D9C86843537C91FEE0"},
    };
}

TEST(seal_vectors, give_the_published_values) {
    for (const vector& each : published()) {
        SCOPED_TRACE(each.name);
        EXPECT_EQ(mac_text(test_key, each.bytes), each.mac);
        EXPECT_EQ(reference_hmac(test_key, each.bytes), each.whole) << "the tests' own second implementation";
    }
}

TEST(seal_vectors, have_the_published_sizes) {
    const std::vector<std::size_t> sizes{8, 23, 97, 24, 6};
    const auto all = published();
    for (std::size_t i = 0; i < all.size(); ++i)
        EXPECT_EQ(all[i].bytes.size(), sizes[i]) << all[i].name;
}

TEST(seal_key, computes_its_kvv) {
    EXPECT_EQ(key_of(test_key).kvv().text(), test_kvv);
    EXPECT_EQ(key_of("1234567890abcdef1234567890abcdef").kvv().text(), test_kvv);
    EXPECT_EQ(key_of(other_key).kvv().text(), reference_mac(other_key, "00000000"));
}

// Taking the 32 digits themselves as the key is a known fault of others: it gives another KVV.
TEST(seal_key, is_the_bytes_and_not_their_digits) {
    EXPECT_FALSE(key_of(test_key).kvv().text().starts_with("05CD8182"));
    std::string digits_of_digits;
    for (const char each : test_key)
        digits_of_digits += each >= 'A' ? "4" + std::string(1, static_cast<char>(each - 'A' + '1')) : "3" + std::string(1, each);
    EXPECT_TRUE(reference_hmac(digits_of_digits, "00000000").starts_with("05CD8182")) << "the fault is the one of the page";
}

TEST(seal_key, knows_the_published_test_key) {
    EXPECT_TRUE(key::published_test_key()->is_published_test_key());
    EXPECT_TRUE(key_of("1234567890abcdef1234567890abcdef").is_published_test_key());
    EXPECT_FALSE(key_of(other_key).is_published_test_key());
}

TEST(seal_key, never_tells_what_it_was_given) {
    const auto refused = key::from_digits("1234567890ABCDEF1234567890ABCDE");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error_code::invalid_content);
    EXPECT_EQ(refused.error().text, "SEAL-R01: The key is exactly 32 hexadecimal digits.");
}

TEST(seal_mac, is_written_in_upper_case_and_read_in_both) {
    const auto read = parse_mac("ff365893d899291c3bf505fb3175e880");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->text(), test_kvv);
    EXPECT_EQ(*read, key_of(test_key).kvv());
    for (const std::string_view wrong : {"", "FF", "FF365893D899291C3BF505FB3175E88G", "FF365893D899291C3BF505FB3175E8800",
                                         " F365893D899291C3BF505FB3175E880", "FF365893D899291C3BF505FB3175E88/"})
        EXPECT_FALSE(parse_mac(wrong)) << wrong;
}

// The whole table of 3.4, byte by byte, against the second implementation.
TEST(seal_mac, treats_each_byte_as_the_table_says) {
    for (unsigned byte = 0; byte < 256; ++byte) {
        const std::string text = "A" + std::string(1, static_cast<char>(byte)) + "B";
        EXPECT_EQ(mac_text(test_key, text), reference_mac(test_key, text)) << byte;
    }
    EXPECT_EQ(mac_text(test_key, "\xC5"), mac_text(test_key, "]")) << "a property of the method";
    EXPECT_NE(mac_text(test_key, "\xC3\x85"), mac_text(test_key, "\xC5")) << "UTF-8 gives another MAC";
    EXPECT_NE(mac_text(test_key, "A\t"), mac_text(test_key, "A"));
}

}  // namespace

}  // namespace brygga::seal::testing
