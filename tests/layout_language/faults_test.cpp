// Bad layouts and exactly what is told of them. BRYGGA_UPDATE_CASES=1 writes what is told now into the files, to be read as a
// diff.
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/layout_language/cases.hpp"

namespace brygga::layout::language::testing {
namespace {

class layout_faults : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(layout_faults, are_told) {
    std::vector<fault_case> cases = cases_of(file_text(GetParam()));
    ASSERT_FALSE(cases.empty());
    for (fault_case& each : cases) {
        const auto made = parse_layout(each.text, "parking.layout", opener_of(each.files));
        const std::string faults = made ? "" : told(made.error());
        EXPECT_FALSE(made) << each.name;
        EXPECT_EQ(faults, each.faults) << each.name;
        each.faults = faults;
    }
    if (std::getenv("BRYGGA_UPDATE_CASES") != nullptr) std::ofstream(GetParam(), std::ios::binary) << text_of_cases(cases);
}

INSTANTIATE_TEST_SUITE_P(all, layout_faults, ::testing::ValuesIn(files_in("faults")),
                         [](const auto& of) { return of.param.stem().string(); });

}  // namespace
}  // namespace brygga::layout::language::testing
