// The case files of tests/seal/rules: for each rule of bankgiro-seal.md section 4 inputs that keep it and inputs that break it,
// as edits of a worked example, with every finding they must give. README.md in that folder describes the language.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "formats/bankgirot/seal/reader.hpp"

namespace brygga::seal::testing {

struct rule_case {
    std::string rule;  // "SEAL-R08"
    std::string title;
    bool breaks = false;  // "fail": the rule must be among the findings; "pass": it must not
    bool seals = false;   // the bytes are sealed rather than verified
    std::string bytes;
    std::vector<std::string> keys;  // digits
    std::string kvv;                // expected of the key, when sealing
    verify_options options;
    std::string verdict = "ok";         // or "refused", "nothing to seal" when sealing
    std::vector<std::string> findings;  // "SEAL-R08 error 11 41-72 mac", sorted
};

// What was found and how it ended, in the words of a case file.
struct outcome {
    std::string verdict;
    std::vector<std::string> findings;
    finding_list list{rules()};
};
[[nodiscard]] outcome run(const rule_case& item);

// Throws std::runtime_error naming file and line on what is no case.
[[nodiscard]] std::vector<rule_case> load_rule_cases(const std::filesystem::path& file);

[[nodiscard]] std::vector<std::filesystem::path> rule_case_files();

}  // namespace brygga::seal::testing
