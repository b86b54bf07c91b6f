// Invented reports: bounces of invented messages to invented people. Internal to the format.
#pragma once

#include <string>

#include "formats/format.hpp"

namespace brygga::mail {

// The key of the ids of generated reports: no secret, so that tests can tell their tags.
inline constexpr const char* generated_key = "generated reports have no secret";
inline constexpr const char* generated_domain = "post.energi.example";

// One status notification; `count` are its recipients. invalid_argument for a fault that cannot be made: MAIL-R03 needs a key.
[[nodiscard]] result<std::string> generated_report(const generate_settings& what);

}  // namespace brygga::mail
