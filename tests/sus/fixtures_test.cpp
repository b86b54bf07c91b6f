// The files of fixtures/sus and what must be said of them: NAME.expect.json beside NAME holds one JSON object per logical
// file, as `brygga check --json` prints it (DESIGN section 12). With BRYGGA_UPDATE_FIXTURES set in the environment the test
// writes these files anew, for a person to read the difference.
#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>

#include "formats/registry.hpp"
#include "tests/sus/rule_case.hpp"
#include "tools/brygga/report_json.hpp"

namespace brygga::sus::testing {

namespace {

std::filesystem::path folder() {
    return std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / "sus";
}

std::vector<std::filesystem::path> fixtures() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::directory_iterator(folder()))
        if (entry.path().extension() != ".json" && entry.path().extension() != ".md") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::string reports_of(const std::filesystem::path& file) {
    const format* sus = find_format("sus");
    std::string out;
    sus->check(file_bytes(file), {}, [&](const check_report& report) {
        out += command::report_json(file.filename().string(), *sus, {}, report, false);
    });
    return out;
}

class sus_fixture : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(sus_fixture, is_read_as_the_file_beside_it_says) {
    std::filesystem::path expected = GetParam();
    expected += ".expect.json";
    const std::string reports = reports_of(GetParam());
    if (std::getenv("BRYGGA_UPDATE_FIXTURES") != nullptr) std::ofstream(expected, std::ios::binary) << reports;
    EXPECT_EQ(reports, file_bytes(expected));
}

TEST_P(sus_fixture, comes_back_from_json_byte_for_byte) {
    const format* sus = find_format("sus");
    const std::string bytes = file_bytes(GetParam());
    std::string lines;
    sus->to_json(bytes, {}, [&](std::string_view part) { lines += part; });
    std::string back;
    const auto done = sus->from_json(lines, [&](std::string_view part) { back += part; });
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(back, bytes);
}

TEST_P(sus_fixture, is_sniffed) {
    const std::string bytes = file_bytes(GetParam());
    EXPECT_EQ(sniff(std::string_view(bytes).substr(0, sniffed_bytes)), find_format("sus"));
}

std::string fixture_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
    std::string out = info.param.stem().string();
    for (char& c : out)
        if (c == '-' || c == '.') c = '_';
    return out;
}

INSTANTIATE_TEST_SUITE_P(files, sus_fixture, ::testing::ValuesIn(fixtures()), fixture_name);

}  // namespace

}  // namespace brygga::sus::testing
