#include "connectors/encryption/key.hpp"

#include <cstdlib>
#include <filesystem>
#include <new>

#include <gmock/gmock.h>

#include "tests/intake/faulty_files.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::encryption {
namespace {

using intake_test::put;
namespace fs = std::filesystem;

constexpr std::string_view hex = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
constexpr std::string_view base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

TEST(key, both_notations_are_the_same_key) {
    for (const std::string_view text : {hex, base64}) {
        const auto key = parse_key(text);
        ASSERT_TRUE(key) << text;
        for (std::size_t i = 0; i < key_bytes; ++i)
            EXPECT_EQ(key->bytes()[i], i);
    }
    EXPECT_EQ(parse_key("//////////////////////////////////////////8=")->bytes()[31], 255);
    EXPECT_EQ(parse_key("++++++++++++++++++++++++++++++++++++++++++4=")->bytes()[0], 0xFB);
}

TEST(key, anything_else_is_none) {
    const std::string digits(hex), letters(base64);
    for (const std::string& text :
         {std::string(), digits.substr(1), digits + "0", " " + digits.substr(1), "g" + digits.substr(1), letters.substr(1),
          letters + "=", letters.substr(0, 43), letters.substr(0, 43) + "A",
          letters.substr(0, 42) + "9=", "-" + letters.substr(1), "=" + letters.substr(1), std::string(key_bytes, 'k')})
        EXPECT_FALSE(parse_key(text)) << text;
}

// The memory that it had is looked at after it is gone.
TEST(key, is_wiped_when_it_is_destroyed) {
    alignas(secret_key) std::array<unsigned char, sizeof(secret_key)> room{};
    auto* const key = new (room.data()) secret_key(*parse_key(hex));
    EXPECT_EQ(room[31], 31);
    key->~secret_key();
    EXPECT_THAT(room, testing::Each(0));
}

class key_sources : public testing::Test {
 protected:
    fs::path write(std::string_view text, fs::perms mode = fs::perms::owner_read | fs::perms::owner_write) const {
        fs::path path = folder_.path() / "key";
        put(path, text);
        fs::permissions(path, mode);
        return path;
    }
    result<named_key> read(const secrets::secret_source& from) { return read_key({"2026", from}, files_); }

    intake_test::scratch_folder folder_;
    intake_test::faulty_files files_;
};

TEST_F(key_sources, a_file_of_its_owner_or_group) {
    using fs::perms;
    for (const perms mode : {perms::owner_read, perms::owner_read | perms::owner_write, perms::owner_read | perms::group_read}) {
        const auto key = read({write(std::string(hex) + "\n", mode), {}, {}});
        ASSERT_TRUE(key) << key.error().text;
        EXPECT_EQ(key->id, "2026");
        EXPECT_EQ(key->key.bytes()[31], 31);
        fs::remove(folder_.path() / "key");
    }
    for (const perms more : {perms::others_read, perms::others_write, perms::group_write}) {
        const auto key = read({write(hex, perms::owner_read | perms::owner_write | more), {}, {}});
        ASSERT_FALSE(key);
        EXPECT_EQ(key.error().code, error_code::permission_denied);
        EXPECT_THAT(key.error().text, testing::HasSubstr("the key 2026 of the originals: others than"));
    }
}

TEST_F(key_sources, what_is_no_key_is_not_repeated) {
    const auto key = read({write("hemligt-ord-for-banken"), {}, {}});
    EXPECT_EQ(key.error().code, error_code::invalid_content);
    EXPECT_EQ(
        key.error().text,
        "the key 2026 of the originals: its source does not hold 32 bytes as 64 hexadecimal digits or 44 characters of Base64");
    EXPECT_EQ(read({}).error().code, error_code::invalid_content);
}

TEST_F(key_sources, a_ring_has_all_of_them_or_is_none) {
    const fs::path file = write(hex);
    EXPECT_EQ(read_keys(std::nullopt, files_)->current(), nullptr);
    const auto ring = read_keys(key_settings{"b", {{"a", {file, {}, {}}}, {"b", {file, {}, {}}}}}, files_);
    ASSERT_TRUE(ring);
    EXPECT_EQ(ring->current()->id, "b");
    EXPECT_EQ(ring->keys().size(), 2U);
    EXPECT_EQ(ring->find("a")->id, "a");
    EXPECT_EQ(ring->find("c"), nullptr);
    EXPECT_EQ(read_keys(key_settings{"b", {{"a", {file, {}, {}}}}}, files_).error().code, error_code::invalid_argument);
    const auto missing = read_keys(key_settings{"b", {{"a", {folder_.path() / "no", {}, {}}}, {"b", {file, {}, {}}}}}, files_);
    EXPECT_EQ(missing.error().code, error_code::not_found);
    EXPECT_THAT(missing.error().text, testing::HasSubstr("the key a of the originals"));
}

TEST_F(key_sources, each_call_may_fail) {
    const fs::path file = write(hex);
    bool failed = true;
    for (std::size_t n = 1; failed; ++n) {
        files_.calls = 0;
        files_.fail_at = n;
        failed = !read({file, {}, {}});
        EXPECT_EQ(failed, files_.calls >= n);
        ASSERT_TRUE(n > 4 || failed) << "open, look, read, read to the end";
    }
}

}  // namespace
}  // namespace brygga::encryption
