#include "formats/einvoice/tree.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/einvoice/text.hpp"

namespace brygga::einvoice {

namespace {

constexpr std::size_t most_text = std::size_t{140} << 20;  // an attachment of 100 MiB in base64
constexpr std::size_t most_depth = 256;
constexpr std::size_t most_attributes = 64;

}  // namespace

xml::limits limits_of_documents() {
    xml::limits out;
    out.depth = most_depth;
    out.attributes = most_attributes;
    out.text = most_text;
    return out;
}

tree::tree(std::string_view bytes, const language& of) {
    if (bytes.size() > max_document_bytes) {
        fault_ = xml::fault{"the document is larger than the limit", 0};
        return;
    }
    xml::reader in(bytes, limits_of_documents());
    read(in, of);
}

void tree::read(xml::reader& in, const language& of) {
    for (xml::event what = in.next(); what != xml::event::finished; what = in.next()) {
        if (what == xml::event::failed) {
            fault_ = in.why();
            fault_->offset = in.source_offset(fault_->offset);
            break;
        }
        if (in.stray_text() && !open_.empty()) nodes_[open_.back()].has_stray_text = true;
        if (what == xml::event::start) {
            if (nodes_.size() == max_elements) {
                fault_ = xml::fault{"the document has more elements than the limit", in.source_offset(in.offset())};
                break;
            }
            open(in, of);
            continue;
        }
        node& ended = nodes_[open_.back()];
        if (ended.first_child == none) ended.text = in.text_is_copy() || in.converted() ? kept(in.text()) : in.text();
        open_.pop_back();
    }
    root_namespace_ = kept(in.root_namespace());
}

void tree::open(xml::reader& in, const language& of) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    node made;
    made.is = name_of(in.name());
    made.local_name =
        made.is == element_name::other ? kept(in.name()) : detail::vocabulary[static_cast<std::size_t>(made.is) - 1];
    made.part = of.part_of(in.namespace_uri());
    if (made.part == vocabulary_part::other || made.part == vocabulary_part::extension)
        made.is = element_name::other;  // a name of another vocabulary is another name
    made.offset = in.source_offset(in.offset());
    made.first_attribute = static_cast<std::uint32_t>(attributes_.size());
    for (const xml::attribute& each : in.attributes()) {
        if (each.prefix == "xmlns" || (each.prefix.empty() && each.name == "xmlns")) continue;
        // One of another namespace is another attribute.
        attributes_.push_back(
            {each.prefix.empty() ? kept(each.name) : kept(fmt::format("{}:{}", each.prefix, each.name)), kept(each.value)});
        ++made.attributes;
    }
    if (!open_.empty()) {
        made.parent = open_.back();
        node& around = nodes_[made.parent];
        if (around.last_child == none)
            around.first_child = index;
        else
            nodes_[around.last_child].next = index;
        around.last_child = index;
    }
    nodes_.push_back(made);
    open_.push_back(index);
}

std::string_view tree::kept(std::string_view text) {
    if (text.empty()) return {};
    auto* const to = static_cast<char*>(texts_.allocate(text.size(), 1));
    std::copy(text.begin(), text.end(), to);
    return {to, text.size()};
}

element_name element::is() const noexcept {
    return in_ == nullptr ? element_name::other : in_->nodes_[index_].is;
}

std::string_view element::local_name() const noexcept {
    return in_ == nullptr ? std::string_view() : in_->nodes_[index_].local_name;
}

vocabulary_part element::part() const noexcept {
    return in_ == nullptr ? vocabulary_part::other : in_->nodes_[index_].part;
}

std::string_view element::raw() const noexcept {
    return in_ == nullptr ? std::string_view() : in_->nodes_[index_].text;
}

std::string_view element::text() const noexcept {
    return without_blanks(raw());
}

bool element::has_children() const noexcept {
    return in_ != nullptr && in_->nodes_[index_].first_child != tree::none;
}

bool element::has_attributes() const noexcept {
    return in_ != nullptr && in_->nodes_[index_].attributes != 0;
}

bool element::has_stray_text() const noexcept {
    return in_ != nullptr && in_->nodes_[index_].has_stray_text;
}

std::optional<std::string_view> element::attribute(std::string_view local_name) const noexcept {
    if (in_ == nullptr) return std::nullopt;
    const tree::node& at = in_->nodes_[index_];
    for (std::uint32_t i = at.first_attribute; i != at.first_attribute + at.attributes; ++i)
        if (in_->attributes_[i].name == local_name) return in_->attributes_[i].value;
    return std::nullopt;
}

std::vector<std::pair<std::string_view, std::string_view>> element::attributes() const {
    std::vector<std::pair<std::string_view, std::string_view>> out;
    if (in_ == nullptr) return out;
    const tree::node& at = in_->nodes_[index_];
    for (std::uint32_t i = at.first_attribute; i != at.first_attribute + at.attributes; ++i)
        out.emplace_back(in_->attributes_[i].name, in_->attributes_[i].value);
    return out;
}

std::size_t element::offset() const noexcept {
    return in_ == nullptr ? 0 : in_->nodes_[index_].offset;
}

std::string element::path() const {
    if (in_ == nullptr) return {};
    const element around = parent();
    if (!around) return std::string(local_name());
    std::size_t number = 1;
    for (element before = around.first_child(); before && before != *this; before = before.next())
        if (before.local_name() == local_name()) ++number;
    return number == 1 ? fmt::format("{}/{}", around.path(), local_name())
                       : fmt::format("{}/{}[{}]", around.path(), local_name(), number);
}

element element::parent() const noexcept {
    if (in_ == nullptr || in_->nodes_[index_].parent == tree::none) return {};
    return {in_, in_->nodes_[index_].parent};
}

element element::child(element_name which) const noexcept {
    for (element at = first_child(); at; at = at.next())
        if (at.is() == which) return at;
    return {};
}

element element::first_child() const noexcept {
    if (in_ == nullptr || in_->nodes_[index_].first_child == tree::none) return {};
    return {in_, in_->nodes_[index_].first_child};
}

element element::next() const noexcept {
    if (in_ == nullptr || in_->nodes_[index_].next == tree::none) return {};
    return {in_, in_->nodes_[index_].next};
}

}  // namespace brygga::einvoice
