// The files of fixtures/FORMAT and what must be said of them: NAME.expect.json beside NAME holds one JSON object per logical
// file, as `brygga check --json` prints it (DESIGN section 12). With BRYGGA_UPDATE_FIXTURES set in the environment the test
// writes these files anew, for a person to read the difference. Compiled into the tests of each format, which name it as
// BRYGGA_FORMAT.
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "formats/registry.hpp"
#include "tests/rule_cases/rule_case.hpp"
#include "tools/brygga/report_json.hpp"

#define BRYGGA_TEXT_OF(name) #name
#define BRYGGA_TEXT(name) BRYGGA_TEXT_OF(name)
#define BRYGGA_INSTANTIATE(prefix, ...) INSTANTIATE_TEST_SUITE_P(prefix, __VA_ARGS__)

namespace brygga::rule_cases {

namespace {

const format& own_format() {
    return *find_format(BRYGGA_TEXT(BRYGGA_FORMAT));
}

std::vector<std::filesystem::path> fixtures() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / BRYGGA_TEXT(BRYGGA_FORMAT)))
        if (entry.path().extension() != ".json" && entry.path().extension() != ".md") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

class fixture : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(fixture, is_read_as_the_file_beside_it_says) {
    std::string reports;
    own_format().check(file_bytes(GetParam()), {}, [&](const check_report& report) {
        reports += command::report_json(GetParam().filename().string(), own_format(), {}, report, false);
    });
    std::filesystem::path expected = GetParam();
    expected += ".expect.json";
    if (std::getenv("BRYGGA_UPDATE_FIXTURES") != nullptr) std::ofstream(expected, std::ios::binary) << reports;
    EXPECT_EQ(reports, file_bytes(expected));
}

TEST_P(fixture, comes_back_from_json_byte_for_byte) {
    const std::string bytes = file_bytes(GetParam());
    std::string lines;
    own_format().to_json(bytes, {}, [&](std::string_view part) { lines += part; });
    std::string back;
    const auto done = own_format().from_json(lines, [&](std::string_view part) { back += part; });
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(back, bytes);
}

// But for files that the format refuses: they may be of another one.
TEST_P(fixture, is_sniffed) {
    const std::string bytes = file_bytes(GetParam());
    bool refused = false;
    own_format().check(bytes, {}, [&](const check_report& report) { refused = refused || report.findings->refused(); });
    if (!refused) {
        EXPECT_EQ(sniff(std::string_view(bytes).substr(0, sniffed_bytes)), &own_format());
    }
}

std::string fixture_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
    std::string out = info.param.stem().string();
    for (char& c : out)
        if (c == '-' || c == '.') c = '_';
    return out;
}

BRYGGA_INSTANTIATE(BRYGGA_FORMAT, fixture, ::testing::ValuesIn(fixtures()), fixture_name);

}  // namespace

}  // namespace brygga::rule_cases
