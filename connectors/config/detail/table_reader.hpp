// Reading TOML tables strictly: types are tested, unknown keys are faults, each fault has its line. Whoever asks for a setting
// says what it is; the same call reads it and documents it.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "connectors/config/documentation.hpp"

namespace brygga::config::detail {

struct config_fault {
    std::uint32_t line{};
    std::string text;
};

class fault_list {
 public:
    void add(std::uint32_t line, std::string text) { faults_.push_back({line, std::move(text)}); }
    [[nodiscard]] bool empty() const noexcept { return faults_.empty(); }
    // One per line, in the order of the file.
    [[nodiscard]] std::string text(std::string_view file_name) const;

 private:
    std::vector<config_fault> faults_;
};

// What the readers of one configuration share.
struct reading {
    std::filesystem::path base;  // where relative paths start
    fault_list faults;
    // Not null: the settings that are asked for are written down here, once each. Tables that are absent are read as empty ones
    // then, and all variants of a table; faults mean nothing.
    std::vector<documented_table>* told = nullptr;
};

// A text that cannot be forgotten.
struct words {
    constexpr words(const char* given) : text(given) {}  // NOLINT(google-explicit-constructor): so that a literal is one
    std::string_view text;
};

struct about {
    words meaning;               // one line
    bool required = false;       // lists: with at least one item
    std::string_view example{};  // text without its quotes, everything else as TOML writes it; the default when empty
    std::string_view otherwise = "optional";  // what holds without it, where it has no default
    std::string_view missing = "is missing";  // the fault of a required one
    bool instead = false;                     // excludes something that stands before it, so that it is no part of the example
};

// Whole numbers, both bounds included.
struct range {
    std::int64_t lowest{}, highest{};
};

// One table. The getters leave `into` as it was, which is the default, when the key is absent or faulty, and say whether there
// was a good value.
class table_reader {
 public:
    using read_table = std::function<void(table_reader&)>;

    // The whole configuration.
    static void read_root(const toml::table& root, reading& of, const read_table& read);

    bool text(std::string_view key, std::string& into, const about& what);
    // a-z, 0-9 and hyphen.
    bool id(std::string_view key, std::string& into, const about& what);
    bool path(std::string_view key, std::filesystem::path& into, const about& what);
    bool boolean(std::string_view key, bool& into, const about& what);
    bool texts(std::string_view key, std::vector<std::string>& into, const about& what);

    // Also an optional one.
    template <class Number>
    bool number(std::string_view key, Number& into, range in, const about& what) {
        std::string usual;
        if constexpr (is_optional<Number>::value) {
            if (into) usual = fmt::to_string(*into);
        } else {
            usual = fmt::to_string(static_cast<std::int64_t>(into));
        }
        document(key, in_words("whole number", in), what, usual, what.example);
        const auto found = whole_number(key, in, what);
        if (found) into = static_cast<typename is_optional<Number>::inner>(*found);
        return found.has_value();
    }

    template <class Number>
    bool numbers(std::string_view key, std::vector<Number>& into, range in, const about& what) {
        document(key, in_words("list of whole numbers", in), what, {}, what.example);
        const auto found = whole_numbers(key, in, what);
        for (const std::int64_t each : found)
            into.push_back(static_cast<Number>(each));
        return !found.empty();
    }

    // Milliseconds or minutes, as `into` counts; also optional ones.
    template <class Duration>
    bool duration(std::string_view key, Duration& into, range in, const about& what) {
        std::string usual;
        if constexpr (is_optional<Duration>::value) {
            if (into) usual = fmt::to_string(into->count());
        } else {
            usual = fmt::to_string(into.count());
        }
        using counted = typename is_optional<Duration>::inner;
        constexpr bool in_ms = std::is_same_v<counted, std::chrono::milliseconds>;
        static_assert(in_ms || std::is_same_v<counted, std::chrono::minutes>);
        document(key, in_words(in_ms ? "ms" : "minutes", in), what, usual, what.example);
        const auto found = whole_number(key, in, what);
        if (found) into = counted(*found);
        return found.has_value();
    }

