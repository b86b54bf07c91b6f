#include "tools/brygga/session.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "connectors/intake/swedish_day.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/inspection/printable.hpp"

namespace brygga::command {

namespace {

constexpr ledger::timestamp_ms ms_per_second = 1000;
constexpr ledger::timestamp_ms seconds_per_day = 86'400;

// 2026-03-02T15:30:05Z, or a date alone for its noon.
std::optional<ledger::timestamp_ms> parse_moment(std::string_view text) {
    const auto day = parse_iso_date(text.substr(0, 10));
    if (!day) return std::nullopt;
    ledger::timestamp_ms seconds = seconds_per_day / 2;
    if (const std::string_view rest = text.substr(10); !rest.empty()) {
        if (rest.size() != 10 || rest[0] != 'T' || rest[3] != ':' || rest[6] != ':' || rest[9] != 'Z') return std::nullopt;
        const auto two = [&](std::size_t at) { return (rest[at] - '0') * 10 + (rest[at + 1] - '0'); };
        for (const std::size_t at : {1u, 4u, 7u})
            if (!all_digits(rest.substr(at, 2))) return std::nullopt;
        if (two(1) > 23 || two(4) > 59 || two(7) > 59) return std::nullopt;
        seconds = two(1) * 3600 + two(4) * 60 + two(7);
    }
    const date epoch{std::chrono::year{1970}, std::chrono::January, std::chrono::day{1}};
    return (days_between(epoch, *day) * seconds_per_day + seconds) * ms_per_second;
}

}  // namespace

date session::today() {
    return intake::swedish_day(time().now());
}

result<void> session::set_the_clock() {
    if (now.empty()) return {};
    const auto moment = parse_moment(now);
    if (!moment) return fail(error_code::invalid_argument, "--now takes a moment such as 2026-03-02T15:30:05Z");
    set_time = std::make_unique<set_clock>(*moment);
    return {};
}

exit_code complain(std::string_view text) {
    const std::string line = fmt::format("brygga: {}\n", inspection::printable(text));
    std::fwrite(line.data(), 1, line.size(), stderr);
    return exit_code::cannot_run;
}

exit_code complain(const error& why) {
    if (why.code != error_code::invalid_config) return complain(why.text);
    // The faults of a configuration, one per line.
    for (std::size_t at = 0; at <= why.text.size();) {
        const std::size_t end = std::min(why.text.find('\n', at), why.text.size());
        complain(std::string_view(why.text).substr(at, end - at));
        at = end + 1;
    }
    return exit_code::cannot_run;
}

CLI::App* add_command(CLI::App& to, const std::string& name, const std::string& what, const std::string& group,
                      const std::string& examples) {
    CLI::App* command = to.add_subcommand(name, what);
    command->group(group);
    command->fallthrough();
    command->footer("Examples:\n" + examples);
    return command;
}

}  // namespace brygga::command
