// Generated LB files for the tests.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "formats/bankgirot/supplier_payment/generator.hpp"

namespace brygga::supplier_payment::testing {

[[nodiscard]] inline generate_settings settings_of(std::string_view layout, std::uint64_t count, std::uint64_t seed = 1) {
    generate_settings out;
    out.layout = layout;
    out.count = count;
    out.seed = seed;
    return out;
}

[[nodiscard]] inline std::string made(const generate_settings& settings) {
    std::string out;
    const auto done = generate(settings, [&](std::string_view part) { out += part; });
    EXPECT_TRUE(done) << done.error().text;
    return out;
}

}  // namespace brygga::supplier_payment::testing
