// Generated Autogiro files for the tests.
#pragma once

#include "formats/bankgirot/autogiro/generator.hpp"
#include "tests/rule_cases/generated.hpp"

namespace brygga::autogiro::testing {

using rule_cases::settings_of;

[[nodiscard]] inline std::string made(const generate_settings& settings) {
    return rule_cases::made("autogiro", settings);
}

}  // namespace brygga::autogiro::testing
