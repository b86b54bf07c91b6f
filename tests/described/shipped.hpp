// The layouts that are shipped under fixtures/layouts, as formats, and what the tests of them ask.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "tests/described/findings.hpp"
#include "tests/described/layouts.hpp"

namespace brygga::layout::described::test {

inline std::string bytes_of_fixture(std::string_view path) {
    std::ostringstream bytes;
    std::ifstream file(std::string(BRYGGA_SOURCE_DIR "/fixtures/") + std::string(path), std::ios::binary);
    if (!file) throw std::runtime_error("no such fixture: " + std::string(path));
    bytes << file.rdbuf();
    return bytes.str();
}

inline std::unique_ptr<const format> shipped(std::string_view name) {
    return format_of(bytes_of_fixture("layouts/" + std::string(name) + ".layout"));
}

inline std::string json_of(const format& with, std::string_view bytes) {
    std::string out;
    with.to_json(bytes, {}, [&](std::string_view part) { out += part; });
    return out;
}

// The bytes again, or why there are none.
inline std::string back_of(const format& with, std::string_view json) {
    std::string out;
    const auto done = with.from_json(json, [&](std::string_view part) { out += part; });
    return done ? out : done.error().text;
}

inline std::string masked_of(const format& with, std::string_view bytes) {
    std::string out;
    with.mask(bytes, "key", {}, [&](std::string_view part) { out += part; });
    return out;
}

// Empty, with a failed test, where it cannot be made.
inline std::string generated(const format& with, const generate_settings& what) {
    std::string out;
    const auto made = with.generate(what, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(made) << (made ? std::string() : made.error().text);
    return out;
}

}  // namespace brygga::layout::described::test
