#include "formats/xml/writer.hpp"

#include <algorithm>
#include <utility>

#include "formats/xml/detail/characters.hpp"

namespace brygga::xml {

namespace {

constexpr std::size_t flush_bytes = std::size_t{256} << 10;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

// "Amt/@Ccy" of the element "Amt", "@Ccy" of the element of the table.
bool is_attribute_of(std::string_view path, std::string_view element) noexcept {
    if (element.empty()) return path.starts_with('@');
    return path.size() > element.size() + 1 && path.starts_with(element) && path.substr(element.size()).starts_with("/@");
}

bool is_attribute(std::string_view path) noexcept {
    return path.find('@') != std::string_view::npos;
}

constexpr std::string_view own_text = ".";

std::pair<std::string_view, std::string_view> parents_and_name(std::string_view path) noexcept {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return {{}, path};
    return {path.substr(0, slash), path.substr(slash + 1)};
}

}  // namespace

bool holds_forbidden(std::string_view utf8) noexcept {
    return std::any_of(utf8.begin(), utf8.end(), [](char c) { return (detail::character_class(c) & detail::forbidden) != 0; });
}

std::string escaped(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    for (const char c : utf8) {
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\r':
                out += "&#13;";
                break;
            default:
                if ((detail::character_class(c) & detail::forbidden) != 0)
                    out += replacement;
                else
                    out += c;
        }
    }
    return out;
}

std::string escaped_attribute(std::string_view utf8) {
    std::string out;
    for (const char c : escaped(utf8)) {
        if (c == '\n' || c == '\t')
            out += c == '\n' ? "&#10;" : "&#9;";
        else if (c == '\'')
            out += "&apos;";
        else
            out += c;
    }
    return out;
}

void writer::flush() {
    if (!buffer_.empty()) to_(buffer_);
    buffer_.clear();
}

void writer::indent() {
    if (buffer_.size() >= flush_bytes) flush();
    buffer_.append(2 * depth_, ' ');
}

void writer::start(std::string_view name) {
    indent();
    ((buffer_ += '<') += name) += ">\n";
    ++depth_;
}

void writer::end(std::string_view name) {
    --depth_;
    indent();
    ((buffer_ += "</") += name) += ">\n";
}

void writer::document(std::string_view root, std::string_view namespace_uri, const std::function<void()>& content) {
    static const table without_attributes = {};
    document(root, namespace_uri, without_attributes, nullptr, content);
}

void writer::document(std::string_view root, std::string_view namespace_uri, const table& of, const void* object,
                      const std::function<void()>& content) {
    buffer_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    (((buffer_ += '<') += root) += " xmlns=\"") += namespace_uri;
    buffer_ += '"';
    attributes(of, object, {}, 0);
    buffer_ += ">\n";
    ++depth_;
    const std::size_t behind = rows(of, object, 0);
    content();
    (void)rows(of, object, behind);
    end(root);
    flush();
}

void writer::open(std::string_view name, const table& of, const void* object) {
    indent();
    (buffer_ += '<') += name;
    attributes(of, object, {}, 0);
    buffer_ += ">\n";
    ++depth_;
    open_.push_back({name, &of, object, rows(of, object, 0)});
}

void writer::close() {
    const element last = open_.back();
    open_.pop_back();
    (void)rows(*last.of, last.object, last.next_row);
    end(last.name);
}

void writer::whole(std::string_view name, const table& of, const void* object) {
    const bool has_elements = std::any_of(of.rows().begin(), of.rows().end(),
                                          [](const row& each) { return each.path != own_text && !is_attribute(each.path); });
    if (!has_elements) return nested(name, of, object);
    open(name, of, object);
    close();
}

std::size_t writer::rows(const table& of, const void* object, std::size_t from) {
    std::vector<std::string_view> outer = std::exchange(path_, {});
    std::size_t at = from;
    for (bool streamed = false; at < of.rows().size(); ++at) {
        const row& item = of.rows()[at];
        if (item.is == row::kind::stream) {
            if (from == 0) streamed = true;
            continue;
        }
        if (streamed) break;
        if (!item.about.in(version_) || is_attribute(item.path)) continue;
        for (std::size_t i = 0; i < item.count(object); ++i)
            leaf(of, item, object, i);
    }
    leave_all();
    path_ = std::move(outer);
    return at;
}

void writer::leaf(const table& of, const row& item, const void* object, std::size_t index) {
    const auto [parents, name] = parents_and_name(item.path);
    if (item.inner != nullptr) {
        const void* const inner = item.object_at(object, index);
        if (!holds_anything(*item.inner, inner)) return;
        go_to(parents);
        nested(name, *item.inner, inner);
        return;
    }
    go_to(parents);
    indent();
    (buffer_ += '<') += name;
    attributes(of, object, item.path, index);
    const std::string_view text = item.text_at(object, index)->text;
    if (text.empty()) {
        buffer_ += "/>\n";
        return;
    }
    (buffer_ += '>') += escaped(text);
    ((buffer_ += "</") += name) += ">\n";
}

void writer::attributes(const table& of, const void* object, std::string_view of_element, std::size_t index) {
    for (const row& each : of.rows()) {
        if (!is_attribute_of(each.path, of_element) || !each.about.in(version_) || index >= each.count(object)) continue;
        (((buffer_ += ' ') += each.path.substr(each.path.find('@') + 1)) += "=\"") +=
            escaped_attribute(each.text_at(object, index)->text);
        buffer_ += '"';
    }
}

// An element with a table of its own: nothing but attributes, attributes and a text, or elements.
void writer::nested(std::string_view name, const table& of, const void* object) {
    const row* text = nullptr;
    bool has_elements = false;
    for (const row& each : of.rows()) {
        if (each.path == own_text)
            text = &each;
        else
            has_elements = has_elements || !is_attribute(each.path);
    }
    indent();
    (buffer_ += '<') += name;
    attributes(of, object, {}, 0);
    if (has_elements) {
        buffer_ += ">\n";
        ++depth_;
        (void)rows(of, object, 0);
        end(name);
    } else if (text != nullptr && text->count(object) != 0) {
        (buffer_ += '>') += escaped(text->text_at(object, 0)->text);
        ((buffer_ += "</") += name) += ">\n";
    } else {
        buffer_ += "/>\n";
    }
}

// Closes and opens elements until those of `parents` are open.
void writer::go_to(std::string_view parents) {
    std::size_t common = 0;
    std::string_view rest = parents;
    const auto next = [&rest] {
        const std::size_t size = std::min(rest.find('/'), rest.size());
        const std::string_view name = rest.substr(0, size);
        rest.remove_prefix(std::min(size + 1, rest.size()));
        return name;
    };
    std::string_view name;
    while (!rest.empty()) {
        name = next();
        if (common == path_.size() || path_[common] != name) break;
        ++common;
        name = {};
    }
    while (path_.size() > common) {
        end(path_.back());
        path_.pop_back();
    }
    while (!name.empty()) {
        start(name);
        path_.push_back(name);
        name = rest.empty() ? std::string_view() : next();
    }
}

void writer::leave_all() {
    while (!path_.empty()) {
        end(path_.back());
        path_.pop_back();
    }
}

bool writer::holds_anything(const table& of, const void* object) const {
    return std::any_of(of.rows().begin(), of.rows().end(), [&](const row& each) {
        if (!each.about.in(version_)) return false;
        const std::size_t count = each.count(object);
        if (each.inner == nullptr || count == 0) return count != 0;
        return each.is == row::kind::group || holds_anything(*each.inner, each.object_at(object, 0));
    });
}

}  // namespace brygga::xml
