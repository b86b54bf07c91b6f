// What holds on both sides of the limits that the fixed-width formats have in common.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "formats/bankgirot/hold_mark.hpp"
#include "tests/rule_cases/format_cases.hpp"

namespace brygga::rule_cases {

// Lines of a section without line ends; `held` breaks the rule and no other, `closing` may be empty.
struct held_section {
    std::string opening, held, closing;

    [[nodiscard]] std::string with(std::size_t payments) const {
        std::string out = opening + "\r\n";
        for (std::size_t i = 0; i != payments; ++i)
            out += held + "\r\n";
        return closing.empty() ? out : out + closing + "\r\n";
    }
};

// Holds beyond those that are kept hold every section; here one in a section of its own, too.
template <class Rule, class Read>
void expect_holds_beyond_to_hold_every_section(const held_section& section, Rule broken, const Read& read) {
    using bankgirot::max_holds;
    using mark = bankgirot::hold_mark<Rule>;
    for (const std::size_t more : {0u, 1u, 2u}) {
        const auto file = read(section.with(max_holds + more) + section.with(1));
        EXPECT_TRUE(file.accepted());
        ASSERT_GT(file.holds.size(), max_holds);
        EXPECT_EQ(file.holds[max_holds - 1], (mark{1, max_holds, broken}));
        EXPECT_NE(std::find(file.holds.begin(), file.holds.end(), mark{0, 0, broken}), file.holds.end());
        EXPECT_EQ(file.findings.count(static_cast<std::size_t>(broken)), max_holds + more + 1);
        if (!section.closing.empty()) continue;  // its sums may break a rule as well
        EXPECT_EQ(file.holds.size(), max_holds + 1);
        EXPECT_EQ(file.findings.total(), max_holds + more + 1);
    }
}

// Behind an opening record 120 codes that no layout knows: 100 are counted by themselves.
template <class Rule, class Read>
void expect_codes_beyond_to_count_as_other(const std::string& opening, Rule unknown, const Read& read) {
    std::vector<std::string> lines = {opening};
    for (char first = 'A'; first <= 'F'; ++first)
        for (char second = 'a'; second < 'a' + 20; ++second)
            lines.push_back(std::string{first, second} + std::string(opening.size() - 2, ' '));
    const auto file = read(joined(lines));
    EXPECT_EQ(file.records.size(), 1u + 100u + 1u);
    EXPECT_EQ(file.records.at("other"), 20u);
    EXPECT_EQ(file.findings.count(static_cast<std::size_t>(unknown)), 120u);
}

// Bytes that are passed may be gone: here they are overwritten at once. The sink's `words` are all that it is handed out.
template <class Sink, class Options, class Read>
void expect_no_view_of_what_is_passed(const std::string& bytes, Options options, const Read& read) {
    ASSERT_GT(bytes.size(), std::size_t{2} << 20);
    Sink plain;
    const std::vector<std::string> findings = findings_in(read(bytes, options, &plain));
    std::string vanishing = bytes;
    std::size_t before = 0, calls = 0;
    options.force_encoding = encoding::iso_8859_1;  // otherwise the bytes are looked at more than once
    options.passed = [&](std::size_t size) {
        EXPECT_GE(size, before);
        std::fill(vanishing.begin() + static_cast<std::ptrdiff_t>(before), vanishing.begin() + static_cast<std::ptrdiff_t>(size),
                  'Z');
        before = size;
        ++calls;
    };
    Sink seen;
    EXPECT_EQ(findings_in(read(vanishing, options, &seen)), findings);
    EXPECT_TRUE(seen.words == plain.words);
    EXPECT_GE(calls, 2u);
    EXPECT_GT(before, bytes.size() / 2);
}

}  // namespace brygga::rule_cases
