// Seal keys from where the configuration says they are, and which of them is used on which day.
#include "connectors/sealing/key.hpp"

#include <cstdlib>

#include <gmock/gmock.h>

#include "tests/intake/faulty_files.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::sealing {
namespace {

using seal::testing::key_of;
using seal::testing::other_key;
using seal::testing::test_key;

class seal_key_source : public ::testing::Test {
 protected:
    secrets::secret_source holding(std::string_view text) {
        const auto path = folder.path() / "seal.key";
        intake_test::put(path, text);
        std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return {path, {}, {}};
    }
    key_settings settings(std::string_view text) { return {"471117", holding(text), key_of(text).kvv(), {}, {}}; }

    intake_test::scratch_folder folder;
    filedrop::file_system& files = filedrop::posix_file_system();
};

TEST_F(seal_key_source, gives_the_key_of_its_kvv) {
    const auto key = read_key(settings(other_key), sealing::test_key::refused, files);
    ASSERT_TRUE(key) << key.error().text;
    EXPECT_EQ(key->kvv(), key_of(other_key).kvv());
    ::setenv("BRYGGA_TEST_SEAL_KEY", std::string(other_key).c_str(), 1);
    EXPECT_TRUE(read_key({{}, "BRYGGA_TEST_SEAL_KEY", {}}, {}, sealing::test_key::refused, files));
    ::unsetenv("BRYGGA_TEST_SEAL_KEY");
}

TEST_F(seal_key_source, tells_what_is_wrong_and_never_what_stands_there) {
    const auto refusal = [&](const secrets::secret_source& from, const std::optional<seal::mac>& kvv) {
        const auto key = read_key(from, kvv, sealing::test_key::refused, files);
        return key ? error{error_code::corrupt, "a key"} : key.error();
    };
    EXPECT_EQ(refusal(holding("no key at all"), {}).text, "SEAL-R01: The key is exactly 32 hexadecimal digits.");
    EXPECT_EQ(refusal({folder.path() / "missing", {}, {}}, {}).code, error_code::not_found);
    EXPECT_EQ(refusal(holding(test_key), {}).code, error_code::invalid_argument);
    const error other = refusal(holding(other_key), key_of(test_key).kvv());
    EXPECT_EQ(other.code, error_code::invalid_content);
    EXPECT_EQ(other.text, "SEAL-R02: the seal key has the KVV " + key_of(other_key).kvv().text() +
                              ", expected FF365893D899291C3BF505FB3175E880");
    const auto open_to_all = holding(other_key);
    std::filesystem::permissions(open_to_all.file, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
    EXPECT_EQ(refusal(open_to_all, {}).code, error_code::permission_denied);
}

TEST_F(seal_key_source, the_published_test_key_is_for_test_systems) {
    EXPECT_TRUE(read_key(settings(test_key), sealing::test_key::allowed, files));
    const auto refused = read_key(settings(test_key), sealing::test_key::refused, files);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error_code::invalid_config);
}

// One that cannot be read is of the moment: a file must not be refused, or pass, because of it.
TEST_F(seal_key_source, whichever_call_fails_is_an_error_of_the_moment) {
    const std::vector<key_settings> all{settings(other_key)};
    for (std::size_t wrong = 1, reached = 1; reached >= wrong; ++wrong) {
        intake_test::faulty_files faulty;
        faulty.fail_at = wrong;
        const auto keys = read_keys(all, sealing::test_key::refused, faulty);
        reached = faulty.calls;
        if (reached < wrong) {
            EXPECT_TRUE(keys);
            break;
        }
        ASSERT_FALSE(keys) << wrong;
        EXPECT_EQ(keys.error().code, error_code::invalid_config);
    }
}

TEST(seal_key_of_day, is_the_newest_that_is_valid) {
    const auto day = [](std::string_view text) { return parse_iso_date(text); };
    const auto kvv = [](unsigned char first) { return seal::mac{{first}}; };
    const std::vector<key_settings> all{{"1", {}, kvv(1), {}, day("2026-12-31")},
                                        {"1", {}, kvv(2), day("2026-12-01"), {}},
                                        {"2", {}, kvv(3), day("2026-01-01"), day("2026-06-30")}};
    const auto chosen = [&](std::string_view customer, std::string_view on) -> int {
        const auto* const key = key_of_day(all, customer, *parse_iso_date(on));
        return key == nullptr ? 0 : key->kvv.bytes[0];
    };
    EXPECT_EQ(chosen("1", "2026-11-30"), 1);
    EXPECT_EQ(chosen("1", "2026-12-01"), 2) << "while both are valid the new one";
    EXPECT_EQ(chosen("1", "2027-01-01"), 2);
    EXPECT_EQ(chosen("2", "2025-12-31"), 0);
    EXPECT_EQ(chosen("2", "2026-06-30"), 3);
    EXPECT_EQ(chosen("2", "2026-07-01"), 0);
    EXPECT_EQ(chosen("3", "2026-07-01"), 0);
}

}  // namespace
}  // namespace brygga::sealing
