#include "formats/xml/schema.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/date.hpp"
#include "formats/core/text.hpp"
#include "formats/xml/reader.hpp"

namespace brygga::xml::schema {

namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t day_size = 10;  // 2026-11-26
constexpr std::size_t time_size = 8;  // 10:00:00
constexpr std::size_t most_digits = 18;

// "" or "Z" or "+01:00"
bool is_zone(std::string_view text) noexcept {
    if (text.empty() || text == "Z") return true;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
    const std::string_view hours = text.substr(1, 2), minutes = text.substr(4);
    return all_digits(hours) && all_digits(minutes) && (hours < "14" || text.substr(1) == "14:00") && minutes < "60";
}

bool is_day(std::string_view text) noexcept {
    return parse_iso_date(text) && !text.starts_with("0000");
}

bool is_blank(std::string_view text) noexcept {
    return text.find_first_not_of(blanks) == std::string_view::npos;
}

class walk {
 public:
    walk(std::string_view bytes, const element& root, std::string_view uri, const check_options& how,
         const std::function<void(const fault&)>& tell)
        : in_(bytes), root_(root), uri_(uri), how_(how), tell_(tell) {}

    void run() {
        for (event what = in_.next(); what == event::start || what == event::end; what = in_.next()) {
            if (what == event::start)
                start();
            else
                end();
        }
    }

 private:
    struct open_element {
        const element* is{};
        std::size_t latest = 0;  // of the children so far the one that stands last in the schema
        std::size_t count = 0;   // of that one
        std::size_t number = 1;  // of this one among those of its name
        bool begun = false;      // there was a child that the schema has
        bool has_children = false;
    };

    void start() {
        if (unknown_ != 0) {
            ++unknown_;
            return;
        }
        if (open_.empty()) return start_root();
        stray();
        open_element& parent = open_.back();
        parent.has_children = true;
        const auto children = children_of(*parent.is);
        const auto found =
            in_.namespace_uri() == uri_
                ? std::find_if(children.begin(), children.end(), [&](const element& each) { return each.name == in_.name(); })
                : children.end();
        if (found == children.end()) {
            if (!how_.passes_unknown) fault_at(in_.offset(), in_.name(), "an element that the schema has here");
            unknown_ = 1;
            return;
        }
        const std::size_t number = enter(parent, static_cast<std::size_t>(found - children.begin()));
        open_.push_back({&*found, 0, 0, number});
        attributes();
    }

    void start_root() {
        if (in_.name() != root_.name || in_.namespace_uri() != uri_) {
            fault_at(in_.offset(), in_.name(), "the root element of the format, in its namespace");
            unknown_ = 1;
            return;
        }
        open_.push_back({&root_});
        attributes();
    }

    static std::span<const element> children_of(const element& of) noexcept {
        return of.inside.parts == nullptr ? std::span<const element>() : of.inside.parts->elements;
    }

    // The number of the child among those of its name.
    std::size_t enter(open_element& parent, std::size_t index) {
        const element& item = children_of(*parent.is)[index];
        if (!parent.begun || index > parent.latest) {
            missing(parent, index);
            parent.latest = index;
            parent.count = 1;
        } else if (index == parent.latest) {
            if (++parent.count == item.most + 1) fault_at(in_.offset(), item.name, "no more of this element");
        } else {
            fault_at(in_.offset(), item.name, "it in the order of the schema");
        }
        parent.begun = true;
        return parent.count;
    }

    // Wanted children between the latest one and that with this index.
    void missing(const open_element& parent, std::size_t to) {
        const auto children = children_of(*parent.is);
        for (std::size_t i = parent.begun ? parent.latest : 0; i < to; ++i) {
            const std::size_t count = parent.begun && i == parent.latest ? parent.count : 0;
            if (count < children[i].least) fault_at(in_.offset(), {}, children[i].name);
        }
    }

    void attributes() {
        const complex_type* const type = open_.back().is->inside.parts;
        const auto known = type == nullptr ? std::span<const attribute>() : type->attributes;
        std::vector<bool> seen(known.size());
        for (const xml::attribute& each : in_.attributes()) {
            const auto row =
                std::find_if(known.begin(), known.end(), [&](const attribute& item) { return item.name == each.name; });
            if (is_of_xml(each)) continue;
            if (!each.prefix.empty() || row == known.end()) {
                if (!how_.passes_unknown) fault_at(each.offset, each.name, "an attribute that the schema has here");
                continue;
            }
            seen[static_cast<std::size_t>(row - known.begin())] = true;
            text(*row->type, each.value, each.offset, fmt::format("@{}", row->name));
        }
        for (std::size_t i = 0; i < known.size(); ++i)
            if (known[i].wanted && !seen[i])
                tell_({join(path(), fmt::format("@{}", known[i].name)), source(in_.offset()), {}, "it"});
    }

