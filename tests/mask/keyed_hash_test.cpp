// The published vectors of HMAC-SHA-256 (RFC 4231).
#include "formats/inspection/keyed_hash.hpp"

#include <string>

#include <gmock/gmock.h>

namespace brygga::inspection {

namespace {

std::string hex_of(const keyed_hash::digest& digest) {
    constexpr std::string_view alphabet = "0123456789abcdef";
    std::string out;
    for (const std::uint8_t each : digest) {
        out += alphabet[each >> 4u];
        out += alphabet[each & 15u];
    }
    return out;
}

TEST(keyed_hash, vectors_of_rfc_4231) {
    EXPECT_EQ(hex_of(keyed_hash(std::string(20, '\x0B')).of("Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex_of(keyed_hash("Jefe").of("what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex_of(keyed_hash(std::string(131, '\xAA')).of("Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(keyed_hash, a_hash_is_not_changed_by_those_before_it) {
    keyed_hash hash("key");
    const auto first = hash.of("a");
    EXPECT_NE(hash.of("b"), first);
    EXPECT_EQ(hash.of("a"), first);
}

}  // namespace

}  // namespace brygga::inspection
