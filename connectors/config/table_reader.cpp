#include "connectors/config/detail/table_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "connectors/config/settings.hpp"

namespace brygga::config::detail {

std::string fault_list::text(std::string_view file_name) const {
    std::vector<config_fault> sorted = faults_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    const std::size_t shown = std::min(sorted.size(), max_config_faults);
    std::string out;
    for (std::size_t i = 0; i < shown; ++i)
        out += fmt::format("{}{} line {}: {}", i == 0 ? "" : "\n", file_name, sorted[i].line, sorted[i].text);
    if (shown != sorted.size()) out += fmt::format("\nand {} more", sorted.size() - shown);
    return out;
}

void table_reader::fault(std::string_view key, std::string_view what) {
    const toml::node* const at = table_->get(key);
    faults_->add(at != nullptr ? at->source().begin.line : line(), fmt::format("{} in {} {}", key, place_, what));
}

const toml::node* table_reader::find(std::string_view key) {
    known_.emplace(key);
    return table_->get(key);
}

std::optional<std::string> table_reader::text(std::string_view key) {
    const toml::node* const at = find(key);
    if (at == nullptr) return std::nullopt;
    const auto value = at->value_exact<std::string>();
    if (!value)
        fault(key, "must be text in quotes");
    else if (value->empty())
        fault(key, "must not be empty");
    else
        return value;
    return std::nullopt;
}

std::string table_reader::required_text(std::string_view key) {
    const bool missing = find(key) == nullptr;
    if (missing) fault(key, "is missing");
    return missing ? std::string() : text(key).value_or("");
}

std::string table_reader::required_id(std::string_view key) {
    constexpr std::size_t most = 32;
    std::string id = required_text(key);
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (!id.empty() && (id.size() > most || !std::all_of(id.begin(), id.end(), allowed)))
        fault(key, fmt::format("must be 1 to {} characters of a-z, 0-9 and hyphen", most));
    return id;
}

std::filesystem::path table_reader::path(std::string_view key, const std::filesystem::path& base) {
    const std::string written = text(key).value_or("");
    return written.empty() ? std::filesystem::path() : (base / written).lexically_normal();
}

std::filesystem::path table_reader::required_path(std::string_view key, const std::filesystem::path& base) {
    if (find(key) == nullptr) fault(key, "is missing");
    return path(key, base);
}

std::optional<bool> table_reader::boolean(std::string_view key) {
    const toml::node* const at = find(key);
    if (at == nullptr) return std::nullopt;
    const auto value = at->value_exact<bool>();
    if (!value) fault(key, "must be true or false");
    return value;
}

std::optional<std::int64_t> table_reader::checked(const toml::node& at, std::string_view key, std::int64_t lowest,
                                                  std::int64_t highest) {
    const auto value = at.value_exact<std::int64_t>();
    if (value && *value >= lowest && *value <= highest) return value;
    fault(key, fmt::format("must be a whole number from {} to {}", lowest, highest));
    return std::nullopt;
}

std::optional<std::int64_t> table_reader::number(std::string_view key, std::int64_t lowest, std::int64_t highest) {
    const toml::node* const at = find(key);
    return at == nullptr ? std::nullopt : checked(*at, key, lowest, highest);
}

const toml::table* table_reader::table(std::string_view key) {
    const toml::node* const at = find(key);
    if (at == nullptr) return nullptr;
    if (!at->is_table()) fault(key, "must be a table");
    return at->as_table();
}

const toml::array* table_reader::array(std::string_view key) {
    const toml::node* const at = find(key);
    if (at == nullptr) return nullptr;
    if (!at->is_array()) fault(key, "must be a list");
    return at->as_array();
}

std::vector<const toml::table*> table_reader::tables(std::string_view key) {
    std::vector<const toml::table*> out;
    const toml::array* const list = array(key);
    if (list == nullptr) return out;
    for (const toml::node& item : *list) {
        if (item.is_table())
            out.push_back(item.as_table());
        else
            faults_->add(item, fmt::format("{} in {} must be a list of tables", key, place_));
    }
    return out;
}

std::vector<std::string> table_reader::texts(std::string_view key) {
    std::vector<std::string> out;
    const toml::array* const list = array(key);
    if (list == nullptr) return out;
    for (const toml::node& item : *list) {
        auto value = item.value_exact<std::string>();
        if (value && !value->empty())
            out.push_back(std::move(*value));
        else
            faults_->add(item, fmt::format("{} in {} must be a list of texts", key, place_));
    }
    return out;
}

std::vector<std::int64_t> table_reader::numbers(std::string_view key, std::int64_t lowest, std::int64_t highest) {
    std::vector<std::int64_t> out;
    const toml::array* const list = array(key);
    if (list == nullptr) return out;
    for (const toml::node& item : *list)
        if (const auto value = checked(item, key, lowest, highest)) out.push_back(*value);
    return out;
}

void table_reader::close() {
    for (const auto& [key, value] : *table_)
        if (!known_.contains(key.str()))
            faults_->add(key.source().begin.line, fmt::format("unknown key {} in {}", key.str(), place_));
}

}  // namespace brygga::config::detail
