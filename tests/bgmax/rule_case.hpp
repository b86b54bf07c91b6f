// The case files of tests/bgmax/rules: for each rule of bgmax.md section 4 inputs that keep it and inputs that break it, as
// edits of a worked example, with every finding and hold they must give. README.md in that folder describes the language.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "formats/bankgirot/bgmax/reader.hpp"

namespace brygga::bgmax::testing {

struct rule_case {
    std::string rule;  // "BGMAX-R32"
    std::string title;
    bool breaks = false;  // "fail": the rule must be among the findings; "pass": it must not
    std::string bytes;
    read_options options;
    bool context_given = false;
    std::vector<std::string> findings;  // "BGMAX-R32 hold 12 51-68 amount_ore", sorted
    std::vector<std::string> holds;     // "BGMAX-R32 section 1", "BGMAX-R46 section 2 payment 4", sorted
};

// Throws std::runtime_error naming file and line on what is no case.
[[nodiscard]] std::vector<rule_case> load_rule_cases(const std::filesystem::path& file);

[[nodiscard]] std::vector<std::filesystem::path> rule_case_files();

// What a reading gave, in the words of a case file.
[[nodiscard]] std::vector<std::string> findings_of(const std::vector<logical_file>& files);
[[nodiscard]] std::vector<std::string> holds_of(const std::vector<logical_file>& files);

[[nodiscard]] std::string file_bytes(const std::filesystem::path& path);

// The lines of a worked example (7.1, 7.2 or 7.3) as 80 columns of ISO 8859-1, without line ends.
[[nodiscard]] std::vector<std::string> worked_example(const std::string& number);

[[nodiscard]] std::string joined(const std::vector<std::string>& lines, std::string_view line_end = "\r\n");

}  // namespace brygga::bgmax::testing
