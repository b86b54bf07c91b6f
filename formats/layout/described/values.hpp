// What a field of a described format holds, and whether its type allows that. For the engine and ../infer.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "formats/core/date.hpp"
#include "formats/layout/language/description.hpp"

namespace brygga::layout::described {

enum class verdict : std::uint8_t { fits, blank, content, check_digit, date, code };

enum class value_kind : std::uint8_t { blank, number, day, text };

// What a field or a text of the layout is worth in comparisons and totals. Views what it was read from.
struct value {
    value_kind kind = value_kind::blank;
    encoding in = encoding::utf_8;  // of `text`
    std::int64_t number{};          // in its smallest unit; of a day CCYYMMDD
    std::string_view text;          // without its fill

    // Nothing of what is no number.
    [[nodiscard]] std::optional<std::int64_t> amount() const noexcept {
        return kind == value_kind::number ? std::optional(number) : std::nullopt;
    }
};
// Of two texts.
[[nodiscard]] bool is_same_text(const value& a, const value& b);
[[nodiscard]] inline bool operator==(const value& a, const value& b) {
    if (a.kind != b.kind || a.kind == value_kind::blank) return a.kind == b.kind;
    return a.kind == value_kind::text ? is_same_text(a, b) : a.number == b.number;
}
// Of two values of one kind that are not blank.
[[nodiscard]] bool operator<(const value& a, const value& b);
[[nodiscard]] value value_of(date day) noexcept;
// Of value_kind::day.
[[nodiscard]] date day_of(const value& known) noexcept;

// `slice` is in this encoding; where all that the type takes is ASCII, other bytes do not fit. What does not fit is text.
struct read_value {
    verdict said = verdict::fits;
    value what;
};
void read_field(const language::described_field& field, std::string_view slice, encoding in, const language::description& of,
                read_value& into);
// The parts of it, where the other one is not asked for.
[[nodiscard]] verdict judge(const language::described_field& field, std::string_view slice, encoding in,
                            const language::description& of);
[[nodiscard]] value value_in(const language::described_field& field, std::string_view slice, encoding in);

// Of a number, ore or kronor field in its smallest unit; nothing when it is blank or does not fit.
[[nodiscard]] std::optional<std::int64_t> number_in(const language::described_field& field, std::string_view slice);

// Whether hardly any text is a value of this type by chance.
[[nodiscard]] bool is_telling(language::field_type type) noexcept;

}  // namespace brygga::layout::described
