// The format as another program writes it: other_writer.py made these bytes with Python's cryptography package.
#include <charconv>
#include <numeric>

#include <fmt/format.h>

#include "tests/encryption/in_memory.hpp"

namespace brygga::encryption {
namespace {

constexpr std::string_view abc_encrypted =
    "894252594747410a010432303236000000000000000000000000000000000000000000000000000000000000000000000003"
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad6465666768696a6b6c6d6e6f707172737475"
    "767778797a7b7c7d7e7f80818283e6fc698c76c5d3249cf7003e9dfd0a9b14cbfdfa196614379cb58c706fb1569b975537";
// SHA-256 of the encrypted form of "x" 1 048 577 times.
constexpr std::string_view two_blocks_sha256 = "932a6ac472deded5657bdaf69ba0c5d9061cef0abf30e404cd8a4dc83065544c";

named_key counting_key() {
    named_key out{"2026", {}};
    std::iota(out.key.bytes().begin(), out.key.bytes().end(), std::uint8_t{0});
    return out;
}

bool counting_salt(std::span<std::uint8_t> into) {
    std::iota(into.begin(), into.end(), std::uint8_t{100});
    return true;
}

std::string written(std::string_view plain) {
    file_in_memory file;
    auto into = writer::begin(file, counting_key(), {sha256_hex(plain), plain.size()}, counting_salt);
    EXPECT_TRUE(into && into->add(plain) && into->finish());
    return file.content;
}

std::string hex_of(std::string_view bytes) {
    std::string out;
    for (const char each : bytes)
        out += fmt::format("{:02x}", static_cast<unsigned char>(each));
    return out;
}

TEST(known_answer, what_another_program_writes) {
    EXPECT_EQ(hex_of(written("abc")), abc_encrypted);
    EXPECT_EQ(sha256_hex(written(std::string(block_bytes + 1, 'x'))), two_blocks_sha256);
}

TEST(known_answer, is_read) {
    std::string bytes;
    for (std::size_t i = 0; i < abc_encrypted.size(); i += 2) {
        unsigned value = 0;
        std::from_chars(abc_encrypted.data() + i, abc_encrypted.data() + i + 2, value, 16);
        bytes += static_cast<char>(value);
    }
    EXPECT_EQ(*decrypted(bytes, key_ring({counting_key()}, "2026")), "abc");
}

}  // namespace
}  // namespace brygga::encryption
