#include "tests/rule_cases/privacy.hpp"

#include <gtest/gtest.h>

#include "formats/registry.hpp"
#include "tests/rule_cases/rule_case.hpp"
#include "tools/brygga/report_json.hpp"

namespace brygga::rule_cases {

namespace {

constexpr std::string_view slipped = "Lindgren";

std::string printed(const format& which, const std::string& bytes, bool in_clear) {
    std::string out;
    which.check(bytes, {}, [&](const check_report& report) {
        out += command::report_json("in.txt", which, {}, report, in_clear);
        for (const finding& each : report.findings->kept())
            out += describe(each, in_clear) + "\n";
    });
    return out;
}

// Three letters at most may stand in a column of codes.
bool tells_of_the_name(std::string_view text) {
    constexpr std::size_t telling = 4;
    for (std::size_t at = 0; at + telling <= slipped.size(); ++at)
        if (text.find(slipped.substr(at, telling)) != std::string_view::npos) return true;
    return false;
}

}  // namespace

void expect_slipped_names_masked(std::string_view format_id, const std::vector<std::string>& lines) {
    const format& which = *find_format(format_id);
    std::uint64_t told_in_clear = 0;
    for (std::size_t line = 0; line != lines.size(); ++line)
        for (std::size_t column = 2; column + slipped.size() <= lines[line].size() + 1; ++column) {
            std::vector<std::string> changed = lines;
            changed[line].replace(column, slipped.size(), slipped);
            const std::string text = printed(which, joined(changed), false);
            EXPECT_FALSE(tells_of_the_name(text)) << "line " << line + 1 << " column " << column + 1 << "\n" << text;
            told_in_clear += tells_of_the_name(printed(which, joined(changed), true));
        }
    EXPECT_GT(told_in_clear, 0u) << "no finding tells what stands there";
}

void expect_nothing_told(std::string_view format_id, const std::vector<std::string>& lines,
                         std::span<const std::string_view> personal) {
    const format& which = *find_format(format_id);
    for (std::size_t line = 0; line != lines.size(); ++line)
        for (std::size_t column = 0; column != lines[line].size(); ++column)
            for (const char wrong : {'X', '9', ' '}) {
                std::vector<std::string> changed = lines;
                changed[line][column] = wrong;
                const std::string text = printed(which, joined(changed), false);
                for (const std::string_view each : personal)
                    EXPECT_EQ(text.find(each), std::string::npos) << "line " << line + 1 << " column " << column + 1 << "\n"
                                                                  << text;
            }
}

}  // namespace brygga::rule_cases
