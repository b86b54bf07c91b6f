// The rule cases of Autogiro (tests/rule_cases), with how each is to be read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "formats/bankgirot/autogiro/reader.hpp"
#include "tests/rule_cases/format_cases.hpp"

namespace brygga::autogiro::testing {

using rule_cases::file_bytes;
using rule_cases::joined;

[[nodiscard]] const rule_cases::language& autogiro_language();

using rule_case = rule_cases::case_with<read_options>;
[[nodiscard]] std::vector<rule_case> load_rule_cases(const std::filesystem::path& file);

// What a reading gave, in the words of a case file, sorted.
[[nodiscard]] std::vector<std::string> findings_of(const logical_file& file);
[[nodiscard]] std::vector<std::string> holds_of(const logical_file& file);

// The lines of fixtures/autogiro/example-NAME.txt.
[[nodiscard]] std::vector<std::string> worked_example(const std::string& name);

}  // namespace brygga::autogiro::testing
