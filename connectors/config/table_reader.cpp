#include "connectors/config/detail/table_reader.hpp"

#include <algorithm>

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

table_reader::table_reader(const toml::table& table, const table_reader& parent, std::string place)
    : table_(&table),
      of_(parent.of_),
      place_(std::move(place)),
      name_(parent.name_),
      only_with_(parent.only_with_),
      instead_(parent.instead_) {}

void table_reader::fault(std::string_view key, std::string_view what) {
    const toml::node* const at = table_->get(key);
    fault_at(at != nullptr ? at->source().begin.line : line(), fmt::format("{} in {} {}", key, place_, what));
}

const toml::node* table_reader::find(std::string_view key) {
    known_.emplace(key);
    return table_->get(key);
}

const toml::node* table_reader::find(std::string_view key, const about& what) {
    const toml::node* const at = find(key);
    if (at == nullptr && what.required) fault(key, what.missing);
    return at;
}

std::optional<std::string> table_reader::written(std::string_view key, const about& what) {
    const toml::node* const at = find(key, what);
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

bool table_reader::text(std::string_view key, std::string& into, const about& what) {
    document(key, "text", what, quoted(into), quoted(what.example));
    auto given = written(key, what);
    if (given) into = std::move(*given);
    return given.has_value();
}

bool table_reader::id(std::string_view key, std::string& into, const about& what) {
    constexpr std::size_t most = 32;
    document(key, fmt::format("1 to {} characters of a-z, 0-9 and hyphen", most), what, {}, quoted(what.example));
    auto given = written(key, what);
    if (!given) return false;
    into = std::move(*given);
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    const bool good = into.size() <= most && std::all_of(into.begin(), into.end(), allowed);
    if (!good) fault(key, fmt::format("must be 1 to {} characters of a-z, 0-9 and hyphen", most));
    return good;
}

bool table_reader::path(std::string_view key, std::filesystem::path& into, const about& what) {
    document(key, "path", what, quoted(into.string()), quoted(what.example));
    const auto given = written(key, what);
    if (given) into = (of_->base / *given).lexically_normal();
    return given.has_value();
}

bool table_reader::boolean(std::string_view key, bool& into, const about& what) {
    document(key, "true or false", what, into ? "true" : "false", what.example);
    const toml::node* const at = find(key, what);
    if (at == nullptr) return false;
    const auto value = at->value_exact<bool>();
    if (value)
        into = *value;
    else
        fault(key, "must be true or false");
    return value.has_value();
}

std::optional<std::size_t> table_reader::word(std::string_view key, const std::vector<std::string_view>& names,
                                              const about& what) {
    const auto given = written(key, what);
    if (!given) return std::nullopt;
    const auto at = std::find(names.begin(), names.end(), *given);
    if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
    fault(key, fmt::format("must be {}", one_of(names)));
    return std::nullopt;
}

std::optional<std::int64_t> table_reader::checked(const toml::node& at, std::string_view key, range in) {
    const auto value = at.value_exact<std::int64_t>();
    if (value && *value >= in.lowest && *value <= in.highest) return value;
    fault(key, fmt::format("must be a whole number from {} to {}", in.lowest, in.highest));
    return std::nullopt;
}

std::optional<std::int64_t> table_reader::whole_number(std::string_view key, range in, const about& what) {
    const toml::node* const at = find(key, what);
    return at == nullptr ? std::nullopt : checked(*at, key, in);
}

const toml::array* table_reader::list(std::string_view key, const about& what) {
    const toml::node* const at = find(key, what);
    if (at == nullptr) return nullptr;
    if (!at->is_array())
        fault(key, "must be a list");
    else if (what.required && at->as_array()->empty())
        fault(key, what.missing);
    return at->as_array();
}

std::vector<std::int64_t> table_reader::whole_numbers(std::string_view key, range in, const about& what) {
    std::vector<std::int64_t> out;
    const toml::array* const items = list(key, what);
    if (items == nullptr) return out;
    for (const toml::node& item : *items)
        if (const auto value = checked(item, key, in)) out.push_back(*value);
    return out;
}

bool table_reader::texts(std::string_view key, std::vector<std::string>& into, const about& what) {
    document(key, "list of texts", what, {}, what.example);
    const toml::array* const items = list(key, what);
    if (items == nullptr) return false;
    for (const toml::node& item : *items) {
        auto value = item.value_exact<std::string>();
        if (value && !value->empty())
            into.push_back(std::move(*value));
        else
            fault_at(item.source().begin.line, fmt::format("{} in {} must be a list of texts", key, place_));
    }
    return !into.empty();
}

const toml::table* table_reader::entries(std::string_view key, std::string_view type, const about& what) {
    document(key, type, what, {}, what.example);
    const toml::node* const at = find(key, what);
    if (at == nullptr) return nullptr;
    if (!at->is_table()) fault(key, "must be a table");
    return at->as_table();
}

void table_reader::close() {
    if (any_key_) return;
    for (const auto& [key, value] : *table_)
        if (!known_.contains(key.str()))
            fault_at(key.source().begin.line, fmt::format("unknown key {} in {}", key.str(), place_));
}

void table_reader::read_child(const toml::table& table, std::string_view key, std::string place, const read_table& read) {
    table_reader child(table, *this, std::move(place));
    child.name_ = name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
    read(child);
    child.close();
}

namespace {

const toml::table& nothing() {
    static const toml::table empty;
    return empty;
}

}  // namespace

void table_reader::read_root(const toml::table& root, reading& of, const read_table& read) {
    if (of.told != nullptr) of.told->emplace_back();
    table_reader whole(root, of);
    read(whole);
    whole.close();
}

void table_reader::table(std::string_view key, const about& what, const read_table& read) {
    const std::string place = fmt::format("[{}{}{}]", name_, name_.empty() ? "" : ".", key);
    document_table(key, place, what);
    const toml::node* const at = find(key, what);
    if (at != nullptr && !at->is_table()) fault(key, "must be a table");
    if (at != nullptr && at->is_table())
        read_child(*at->as_table(), key, place, read);
    else if (of_->told != nullptr)
        read_child(nothing(), key, place, read);
}

void table_reader::tables(std::string_view key, const about& what, const read_table& read) {
    const std::string place = fmt::format("[[{}{}{}]]", name_, name_.empty() ? "" : ".", key);
    document_table(key, place, what);
    if (const toml::array* const items = list(key, what))
        for (const toml::node& item : *items) {
            if (item.is_table())
                read_child(*item.as_table(), key, place, read);
            else
                fault_at(item.source().begin.line, fmt::format("{} in {} must be a list of tables", key, place_));
        }
    if (of_->told != nullptr) read_child(nothing(), key, place, read);
}

void table_reader::inline_table(std::string_view key, const about& what, const read_table& read) {
    const toml::table* const at = entries(key, "table", what);
    if (at == nullptr && of_->told == nullptr) return;
    table_reader child(at == nullptr ? nothing() : *at, *this, std::string(key));
    child.prefix_ = fmt::format("{}.", key);
    read(child);
    child.close();
}

void table_reader::variants(std::string_view key, const about& what, std::initializer_list<variant> all) {
    std::vector<std::string_view> names;
    for (const variant& each : all)
        names.push_back(each.name);
    document(key, one_of(names), what, quoted(names.front()), {});
    const auto chosen = word(key, names, what);
    any_key_ = !chosen && table_->contains(key);
    if (of_->told == nullptr) {
        if (!any_key_) (all.begin() + chosen.value_or(0))->read();
        return;
    }
    for (const variant& each : all) {
        only_with_ = fmt::format("{} = {}", key, quoted(each.name));
        instead_ = &each != all.begin();
        each.read();
    }
    only_with_.clear();
    instead_ = false;
}

std::string table_reader::quoted(std::string_view text) {
    return text.empty() ? std::string() : fmt::format("\"{}\"", text);
}

std::string table_reader::one_of(const std::vector<std::string_view>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i)
        out += fmt::format("{}{}", i == 0 ? "" : i + 1 == names.size() ? " or " : ", ", quoted(names[i]));
    return out;
}

