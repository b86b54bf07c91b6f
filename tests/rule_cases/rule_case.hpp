// The case files of tests/FORMAT/rules: for each numbered rule inputs that keep it and inputs that break it, as edits of a worked
// example, with every finding and hold they must give. README.md beside this file describes the language.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/core/finding.hpp"

namespace brygga::rule_cases {

// What differs between formats of fixed-width records.
struct language {
    std::string format;                 // fixtures/FORMAT, tests/FORMAT/rules
    std::size_t width{};                // of its records
    std::vector<std::string> settings;  // verbs of its own: what the caller of the reader knows or asks for
};

struct rule_case {
    std::string rule;  // "BGMAX-R32"
    std::string title;
    bool breaks = false;  // "fail": the rule must be among the findings; "pass": it must not
    std::string bytes;
    std::vector<std::pair<std::string, std::string>> settings;  // verb and what follows it, in order
    std::vector<std::string> findings;                          // "BGMAX-R32 hold 12 51-68 amount_ore", sorted
    std::vector<std::string> holds;                             // "BGMAX-R32 section 1", "BGMAX-R46 section 2 payment 4", sorted
};

// Throws std::runtime_error naming file and line on what is no case.
[[nodiscard]] std::vector<rule_case> load(const language& in_language, const std::filesystem::path& file);
[[nodiscard]] std::vector<std::filesystem::path> files_of(const language& in);

// What a reading gave, in the words of a case file; not sorted.
[[nodiscard]] std::vector<std::string> texts_of(const finding_list& findings);
[[nodiscard]] std::string hold_text(const rule_info& broken, std::uint32_t section_no, std::uint32_t ordinal);

// What the cases of a rule show: that it is kept, and with which severities it is broken.
struct coverage {
    bool kept = false;
    std::set<std::string> severities;
};
[[nodiscard]] std::map<std::string, coverage> coverage_of(const language& in);
// Those that its table row prints.
[[nodiscard]] std::set<std::string> severities_of(const rule_info& rule);

[[nodiscard]] bool names_rule(const std::vector<std::string>& findings, const std::string& rule);

[[nodiscard]] std::string file_bytes(const std::filesystem::path& path);

// The lines of a worked example ("7.1") in the format's width, in ISO 8859-1, without line ends.
[[nodiscard]] std::vector<std::string> worked_example(const language& in, const std::string& number);
[[nodiscard]] std::string joined(const std::vector<std::string>& lines, std::string_view line_end = "\r\n");

}  // namespace brygga::rule_cases
