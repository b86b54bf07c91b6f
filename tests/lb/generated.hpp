// Generated LB files for the tests.
#pragma once

#include "formats/bankgirot/supplier_payment/generator.hpp"
#include "tests/rule_cases/generated.hpp"

namespace brygga::supplier_payment::testing {

using rule_cases::settings_of;

[[nodiscard]] inline std::string made(const generate_settings& settings) {
    return rule_cases::made("lb", settings);
}

}  // namespace brygga::supplier_payment::testing
