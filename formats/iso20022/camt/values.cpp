// Amounts and days.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/swedish_time.hpp"
#include "formats/iso20022/camt/detail/reading.hpp"
#include "formats/iso20022/camt/meaning.hpp"

namespace brygga::camt {

namespace {

constexpr std::size_t day_size = 10;

std::optional<std::chrono::sys_seconds> swedish_clock(std::string_view moment) noexcept {
    constexpr std::chrono::minutes as_sweden_in_winter(60);
    const auto written = parse_moment(moment);
    if (!written) return std::nullopt;
    if (!written->ahead_of_utc || *written->ahead_of_utc == as_sweden_in_winter) return written->clock;
    return std::chrono::floor<std::chrono::seconds>(in_sweden(written->clock - *written->ahead_of_utc));
}

}  // namespace

std::optional<date> swedish_day(std::string_view moment) noexcept {
    if (const auto clock = swedish_clock(moment)) return date(std::chrono::floor<std::chrono::days>(*clock));
    return parse_iso_date(moment.substr(0, day_size));
}

namespace detail {

result<std::int64_t> decimal_amount(const value& item) {
    constexpr std::size_t most_digits = 18;
    const std::string_view text = inner(item.text);
    const std::size_t first = std::min(text.find_first_not_of("+-0"), text.size());
    const bool whole = text.find('.') == std::string_view::npos;
    const std::size_t last = whole ? text.size() : text.find_last_not_of('0') + 1;
    const auto digits = std::count_if(text.begin() + static_cast<std::ptrdiff_t>(first),
                                      text.begin() + static_cast<std::ptrdiff_t>(std::max(first, last)),
                                      [](char c) { return c >= '0' && c <= '9'; });
    if (static_cast<std::size_t>(digits) > most_digits)
        return fail(error_code::invalid_content, fmt::format("amount has more than {} digits", most_digits));
    return parse_decimal_amount(text);
}

bool is_finer_than_ore(const value& item) {
    constexpr std::size_t most_decimals = 5;
    const std::string_view text = inner(item.text);
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos || decimal_amount(item)) return false;
    const std::string_view decimals = text.substr(point + 1);
    value rounded = item;
    rounded.text = text.substr(0, point + 1 + std::min<std::size_t>(decimals.size(), 2));
    return all_digits(decimals) && decimals.size() <= most_decimals && decimal_amount(rounded);
}

std::optional<date> day_of(const value& day, const value& moment) noexcept {
    return day.present ? parse_iso_date(inner(day.text).substr(0, day_size)) : swedish_day(inner(moment.text));
}

// A statement of the last day of a year is often made in the next, and may begin in the evening before its day or end at
// midnight.
std::optional<date> day_about(const container& report) noexcept {
    for (const balance& each : report.balances)
        if (inner(each.type.text) == "CLBD")
            if (const auto day = day_of(each.day, each.moment)) return day;
    const auto first = day_of({}, report.from);
    const std::string_view until = inner(report.until.text);
    auto last = swedish_day(until);  // 24:00:00 is the end of the day that is written
    if (const auto end = swedish_clock(until)) last = std::chrono::floor<std::chrono::days>(*end - std::chrono::seconds(1));
    return first && last ? std::max(*first, *last) : last ? last : first;
}

}  // namespace detail

}  // namespace brygga::camt
