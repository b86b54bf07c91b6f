#include "mapping/claims/interest.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/core/money.hpp"

namespace brygga::claims {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 3> count_names = {"ACT_365", "ACT_ACT", "ACT_360"};
constexpr std::array<std::string_view, 2> start_names = {"DUE_PLUS_1", "DUE"};

constexpr int128 hundredths_of_one = 10'000;  // a rate is in hundredths of a percent
constexpr int128 of_common_year = 365, of_leap_year = 366, of_bank_year = 360;
constexpr int128 common_days = of_common_year * of_leap_year;  // ACT_ACT has both below the line

date plus(date day, int count) {
    return date{sys_days{day} + days{count}};
}

// Interest is a fraction: these are the parts of the year that its days are, over common_days, or over 360.
struct year_part {
    int128 parts, of;
};

// A segment lies within one half-year.
year_part part_of_year(int count, date within, day_count by) {
    switch (by) {
        case day_count::act_365:
            return {int128{count} * of_leap_year, common_days};
        case day_count::act_360:
            return {count, of_bank_year};
        case day_count::act_act:
            return {int128{count} * (within.year().is_leap() ? of_common_year : of_leap_year), common_days};
    }
    return {0, 1};
}

std::int64_t rounded(int128 above, int128 below) {
    return static_cast<std::int64_t>((2 * above + below) / (2 * below));  // half up; neither is negative
}

}  // namespace

result<interest> interest_on(std::span<const capital_from> capital, date due, date to, const interest_terms& terms,
                             const rate_table& rates) {
    interest out;
    int128 above = 0, below = 1;
    std::int64_t shown_ore = 0;
    for (date day = terms.start == interest_start::due_day ? due : plus(due, 1); day <= to;) {
        const auto next = std::upper_bound(capital.begin(), capital.end(), day,
                                           [](date asked, const capital_from& each) { return asked < each.from; });
        date last = std::min(to, plus(next_half_year(day), -1));
        if (next != capital.end()) last = std::min(last, plus(next->from, -1));
        const std::int64_t ore = next == capital.begin() ? 0 : std::prev(next)->ore;
        if (ore > 0) {
            const auto reference = terms.agreed_hundredths ? std::optional(0) : rates.on(day);
            if (!reference)
                return fail(error_code::not_found,
                            fmt::format("CL-R03: RATE_MISSING: no reference rate is known for {}", format_iso_date(day)));
            const int rate = terms.agreed_hundredths.value_or(*reference + terms.margin_hundredths);
            const int count = static_cast<int>((sys_days{last} - sys_days{day}).count()) + 1;
            const year_part part = part_of_year(count, day, terms.count);
            const int128 segment = int128{ore} * std::max(rate, 0) * part.parts;
            below = hundredths_of_one * part.of;
            above += segment;
            out.segments.push_back({day, last, count, rate, ore, rounded(segment, below)});
            shown_ore += out.segments.back().ore;
        }
        day = plus(last, 1);
    }
    out.ore = rounded(above, below);
    if (!out.segments.empty()) out.segments.back().ore += out.ore - shown_ore;
    return out;
}

std::string_view name(day_count count) noexcept {
    return count_names[static_cast<std::size_t>(count)];
}

std::optional<day_count> parse_day_count(std::string_view text) noexcept {
    const auto found = std::find(count_names.begin(), count_names.end(), text);
    if (found == count_names.end()) return std::nullopt;
    return static_cast<day_count>(found - count_names.begin());
}

std::string_view name(interest_start start) noexcept {
    return start_names[static_cast<std::size_t>(start)];
}

std::optional<interest_start> parse_interest_start(std::string_view text) noexcept {
    const auto found = std::find(start_names.begin(), start_names.end(), text);
    if (found == start_names.end()) return std::nullopt;
    return static_cast<interest_start>(found - start_names.begin());
}

}  // namespace brygga::claims
