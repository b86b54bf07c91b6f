// One line of JSON read without mercy: objects whose members occur once, numbers that are whole, text without control
// characters, bounded nesting. A fault names no text of the input: it may be anybody's name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace brygga::ledger {

inline constexpr std::size_t max_json_depth = 8;

struct json_fault {
    std::string pointer;  // JSON pointer; a member that is not ours is "?"
    std::string text;

    [[nodiscard]] bool operator==(const json_fault&) const = default;
};

// `line` is UTF-8, which this tests first.
[[nodiscard]] tl::expected<nlohmann::json, json_fault> parse_strict(std::string_view line);

// Whether any of the canonical types has a member of this name.
[[nodiscard]] bool is_member_name(std::string_view text) noexcept;

}  // namespace brygga::ledger
