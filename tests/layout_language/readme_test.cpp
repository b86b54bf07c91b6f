// What README.md says is so: its example is what it seems, and its fault is told as it stands there.
#include <algorithm>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/layout_language/cases.hpp"

namespace brygga::layout::language::testing {
namespace {

using ::testing::ElementsAre;

description example() {
    auto made = parse_layout(readme_example(), "parking.layout", {});
    EXPECT_TRUE(made) << told(made.error());
    return made ? *made : description();
}

constexpr std::size_t header = 0, fee = 1, end = 2;

TEST(layout_example, says_what_the_file_is) {
    const description made = example();
    EXPECT_EQ(made.id, "parking");
    EXPECT_EQ(made.title, "Parking fees (parkeringsavgifter)");
    EXPECT_EQ(made.version, "2");
    EXPECT_EQ(made.from, parse_iso_date("2026-01-01"));
    EXPECT_EQ(made.until, std::nullopt);
    EXPECT_TRUE(made.comes_in);
    EXPECT_FALSE(made.goes_out);
    EXPECT_EQ(made.width, 60);
    EXPECT_EQ(made.separated, std::nullopt);
    EXPECT_THAT(made.encodings, ElementsAre(encoding::iso_8859_1, encoding::utf_8));
    EXPECT_TRUE(made.crlf);
    EXPECT_EQ(made.code_first, 1);
    EXPECT_EQ(made.code_last, 2);
    EXPECT_THAT(made.tables, ElementsAre(code_table{"parking_kind", {{"01", "parking"}, {"02", "towing"}}}));
    EXPECT_TRUE(made.sections.empty());
}

TEST(layout_example, has_records_with_fields) {
    const description made = example();
    ASSERT_EQ(made.records.size(), 3U);
    const described_record& record = made.records[fee];
    EXPECT_EQ(record.name, "fee");
    EXPECT_EQ(record.code, "10");
    EXPECT_EQ(record.title, "fee (avgift)");
    EXPECT_EQ(record.when, std::nullopt);
    EXPECT_THAT(record.fillers, ElementsAre(described_filler{54, 60, filler_kind::reserved, ""}));
    described_field amount{.name = "amount", .first = 3, .last = 14, .heading = "", .type = field_type::ore};
    described_field driver{.name = "driver", .first = 15, .last = 26, .heading = "", .type = field_type::personal_number};
    driver.optional = true;
    driver.guard = privacy::identity;
    described_field kind{.name = "kind", .first = 27, .last = 28, .heading = "", .type = field_type::code};
    kind.table = 0;
    described_field name{.name = "name", .first = 29, .last = 53, .heading = "", .type = field_type::text};
    name.guard = privacy::name;
    EXPECT_THAT(record.fields, ElementsAre(amount, driver, kind, name));
}

TEST(layout_example, has_an_order_totals_and_rules) {
    const description made = example();
    EXPECT_THAT(made.order, ElementsAre(order_state{{{header, 1}}, false}, order_state{{{fee, 2}}, false},
                                        order_state{{{fee, 2}, {end, 3}}, false}, order_state{{}, true}));
    EXPECT_THAT(made.totals, ElementsAre(described_total{end, 0, {{true, false, fee, none}}, none},
                                         described_total{end, 1, {{false, false, fee, 0}}, none}));
    ASSERT_EQ(made.rules.size(), built_in_tests + 2);
    EXPECT_EQ(made.rules[static_cast<std::size_t>(built_in::check_digit)].id, "PARKING-CHECK-DIGIT");
    EXPECT_EQ(made.rules[static_cast<std::size_t>(built_in::content)].level, severity::hold);
    const described_rule more{"PARK-R01",
                              "A fee is more than nothing.",
                              "Ask the company.",
                              severity::hold,
                              fee,
                              {condition_kind::compare, comparison::greater, {field_reference{none, 0}, std::int64_t{0}}, {}}};
    EXPECT_EQ(made.rules[built_in_tests], more);
    const operand day = *parse_iso_date("2025-01-01");
    const condition this_year{condition_kind::compare, comparison::greater_or_equal, {field_reference{none, 0}, day}, {}};
    EXPECT_EQ(made.rules[built_in_tests + 1].must_hold, this_year);
    EXPECT_TRUE(made.meanings.empty());
}

TEST(built_in_tests, are_those_of_the_table) {
    const std::string readme = file_text(BRYGGA_SOURCE_DIR "/formats/layout/language/README.md");
    const description made = example();
    std::istringstream lines(readme.substr(readme.find("## Built-in tests")));
    std::size_t rows = 0;
    for (std::string line; std::getline(lines, line) && !line.starts_with("Without");) {
        if (!line.starts_with("| `")) continue;
        const std::string test = line.substr(3, line.find('`', 3) - 3);
        const std::string level = line.substr(line.rfind("| ", line.size() - 3) + 2);
        ASSERT_LT(rows, built_in_tests);
        const described_rule& rule = made.rules[rows++];
        std::string id = "PARKING-" + test;
        std::transform(id.begin(), id.end(), id.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        EXPECT_EQ(rule.id, id);
        EXPECT_EQ(std::string(name(rule.level)) + " |", level) << test;
        EXPECT_EQ(rule.on, none);
        EXPECT_FALSE(rule.title.empty() || rule.help.empty());
    }
    EXPECT_EQ(rows, built_in_tests);
}

TEST(built_in_tests, have_their_own_words_where_a_rule_is_for_them) {
    const auto made =
        parse_layout(readme_example() + "rule PARK-R90 warning \"Own title.\" \"Own help.\"\n    for check-digit\n", "x", {});
    ASSERT_TRUE(made) << told(made.error());
    const described_rule own{"PARK-R90", "Own title.", "Own help.", severity::warning, none, {}};
    EXPECT_EQ(made->rules[static_cast<std::size_t>(built_in::check_digit)], own);
    EXPECT_EQ(made->rules.size(), built_in_tests + 2);
}

TEST(ledger_example, says_what_a_row_means) {
    const std::string readme = file_text(BRYGGA_SOURCE_DIR "/formats/layout/language/README.md");
    const std::size_t begin = readme.find("# Rows of invoices");
    ASSERT_NE(begin, std::string::npos);
    const auto made = parse_layout(readme.substr(begin, readme.find("```", begin) - begin), "invoices.layout", {});
    ASSERT_TRUE(made) << told(made.error());
    ASSERT_EQ(made->meanings.size(), 1U);
    const ledger_meaning& invoice = made->meanings.front();
    EXPECT_EQ(invoice.type, "invoice");
    EXPECT_EQ(invoice.grouped_by, (field_reference{none, 1}));
    EXPECT_EQ(invoice.values.at(5), (ledger_value{"total_ore", ledger_source::sum, {none, 7}, ""}));
    EXPECT_EQ(invoice.values.at(6), (ledger_value{"lines.utility", ledger_source::code_text, {none, 5}, ""}));
}

// Each line of its blocks is a line of the command case that runs it.
TEST(walk_through_of_the_project, is_what_the_command_prints) {
    std::istringstream readme(file_text(BRYGGA_SOURCE_DIR "/README.md"));
    const std::string run = "\n" + file_text(BRYGGA_SOURCE_DIR "/tests/command/cases/walk-through.case");
    bool is_walk = false, is_block = false;
    std::size_t compared = 0;
    for (std::string line; std::getline(readme, line);) {
        if (line.starts_with("#") && !is_block) is_walk = line.starts_with("### Ten minutes");
        if (line.starts_with("```")) is_block = !is_block;
        if (!is_walk || !is_block || line.starts_with("```") || line.empty()) continue;
        const bool is_command = line.starts_with("$ ");
        const auto stands = [&](std::string_view mark) {
            return run.find(fmt::format("\n{}{}", mark, line)) != std::string::npos;
        };
        EXPECT_TRUE(is_command ? stands("") : stands("> ") || stands("| ")) << line;
        ++compared;
    }
    EXPECT_GT(compared, 50U);
}

TEST(layout_example, tells_its_fault) {
    std::string text = readme_example();
    const std::size_t at = text.find("ore\n");
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 3, "öre");
    const auto made = parse_layout(text, "parking.layout", {});
    ASSERT_FALSE(made);
    const std::string readme = file_text(BRYGGA_SOURCE_DIR "/formats/layout/language/README.md");
    EXPECT_NE(readme.find("```\n" + told(made.error()) + "```\n"), std::string::npos) << told(made.error());
}

}  // namespace
}  // namespace brygga::layout::language::testing
