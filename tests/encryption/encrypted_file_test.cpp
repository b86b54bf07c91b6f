#include "connectors/encryption/encrypted_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/encryption/in_memory.hpp"

namespace brygga::encryption {
namespace {

TEST(encrypted_file, what_was_written_is_read_around_every_edge_of_a_block) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, block_bytes - 1, block_bytes, block_bytes + 1,
                                   2 * block_bytes - 1, 2 * block_bytes, 2 * block_bytes + 1}) {
        const std::string plain = some_bytes(size);
        const std::string bytes = encrypted(plain);
        EXPECT_EQ(bytes.size(), encrypted_size(size));
        const auto back = decrypted(bytes);
        ASSERT_TRUE(back) << size << ": " << back.error().text;
        EXPECT_TRUE(*back == plain) << size;
    }
}

RC_GTEST_PROP(encrypted_file, pieces_do_not_matter, ()) {
    const auto size =
        *rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, 300), rc::gen::inRange<std::size_t>(block_bytes - 50, block_bytes + 50),
                        rc::gen::inRange<std::size_t>(2 * block_bytes - 50, 2 * block_bytes + 50));
    const auto piece = *rc::gen::oneOf(rc::gen::inRange<std::size_t>(1000, 5000),
                                       rc::gen::inRange<std::size_t>(block_bytes - 20, block_bytes + 20));
    const std::string plain = some_bytes(size);
    file_in_memory file;
    auto into = writer::begin(file, key_of("new", 'n'), {sha256_hex(plain), size});
    RC_ASSERT(into.has_value());
    for (std::size_t at = 0; at < size; at += piece)
        RC_ASSERT(into->add(std::string_view(plain).substr(at, piece)).has_value());
    RC_ASSERT(into->finish().has_value());
    RC_ASSERT(file.content.size() == encrypted_size(size));
    file_in_memory in_pieces(file.content, piece);
    const auto back = decrypted_from(in_pieces);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == plain);
}

TEST(encrypted_file, the_header_tells_what_stands_in_the_clear) {
    const std::string bytes = encrypted("abc");
    EXPECT_TRUE(is_encrypted(bytes, sha256_hex("abc")));
    const auto header = parse_header(bytes);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->key_id, "new");
    EXPECT_EQ(header->of.sha256, sha256_hex("abc"));
    EXPECT_EQ(header->of.size_bytes, 3U);
}

TEST(encrypted_file, nothing_of_the_plain_bytes_can_be_seen) {
    const std::string plain(3 * block_bytes, 'a');
    const std::string bytes = encrypted(plain);
    EXPECT_EQ(bytes.find("aaaaaaaa"), std::string::npos);
    // Equal blocks are not equal when they are encrypted, in one file or in two.
    const auto block = [](const std::string& of, std::size_t number) {
        return of.substr(header_bytes + number * (block_bytes + 16), block_bytes);
    };
    EXPECT_NE(block(bytes, 0), block(bytes, 1));
    EXPECT_NE(block(bytes, 0), block(encrypted(plain), 0));
}

// A delivered file may begin as it likes, even as an encrypted original of ours.
TEST(encrypted_file, a_delivered_file_is_never_taken_for_an_encrypted_one) {
    const std::string delivered = encrypted("abc");
    EXPECT_FALSE(is_encrypted(delivered, sha256_hex(delivered)));
    EXPECT_FALSE(is_encrypted("abc", sha256_hex("abc")));
    EXPECT_FALSE(is_encrypted("", sha256_hex("")));
    EXPECT_FALSE(is_encrypted(delivered.substr(0, header_bytes - 1), sha256_hex("abc")));
}

TEST(encrypted_file, either_key_of_the_ring_opens_what_it_has_encrypted) {
    EXPECT_EQ(*decrypted(encrypted("abc", key_of("old", 'o'))), "abc");
    EXPECT_EQ(*decrypted(encrypted("abc", key_of("new", 'n'))), "abc");
}

TEST(encrypted_file, a_key_that_is_missing_or_another_one_is_named) {
    const auto unknown = decrypted(encrypted("abc", key_of("older", 'x')));
    EXPECT_EQ(unknown.error().code, error_code::invalid_config);
    EXPECT_EQ(unknown.error().text, "it is encrypted with the key older, which the configuration does not name");
    const auto other = decrypted(encrypted("abc", key_of("old", 'x')));
    EXPECT_EQ(other.error().code, error_code::invalid_config);
    EXPECT_EQ(other.error().text,
              "it is encrypted with another key old than the one that is configured, or its header is damaged");
    EXPECT_EQ(decrypted(encrypted("abc"), key_ring()).error().code, error_code::invalid_config);
}

TEST(encrypted_file, no_more_and_no_less_than_was_announced) {
    file_in_memory file;
    auto into = writer::begin(file, key_of("new", 'n'), {sha256_hex("abc"), 3});
    ASSERT_TRUE(into);
    EXPECT_TRUE(into->add("ab"));
    EXPECT_EQ(into->finish().error().code, error_code::invalid_argument);
    EXPECT_EQ(into->add("cd").error().code, error_code::invalid_argument);
    EXPECT_TRUE(into->add("c"));
    EXPECT_TRUE(into->finish());
    EXPECT_EQ(*decrypted(file.content), "abc");
}

TEST(encrypted_file, without_random_numbers_nothing_is_written) {
    file_in_memory file;
    const auto into = writer::begin(file, key_of("new", 'n'), {sha256_hex("abc"), 3}, [](auto) { return false; });
    EXPECT_EQ(into.error().code, error_code::io);
    EXPECT_TRUE(file.content.empty());
}

TEST(encrypted_file, every_call_to_the_file_may_fail) {
    const std::string plain = some_bytes(2 * block_bytes + 1);
    bool failed = true;
    std::size_t failures = 0;
    for (std::size_t n = 1; failed; ++n) {
        file_in_memory file;
        file.fail_at = n;
        auto into = writer::begin(file, key_of("new", 'n'), {sha256_hex(plain), plain.size()});
        const bool written = into && into->add(plain) && into->finish();
        failed = file.calls >= n;
        failures += failed ? 1U : 0U;
        ASSERT_EQ(written, !failed) << n;
    }
    EXPECT_EQ(failures, 4U);  // the header and three blocks
    const std::string bytes = encrypted(plain);
    failed = true;
    for (std::size_t n = 1; failed; ++n) {
        file_in_memory file(bytes, block_bytes);
        file.fail_at = n;
        const auto back = decrypted_from(file);
        failed = file.calls >= n;
        ASSERT_EQ(back.has_value(), !failed) << n;
        EXPECT_TRUE(back || back.error().code == error_code::io) << n;
        ASSERT_TRUE(n > 5 || failed);
    }
}

}  // namespace
}  // namespace brygga::encryption