    // One of these words.
    template <class Value>
    bool choice(std::string_view key, Value& into, std::initializer_list<std::pair<std::string_view, Value>> all,
                const about& what) {
        std::vector<std::string_view> names;
        std::string usual;
        for (const auto& [name, value] : all) {
            names.push_back(name);
            if (value == into) usual = quoted(name);
        }
        document(key, one_of(names), what, usual, quoted(what.example));
        const auto found = word(key, names, what);
        if (found) into = (all.begin() + *found)->second;
        return found.has_value();
    }

    // Text that `parse` understands: a result whose error is the rest of the sentence "KEY in TABLE ...". Without the key,
    // `usual` is parsed, unless it is empty.
    template <class Value, class Parse>
    bool parsed(std::string_view key, std::string_view type, std::string_view usual, Value& into, const Parse& parse,
                const about& what) {
        document(key, type, what, quoted(usual), quoted(what.example));
        const auto given = written(key, what);
        if (!given && (usual.empty() || find(key) != nullptr)) return false;
        auto made = parse(given ? std::string_view(*given) : usual);
        if (made)
            into = std::move(*made);
        else
            fault(key, made.error().text);
        return given && made;
    }

    // A table whose keys are the user's own, of a type such as "{RULE = severity}"; null when it is absent or something else.
    const toml::table* entries(std::string_view key, std::string_view type, const about& what);

    // [key], [[key]] and key = {...}: each table that is there is read, and a key in it that was not asked for is a fault.
    void table(std::string_view key, const about& what, const read_table& read);
    void tables(std::string_view key, const about& what, const read_table& read);
    void inline_table(std::string_view key, const about& what, const read_table& read);

    struct variant {
        std::string_view name;
        std::function<void()> read;
    };
    // The key decides what else stands in this table; the first is the default. A word that is none of them makes every key of
    // the table acceptable: nobody knows which belong here.
    void variants(std::string_view key, const about& what, std::initializer_list<variant> all);

    // At the key's line, or at the table's when the key is absent: "KEY in TABLE `what`".
    void fault(std::string_view key, std::string_view what);
    void fault_at(std::uint32_t line, std::string text) { of_->faults.add(line, std::move(text)); }
    [[nodiscard]] std::uint32_t line() const noexcept { return table_->source().begin.line; }

 private:
    template <class T>
    struct is_optional : std::false_type {
        using inner = T;
    };
    template <class T>
    struct is_optional<std::optional<T>> : std::true_type {
        using inner = T;
    };

    table_reader(const toml::table& root, reading& of) : table_(&root), of_(&of), place_("the configuration") {}
    table_reader(const toml::table& table, const table_reader& parent, std::string place);

    [[nodiscard]] static std::string quoted(std::string_view text);  // empty stays empty
    [[nodiscard]] static std::string one_of(const std::vector<std::string_view>& names);
    [[nodiscard]] static std::string in_words(std::string_view what, range in);

    [[nodiscard]] const toml::node* find(std::string_view key);
    [[nodiscard]] const toml::node* find(std::string_view key, const about& what);  // a fault when it is required and absent
    [[nodiscard]] const toml::array* list(std::string_view key, const about& what);
    [[nodiscard]] std::optional<std::string> written(std::string_view key, const about& what);
    [[nodiscard]] std::optional<std::size_t> word(std::string_view key, const std::vector<std::string_view>& names,
                                                  const about& what);
    [[nodiscard]] std::optional<std::int64_t> checked(const toml::node& at, std::string_view key, range in);
    [[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view key, range in, const about& what);
    [[nodiscard]] std::vector<std::int64_t> whole_numbers(std::string_view key, range in, const about& what);
    void read_child(const toml::table& table, std::string_view key, std::string place, const read_table& read);
    void close();

    void document(std::string_view key, std::string_view type, const about& what, std::string_view usual,
                  std::string_view example);
    void document_table(std::string_view key, std::string_view header, const about& what);

    const toml::table* table_;
    reading* of_;
    std::string place_;      // as a person would write it: "[[tenant]]"
    std::string name_;       // of the table that a header begins: "tenant.bankgiro"
    std::string prefix_;     // "ocr." in a table that is written in one line
    std::string only_with_;  // the variant that is read
    bool instead_ = false;   // which is not the first
    bool any_key_ = false;
    std::set<std::string, std::less<>> known_;
};

}  // namespace brygga::config::detail
