#include "tests/command/case_file.hpp"

#include <regex>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace brygga::command::testing {

namespace {

// UTF-8 text stays; the runner's own eyes must see every other byte.
std::string escaped(const std::string& line) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto c = static_cast<unsigned char>(line[i]);
        const bool pair =
            c >= 0xC2 && c < 0xE0 && i + 1 < line.size() && (static_cast<unsigned char>(line[i + 1]) & 0xC0u) == 0x80u;
        const bool triple = c >= 0xE0 && c < 0xF0 && i + 2 < line.size() &&
                            (static_cast<unsigned char>(line[i + 1]) & 0xC0u) == 0x80u &&
                            (static_cast<unsigned char>(line[i + 2]) & 0xC0u) == 0x80u;
        if (c >= 0x20 && c < 0x7F) {
            out += line[i];
        } else if (pair || triple) {
            out += line.substr(i, pair ? 2 : 3);
            i += pair ? 1 : 2;
        } else {
            out += fmt::format("\\x{:02X}", c);
        }
    }
    return out;
}

void append_lines(std::string& to, std::string text, char mark, const std::filesystem::path& folder) {
    static const std::regex id(R"(\b0[0-9A-HJKMNP-TV-Z]{12}\b)");
    for (std::size_t at = text.find(folder.string()); at != std::string::npos; at = text.find(folder.string(), at))
        text.replace(at, folder.string().size(), "$DIR");
    text = std::regex_replace(text, id, "ID");
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        to += line.empty() ? fmt::format("{}\n", mark) : fmt::format("{} {}\n", mark, escaped(line));
    if (!text.empty() && text.back() != '\n') to += "\\\n";
}

}  // namespace

case_file parse_case(const std::string& text) {
    case_file out;
    std::istringstream lines(text);
    std::string comment;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') {
            comment += line + '\n';
            out.not_as_root = out.not_as_root || line == "# not as root";
        } else if (line.rfind("$ ", 0) == 0) {
            out.steps.push_back({comment, line.substr(2), {}});
            comment.clear();
        } else if (out.steps.empty() || !comment.empty()) {
            throw std::runtime_error("a case has a line that belongs to no command: " + line);
        } else if (line[0] == '>' && out.steps.back().expected.empty()) {
            out.steps.back().command += '\n' + (line.size() > 2 ? line.substr(2) : std::string());
        } else if (std::string("|!?\\").find(line[0]) != std::string::npos) {
            out.steps.back().expected += line + '\n';
        } else {
            throw std::runtime_error("a case has a line of an unknown kind: " + line);
        }
    }
    out.rest = comment;
    return out;
}

std::string expectation_of(const run_result& result, const std::filesystem::path& folder) {
    std::string out;
    append_lines(out, result.out, '|', folder);
    append_lines(out, result.err, '!', folder);
    if (result.exit_code != 0) out += fmt::format("? {}\n", result.exit_code);
    return out;
}

std::string text_of(const case_file& item) {
    std::string out;
    for (const case_step& step : item.steps) {
        out += step.comment + "$ ";
        for (const char c : step.command)
            out += c == '\n' ? std::string("\n> ") : std::string(1, c);
        out += '\n' + step.expected;
    }
    return out + item.rest;
}

}  // namespace brygga::command::testing
