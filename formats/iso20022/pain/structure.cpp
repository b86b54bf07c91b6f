#include "formats/iso20022/pain/detail/structure.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "formats/core/text.hpp"
#include "formats/iso20022/pain/detail/schema.hpp"
#include "formats/xml/reader.hpp"

namespace brygga::pain::detail {

namespace {

class walk {
 public:
    walk(std::string_view bytes, std::uint16_t version, reporter& report) : in_(bytes), version_(version), report_(report) {}

    void run() {
        for (xml::event what = in_.next(); what == xml::event::start || what == xml::event::end; what = in_.next()) {
            if (what == xml::event::start)
                start();
            else
                end();
        }
    }

 private:
    struct open_element {
        const sequence* of{};     // nothing: not looked into
        std::size_t current = 0;  // index of the child that is open or was the last
        std::size_t latest = 0;   // of the children so far the one that stands last in the schema
        std::size_t count = 0;    // of that one
        bool begun = false;       // there was a child
    };

    void start() {
        if (unknown_ != 0) {
            ++unknown_;
            return;
        }
        if (open_.empty()) {
            open_.push_back({&document_schema()});
            return;
        }
        open_element& parent = open_.back();
        if (parent.of == nullptr || in_.foreign()) {
            unknown_ = 1;
            return;
        }
        const std::size_t index = find(parent);
        if (index == parent.of->children.size()) {
            tell(severity::warning, in_.name(), "an element that the schema has here");
            unknown_ = 1;
            return;
        }
        enter(parent, index);
        open_.push_back({parent.of->children[index].inside.elements});
    }

    [[nodiscard]] std::size_t find(const open_element& parent) const {
        const auto& children = parent.of->children;
        const auto found = std::find_if(children.begin(), children.end(),
                                        [&](const child& each) { return each.name == in_.name() && each.in(version_); });
        return static_cast<std::size_t>(found - children.begin());
    }

    void enter(open_element& parent, std::size_t index) {
        const child& item = parent.of->children[index];
        if (!parent.begun || index > parent.latest) {
            if (parent.of->choice && parent.begun) tell(severity::error, in_.name(), "one element of a choice");
            if (!parent.of->choice) missing(parent, parent.begun ? parent.latest + 1 : 0, index);
            parent.latest = index;
            parent.count = 1;
        } else if (index == parent.latest) {
            if (++parent.count > item.most) tell(severity::error, in_.name(), fmt::format("at most {} of it", item.most));
        } else {
            tell(severity::error, in_.name(), fmt::format("it before {}", parent.of->children[parent.latest].name));
        }
        parent.begun = true;
        parent.current = index;
    }

    // Wanted children from one index to before another.
    void missing(const open_element& parent, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const child& item = parent.of->children[i];
            if (item.wanted && item.in(version_)) tell(severity::error, {}, item.name);
        }
    }

    void end() {
        if (unknown_ != 0) {
            --unknown_;
            return;
        }
        const open_element ended = open_.back();
        if (ended.of != nullptr) {
            if (ended.of->choice && !ended.begun) tell(severity::error, {}, "one element of a choice");
            if (!ended.of->choice) missing(ended, ended.begun ? ended.latest + 1 : 0, ended.of->children.size());
        }
        open_.pop_back();
        if (!open_.empty() && ended.of == nullptr) leaf(open_.back().of->children[open_.back().current]);
    }

    void leaf(const child& item) {
        const std::string_view text = in_.text();
        const simple_type* type = item.inside.text;
        const bool missing_text = type == nullptr && item.wanted && text.empty();
        if (type == nullptr ? !missing_text : holds(*type, text)) return;
        const bool count = type != nullptr && type->personal && !text.empty();
        report_.tell(rule::R01, severity::error, join(path(), item.name), in_.source_offset(in_.text_offset()),
                     count ? fmt::format("{} characters", count_code_points(text)) : std::string(text),
                     type == nullptr ? "a text" : type->expected);
    }

    void tell(severity level, std::string_view found, std::string_view expected) {
        report_.tell(rule::R01, level, path(), in_.source_offset(in_.offset()), found, expected);
    }

    static std::string join(std::string path, std::string_view name) {
        if (!path.empty()) path += '/';
        return path += name;
    }

    // Of the innermost open element that is known, from below the message: "PmtInf[1]/CdtTrfTxInf[2]/PmtId".
    [[nodiscard]] std::string path() const {
        std::string out;
        for (std::size_t i = 1; i + 1 < open_.size(); ++i) {
            const child& item = open_[i].of->children[open_[i].current];
            out = join(std::move(out), item.name);
            if (item.most == any_number && open_[i].current == open_[i].latest) out += fmt::format("[{}]", open_[i].count);
        }
        return out;
    }

    xml::reader in_;
    std::uint16_t version_;
    reporter& report_;
    std::vector<open_element> open_;
    std::size_t unknown_ = 0;  // depth within an element that no list knows
};

}  // namespace

void check_structure(std::string_view bytes, std::uint16_t version, reporter& report) {
    walk(bytes, version, report).run();
}

}  // namespace brygga::pain::detail
