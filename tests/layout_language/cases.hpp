// The layouts that lie beside the tests: good ones, and cases of bad ones with the faults that they must give.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "formats/layout/language/parser.hpp"

namespace brygga::layout::language::testing {

struct fault_case {
    std::string name, text;
    std::map<std::string, std::string> files;  // that can be included
    std::string faults;                        // as describe() tells them, a line end behind each
};

[[nodiscard]] std::vector<std::filesystem::path> files_in(const std::string& folder);
[[nodiscard]] std::string file_text(const std::filesystem::path& file);
[[nodiscard]] std::vector<fault_case> cases_of(const std::string& text);
[[nodiscard]] std::string text_of_cases(const std::vector<fault_case>& cases);

[[nodiscard]] opener opener_of(const std::map<std::string, std::string>& files);
[[nodiscard]] std::string told(const std::vector<layout_fault>& faults);
// The README's example.
[[nodiscard]] std::string readme_example();

}  // namespace brygga::layout::language::testing
