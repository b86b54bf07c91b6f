// The rule cases of a format whose file is one logical file, with how each is to be read; and what every such case must show.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "formats/core/text.hpp"
#include "tests/rule_cases/rule_case.hpp"

namespace brygga::rule_cases {

template <class Options>
struct case_with : rule_case {
    Options options;
};

// "sample" and "force" mean the same in every format; set(options, verb, words) does the others.
template <class Options, class Set>
[[nodiscard]] std::vector<case_with<Options>> load_with(const language& in_language, const std::filesystem::path& file,
                                                        const Set& set) {
    std::vector<case_with<Options>> out;
    for (rule_case& each : load(in_language, file)) {
        case_with<Options>& made = out.emplace_back();
        static_cast<rule_case&>(made) = std::move(each);
        for (const auto& [verb, words] : made.settings) {
            if (verb == "sample")
                made.options.policy.profile = sample_profile();
            else if (verb == "force")
                made.options.force_encoding = parse_encoding(words);
            else
                set(made.options, verb, words);
        }
    }
    return out;
}

// What a reading gave, in the words of a case file, sorted.
template <class File>
[[nodiscard]] std::vector<std::string> findings_in(const File& file) {
    std::vector<std::string> out = texts_of(file.findings);
    std::sort(out.begin(), out.end());
    return out;
}
template <class File>
[[nodiscard]] std::vector<std::string> holds_in(const File& file) {
    std::vector<std::string> out;
    for (const auto& each : file.holds)
        out.push_back(hold_text(info(each.broken), each.section_no, each.ordinal));
    std::sort(out.begin(), out.end());
    return out;
}

template <class Options, class Read>
void expect_findings_and_holds(const std::vector<case_with<Options>>& cases, const Read& read) {
    for (const auto& each : cases) {
        SCOPED_TRACE(each.title);
        EXPECT_EQ(names_rule(each.findings, each.rule), each.breaks) << "the case does not say what its heading says";
        const auto file = read(each.bytes, each.options);
        EXPECT_THAT(findings_in(file), ::testing::ElementsAreArray(each.findings));
        EXPECT_THAT(holds_in(file), ::testing::ElementsAreArray(each.holds));
        EXPECT_EQ(file.accepted(), file.findings.count(severity::error) == 0);
    }
}

// A policy of one rule alone reports that rule as before and nothing else.
template <class Options, class Read>
void expect_one_rule_alone(std::vector<case_with<Options>> cases, const Read& read) {
    for (auto& each : cases) {
        SCOPED_TRACE(each.title);
        each.options.policy.only = {each.rule};
        std::erase_if(each.findings, [&](const std::string& text) { return !text.starts_with(each.rule + " "); });
        EXPECT_THAT(findings_in(read(each.bytes, each.options)), ::testing::ElementsAreArray(each.findings));
    }
}

// A finding never points beyond the bytes, and its help says what to do.
template <class Options, class Read>
void expect_places_in_the_file(const std::vector<case_with<Options>>& cases, const Read& read) {
    for (const auto& each : cases) {
        SCOPED_TRACE(each.title);
        const auto file = read(each.bytes, each.options);
        for (const finding& one : file.findings.kept()) {
            EXPECT_LE(one.where.offset, each.bytes.size());
            EXPECT_GE(one.where.line, 1u);
            EXPECT_LE(one.where.first_column, one.where.last_column);
            EXPECT_FALSE(one.rule->help.empty());
        }
    }
}

// Every rule has a case that keeps it and one for each severity, but for those `elsewhere` and for severities `of_the_writer`.
template <class Rules>
void expect_cases_of_every_rule(const language& in_language, const Rules& rules, const std::set<std::string_view>& elsewhere,
                                const std::map<std::string_view, std::string>& of_the_writer = {}) {
    const auto by_rule = coverage_of(in_language);
    for (const rule_info& each : rules) {
        SCOPED_TRACE(each.id);
        const auto found = by_rule.find(std::string(each.id));
        EXPECT_EQ(found == by_rule.end(), elsewhere.contains(each.id));
        if (found == by_rule.end()) continue;
        EXPECT_TRUE(found->second.kept);
        std::set<std::string> severities = severities_of(each);
        if (const auto writer = of_the_writer.find(each.id); writer != of_the_writer.end()) severities.erase(writer->second);
        EXPECT_EQ(found->second.severities, severities);
    }
    EXPECT_EQ(by_rule.size() + elsewhere.size(), rules.size()) << "a case file names no rule";
}

// PREFIX01, PREFIX02 and so on.
template <class Rules>
void expect_ids_in_order(const Rules& rules, std::string_view prefix, std::size_t count) {
    ASSERT_EQ(rules.size(), count);
    for (std::size_t i = 0; i < rules.size(); ++i)
        EXPECT_EQ(rules[i].id, std::string(prefix) + (i + 1 < 10 ? "0" : "") + std::to_string(i + 1));
}

[[nodiscard]] inline std::string case_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
    std::string out = info.param.stem().string();
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

}  // namespace brygga::rule_cases
