// A large file is read in bounded memory, whatever the command does with it.
#include <gmock/gmock.h>

#include "tests/command/run.hpp"

namespace brygga::command::testing {

namespace {

constexpr long limit_kb = 64 * 1024;
constexpr std::uintmax_t large_bytes = std::uintmax_t{90} << 20;

TEST(memory, large_files_are_read_in_less_than_64_mb) {
#ifdef BRYGGA_SANITIZED
    GTEST_SKIP() << "sanitizers keep memory of their own";
#endif
    const scratch_folder folder;
    ASSERT_EQ(run_in(folder.path(), "brygga generate --format bgmax --count 250000 > large.txt").exit_code, 0);
    ASSERT_GT(std::filesystem::file_size(folder.path() / "large.txt"), large_bytes);
    for (const std::string command : {"check", "json", "show"}) {
        const run_result result = run_in(folder.path(), "exec brygga " + command + " large.txt > /dev/null");
        EXPECT_EQ(result.exit_code, 0) << command;
        EXPECT_LT(result.peak_memory_kb, limit_kb) << command;
    }
    const run_result diff = run_in(folder.path(), "exec brygga diff large.txt large.txt");
    EXPECT_EQ(diff.exit_code, 0);
}

}  // namespace

}  // namespace brygga::command::testing
