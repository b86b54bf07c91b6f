#include "formats/core/swedish_time.hpp"

#include <algorithm>

#include "formats/core/check_digit.hpp"
#include "formats/core/date.hpp"

namespace brygga {

namespace {

using std::chrono::hours;
using moment = std::chrono::sys_time<std::chrono::milliseconds>;

moment last_sunday_at_one(std::chrono::year year, std::chrono::month month) {
    return std::chrono::sys_days(year / month / std::chrono::Sunday[std::chrono::last]) + hours(1);
}

// Two digits at a place of the text; nothing for others and for more than the largest.
std::optional<int> two_digits(std::string_view text, std::size_t at, int largest) noexcept {
    if (text.size() < at + 2 || !all_digits(text.substr(at, 2))) return std::nullopt;
    const int number = (text[at] - '0') * 10 + (text[at + 1] - '0');
    return number > largest ? std::nullopt : std::optional(number);
}

// "Z", "+01:00" or "-05:30".
std::optional<std::chrono::minutes> parse_offset(std::string_view text) noexcept {
    constexpr std::size_t size = 6;
    if (text == "Z") return std::chrono::minutes(0);
    if (text.size() != size || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    const auto hours_ahead = two_digits(text, 1, 14);
    const auto minutes_ahead = two_digits(text, 4, 59);
    if (!hours_ahead || !minutes_ahead) return std::nullopt;
    const auto ahead = hours(*hours_ahead) + std::chrono::minutes(*minutes_ahead);
    return text[0] == '-' ? -ahead : ahead;
}

}  // namespace

std::chrono::sys_time<std::chrono::milliseconds> swedish_midnight(std::chrono::sys_days day) {
    using std::chrono::hours;
    const std::chrono::sys_time<std::chrono::milliseconds> clock(day);
    return in_sweden(clock - hours(1)) == clock ? clock - hours(1) : clock - hours(2);
}

std::optional<written_moment> parse_moment(std::string_view text) noexcept {
    constexpr std::size_t size = 19;  // 2026-03-02T16:30:05
    const auto day = parse_iso_date(text.substr(0, 10));
    if (!day || day->year() == std::chrono::year(0) || day->year() == std::chrono::year(9999)) return std::nullopt;
    if (text.size() < size || text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
    const auto hour = two_digits(text, 11, 23);
    const auto minute = two_digits(text, 14, 59);
    const auto second = two_digits(text, 17, 59);
    if (!hour || !minute || !second) return std::nullopt;
    std::string_view rest = text.substr(size);
    if (rest.starts_with('.')) rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
    return written_moment{
        std::chrono::sys_days(*day) + hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second),
        parse_offset(rest)};
}

moment in_sweden(moment utc) {
    const auto year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(utc)).year();
    const bool summer =
        utc >= last_sunday_at_one(year, std::chrono::March) && utc < last_sunday_at_one(year, std::chrono::October);
    return utc + hours(summer ? 2 : 1);
}

}  // namespace brygga
