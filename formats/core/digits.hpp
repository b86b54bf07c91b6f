// Numbers as people write them: digits with blanks and hyphens between. Blanks are U+0020 and U+00A0.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace brygga {

[[nodiscard]] std::string without_blanks(std::string_view utf8);

// The digits of text that holds digits, blanks and at most one hyphen with exactly `after_hyphen` digits behind it. A hyphen
// elsewhere means another kind of number and gives nothing.
[[nodiscard]] std::optional<std::string> digits_with_hyphen(std::string_view utf8, std::size_t after_hyphen);

[[nodiscard]] std::string_view without_leading_zeros(std::string_view digits) noexcept;

// Right-aligned in `positions`; digits must not be longer.
[[nodiscard]] std::string zero_filled(std::string_view digits, std::size_t positions);

}  // namespace brygga
