#include "connectors/timing/schedule.hpp"

#include <algorithm>
#include <optional>

#include <boost/spirit/home/x3.hpp>
#include <fmt/format.h>

#include "formats/core/bank_days.hpp"
#include "formats/core/swedish_time.hpp"

namespace brygga::timing {

namespace {

namespace x3 = boost::spirit::x3;

using rule = schedule::rule;
using cursor = const char*;

constexpr int days_ahead = 3653;
constexpr int days_of_a_cycle = 28 * 365 + 7;  // weekdays and leap years come back after 28 years
constexpr unsigned minutes_per_hour = 60;
constexpr std::size_t max_schedule_bytes = 500;

// What the grammar has read of one rule so far.
struct draft {
    rule made;
    bool has_days = false;
    std::optional<unsigned> every;  // minutes
    unsigned from = 0, to = minutes_per_day - 1;
};

template <std::size_t Size>
std::bitset<Size> all_but(std::size_t lowest) {
    std::bitset<Size> made;
    for (std::size_t i = lowest; i < Size; ++i)
        made.set(i);
    return made;
}

void every_day(rule& made) {
    made.weekdays.set();
    made.days = all_but<32>(1);
    made.months = all_but<13>(1);
}

struct weekday_names : x3::symbols<unsigned> {
    weekday_names() { add("sun", 0)("mon", 1)("tue", 2)("wed", 3)("thu", 4)("fri", 5)("sat", 6); }
};

// One field of cron: "*", "*/5", "1-5", "1-20/2", "1,15". Gives the numbers from `low` to `high` that it names.
bool read_cron_field(cursor& first, cursor last, unsigned low, unsigned high, std::bitset<64>& into) {
    unsigned from = low, to = high, step = 1;
    const auto star = [&](auto&) {
        from = low;
        to = high;
        step = 1;
    };
    const auto single = [&](auto& found) {
        from = to = x3::_attr(found);
        step = 1;
    };
    const auto end = [&](auto& found) { to = x3::_attr(found); };
    const auto by = [&](auto& found) { step = x3::_attr(found); };
    const auto take = [&](auto& found) {
        x3::_pass(found) = from >= low && from <= to && to <= high && step > 0;
        if (!x3::_pass(found)) return;
        for (unsigned each = from; each <= to; each += step)
            into.set(each);
    };
    const auto range = (x3::lit('*')[star] | (x3::uint_[single] >> -('-' >> x3::uint_[end]))) >> -('/' >> x3::uint_[by]);
    const auto item = (range >> x3::eps[take]);
    return x3::parse(first, last, item % ',');
}

bool read_cron(cursor& first, cursor last, rule& made) {
    std::bitset<64> minutes, hours, days, months, weekdays;
    const auto field = [&](unsigned low, unsigned high, std::bitset<64>& into, bool blank) {
        if (blank && !x3::parse(first, last, +x3::lit(' '))) return false;
        return read_cron_field(first, last, low, high, into);
    };
    if (!field(0, 59, minutes, false) || !field(0, 23, hours, true)) return false;
    cursor at = first;
    if (!field(1, 31, days, true)) return false;
    const bool any_day = std::find(at, first, '*') != first;
    if (!field(1, 12, months, true)) return false;
    at = first;
    if (!field(0, 7, weekdays, true)) return false;
    const bool any_weekday = std::find(at, first, '*') != first;
    for (unsigned hour = 0; hour < 24; ++hour)
        for (unsigned minute = 0; minute < minutes_per_hour; ++minute)
            if (hours[hour] && minutes[minute]) made.minutes.set(hour * minutes_per_hour + minute);
    for (unsigned day = 1; day <= 31; ++day)
        made.days[day] = days[day];
    for (unsigned month = 1; month <= 12; ++month)
        made.months[month] = months[month];
    for (unsigned day = 0; day <= 7; ++day)
        if (weekdays[day]) made.weekdays.set(day % 7);
    made.either_day = !any_day && !any_weekday;
    return true;
}

// "bankday 17:00", "every 15 min from 07:00 to 18:00".
bool read_plain(cursor& first, cursor last, draft& made) {
    using x3::lit;
    const weekday_names names;
    unsigned hour = 0, from = 0;
    const auto two_digits = x3::uint_parser<unsigned, 10, 2, 2>();
    unsigned clock = 0;
    const auto take_hour = [&](auto& found) { hour = x3::_attr(found); };
    const auto take_minute = [&](auto& found) {
        x3::_pass(found) = hour < 24 && x3::_attr(found) < minutes_per_hour;
        clock = hour * minutes_per_hour + x3::_attr(found);
    };
    const auto time = two_digits[take_hour] >> ':' >> two_digits[take_minute];
    const auto bank = [&](schedule::bank_days which) { return [&made, which](auto&) { made.made.bank = which; }; };
    const auto one_weekday = [&](auto& found) {
        from = x3::_attr(found);
        made.made.weekdays.set(from);
        made.has_days = true;
    };
    const auto weekdays_to = [&](auto& found) {
        for (unsigned each = from; each != x3::_attr(found); each = (each + 1) % 7)
            made.made.weekdays.set(each);
        made.made.weekdays.set(x3::_attr(found));
    };
    const auto weekdays = (names[one_weekday] >> -('-' >> names[weekdays_to])) % (',' >> *lit(' '));
    const auto days = lit("daily") | (lit("first") >> +lit(' ') >> "bankday")[bank(schedule::bank_days::first_of_month)] |
                      (lit("last") >> +lit(' ') >> "bankday")[bank(schedule::bank_days::last_of_month)] |
                      lit("bankday")[bank(schedule::bank_days::each)] | weekdays;
    const auto at = [&](auto&) { made.made.minutes.set(clock); };
    const auto times = (time >> x3::eps[at]) % (+lit(' ') | (*lit(' ') >> ',' >> *lit(' ')));
    const auto by_minutes = [&](auto& found) { made.every = x3::_attr(found); };
    const auto by_hours = [&](auto&) { *made.every *= minutes_per_hour; };
    const auto begin = [&](auto&) { made.from = clock; };
    const auto end = [&](auto& found) {
        made.to = clock;
        x3::_pass(found) = made.from <= made.to;
    };
    const auto possible = [&](auto& found) {
        x3::_pass(found) = *made.every > 0 && *made.every <= minutes_per_day && minutes_per_day % *made.every == 0;
    };
    const auto window =
        +lit(' ') >> "from" >> +lit(' ') >> time >> x3::eps[begin] >> +lit(' ') >> "to" >> +lit(' ') >> time >> x3::eps[end];
    const auto every = lit("every") >> +lit(' ') >> x3::uint_[by_minutes] >> +lit(' ') >> (lit("min") | lit("h")[by_hours]) >>
                       x3::eps[possible] >> -window;
    return x3::parse(first, last, (days >> +lit(' ') >> (every | times)) | every);
}

std::optional<rule> read_rule(cursor& first, cursor last) {
    rule cron;
    cursor at = first;
    if (read_cron(at, last, cron)) {
        first = at;
        return cron;
    }
    draft made;
    if (!read_plain(first, last, made)) return std::nullopt;
    const std::bitset<7> weekdays = made.made.weekdays;
    every_day(made.made);
    if (made.has_days) made.made.weekdays = weekdays;
    if (made.every)
        for (unsigned minute = 0; minute < minutes_per_day; minute += *made.every)
            if (minute >= made.from && minute <= made.to) made.made.minutes.set(minute);
    return made.made;
}

// The moment at which a Swedish clock first shows this; where it never does, an hour later.
moment utc_of(date day, std::size_t minute) {
    const moment shown = std::chrono::sys_days(day) + std::chrono::minutes(minute);
    const moment in_summer = shown - std::chrono::hours(2);
    return in_sweden(in_summer) == shown ? in_summer : shown - std::chrono::hours(1);
}

bool is_first_of_month(date day) {
    return previous_bank_day(day, false).month() != day.month();
}
bool is_last_of_month(date day) {
    return next_bank_day(day, false).month() != day.month();
}

date swedish_date(moment when) {
    return date(std::chrono::floor<std::chrono::days>(in_sweden(when)));
}

tl::unexpected<error> never() {
    return fail(error_code::limit_exceeded, "the schedule names no time within ten years");
}

}  // namespace

bool schedule::rule::falls_on(date day) const {
    const std::chrono::weekday of_week{std::chrono::sys_days(day)};
    const bool weekday = weekdays[of_week.c_encoding()];
    const bool of_month = days[static_cast<unsigned>(day.day())];
    if (!months[static_cast<unsigned>(day.month())]) return false;
    if (either_day ? !weekday && !of_month : !weekday || !of_month) return false;
    switch (bank) {
        case bank_days::no_matter:
            return true;
        case bank_days::each:
            return is_bank_day(day);
        case bank_days::first_of_month:
            return is_bank_day(day) && is_first_of_month(day);
        case bank_days::last_of_month:
            return is_bank_day(day) && is_last_of_month(day);
    }
    return false;
}

namespace {

// Wherever it is asked from, within ten years.
bool comes(const rule& of) {
    if (of.minutes.none()) return false;
    const date begin = std::chrono::year(2000) / 1 / 1;
    int last = 0;
    for (int day = 0; day <= days_of_a_cycle + days_ahead; ++day) {
        if (of.falls_on(add_days(begin, day))) last = day;
        if (day - last > days_ahead) return false;
    }
    return true;
}

}  // namespace

result<schedule> schedule::parse(std::string_view text) {
    if (text.size() > max_schedule_bytes) return fail(error_code::invalid_argument, "the schedule is too long");
    schedule made;
    cursor at = text.data();
    const cursor last = at + text.size();
    const auto skip = [&] { at = std::find_if(at, last, [](char each) { return each != ' '; }); };
    while (true) {
        skip();
        const cursor begin = at;
        auto found = read_rule(at, last);
        skip();
        const bool ends = at == last && begin != last;
        if (!found || (!ends && *at != ';'))
            return fail(error_code::invalid_argument,
                        fmt::format("the schedule is not understood from character {} on; examples: \"bankday 17:00\", "
                                    "\"mon-fri 07:15\", \"every 15 min\", \"*/5 7-18 * * 1-5\"",
                                    (found ? at : begin) - text.data() + 1));
        if (!comes(*found))
            return fail(error_code::invalid_argument,
                        fmt::format("the schedule from character {} on names no time within ten years", begin - text.data() + 1));
        made.rules_.push_back(*found);
        if (ends) return made;
        ++at;
    }
}

// Not always ascending: in March the times of the hour that is left out are those of the hour behind it.
std::vector<moment> schedule::moments_on(date day) const {
    std::bitset<minutes_per_day> minutes;
    for (const rule& each : rules_)
        if (each.falls_on(day)) minutes |= each.minutes;
    std::vector<moment> all;
    for (std::size_t minute = 0; minute < minutes_per_day; ++minute)
        if (minutes[minute]) all.push_back(utc_of(day, minute));
    return all;
}

result<moment> schedule::next_after(moment now) const {
    const date today = swedish_date(now);
    for (int ahead = -1; ahead <= days_ahead; ++ahead) {
        std::optional<moment> first;
        for (const moment each : moments_on(add_days(today, ahead)))
            if (each > now && (!first || each < *first)) first = each;
        if (first) return *first;
    }
    return never();
}

result<moment> schedule::latest_until(moment now) const {
    const date today = swedish_date(now);
    for (int back = 0; back <= days_ahead; ++back) {
        std::optional<moment> last;
        for (const moment each : moments_on(add_days(today, -back)))
            if (each <= now && (!last || each > *last)) last = each;
        if (last) return *last;
    }
    return never();
}

}  // namespace brygga::timing
