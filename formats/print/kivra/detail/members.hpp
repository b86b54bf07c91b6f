// Members of a JSON object, asked for one by one; the first fault is kept, with the path of the member and never its value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/date.hpp"
#include "formats/core/money.hpp"
#include "formats/core/result.hpp"

namespace brygga::kivra::detail {

struct faults {
    std::optional<std::string> first;

    void add(std::string text) {
        if (!first) first = std::move(text);
    }
    [[nodiscard]] error as_error(std::string_view what) const {
        return {error_code::invalid_content, fmt::format("{}: {}", what, first.value_or(""))};
    }
};

class members {
 public:
    members(const nlohmann::json& of, std::string path, faults& into) : of_(of), path_(std::move(path)), faults_(into) {
        if (!of_.is_object()) faults_.add(fmt::format("{} is no object", path_.empty() ? "the text" : path_));
    }

    // Nothing when it is absent (or null) and need not be there, or when it has another form.
    std::optional<std::string> text(const char* name, bool needed = false) {
        const nlohmann::json* const found = find(name, needed);
        if (found == nullptr) return std::nullopt;
        if (found->is_string()) return found->get<std::string>();
        faults_.add(fmt::format("{} is no text", at(name)));
        return std::nullopt;
    }
    std::string text_or_empty(const char* name) { return text(name).value_or(""); }
    std::string needed_text(const char* name) { return text(name, true).value_or(""); }

    std::optional<date> day(const char* name, bool needed = false) {
        const auto read = text(name, needed);
        if (!read) return std::nullopt;
        const auto day = parse_iso_date(*read);
        if (!day) faults_.add(fmt::format("{} is no day", at(name)));
        return day;
    }

    // A decimal number as text: Kivra's amounts are never JSON numbers.
    std::optional<std::int64_t> amount(const char* name, bool needed = false) {
        const auto read = text(name, needed);
        if (!read) return std::nullopt;
        const auto amount_ore = parse_decimal_amount(*read);
        if (amount_ore) return *amount_ore;
        faults_.add(fmt::format("{} is no amount", at(name)));
        return std::nullopt;
    }

    // Null is like absent.
    const nlohmann::json* find(const char* name, bool needed = false) {
        if (!of_.is_object()) return nullptr;
        const auto found = of_.find(name);
        if (found != of_.end() && !found->is_null()) {
            ++asked_;
            return &*found;
        }
        if (needed) faults_.add(fmt::format("{} is missing", at(name)));
        return nullptr;
    }

    void fault(const char* name, std::string_view what) { faults_.add(fmt::format("{} {}", at(name), what)); }
    [[nodiscard]] std::string at(std::string_view name) const { return fmt::format("{}/{}", path_, name); }

    // After all others: a member that nobody asked for. Only where every member is asked for once.
    void nothing_else() {
        if (of_.is_object() && of_.size() != asked_) faults_.add(fmt::format("{}/ holds a member that is unknown", path_));
    }

 private:
    const nlohmann::json& of_;
    std::string path_;
    faults& faults_;
    std::size_t asked_ = 0;
};

}  // namespace brygga::kivra::detail
