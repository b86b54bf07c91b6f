// Every file of tests/inbound/scenarios is a test.
#include "tests/inbound/scenario.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/inbound/temporary_folder.hpp"

namespace brygga::inbound::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> scenario_files() {
    std::vector<fs::path> files;
    for (const auto& each : fs::directory_iterator(fs::path(BRYGGA_SOURCE_DIR) / "tests/inbound/scenarios"))
        if (each.path().extension() == ".scenario") files.push_back(each.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class scenarios : public testing::TestWithParam<fs::path> {};

TEST_P(scenarios, books_what_is_expected) {
    const temporary_folder folder;
    const scenario_outcome outcome = run_scenario(text_of(GetParam()), folder.path());
    EXPECT_GT(outcome.expectations, 0u);
    if (std::getenv("BRYGGA_UPDATE_SCENARIOS") != nullptr) {
        std::ofstream(GetParam(), std::ios::binary) << outcome.rewritten;
        return;
    }
    for (const std::string& each : outcome.differences)
        ADD_FAILURE() << each;
}

// Metamorphic: logical files delivered apart or joined leave the same ledger.
TEST(scenario_pairs, splitting_and_joining_deliveries_changes_nothing) {
    const fs::path folder = fs::path(BRYGGA_SOURCE_DIR) / "tests/inbound/scenarios";
    const std::string apart = text_of(folder / "two-files-apart.scenario"),
                      joined = text_of(folder / "two-files-joined.scenario");
    ASSERT_NE(apart.find("[books]"), std::string::npos);
    EXPECT_EQ(apart.substr(apart.find("[books]")), joined.substr(joined.find("[books]")));
}

// The same payments leave the same ledger, whichever way the bank sends them.
TEST(scenario_pairs, the_worked_example_books_the_same_in_bgmax_and_in_camt) {
    const fs::path folder = fs::path(BRYGGA_SOURCE_DIR) / "tests/inbound/scenarios";
    const std::string bgmax = text_of(folder / "example-7.1-ocr-and-text.scenario");
    ASSERT_NE(bgmax.find("[books]"), std::string::npos);
    for (const char* name : {"camt-example-8-v02.scenario", "camt-example-8-v08.scenario"}) {
        const std::string camt = text_of(folder / name);
        EXPECT_EQ(camt.substr(camt.find("[books]")), bgmax.substr(bgmax.find("[books]"))) << name;
    }
}

INSTANTIATE_TEST_SUITE_P(files, scenarios, testing::ValuesIn(scenario_files()), [](const auto& each) {
    std::string name = each.param.stem().string();
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
    return name;
});

}  // namespace
}  // namespace brygga::inbound::test
