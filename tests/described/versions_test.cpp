// Two layouts of one format, for different days.
#include <gmock/gmock.h>

#include "formats/layout/language/parser.hpp"
#include "tests/described/findings.hpp"
#include "tests/described/layouts.hpp"

namespace brygga::layout::described::test {
namespace {

using testing::HasSubstr;

constexpr std::string_view old_version = R"layout(format rows "Rows"
version "1" until 2025-12-31
fixed 10
record row "A" "row"
    2-10 number number
code 1-1
)layout";
constexpr std::string_view new_version = R"layout(format rows "Rows"
version "2" from 2026-01-01
fixed 12
record row "A" "row"
    2-12 number number
code 1-1
)layout";

result<std::vector<std::unique_ptr<const format>>> made_of(std::initializer_list<std::string> layouts) {
    std::vector<language::description> all;
    for (const std::string& each : layouts)
        all.push_back(language::parse_layout(each, "rows.layout", {}).value());
    return make_formats(std::move(all));
}

std::string version_of(const format& with, std::string_view bytes, std::optional<date> today) {
    std::string out;
    read_settings settings;
    settings.today = today;
    with.check(bytes, settings, [&](const check_report& report) { out = report.version + (report.accepted ? "" : " refused"); });
    return out;
}

class format_of_two_versions : public testing::Test {
 protected:
    std::vector<std::unique_ptr<const format>> all =
        std::move(made_of({std::string(new_version), std::string(old_version)}).value());
    const format& with = *all.front();
};

TEST_F(format_of_two_versions, reads_a_file_by_the_one_that_it_fits) {
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(version_of(with, "A000000001\r\n", std::nullopt), "1");
    EXPECT_EQ(version_of(with, "A00000000001\r\n", parse_iso_date("2020-01-01")), "2");
    EXPECT_TRUE(with.sniff("A000000001\r\n"));
}

TEST_F(format_of_two_versions, reads_one_that_fits_both_or_none_by_the_day) {
    EXPECT_EQ(version_of(with, "X\r\n", parse_iso_date("2025-12-31")), "1 refused");
    EXPECT_EQ(version_of(with, "X\r\n", parse_iso_date("2026-01-01")), "2 refused");
    EXPECT_EQ(version_of(with, "X\r\n", std::nullopt), "2 refused");
}

TEST_F(format_of_two_versions, is_made_and_written_by_its_version) {
    generate_settings what;
    what.count = 1;
    what.day = *parse_iso_date("2025-06-01");
    std::string bytes, json, back;
    ASSERT_TRUE(with.generate(what, [&](std::string_view part) { bytes += part; }));
    EXPECT_EQ(bytes.size(), 12U);
    with.to_json(bytes, {}, [&](std::string_view part) { json += part; });
    ASSERT_TRUE(with.from_json(json, [&](std::string_view part) { back += part; }));
    EXPECT_EQ(back, bytes);
    std::string told;
    with.describe([&](std::string_view part) { told += part; });
    EXPECT_THAT(told, HasSubstr("version 1\n"));
    EXPECT_THAT(told, HasSubstr("version 2\n"));
}

TEST(versions_of_a_format, are_not_the_same_nor_of_the_same_day) {
    EXPECT_THAT(made_of({std::string(old_version), std::string(old_version)}).error().text, HasSubstr("two layouts are rows 1"));
    std::string meeting(new_version);
    meeting.replace(meeting.find("2026-01-01"), 10, "2025-12-31");
    EXPECT_THAT(made_of({std::string(old_version), meeting}).error().text, HasSubstr("valid on the same day"));
    EXPECT_EQ(made_of({std::string(old_version), std::string(parking)}).value().size(), 2U);
}

}  // namespace
}  // namespace brygga::layout::described::test
