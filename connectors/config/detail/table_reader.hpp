// Reading TOML tables strictly: types are tested, unknown keys are faults, each fault has its line.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace brygga::config::detail {

struct config_fault {
    std::uint32_t line{};
    std::string text;
};

class fault_list {
 public:
    void add(std::uint32_t line, std::string text) { faults_.push_back({line, std::move(text)}); }
    void add(const toml::node& at, std::string text) { add(at.source().begin.line, std::move(text)); }
    [[nodiscard]] bool empty() const noexcept { return faults_.empty(); }
    // One per line, in the order of the file.
    [[nodiscard]] std::string text(std::string_view file_name) const;

 private:
    std::vector<config_fault> faults_;
};

// One table. Each getter marks its key as known; close() then reports the keys that nobody asked for.
class table_reader {
 public:
    // `place` as a person would write it: "[[tenant]]".
    table_reader(const toml::table& table, std::string place, fault_list& faults)
        : table_(&table), place_(std::move(place)), faults_(&faults) {}

    [[nodiscard]] const toml::node* find(std::string_view key);
    [[nodiscard]] std::optional<std::string> text(std::string_view key);
    [[nodiscard]] std::string required_text(std::string_view key);  // empty after a fault
    // a-z, 0-9 and hyphen; empty when it is missing, a fault when it is something else.
    [[nodiscard]] std::string required_id(std::string_view key);
    // Relative ones start at `base`; empty when it is absent.
    [[nodiscard]] std::filesystem::path path(std::string_view key, const std::filesystem::path& base);
    [[nodiscard]] std::filesystem::path required_path(std::string_view key, const std::filesystem::path& base);
    [[nodiscard]] std::optional<bool> boolean(std::string_view key);
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view key, std::int64_t lowest, std::int64_t highest);
    [[nodiscard]] const toml::table* table(std::string_view key);
    // The tables of [[key]]; a fault when it is something else.
    [[nodiscard]] std::vector<const toml::table*> tables(std::string_view key);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    [[nodiscard]] std::vector<std::int64_t> numbers(std::string_view key, std::int64_t lowest, std::int64_t highest);

    void close();
    // A fault at the key's line, or at the table's when the key is absent.
    void fault(std::string_view key, std::string_view what);
    [[nodiscard]] std::uint32_t line() const noexcept { return table_->source().begin.line; }

 private:
    [[nodiscard]] const toml::array* array(std::string_view key);
    [[nodiscard]] std::optional<std::int64_t> checked(const toml::node& at, std::string_view key, std::int64_t lowest,
                                                      std::int64_t highest);

    const toml::table* table_;
    std::string place_;
    fault_list* faults_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace brygga::config::detail
