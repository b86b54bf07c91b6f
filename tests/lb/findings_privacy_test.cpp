// What a finding prints tells nothing of a person (DESIGN section 10): every column of every example is tried.
#include <gmock/gmock.h>

#include "formats/registry.hpp"
#include "tests/lb/rule_case.hpp"
#include "tools/brygga/report_json.hpp"

namespace brygga::supplier_payment::testing {

namespace {

constexpr std::string_view slipped = "Lindgren";

std::string printed(const std::string& bytes, bool in_clear) {
    const format* const lb = find_format("lb");
    std::string out;
    lb->check(bytes, {}, [&](const check_report& report) {
        out += command::report_json("in.txt", *lb, {}, report, in_clear);
        for (const finding& each : report.findings->kept())
            out += describe(each, in_clear) + "\n";
    });
    return out;
}

// Numbers, names and texts of the examples that are about a recipient.
const std::vector<std::string_view> personal = {"1212121212",   "1212121213",   "KREDIT 2026110001", "1234567897",
                                                "1234500006",   "FAKTURA 4711", "AVTAL 7001",        "DIN INBETALNING",
                                                "ANNA EXEMPEL", "PROVGATAN",    "STORSTAD",          "7001"};

// Of a name that slipped, three letters at most may stand in a column of codes.
bool tells_of_the_name(std::string_view text) {
    constexpr std::size_t telling = 4;
    for (std::size_t at = 0; at + telling <= slipped.size(); ++at)
        if (text.find(slipped.substr(at, telling)) != std::string_view::npos) return true;
    return false;
}

class lb_findings : public ::testing::TestWithParam<const char*> {};

TEST_P(lb_findings, mask_a_name_that_slipped_to_any_column) {
    const std::vector<std::string> lines = worked_example(GetParam());
    std::uint64_t told_in_clear = 0;
    for (std::size_t line = 0; line != lines.size(); ++line)
        for (std::size_t column = 2; column + slipped.size() <= lines[line].size() + 1; ++column) {
            std::vector<std::string> changed = lines;
            changed[line].replace(column, slipped.size(), slipped);
            const std::string text = printed(joined(changed), false);
            EXPECT_FALSE(tells_of_the_name(text)) << "line " << line + 1 << " column " << column + 1 << "\n" << text;
            told_in_clear += tells_of_the_name(printed(joined(changed), true));
        }
    EXPECT_GT(told_in_clear, 0u) << "no finding tells what stands there";
}

TEST_P(lb_findings, show_nothing_of_a_recipient_when_a_column_is_wrong) {
    const std::vector<std::string> lines = worked_example(GetParam());
    for (std::size_t line = 0; line != lines.size(); ++line)
        for (std::size_t column = 0; column != lines[line].size(); ++column)
            for (const char wrong : {'X', '9', ' '}) {
                std::vector<std::string> changed = lines;
                changed[line][column] = wrong;
                const std::string text = printed(joined(changed), false);
                for (const std::string_view each : personal)
                    EXPECT_EQ(text.find(each), std::string::npos) << "line " << line + 1 << " column " << column + 1 << "\n"
                                                                  << text;
            }
}

INSTANTIATE_TEST_SUITE_P(examples, lb_findings,
                         ::testing::Values("7.1", "to-bankgirot", "specification", "rejected", "watch", "returned"));

}  // namespace

}  // namespace brygga::supplier_payment::testing
