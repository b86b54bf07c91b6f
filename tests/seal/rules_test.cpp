// Every rule of bankgiro-seal.md section 4, on the cases of tests/seal/rules.
#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/seal/reference.hpp"
#include "tests/seal/rule_case.hpp"

namespace brygga::seal::testing {

namespace {

using ::testing::ElementsAreArray;

bool names_rule(const std::vector<std::string>& findings, const std::string& rule) {
    return std::any_of(findings.begin(), findings.end(), [&](const std::string& each) { return each.starts_with(rule + " "); });
}

class seal_rule_cases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(seal_rule_cases, give_exactly_these_findings) {
    for (const rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        EXPECT_EQ(names_rule(each.findings, each.rule), each.breaks) << "the case does not say what its heading says";
        const outcome got = run(each);
        EXPECT_THAT(got.findings, ElementsAreArray(each.findings));
        EXPECT_EQ(got.verdict, each.verdict);
    }
}

// A policy of one rule alone reports that rule as before and nothing else, and changes no verdict.
TEST_P(seal_rule_cases, of_one_rule_alone_give_that_rules_findings) {
    for (rule_case& each : load_rule_cases(GetParam())) {
        if (each.seals) continue;
        SCOPED_TRACE(each.title);
        each.options.policy.only = {each.rule};
        if (each.rule != "SEAL-R01")
            std::erase_if(each.findings, [&](const std::string& text) { return !text.starts_with(each.rule + " "); });
        const outcome got = run(each);
        EXPECT_THAT(got.findings, ElementsAreArray(each.findings));
        EXPECT_EQ(got.verdict, each.verdict);
    }
}

// A finding never points beyond the bytes, its offset fits its column, and its help says what to do.
TEST_P(seal_rule_cases, point_into_the_file) {
    for (const rule_case& each : load_rule_cases(GetParam())) {
        SCOPED_TRACE(each.title);
        const outcome got = run(each);
        for (const finding& one : got.list.kept()) {
            EXPECT_LE(one.where.offset, each.bytes.size());
            EXPECT_LE(one.where.first_column, one.where.last_column);
            EXPECT_FALSE(one.rule->help.empty());
            if (one.where.first_column == 0) continue;
            const std::string_view before = std::string_view(each.bytes).substr(0, one.where.offset);
            const std::size_t begin = before.find_last_of("\r\n") + 1;
            EXPECT_EQ(before.size() - begin + 1, one.where.first_column);
        }
    }
}

std::string case_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
    std::string out = info.param.stem().string();
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

INSTANTIATE_TEST_SUITE_P(seal, seal_rule_cases, ::testing::ValuesIn(rule_case_files()), case_name);

// The three lists agree: the rules in code, and those that cases break and keep with each severity the table prints.
TEST(seal_rules, each_has_passing_and_failing_cases_with_all_its_severities) {
    struct tested {
        bool kept = false;
        std::set<std::string> severities;
    };
    std::map<std::string, tested> by_rule;
    for (const std::filesystem::path& file : rule_case_files())
        for (const rule_case& each : load_rule_cases(file)) {
            tested& entry = by_rule[each.rule];
            entry.kept = entry.kept || !each.breaks;
            for (const std::string& text : each.findings) {
                if (!text.starts_with(each.rule + " ")) continue;
                const std::string rest = text.substr(each.rule.size() + 1);
                entry.severities.insert(rest.substr(0, rest.find(' ')));
            }
        }
    for (const rule_info& each : rules()) {
        SCOPED_TRACE(each.id);
        const tested& entry = by_rule[std::string(each.id)];
        EXPECT_TRUE(entry.kept);
        std::string all(each.severities);
        std::replace(all.begin(), all.end(), '/', ' ');
        std::istringstream words(all);
        std::set<std::string> printed;
        for (std::string word; words >> word;)
            printed.insert(word);
        EXPECT_EQ(entry.severities, printed);
    }
    EXPECT_EQ(by_rule.size(), rules().size()) << "a case file names no rule";
}

TEST(seal_rules, are_those_of_the_page_in_its_order) {
    ASSERT_EQ(rules().size(), 12u);
    for (std::size_t i = 0; i < rules().size(); ++i)
        EXPECT_EQ(rules()[i].id, fmt::format("SEAL-R{:02}", i + 1));
    EXPECT_EQ(&info(rule::R12), &rules().back());
}

TEST(seal_rules, take_another_severity_from_a_profile_and_keep_the_verdict) {
    std::string bytes = example("7.2");
    bytes[100] = 'X';
    verify_options options;
    options.policy.profile.severities["SEAL-R08"] = severity::warning;
    const auto what = verify(bytes, std::array{key_of(test_key)}, options);
    ASSERT_TRUE(what);
    EXPECT_EQ(what->is, verdict::changed) << "a profile does not make a changed file right";
    EXPECT_FALSE(what->findings.refused());
}

}  // namespace

}  // namespace brygga::seal::testing
