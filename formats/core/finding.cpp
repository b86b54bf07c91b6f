#include "formats/core/finding.hpp"

#include <iterator>

#include <fmt/format.h>

namespace brygga {

std::string_view name(severity level) noexcept {
    switch (level) {
        case severity::info: return "info";
        case severity::warning: return "warning";
        case severity::hold: return "hold";
        case severity::error: return "error";
    }
    return "unknown";
}

std::optional<severity> parse_severity(std::string_view text) noexcept {
    for (const severity level : {severity::info, severity::warning, severity::hold, severity::error})
        if (text == name(level)) return level;
    return std::nullopt;
}

deviation_profile sample_profile() {
    deviation_profile profile;
    profile.name = "sample";
    profile.skip_title_lines = true;
    return profile;
}

finding_list::finding_list(std::span<const rule_info> rules, const rule_policy& policy)
    : rules_(rules), settings_(rules.size()), cap_(policy.cap) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        settings_[i].enabled = policy.only.empty() || policy.only.contains(rules[i].id);
        const auto replaced = policy.profile.severities.find(rules[i].id);
        if (replaced != policy.profile.severities.end()) settings_[i].replaced = replaced->second;
    }
}

namespace {

bool continues_character(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

void cut(std::string& text) {
    if (text.size() <= max_finding_text) return;
    std::size_t size = max_finding_text;
    while (size != 0 && continues_character(text[size])) --size;
    text.resize(size);
    text += "…";
}

}  // namespace

void finding_list::keep(finding&& made) {
    cut(made.found);
    findings_.push_back(std::move(made));
}

std::string masked(std::string_view utf8) {
    std::string out;
    std::size_t characters = 0;
    for (const char c : utf8) characters += continues_character(c) ? 0u : 1u;
    std::size_t at = 0;
    for (const char c : utf8) {
        const bool begins = !continues_character(c);
        if (begins) ++at;
        const bool keeps = characters > 2 && (at == 1 || at == characters);
        if (keeps || c == ' ')
            out += c;
        else if (begins)
            out += '*';
    }
    return out;
}

std::string describe(const finding& item, bool in_clear) {
    std::string out = fmt::format("{} {}", name(item.level), item.rule->id);
    const auto append = [&out](std::string_view format, const auto&... values) {
        fmt::vformat_to(std::back_inserter(out), format, fmt::make_format_args(values...));
    };
    if (item.where.line != 0) append(" line {}", item.where.line);
    if (item.where.first_column != 0) append(" columns {}-{}", item.where.first_column, item.where.last_column);
    if (!item.path.empty()) append(" at {}", item.path);
    if (!item.path.empty() && item.where.line != 0) append(" byte {}", item.where.offset);
    if (!item.record.empty()) append(" record {}", item.record);
    if (!item.field.empty()) append(" {}", item.field);
    if (item.section != 0) append(" section {}", item.section);
    if (!item.serial.empty()) append(" serial {}", item.serial);
    append(": {}", item.rule->title);
    if (!item.found.empty()) append(" Found '{}'", item.personal && !in_clear ? masked(item.found) : item.found);
    if (!item.expected.empty()) append("{} expected {}.", item.found.empty() ? "" : ",", item.expected);
    else if (!item.found.empty()) out += '.';
    append(" {}", item.rule->help);
    return out;
}

}  // namespace brygga
