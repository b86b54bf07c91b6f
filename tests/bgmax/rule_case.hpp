// The rule cases of BgMax (tests/rule_cases), with how each is to be read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "tests/rule_cases/rule_case.hpp"

namespace brygga::bgmax::testing {

using rule_cases::file_bytes;
using rule_cases::joined;
using rule_cases::names_rule;

struct rule_case : rule_cases::rule_case {
    read_options options;
};

[[nodiscard]] std::vector<rule_case> load_rule_cases(const std::filesystem::path& file);
[[nodiscard]] std::vector<std::filesystem::path> rule_case_files();
[[nodiscard]] std::map<std::string, rule_cases::coverage> rule_coverage();

// What a reading gave, in the words of a case file, sorted.
[[nodiscard]] std::vector<std::string> findings_of(const std::vector<logical_file>& files);
[[nodiscard]] std::vector<std::string> holds_of(const std::vector<logical_file>& files);

// The lines of a worked example (7.1, 7.2 or 7.3) as 80 columns of ISO 8859-1, without line ends.
[[nodiscard]] std::vector<std::string> worked_example(const std::string& number);

}  // namespace brygga::bgmax::testing
