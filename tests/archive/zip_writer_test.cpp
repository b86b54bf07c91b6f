// ZIP archives as we write them: what an independent reader sees, and each byte of a small one.
#include "formats/archive/zip_writer.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "formats/archive/zip.hpp"

namespace brygga::archive {

namespace {

using ::testing::HasSubstr;

constexpr std::chrono::sys_seconds moment = std::chrono::sys_days(std::chrono::year{2026} / 11 / 30) + std::chrono::hours(4) +
                                            std::chrono::minutes(5) + std::chrono::seconds(7);

struct written {
    std::string bytes;
    result<void> outcome;
};

written zip_of(const std::vector<std::pair<std::string, std::string>>& members, const zip_write_limits& within = {}) {
    written made;
    zip_writer out([&](std::string_view part) { made.bytes += part; }, *dos_time_of(moment), within);
    for (const auto& [name, bytes] : members) {
        made.outcome = out.add(name, bytes);
        if (!made.outcome) return made;
    }
    made.outcome = out.finish();
    EXPECT_EQ(out.size(), made.bytes.size());
    return made;
}

TEST(zip_writer, is_read_by_another_implementation) {
    const std::vector<std::pair<std::string, std::string>> all = {
        {"manifest.xml", "<a/>"}, {"docs/a.pdf", std::string(100'000, 'x')}, {"docs/empty", ""}};
    const written made = zip_of(all);
    ASSERT_TRUE(made.outcome) << made.outcome.error().text;
    std::vector<std::pair<std::string, std::string>> read;
    const auto done = read_zip(made.bytes, {}, [&](const zip_member& each) -> result<void> {
        read.emplace_back(each.name, each.bytes);
        return {};
    });
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(read, all);
    EXPECT_EQ(made.bytes, zip_of(all).bytes);
}

TEST(zip_writer, writes_these_bytes) {
    using namespace std::string_view_literals;
    const written made = zip_of({{"a", "abc"}});
    constexpr std::string_view shared =
        "\x0A\x00\x00\x00\x00\x00"  // version, flags, method
        "\xA3\x20\x7E\x5D"          // 04:05:06, 30 November 2026
        "\xC2\x41\x24\x35"          // check sum of "abc"
        "\x03\x00\x00\x00\x03\x00\x00\x00\x01\x00\x00\x00"sv;
    std::string expected =
        "PK\x03\x04" + std::string(shared) + "aabc" + std::string("PK\x01\x02\x0A\x00"sv) + std::string(shared);
    expected.append(14, '\0');
    expected += "a";
    expected += "PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00\x2F\x00\x00\x00\x22\x00\x00\x00\x00\x00"sv;
    EXPECT_EQ(made.bytes, expected);
}

TEST(zip_writer, times_are_those_of_the_years_1980_to_2107_in_even_seconds) {
    using namespace std::chrono;
    const auto packed = [](sys_seconds at) { return dos_time_of(at); };
    EXPECT_EQ(packed(moment), packed(moment - seconds(1)));
    EXPECT_NE(packed(moment), packed(moment + seconds(1)));
    EXPECT_FALSE(packed(sys_days(year{1980} / 1 / 1) - seconds(1)));
    EXPECT_EQ(packed(sys_days(year{1980} / 1 / 1)), (dos_time{33, 0}));
    EXPECT_TRUE(packed(sys_days(year{2108} / 1 / 1) - seconds(1)));
    EXPECT_FALSE(packed(sys_days(year{2108} / 1 / 1)));
}

TEST(zip_writer, refuses_names_that_are_none_or_come_twice) {
    for (const char* name : {"", "/a", "a/", "a//b", "../a", "a/..", ".", "a\\b", "a b", "\xC3\xA5", "C:a"})
        EXPECT_EQ(zip_of({{name, "x"}}).outcome.error().code, error_code::invalid_argument) << name;
    EXPECT_EQ(zip_of({{"a", "x"}, {"A", "y"}}).outcome.error().code, error_code::already_exists);
}

TEST(zip_writer, keeps_its_limits_and_writes_nothing_of_what_is_too_much) {
    const std::size_t size = zip_of({{"a", "abc"}}).bytes.size();
    EXPECT_TRUE(zip_of({{"a", "abc"}}, {1, size}).outcome);
    const written too_large = zip_of({{"a", "abc"}}, {1, size - 1});
    EXPECT_EQ(too_large.outcome.error().code, error_code::limit_exceeded);
    EXPECT_EQ(too_large.bytes, "");
    EXPECT_EQ(zip_of({{"a", ""}, {"b", ""}}, {1, 1000}).outcome.error().code, error_code::limit_exceeded);
}

TEST(zip_writer, takes_nothing_behind_its_directory) {
    zip_writer out([](std::string_view) {}, {});
    EXPECT_TRUE(out.finish());
    EXPECT_FALSE(out.add("a", ""));
    EXPECT_FALSE(out.finish());
}

}  // namespace

}  // namespace brygga::archive
