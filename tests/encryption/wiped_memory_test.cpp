// No memory that is given back still holds a key, as it was read or as it is used.
#include <cstdlib>
#include <filesystem>

#include "tests/encryption/in_memory.hpp"
#include "tests/encryption/memory_hooks.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::encryption {
namespace {

constexpr std::string_view hex = "4d79636b65742068656d6c69676120627974657320736f6d20696e67656e20736572";
constexpr std::string_view bytes = "Mycket hemliga bytes som ingen ser";

// What a command does with a key, from its source to a file that is read back.
void use_a_key(const secrets::secret_source& from) {
    const auto ring = read_keys(key_settings{"2026", {{"2026", from}}}, filedrop::posix_file_system());
    ASSERT_TRUE(ring) << ring.error().text;
    const std::string file = encrypted("betalning", *ring->current());
    EXPECT_EQ(*decrypted(file, *ring), "betalning");
}

TEST(wiped_memory, the_test_sees_what_is_not_wiped) {
    memory::looked_for = bytes.substr(0, key_bytes);
    memory::found = 0;
    {
        const std::vector<char> careless(bytes.begin(), bytes.end());
        EXPECT_EQ(careless.size(), bytes.size());
    }
    memory::looked_for = {};
    EXPECT_EQ(memory::found, 1U);
}

TEST(wiped_memory, keys_leave_nothing_behind) {
    const intake_test::scratch_folder folder;
    const std::filesystem::path file = folder.path() / "key";
    // No stream, whose buffers would be found.
    ASSERT_TRUE((*filedrop::posix_file_system().create(file))->write(hex.substr(0, 2 * key_bytes)));
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    ::setenv("BRYGGA_TEST_KEY", std::string(hex.substr(0, 2 * key_bytes)).c_str(), 1);
    for (const secrets::secret_source& from :
         {secrets::secret_source{file, {}, {}}, secrets::secret_source{{}, "BRYGGA_TEST_KEY", {}}}) {
        for (const std::string_view secret : {hex.substr(0, 2 * key_bytes), bytes.substr(0, key_bytes)}) {
            memory::looked_for = secret;
            memory::found = 0;
            use_a_key(from);
            memory::looked_for = {};
            EXPECT_EQ(memory::found, 0U) << (secret.size() == key_bytes ? "the key" : "its text");
        }
    }
    ::unsetenv("BRYGGA_TEST_KEY");
}

}  // namespace
}  // namespace brygga::encryption
