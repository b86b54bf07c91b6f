// Runs the real command on the cases of tests/command/cases (case_file.hpp).
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/command/case_file.hpp"

namespace brygga::command::testing {

namespace {

std::vector<std::filesystem::path> cases() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(BRYGGA_SOURCE_DIR) / "tests/command/cases"))
        if (entry.path().extension() == ".case") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::string test_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
    std::string out = info.param.stem().string();
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

class command_case : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(command_case, prints_what_it_must) {
    case_file item = parse_case(bytes_of(GetParam()));
    ASSERT_FALSE(item.steps.empty());
    if (item.not_as_root && ::geteuid() == 0) GTEST_SKIP() << "root may read everything";
    const scratch_folder folder;
    for (case_step& step : item.steps) {
        const std::string printed = expectation_of(run_in(folder.path(), step.command), folder.path());
        EXPECT_EQ(printed, step.expected) << step.command;
        step.expected = printed;
    }
    if (std::getenv("BRYGGA_UPDATE_CASES") != nullptr) std::ofstream(GetParam(), std::ios::binary) << text_of(item);
}

INSTANTIATE_TEST_SUITE_P(all, command_case, ::testing::ValuesIn(cases()), test_name);

TEST(case_file, a_case_is_written_as_it_was_read) {
    for (const auto& path : cases())
        EXPECT_EQ(text_of(parse_case(bytes_of(path))), bytes_of(path)) << path.filename();
}

}  // namespace

}  // namespace brygga::command::testing