    static bool is_of_xml(const xml::attribute& item) noexcept {
        const bool tells_schema = item.name == "schemaLocation" || item.name == "noNamespaceSchemaLocation";
        return item.prefix == "xmlns" || (item.prefix.empty() && item.name == "xmlns") || (item.prefix == "xsi" && tells_schema);
    }

    void end() {
        if (unknown_ != 0) {
            --unknown_;
            return;
        }
        const open_element& ended = open_.back();
        const complex_type* const type = ended.is->inside.parts;
        const simple_type* const plain = type == nullptr ? ended.is->inside.text : type->text;
        if (plain != nullptr) {
            if (!ended.has_children) text(*plain, in_.text(), in_.text_offset(), {});
        } else {
            if (!ended.has_children && !is_blank(in_.text())) fault_at(in_.text_offset(), "text", "elements only");
            stray();
            missing(ended, type->elements.size());
        }
        open_.pop_back();
    }

    void stray() {
        if (in_.stray_text()) fault_at(in_.offset(), "text", "elements only");
    }

    void text(const simple_type& type, std::string_view found, std::size_t offset, std::string_view below) {
        if (holds(type, found)) return;
        const bool is_told = !type.is_personal || found.empty();
        tell_({join(path(), below), source(offset),
               is_told ? std::string(found) : fmt::format("{} characters", count_code_points(found)), type.expected});
    }

    void fault_at(std::size_t offset, std::string_view found, std::string_view expected) {
        tell_({path(), source(offset), std::string(found), expected});
    }

    [[nodiscard]] std::size_t source(std::size_t offset) { return in_.source_offset(offset); }

    static std::string join(std::string path, std::string_view name) {
        if (!path.empty() && !name.empty()) path += '/';
        return path += name;
    }

    // Of the innermost open element that is known.
    [[nodiscard]] std::string path() const {
        std::string out;
        for (std::size_t i = 1; i < open_.size(); ++i) {
            out = join(std::move(out), open_[i].is->name);
            if (open_[i].is->most != 1) out += fmt::format("[{}]", open_[i].number);
        }
        return out;
    }

    reader in_;
    const element& root_;
    std::string_view uri_;
    check_options how_;
    const std::function<void(const fault&)>& tell_;
    std::vector<open_element> open_;
    std::size_t unknown_ = 0;  // depth within an element that is not looked into
};

}  // namespace

std::string collapsed(std::string_view text) {
    std::string out;
    for (;;) {
        text = text.substr(std::min(text.find_first_not_of(blanks), text.size()));
        if (text.empty()) return out;
        const std::size_t size = std::min(text.find_first_of(blanks), text.size());
        if (!out.empty()) out += ' ';
        out += text.substr(0, size);
        text.remove_prefix(size);
    }
}

bool holds(const simple_type& type, std::string_view text) {
    const std::string without_blanks = type.keeps_blanks ? std::string() : collapsed(text);
    if (!type.keeps_blanks) text = without_blanks;
    if (!type.codes.empty() && std::find(type.codes.begin(), type.codes.end(), text) == type.codes.end()) return false;
    return type.holds == nullptr || type.holds(text);
}

bool is_text_of(std::string_view utf8, std::size_t least, std::size_t most) noexcept {
    const std::size_t size = count_code_points(utf8);
    return least <= size && size <= most;
}

bool is_number_of(std::string_view text, std::int64_t least, std::int64_t most) noexcept {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (!all_digits(text)) return false;
    text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
    if (text.size() > most_digits) return false;
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    if (negative) value = -value;
    return least <= value && value <= most;
}

bool is_boolean(std::string_view text) noexcept {
    return text == "true" || text == "false" || text == "1" || text == "0";
}

bool is_date(std::string_view text) noexcept {
    return is_day(text.substr(0, day_size)) && is_zone(text.substr(std::min(day_size, text.size())));
}

bool is_moment(std::string_view text) noexcept {
    if (text.size() < day_size + 1 + time_size || !is_day(text.substr(0, day_size)) || text[day_size] != 'T') return false;
    const std::string_view time = text.substr(day_size + 1, time_size);
    const std::string_view hours = time.substr(0, 2), minutes = time.substr(3, 2), seconds = time.substr(6, 2);
    if (!all_digits(hours) || !all_digits(minutes) || !all_digits(seconds) || time[2] != ':' || time[5] != ':') return false;
    if (hours > "23" || minutes > "59" || seconds > "59") return false;
    std::string_view rest = text.substr(day_size + 1 + time_size);
    if (rest.empty() || rest[0] != '.') return is_zone(rest);
    const std::size_t size = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    return size > 1 && is_zone(rest.substr(size));
}

void check(std::string_view bytes, const element& root, std::string_view namespace_uri, const check_options& how,
           const std::function<void(const fault&)>& tell) {
    walk(bytes, root, namespace_uri, how, tell).run();
}

}  // namespace brygga::xml::schema
