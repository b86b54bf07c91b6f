#include "tests/command/case_file.hpp"

#include <cctype>
#include <sstream>
#include <stdexcept>
#include <string_view>

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

// Ids (13 characters of Crockford's base 32, beginning with 0 until the year 2089) differ in each run.
std::string without_ids(const std::string& text) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    constexpr std::size_t id_size = 13;
    std::string out;
    for (std::size_t at = 0; at != text.size();) {
        std::size_t end = at;
        while (end != text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0)
            ++end;
        const std::string word = text.substr(at, end - at);
        const bool is_id = word.size() == id_size && word[0] == '0' && word.find_first_not_of(alphabet) == std::string::npos;
        out += is_id ? "ID" : word;
        if (end != text.size()) out += text[end++];
        at = end;
    }
    return out;
}

void append_lines(std::string& to, std::string text, char mark, const std::filesystem::path& folder) {
    for (std::size_t at = text.find(folder.string()); at != std::string::npos; at = text.find(folder.string(), at))
        text.replace(at, folder.string().size(), "$DIR");
    text = without_ids(text);
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
