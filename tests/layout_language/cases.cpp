#include "tests/layout_language/cases.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace brygga::layout::language::testing {

std::vector<std::filesystem::path> files_in(const std::string& folder) {
    std::vector<std::filesystem::path> out;
    for (const auto& each : std::filesystem::directory_iterator(BRYGGA_SOURCE_DIR "/tests/layout_language/" + folder))
        out.push_back(each.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::string file_text(const std::filesystem::path& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
}

// "=== NAME", the layout, "--- file PATH" and an included one, "--- faults" and what is expected.
std::vector<fault_case> cases_of(const std::string& text) {
    std::vector<fault_case> out;
    std::string* into = nullptr;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("=== ")) {
            out.push_back({line.substr(4), {}, {}, {}});
            into = &out.back().text;
        } else if (line.starts_with("--- file ")) {
            into = &out.back().files[line.substr(9)];
        } else if (line == "--- faults") {
            into = &out.back().faults;
        } else {
            into->append(line).append("\n");
        }
    }
    return out;
}

std::string text_of_cases(const std::vector<fault_case>& cases) {
    std::string out;
    for (const fault_case& each : cases) {
        out += "=== " + each.name + "\n" + each.text;
        for (const auto& [path, text] : each.files)
            out += "--- file " + path + "\n" + text;
        out += "--- faults\n" + each.faults;
    }
    return out;
}

opener opener_of(const std::map<std::string, std::string>& files) {
    return [files](const std::string& path) -> result<std::string> {
        const auto found = files.find(path);
        if (found == files.end()) return fail(error_code::not_found, path + " is not there");
        return found->second;
    };
}

std::string told(const std::vector<layout_fault>& faults) {
    std::string out;
    for (const layout_fault& each : faults)
        out += describe(each) + "\n";
    return out;
}

std::string readme_example() {
    const std::string text = file_text(BRYGGA_SOURCE_DIR "/formats/layout/language/README.md");
    const std::size_t begin = text.find("```\n") + 4;
    return text.substr(begin, text.find("```\n", begin) - begin);
}

}  // namespace brygga::layout::language::testing