std::string table_reader::in_words(std::string_view what, range in) {
    return fmt::format("{}, {} to {}", what, in.lowest, in.highest);
}

void table_reader::document(std::string_view key, std::string_view type, const about& what, std::string_view usual,
                            std::string_view example) {
    if (of_->told == nullptr) return;
    documented_setting made{prefix_ + std::string(key),
                            std::string(what.meaning.text),
                            std::string(type),
                            std::string(example.empty() ? usual : example),
                            what.required ? std::string() : std::string(usual),
                            std::string(what.otherwise),
                            only_with_,
                            what.required,
                            what.instead || instead_};
    const auto mine = std::find_if(of_->told->begin(), of_->told->end(), [&](const auto& each) { return each.name == name_; });
    const auto same = [&](const documented_setting& each) { return each.key == made.key && each.only_with == made.only_with; };
    if (std::none_of(mine->settings.begin(), mine->settings.end(), same)) mine->settings.push_back(std::move(made));
}

void table_reader::document_table(std::string_view key, std::string_view header, const about& what) {
    if (of_->told == nullptr) return;
    std::string name = name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
    const auto same = [&](const documented_table& each) { return each.name == name; };
    if (std::any_of(of_->told->begin(), of_->told->end(), same)) return;
    of_->told->push_back({std::move(name), std::string(header), std::string(what.meaning.text), what.required, {}});
}

}  // namespace brygga::config::detail
