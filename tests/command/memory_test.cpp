// A large file is read in bounded memory: by the format's reader, and by the generic walk over its records.
#include <gmock/gmock.h>

#include "tests/command/run.hpp"

namespace brygga::command::testing {

namespace {

// Far below the size of the file: what is held does not grow with it. (The promise is 64 MB for 2 GB.)
constexpr long limit_kb = 40 * 1024;
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

}  // namespace

}  // namespace brygga::command::testing
