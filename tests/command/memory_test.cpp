// A large file is read in bounded memory: by the format's reader, and by the generic walk over its records.
#include <gmock/gmock.h>

#include "tests/command/run.hpp"

namespace brygga::command::testing {

namespace {

// Below the size of the file, with all libraries of the command in it, those that draw letters too: what is held does not grow
// with the file. (The promise is 64 MB for 2 GB.)
constexpr long limit_kb = 52 * 1024;
constexpr std::uintmax_t large_bytes = std::uintmax_t{56} << 20;

TEST(memory, large_files_are_read_in_little_memory) {
#ifdef BRYGGA_SANITIZED
    GTEST_SKIP() << "sanitizers keep memory of their own";
#endif
    const scratch_folder folder;
    ASSERT_EQ(run_in(folder.path(), "brygga generate --format bgmax --count 160000 > large.txt").exit_code, 0);
    ASSERT_GT(std::filesystem::file_size(folder.path() / "large.txt"), large_bytes);
    ASSERT_EQ(run_in(folder.path(), "brygga generate --format camt.054 --count 40000 > large.xml").exit_code, 0);
    ASSERT_GT(std::filesystem::file_size(folder.path() / "large.xml"), large_bytes);
    for (const std::string command :
         {"check large.txt", "show large.txt", "check large.xml", "json large.xml", "convert --to bgmax large.xml"}) {
        const run_result result = run_in(folder.path(), "exec brygga " + command + " > /dev/null");
        EXPECT_EQ(result.exit_code, 0) << command;
        EXPECT_LT(result.peak_memory_kb, limit_kb) << command;
    }
}

TEST(memory, large_archives_are_checked_in_little_memory) {
#ifdef BRYGGA_SANITIZED
    GTEST_SKIP() << "sanitizers keep memory of their own";
#endif
    const scratch_folder folder;
    const std::string prepare = R"sh(brygga generate --format peppol > 1.xml && python3 -c "
import zipfile
document = open('1.xml').read()
with zipfile.ZipFile('many.zip', 'w') as to:
    for number in range(4000): to.writestr(f'EINV_{number}.xml', document)")sh";
    ASSERT_EQ(run_in(folder.path(), prepare).exit_code, 0);
    ASSERT_GT(std::filesystem::file_size(folder.path() / "many.zip"), large_bytes);
    const run_result result = run_in(folder.path(), "exec brygga check --rules BR-27 many.zip > /dev/null");
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_LT(result.peak_memory_kb, limit_kb);
}

// Kept, encrypted, proved and encrypted anew block by block.
TEST(memory, large_originals_are_encrypted_in_little_memory) {
#ifdef BRYGGA_SANITIZED
    GTEST_SKIP() << "sanitizers keep memory of their own";
#endif
    const scratch_folder folder;
    const std::string prepare = R"(
(echo 'mode = "production"
store = "brygga.db"
originals = "originals"
[intake]
quiet_ms = 0
[[tenant]]
id = "energi"
name = "Exempel Energi AB"
folder = "energi"
[encryption]'; for id in 2025 2026; do
    openssl rand -hex 32 > $id.key; chmod 600 $id.key
    printf '[[encryption.key]]\nid = "%s"\nsecret = {file = "%s.key"}\n' $id $id
done) > keys.toml
for id in 2025 2026; do sed "s/^.encryption.$/&\ncurrent = \"$id\"/" keys.toml > $id.toml; done
brygga init --config 2025.toml && head -c 60000000 /dev/zero > energi/inbox/large.bin
)";
    ASSERT_EQ(run_in(folder.path(), prepare).exit_code, 0);
    for (const auto& [command, exit_code] :
         {std::pair("intake --once --config 2025.toml", 1), std::pair("verify --config 2025.toml", 0),
          std::pair("originals encrypt --config 2026.toml", 0), std::pair("verify --config 2026.toml", 0)}) {
        const run_result result = run_in(folder.path(), std::string("exec brygga ") + command);
        EXPECT_EQ(result.exit_code, exit_code) << command << result.out << result.err;
        EXPECT_LT(result.peak_memory_kb, limit_kb) << command;
    }
}

}  // namespace

}  // namespace brygga::command::testing
