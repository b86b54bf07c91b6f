// Whatever is done to an encrypted file: none of its bytes is given away as what was written, but those before the change.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/encryption/in_memory.hpp"

namespace brygga::encryption {
namespace {

constexpr std::size_t stored_block = block_bytes + 16;
constexpr std::size_t plain_size = 2 * block_bytes + 1000;

const std::string& plain() {
    static const std::string made = some_bytes(plain_size);
    return made;
}

const std::string& whole() {
    static const std::string made = encrypted(plain());
    return made;
}

std::string block(const std::string& of, std::size_t number) {
    return of.substr(header_bytes + number * stored_block, stored_block);
}

std::string header(const std::string& of) {
    return of.substr(0, header_bytes);
}

void expect_refused(const std::string& bytes, const std::string& what) {
    const auto back = decrypted(bytes);
    EXPECT_FALSE(back) << what;
}

void expect_corrupt(const std::string& bytes, const std::string& what) {
    const auto back = decrypted(bytes);
    ASSERT_FALSE(back) << what;
    EXPECT_EQ(back.error().code, error_code::corrupt) << what << ": " << back.error().text;
}

TEST(tampering, nothing_changed_is_read) {
    ASSERT_EQ(whole(), header(whole()) + block(whole(), 0) + block(whole(), 1) + block(whole(), 2));
    EXPECT_TRUE(*decrypted(whole()) == plain());
}

TEST(tampering, each_bit_of_the_header) {
    const std::string bytes = encrypted("abc");
    for (std::size_t at = 0; at < header_bytes; ++at)
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1U << bit));
            expect_refused(changed, fmt::format("bit {} of byte {}", bit, at));
        }
}

TEST(tampering, each_bit_of_a_small_file_behind_its_header) {
    const std::string bytes = encrypted("abc");
    for (std::size_t at = header_bytes; at < bytes.size(); ++at)
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1U << bit));
            expect_corrupt(changed, fmt::format("bit {} of byte {}", bit, at));
        }
}

TEST(tampering, first_and_last_byte_of_each_block_and_of_its_tag) {
    for (std::size_t number = 0; number < 3; ++number) {
        const std::size_t begin = header_bytes + number * stored_block;
        const std::size_t end = std::min(begin + stored_block, whole().size());
        for (const std::size_t at : {begin, end - 17, end - 16, end - 1}) {
            std::string changed = whole();
            changed[at] = static_cast<char>(changed[at] + 1);
            expect_corrupt(changed, fmt::format("byte {}", at));
        }
    }
}

TEST(tampering, cut_off_anywhere) {
    for (const std::size_t kept :
         {std::size_t{0}, std::size_t{1}, header_bytes - 1, header_bytes, header_bytes + 1, header_bytes + stored_block - 1,
          header_bytes + stored_block, header_bytes + 2 * stored_block, whole().size() - 16, whole().size() - 1})
        expect_corrupt(whole().substr(0, kept), fmt::format("{} bytes left", kept));
}

TEST(tampering, blocks_left_out_swapped_repeated_and_added) {
    const std::string head = header(whole()), a = block(whole(), 0), b = block(whole(), 1), c = block(whole(), 2);
    expect_corrupt(head + b + c, "without the first");
    expect_corrupt(head + a + c, "without the second");
    expect_corrupt(head + a + b, "without the last");
    expect_corrupt(head + b + a + c, "swapped");
    expect_corrupt(head + a + a + c, "the first twice");
    expect_corrupt(head + a + b + c + c, "the last twice");
    expect_corrupt(head + a + b + c + "x", "a byte added");
    expect_corrupt(head + a + b + b + c, "one added within");
}

TEST(tampering, blocks_of_another_file_of_the_same_bytes_and_key) {
    const std::string other = encrypted(plain());
    for (std::size_t number = 0; number < 3; ++number) {
        std::string mixed = header(whole());
        for (std::size_t each = 0; each < 3; ++each)
            mixed += block(each == number ? other : whole(), each);
        expect_corrupt(mixed, fmt::format("block {} of the other file", number));
    }
    expect_corrupt(header(other) + whole().substr(header_bytes), "the other header");
}

// A file that ends where a block ends, shortened by a block with the size in its header made to agree.
TEST(tampering, a_shorter_size_that_agrees_with_the_blocks) {
    std::string bytes = encrypted(some_bytes(2 * block_bytes));
    bytes.resize(header_bytes + stored_block);
    bytes[42 + 5] = 0x10;  // 1 MiB, as the size of the first block alone
    ASSERT_EQ(parse_header(bytes)->of.size_bytes, block_bytes);
    expect_corrupt(bytes, "one block of two");
}

TEST(tampering, a_size_that_nothing_has) {
    std::string bytes = encrypted("abc");
    for (std::size_t at = 42; at < 50; ++at)
        bytes[at] = '\xFF';
    expect_corrupt(bytes, "the largest size there is");
}

RC_GTEST_PROP(tampering, some_other_bytes_somewhere, (std::string other)) {
    const std::string bytes = encrypted("betalning");
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    const auto left_out = *rc::gen::inRange<std::size_t>(0, bytes.size() - at);
    const std::string changed = bytes.substr(0, at) + other + bytes.substr(at + left_out);
    if (changed != bytes) RC_ASSERT(!decrypted(changed).has_value());
}

}  // namespace
}  // namespace brygga::encryption
