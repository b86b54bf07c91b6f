#include "mapping/claims/rates.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "mapping/claims/published_rates.hpp"

namespace brygga::claims {

namespace {

using std::chrono::day;
using std::chrono::January;
using std::chrono::July;
using std::chrono::year;

constexpr date first_half_year{year{2002}, July, day{1}};
constexpr int step_hundredths = 50;  // rounded up to the next half percentage point

tl::unexpected<error> wrong(std::size_t line, std::string_view why) {
    return fail(error_code::invalid_config, fmt::format("CL-R02: line {} of the reference rates: {}", line, why));
}

bool begins_half_year(date at) noexcept {
    return at.day() == day{1} && (at.month() == January || at.month() == July);
}

void put(std::vector<reference_rate>& rows, reference_rate row) {
    const auto at = std::lower_bound(rows.begin(), rows.end(), row.from,
                                     [](const reference_rate& each, date from) { return each.from < from; });
    if (at != rows.end() && at->from == row.from)
        *at = std::move(row);
    else
        rows.insert(at, std::move(row));
}

result<void> add_lines(std::vector<reference_rate>& rows, std::string_view text) {
    std::istringstream in{std::string(text)};
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        std::istringstream words(line);
        std::string from, rate, source;
        words >> from >> rate;
        std::getline(words >> std::ws, source);
        if (from.empty() || from.starts_with('#')) continue;
        const auto begins = parse_iso_date(from);
        if (!begins || !begins_half_year(*begins)) return wrong(number, "a half-year begins on 1 January or 1 July");
        const auto percent = parse_decimal_amount(rate);
        if (!percent) return wrong(number, "the rate is a number with two decimals");
        if (*percent % step_hundredths != 0) return wrong(number, "a reference rate is a multiple of 0.50");
        if (*percent < -10'000 || *percent > 10'000) return wrong(number, "the rate is a percentage");
        put(rows, {*begins, static_cast<int>(*percent), std::move(source)});
    }
    return {};
}

result<void> without_gap(const std::vector<reference_rate>& rows) {
    if (rows.empty() || rows.front().from != first_half_year)
        return fail(error_code::invalid_config, "CL-R02: the reference rates begin with 2002-07-01");
    for (std::size_t i = 1; i < rows.size(); ++i)
        if (rows[i].from != next_half_year(rows[i - 1].from))
            return fail(error_code::invalid_config,
                        fmt::format("CL-R02: no reference rate from {}", format_iso_date(next_half_year(rows[i - 1].from))));
    return {};
}

}  // namespace

date next_half_year(date at) noexcept {
    return at.month() < July ? date{at.year(), July, day{1}} : date{at.year() + std::chrono::years{1}, January, day{1}};
}

result<rate_table> rate_table::read(std::string_view text) {
    return rate_table().with(text);
}

const rate_table& rate_table::published() {
    static const rate_table read_once = read(published_rates()).value();
    return read_once;
}

result<rate_table> rate_table::with(std::string_view more) const {
    rate_table out = *this;
    if (auto added = add_lines(out.rows_, more); !added) return tl::unexpected(std::move(added.error()));
    if (auto whole = without_gap(out.rows_); !whole) return tl::unexpected(std::move(whole.error()));
    return out;
}

std::optional<int> rate_table::on(date at) const noexcept {
    const auto behind = std::upper_bound(rows_.begin(), rows_.end(), at,
                                         [](date asked, const reference_rate& each) { return asked < each.from; });
    if (behind == rows_.begin()) return std::nullopt;
    const reference_rate& row = *std::prev(behind);
    if (at >= next_half_year(row.from)) return std::nullopt;
    return row.hundredths;
}

}  // namespace brygga::claims
