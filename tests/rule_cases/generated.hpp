// Generated files for the tests of their formats.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "formats/registry.hpp"

namespace brygga::rule_cases {

[[nodiscard]] inline generate_settings settings_of(std::string_view layout, std::uint64_t count, std::uint64_t seed = 1) {
    generate_settings out;
    out.layout = layout;
    out.count = count;
    out.seed = seed;
    return out;
}

[[nodiscard]] inline std::string made(std::string_view format_id, const generate_settings& settings) {
    std::string out;
    const auto done = find_format(format_id)->generate(settings, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(done) << done.error().text;
    return out;
}

// Other settings, the day among them, give other bytes.
inline void expect_same_bytes_of_same_settings(std::string_view format_id, const generate_settings& settings, date another_day) {
    const std::string bytes = made(format_id, settings);
    EXPECT_EQ(made(format_id, settings), bytes);
    generate_settings other = settings;
    ++other.seed;
    EXPECT_NE(made(format_id, other), bytes);
    other = settings;
    other.day = another_day;
    EXPECT_NE(made(format_id, other), bytes);
}

// Output comes in parts of limited size, so that memory does not grow with the file.
inline void expect_limited_parts(std::string_view format_id, const generate_settings& settings) {
    std::size_t largest = 0;
    const auto keep_size = [&](std::string_view part) { largest = std::max(largest, part.size()); };
    ASSERT_TRUE(find_format(format_id)->generate(settings, keep_size));
    EXPECT_LT(largest, std::size_t{2} << 20);
}

}  // namespace brygga::rule_cases
