// What a field of a described format holds, and whether its type allows that. For the engine and ../infer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "formats/core/date.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

enum class verdict : std::uint8_t { fits, blank, content, check_digit, date, code };

// `slice` is in this encoding; where all that the type takes is ASCII, other bytes do not fit.
[[nodiscard]] verdict judge(const language::described_field& field, std::string_view slice, encoding in,
                            const language::description& of);

// What would have been right, for a finding.
[[nodiscard]] std::string expectation(const language::described_field& field, verdict failed);

// Of a number, ore or kronor field in its smallest unit; nothing when it is blank or does not fit.
[[nodiscard]] std::optional<std::int64_t> number_in(const language::described_field& field, std::string_view slice);

// Whether hardly any text is a value of this type by chance.
[[nodiscard]] bool is_telling(language::field_type type) noexcept;

// Where it stands, in the encoding of its file.
struct told_text {
    std::string_view bytes;
    encoding in = encoding::utf_8;
};
[[nodiscard]] bool operator==(const told_text& a, const told_text& b);
[[nodiscard]] bool operator<(const told_text& a, const told_text& b);

// For comparisons: nothing (blank), a number, a day, or text without fill.
using value = std::variant<std::monostate, std::int64_t, told_text, date>;
[[nodiscard]] value value_in(const language::described_field& field, std::string_view slice, encoding in);

}  // namespace brygga::layout::described
