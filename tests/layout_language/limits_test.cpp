// What is too large, too deep or too much is a fault, and what is just within its limit is not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/layout_language/cases.hpp"

namespace brygga::layout::language::testing {
namespace {

const std::string plain = "format ab \"a\"\nfixed 10\nrecord a \"a\"\n    1-10 name text\n";

std::string repeated(const std::string& text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

// What the first fault expects; empty when there is none.
std::string expected(const std::string& text, const opener& open = {}) {
    const auto made = parse_layout(text, "a.layout", open);
    return made ? "" : made.error().front().expected;
}

TEST(layout_limits, hold_bytes) {
    std::string text = plain;
    while (text.size() + 1000 < max_layout_bytes)
        text += "#" + std::string(998, '.') + "\n";
    text += "#" + std::string(max_layout_bytes - text.size() - 1, '.');
    ASSERT_EQ(text.size(), max_layout_bytes);
    EXPECT_EQ(expected(text), "");
    EXPECT_EQ(expected(text + "\n"), "a file of at most 1048576 bytes");
    EXPECT_EQ(expected("\xEF\xBB\xBF" + text), "");
    EXPECT_EQ(expected("\xEF\xBB\xBF" + text + "\n"), "a file of at most 1048576 bytes");
    EXPECT_EQ(expected(plain + "#" + std::string(max_layout_line_bytes - 1, '.')), "");
    EXPECT_EQ(expected(plain + "#" + std::string(max_layout_line_bytes, '.')), "lines of at most 2000 bytes");
}

TEST(layout_limits, hold_what_text_may_consist_of) {
    EXPECT_EQ(expected(plain + "# \xE5\n"), "UTF-8");
    EXPECT_EQ(expected(plain + std::string("# \0\n", 4)), "no control characters but TAB");
    EXPECT_EQ(expected(plain + "# \x1B[2J\n"), "no control characters but TAB");
    EXPECT_EQ(expected(plain + "# \x7F\n"), "no control characters but TAB");
    EXPECT_EQ(expected(plain + "# \xC2\x9B\n"), "no control characters but TAB");
    EXPECT_EQ(expected(plain + "# \xC2\xA0\t\n"), "");
    const auto made = parse_layout(plain + "\xE5 \x1B[2J\n", "a.layout", {});
    ASSERT_FALSE(made);
    EXPECT_EQ(told(made.error()), "a.layout:5:1: expected UTF-8\n? ?[2J\n^~~~~~\n");
}

TEST(layout_limits, hold_nesting) {
    const auto rule = [](const std::string& condition) {
        return plain + "rule AB-R1 info \"a\" \"b\"\n    on a: " + condition + "\n";
    };
    const auto deep = [](std::size_t levels) { return repeated("(", levels) + "name is blank" + repeated(")", levels); };
    EXPECT_EQ(expected(rule(deep(max_layout_nesting))), "");
    EXPECT_EQ(expected(rule(deep(max_layout_nesting + 1))), "less in one another: no more than 50 levels");
    EXPECT_EQ(expected(rule(repeated("not ", max_layout_nesting) + "name is blank")), "");
    EXPECT_NE(expected(rule(repeated("not ", max_layout_nesting + 1) + "name is blank")), "");
    EXPECT_NE(expected(rule(repeated("(", 1900))), "");
    EXPECT_NE(expected(plain + "order" + repeated("\n " + repeated("(", 1900), 100)), "");
}

TEST(layout_limits, hold_numbers_of_statements) {
    const auto tables = [](std::size_t count) {
        std::string out = plain;
        for (std::size_t i = 0; i < count; ++i)
            out += fmt::format("codes t{}\n    \"a\" \"b\"\n", i);
        return out;
    };
    EXPECT_EQ(expected(tables(max_layout_records)), "");
    EXPECT_EQ(expected(tables(max_layout_records + 1)), "at most 200 such statements");
    const auto rules = [](std::size_t count) {
        std::string out = plain;
        for (std::size_t i = 0; i < count; ++i)
            out += fmt::format("rule AB-R{} info \"a\" \"b\"\n    on a: name is blank\n", i);
        return out;
    };
    EXPECT_EQ(expected(rules(max_layout_rules)), "");
    EXPECT_EQ(expected(rules(max_layout_rules + 1)), "at most 1000 such statements");
    const auto fields = [](std::size_t count) {
        std::string out = "format ab \"a\"\nseparated by tab\nrecord a \"a\"\n";
        for (std::size_t i = 1; i <= count; ++i)
            out += fmt::format("    {} f{} text\n", i, i);
        return out;
    };
    EXPECT_EQ(expected(fields(max_layout_fields)), "");
    EXPECT_EQ(expected(fields(max_layout_fields + 1)), "a record of at most 500 lines");
}

TEST(layout_limits, hold_included_files) {
    std::map<std::string, std::string> chain;
    for (std::size_t i = 1; i < max_include_depth; ++i)
        chain[fmt::format("{}.layout", i)] = fmt::format("include \"{}.layout\"\n", i + 1);
    chain[fmt::format("{}.layout", max_include_depth)] = "# The last one.\n";
    EXPECT_EQ(expected(plain + "include \"1.layout\"\n", opener_of(chain)), "");
    chain["0.layout"] = "include \"1.layout\"\n";
    EXPECT_EQ(expected(plain + "include \"0.layout\"\n", opener_of(chain)), "at most 8 files that include one another");
    EXPECT_EQ(expected(plain + "include \"a\"\n"), "a file that can be read: no file can be included here");
    std::map<std::string, std::string> many;
    std::string text = plain;
    for (std::size_t i = 0; i < max_included_files; ++i)
        text += fmt::format("include \"{}\"\n", many.emplace(std::to_string(i), "# Nothing.\n").first->first);
    EXPECT_EQ(expected(text, opener_of(many)), "");
    many["more"] = "";
    EXPECT_EQ(expected(text + "include \"more\"\n", opener_of(many)), "at most 50 included files");
}

// As much of one thing as a file can hold: neither the stack nor time runs out.
TEST(layout_limits, are_reached_fast) {
    const auto much = [](const std::string& begin, const std::string& part) {
        return begin + repeated(part, (max_layout_bytes - begin.size() - 10) / part.size());
    };
    EXPECT_EQ(expected(much(plain + "order", "\n a")), "an order of at most 400 names");
    EXPECT_EQ(expected(much(plain + "order", "\n (")), "less in one another: no more than 50 levels");
    EXPECT_EQ(expected(much(plain + "codes a\n", " \"a\" \"b\"\n")), "each value once");
    EXPECT_EQ(expected(much(plain + "section a \"a\"\n opens a\n holds a", repeated(",a", 900) + "\n holds a")),
              "each record once");
    EXPECT_EQ(expected(much(plain + "ledger customer from a\n", " name = b\n")), "a customer with customer_id, category");
    EXPECT_EQ(expected(much(plain + "rule AB-R1 info \"a\" \"b\"\n on a: name is blank", "\n or name is blank")), "");
    EXPECT_EQ(expected(much(plain + "rule AB-R1 info \"a\" \"b\"\n on a: not name", "\n and not\n name")),
              "\"=\", \"!=\", \"<\", \"<=\", \">\", \">=\", in or is");
    EXPECT_EQ(expected(much(plain, "x\n")).substr(0, 11), "a statement");
    EXPECT_EQ(expected(much(plain, repeated("\x01", 900) + "\n")), "no control characters but TAB");
    std::string values;
    for (std::size_t i = 0; values.size() + 100 < max_layout_bytes; ++i)
        values += fmt::format(" \"{}\" \"a\"\n", i);
    EXPECT_EQ(expected(plain + "codes a\n" + values), "");
}

TEST(layout_limits, hold_faults) {
    const auto faults = [](std::size_t count) {
        return parse_layout(plain + repeated("wrong\n", count), "a.layout", {}).error();
    };
    EXPECT_EQ(faults(max_layout_faults).size(), max_layout_faults);
    const auto made = faults(max_layout_faults + 50);
    ASSERT_EQ(made.size(), max_layout_faults);
    EXPECT_EQ(made.front().line, 5U);
    EXPECT_EQ(made.back().line, 4 + max_layout_faults);
}

}  // namespace
}  // namespace brygga::layout::language::testing
