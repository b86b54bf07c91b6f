#include "connectors/config/documentation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/config/detail/settings_tables.hpp"

namespace brygga::config {

namespace {

constexpr std::size_t widest_value = 48;  // what is wider does not push the explanations of its table to the right
constexpr std::size_t line_width = 130;

std::string_view mark(bool instead, bool stands) {
    return instead ? "##" : stands ? "" : "#";
}

std::string facts(const documented_setting& of) {
    const std::string without = of.required                ? "required"
                                : of.default_value.empty() ? of.otherwise
                                                           : fmt::format("default {}", of.default_value);
    return fmt::format("{}; {}", of.type, without);
}

// The explanation goes on below itself where the page ends.
std::string explained(std::string line, std::size_t column, std::string_view text) {
    line.append(line.size() < column ? column - line.size() : 2, ' ');
    line += '#';
    std::string out;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        if (line.size() + 1 + word.size() > line_width) {
            out += line + '\n';
            line = std::string(column, ' ') + '#';
        }
        line += fmt::format(" {}", word);
    }
    return out + line + '\n';
}

class page {
 public:
    // `stands`: the table is one that a configuration must have.
    void add(const documented_table& table, bool stands) {
        if (!table.header.empty()) text_ += fmt::format("\n# {}\n{}{}\n", table.meaning, mark(false, stands), table.header);
        std::vector<std::string> lines;
        std::size_t column = 0;
        for (const documented_setting& each : table.settings) {
            lines.push_back(fmt::format("{}{} = {}", mark(each.instead, stands && each.required), each.key, each.value));
            if (lines.back().size() <= widest_value) column = std::max(column, lines.back().size() + 2);
        }
        std::string with;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const documented_setting& each = table.settings[i];
            if (each.only_with != with)
                text_ += each.only_with.empty() ? fmt::format("# with any {}:\n", with.substr(0, with.find(' ')))
                                                : fmt::format("# with {}:\n", each.only_with);
            with = each.only_with;
            text_ += each.value.empty() ? fmt::format("# {}: {} [{}]\n", each.key, each.meaning, facts(each))
                                        : explained(lines[i], column, fmt::format("{} [{}]", each.meaning, facts(each)));
        }
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

 private:
    std::string text_;
};

}  // namespace

std::vector<documented_table> documentation() {
    std::vector<documented_table> told;
    detail::reading of{{}, {}, &told};
    static_cast<void>(detail::read_settings({}, of));
    return told;
}

std::string text_of(const std::vector<documented_table>& tables) {
    page out;
    for (const documented_table& each : tables) {
        // A table that is needed by one that is not there is not needed either.
        const auto is_above = [&](const documented_table& other) {
            return !other.name.empty() && (each.name == other.name || each.name.starts_with(other.name + "."));
        };
        out.add(each, std::all_of(tables.begin(), tables.end(),
                                  [&](const documented_table& other) { return !is_above(other) || other.required; }));
    }
    return out.take();
}

}  // namespace brygga::config
