// Default interest (dröjsmålsränta) on a claim by the Interest Act (Räntelag 1975:635; claims-process.md section 3).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/claims/rates.hpp"

namespace brygga::claims {

enum class day_count : std::uint8_t { act_365, act_act, act_360 };
enum class interest_start : std::uint8_t { day_after_due, due_day };

// Properties of a claim: they never change after its first interest (CL-R06).
struct interest_terms {
    int margin_hundredths = 800;           // above the reference rate (6 §)
    std::optional<int> agreed_hundredths;  // a rate by contract, used instead
    day_count count = day_count::act_365;
    interest_start start = interest_start::day_after_due;
};

// What the claim bears interest on from this day until the next one: its remaining capital, no fee and no interest (CL-R04).
struct capital_from {
    date from{};
    std::int64_t ore{};  // none where it is not positive
};

// Days with one rate and one capital, within one half-year.
struct interest_segment {
    date from{}, to{};  // both included
    int days{};
    int rate_hundredths{};
    std::int64_t capital_ore{};
    std::int64_t ore{};  // rounded; what the rounding leaves is on the last segment, so that they add up
};

struct interest {
    std::vector<interest_segment> segments;
    std::int64_t ore{};  // one exact sum, rounded once, half up
};

// To this day included; `capital` by day, the first row from the due date or earlier. Fails with not_found, CL-R03, for a day
// of which no rate is known: the last rate is never carried forward.
[[nodiscard]] result<interest> interest_on(std::span<const capital_from> capital, date due, date to, const interest_terms& terms,
                                           const rate_table& rates);

[[nodiscard]] std::string_view name(day_count count) noexcept;  // "ACT_365"
[[nodiscard]] std::optional<day_count> parse_day_count(std::string_view text) noexcept;
[[nodiscard]] std::string_view name(interest_start start) noexcept;  // "DUE_PLUS_1"
[[nodiscard]] std::optional<interest_start> parse_interest_start(std::string_view text) noexcept;

}  // namespace brygga::claims
