#include "formats/xml/reader.hpp"

#include <algorithm>
#include <cstring>

#include "formats/xml/detail/bytes.hpp"

namespace brygga::xml {

using namespace detail;

namespace {

// Names are short: a call of memcmp costs more than the comparison.
bool same(const char* at, const std::string& name) noexcept {
    const char* const other = name.data();
    const std::size_t size = name.size();
    if (size < 8) {
        for (std::size_t i = 0; i < size; ++i)
            if (at[i] != other[i]) return false;
        return true;
    }
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    for (std::size_t i = 0;; i = std::min(i + 8, size - 8)) {
        std::memcpy(&left, at + i, sizeof left);
        std::memcpy(&right, other + i, sizeof right);
        if (left != right) return false;
        if (i + 8 == size) return true;
    }
}

}  // namespace

reader::reader(std::string_view bytes, const limits& within) : within_(within) {
    begin(bytes);
}

event reader::fail(std::string_view text, const char* at) {
    if (!failed_) fault_ = {text, static_cast<std::size_t>(at - begin_)};
    failed_ = true;
    tag_ = &nowhere_;
    text_ = {};
    return event::failed;
}

void reader::begin(std::string_view bytes) {
    begin_ = at_ = bytes.data();
    end_ = begin_ + bytes.size();
    if (const utf16_form form = utf16_form_of(bytes); form != utf16_form::none) {
        if (bytes.size() > within_.utf16) {
            fail("a document in UTF-16 is larger than the limit", begin_);
            return;
        }
        auto text = utf16_to_utf8(bytes, form);
        if (!text) {
            fail("the document is not valid UTF-16", begin_);
            return;
        }
        converted_ = std::make_unique<std::string>(std::move(*text));
        begin_ = at_ = converted_->data();
        end_ = begin_ + converted_->size();
    }
    if (starts(at_, end_, utf8_byte_order_mark)) at_ += utf8_byte_order_mark.size();
    if (starts(at_, end_, "<?xml") && end_ - at_ > 5 && blank(at_[5])) (void)xml_declaration();
}

// <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
bool reader::xml_declaration() {
    const char* const from = at_;
    at_ += 5;
    for (bool more = true; more;) {
        skip_blanks();
        if (starts(at_, end_, "?>")) break;
        more = read_attribute();
    }
    if (failed_) return false;
    std::string_view version;
    for (const attribute& each : attributes_) {
        if (each.name == "version") version = each.value;
        if (each.name == "encoding" && !set_encoding(each.value)) {
            fail("the declared encoding is none of UTF-8, UTF-16, US-ASCII and ISO-8859-1", begin_ + each.offset);
            return false;
        }
    }
    if (!version.starts_with("1.")) {
        fail("the XML declaration has no version 1", from);
        return false;
    }
    attributes_.clear();
    at_ += 2;
    return true;
}

bool reader::set_encoding(std::string_view label) {
    std::string small(label);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    // Of Unicode's forms the bytes say which it is, whatever a program on the way has declared.
    const bool unicode = small == "utf-8" || small == "utf8" || small == "utf-16" || small == "utf-16le" || small == "utf-16be";
    if (unicode || converted_ != nullptr) return unicode;
    if (small == "us-ascii" || small == "ascii") return true;
    if (small != "iso-8859-1" && small != "latin1") return false;
    in_ = encoding::iso_8859_1;
    return true;
}

// The end of so many bytes and one more: nothing is looked at beyond, for looking takes memory.
const char* reader::no_further_than(std::size_t size) const noexcept {
    return static_cast<std::size_t>(end_ - at_) > size ? at_ + size + 1 : end_;
}

void reader::skip_blanks() noexcept {
    at_ = after_blanks(at_, end_);
}

std::size_t reader::utf16_offset(std::size_t offset) noexcept {
    const auto size = [this](std::size_t at) -> std::size_t {
        const auto byte = static_cast<unsigned char>(begin_[at]);
        if ((byte & 0xC0U) == 0x80U) return 0;  // within a character
        return byte < 0xF0 ? 2 : 4;
    };
    while (counted_to_ < offset)
        counted_utf16_ += size(counted_to_++);
    while (counted_to_ > offset)
        counted_utf16_ -= size(--counted_to_);
    return counted_utf16_;
}

event reader::next() {
    if (failed_) return event::failed;
    text_ = {};
    copied_ = stray_ = false;
    if (self_closed_) {
        self_closed_ = false;
        return close();
    }
    blank_ = true;
    skipped_ = 0;
    text_offset_ = static_cast<std::size_t>(at_ - begin_);
    for (;;) {
        const char* const from = at_;
        const char* const far = no_further_than(within_.blanks);
        at_ = after_blanks(at_, far);
        if (at_ == far && far != end_) return fail("more blanks than the limit", from);
        if (at_ == end_ || *at_ != '<') {
            at_ = from;
            if (!content_run()) return event::failed;
            if (at_ == end_) return at_end();
        } else if (from != at_ && !keep_blanks(from)) {
            return event::failed;
        }
        const event what = markup();
        if (what != event::finished) return what;
    }
}

// At a '<'; finished stands for what is skipped or belongs to the text.
event reader::markup() {
    offset_ = static_cast<std::size_t>(at_ - begin_);
    const char after = end_ - at_ > 1 ? at_[1] : '\0';
    if (after == '/') return end_tag();
    if (after != '!' && after != '?') return start_tag();
    bool done = false;
    if (after == '?')
        done = processing_instruction();
    else if (starts(at_, end_, "<!--"))
        done = comment();
    else if (starts(at_, end_, "<![CDATA["))
        done = character_section();
    else
        fail("a document type declaration is refused", at_);
    return done ? event::finished : event::failed;
}

// A run of blanks up to at_: part of a text, or nothing.
bool reader::keep_blanks(const char* from) {
    if (open_.empty() ||
        (text_.empty() && !copied_ && std::memchr(from, '\r', static_cast<std::size_t>(at_ - from)) == nullptr)) {
        if (!open_.empty()) text_ = {from, at_};
        return true;
    }
    return keep(from, at_, stops_text | resolved);
}

event reader::at_end() {
    if (!open_.empty()) return fail("the document ends within an element", end_);
    if (!root_seen_) return fail("the document has no element", end_);
    return event::finished;
}

// The name at at_; at_ is behind it then.
bool reader::read_name(std::string_view& prefix, std::string_view& name) {
    const char* const from = at_;
    const char* colon = nullptr;
    unsigned seen = 0;
    if (at_ == end_ || (character_class(*at_) & starts_name) == 0) return fail("a name was expected", at_), false;
    for (; at_ != end_ && (character_class(*at_) & in_name) != 0; ++at_) {
        seen |= character_class(*at_);
        if (*at_ != ':') continue;
        if (colon != nullptr) return fail("a name has more than one colon", at_), false;
        colon = at_;
    }
    const std::string_view whole(from, at_);
    if (whole.size() > within_.name) return fail("a name is longer than the limit", from), false;
    if ((seen & beyond_ascii) != 0 && !as_it_stands(whole, seen)) return fail("a name is not valid UTF-8", from), false;
    prefix = colon == nullptr ? std::string_view() : std::string_view(from, colon);
    name = colon == nullptr ? whole : std::string_view(colon + 1, at_);
    if (colon == nullptr) return true;
    if (prefix.empty() || name.empty() || (character_class(name[0]) & starts_name) == 0)
        return fail("a name has an empty part", from), false;
    return true;
}

tag* reader::intern(std::string_view qualified, std::string_view prefix, std::string_view name) {
    const auto known = tags_by_name_.find(qualified);
    if (known != tags_by_name_.end()) return known->second;
    if (tags_.size() >= within_.names) return nullptr;
    tag& made = tags_.emplace_back();
    made.qualified = qualified;
    made.prefix = std::string_view(made.qualified).substr(0, prefix.size());
    made.name = std::string_view(made.qualified).substr(qualified.size() - name.size());
    made.id = static_cast<std::uint32_t>(tags_.size() - 1);
    const std::string* const uri = uri_of(prefix, root_seen_ ? root_declarations_ : declarations_.size());
    made.bound = uri != nullptr;
    made.foreign = root_seen_ && uri != nullptr && !uri->empty() && *uri != root_uri_;
    tags_by_name_.emplace(made.qualified, &made);
    return &made;
}

bool reader::read_attribute() {
    if (attributes_.size() >= within_.attributes) return fail("an element has more attributes than the limit", at_), false;
    attribute made;
    if (!read_name(made.prefix, made.name)) return false;
    skip_blanks();
    if (at_ == end_ || *at_ != '=') return fail("an attribute has no value", at_), false;
    ++at_;
    skip_blanks();
    if (at_ == end_ || (*at_ != '"' && *at_ != '\'')) return fail("an attribute's value is not quoted", at_), false;
    const char quote = *at_++;
    const char* const from = at_;
    unsigned seen = 0;
    const char* const far = no_further_than(most_written * within_.text);
    for (; at_ != far && *at_ != quote; ++at_) {
        if (*at_ == '<') return fail("< stands in an attribute's value", at_), false;
        seen |= character_class(*at_);
        if ((seen & forbidden) != 0) return fail("a control character is no XML", at_), false;
    }
    if (at_ == far && far != end_) return fail("an attribute's value is longer than the limit", from), false;
    if (at_ == end_) return fail("an attribute's value does not end", from), false;
    made.offset = static_cast<std::size_t>(from - begin_);
    made.value = {from, at_};
    if (made.value.size() > within_.text) return fail("an attribute's value is longer than the limit", from), false;
    if (!as_it_stands(made.value, seen) || made.value.find_first_of("\t\n") != std::string_view::npos) {
        attribute_texts_.emplace_back();
        if (!append_decoded(attribute_texts_.back(), from, at_, true)) return false;
        made.value = attribute_texts_.back();
    }
    ++at_;
    attributes_.push_back(made);
    return true;
}

bool reader::declare(const attribute& item) {
    const bool named = item.prefix == "xmlns";
    if (!named && !(item.prefix.empty() && item.name == "xmlns")) return true;
    if (named && item.value.empty()) return fail("a namespace prefix is bound to nothing", begin_ + item.offset), false;
    if (named && (item.name == "xml" || item.name == "xmlns"))
        return fail("a reserved namespace prefix is bound", begin_ + item.offset), false;
    declarations_.push_back({named ? std::string(item.name) : std::string(), std::string(item.value)});
    return true;
}

const std::string* reader::uri_of(std::string_view prefix, std::size_t among) const noexcept {
    static const std::string none;
    static const std::string reserved = "http://www.w3.org/XML/1998/namespace";
    for (std::size_t i = among; i-- > 0;)
        if (declarations_[i].prefix == prefix) return &declarations_[i].uri;
    if (prefix == "xml") return &reserved;
    return prefix.empty() ? &none : nullptr;
}

bool reader::check_attributes() {
    for (std::size_t i = 0; i < attributes_.size(); ++i) {
        const attribute& each = attributes_[i];
        if (!each.prefix.empty() && each.prefix != "xmlns" && uri_of(each.prefix, declarations_.size()) == nullptr)
            return fail("a namespace prefix is not bound", begin_ + each.offset), false;
        for (std::size_t before = 0; before < i; ++before)
            if (attributes_[before].name == each.name && attributes_[before].prefix == each.prefix)
                return fail("an attribute stands twice", begin_ + each.offset), false;
    }
    return true;
}

// Whether the element is of the root's namespace.
bool reader::resolve(tag& which, bool& foreign) {
    const std::string* const uri = uri_of(which.prefix, declarations_.size());
    if (uri == nullptr) return fail("a namespace prefix is not bound", begin_ + offset_), false;
    if (!root_seen_) root_uri_ = *uri;
    foreign = !uri->empty() && *uri != root_uri_;
    return true;
}

bool reader::read_attributes() {
    for (;;) {
        const char* const before = at_;
        skip_blanks();
        if (at_ == end_ || *at_ == '>' || *at_ == '/') break;
        if (at_ == before) return fail("a tag holds a character that no name has", at_), false;
        if (!read_attribute()) return false;
    }
    for (const attribute& each : attributes_)
        if (!declare(each)) return false;
    return check_attributes();
}

// A tag without attributes that is the guessed one, under the declarations of the root.
bool reader::start_tag_as_before(tag* guessed) {
    if (guessed == nullptr || !guessed->bound || declarations_.size() != root_declarations_) return false;
    const std::size_t size = guessed->qualified.size();
    if (static_cast<std::size_t>(end_ - at_) < size + 2 || at_[size + 1] != '>' || !same(at_ + 1, guessed->qualified))
        return false;
    at_ += size + 2;
    return true;
}

event reader::start_tag() {
    if (open_.empty() && root_seen_) return fail("a second root element", at_);
    if (open_.size() >= within_.depth) return fail("elements are nested deeper than the limit", at_);
    stray_ = !blank_;
    text_ = {};
    copied_ = false;
    if (!attributes_.empty()) attributes_.clear();
    if (start_tag_as_before(*guess_)) return open(*guess_, root_declarations_, (*guess_)->foreign);
    if (!attribute_texts_.empty()) attribute_texts_.clear();
    const char* const from = ++at_;
    const std::size_t declarations = declarations_.size();
    std::string_view prefix;
    std::string_view name;
    if (!read_name(prefix, name)) return event::failed;
    const std::string_view qualified(from, at_);
    if (at_ != end_ && *at_ != '>' && !read_attributes()) return event::failed;
    tag* const which = intern(qualified, prefix, name);
    if (which == nullptr) return fail("the document has more different names than the limit", from);
    bool foreign = false;
    if (!resolve(*which, foreign)) return event::failed;
    if (at_ != end_ && *at_ == '/') {
        ++at_;
        self_closed_ = true;
    }
    if (at_ == end_ || *at_ != '>') return fail("a tag does not end", begin_ + offset_);
    ++at_;
    if (!root_seen_) root_declarations_ = declarations_.size();
    root_seen_ = true;
    *guess_ = which;
    return open(which, declarations, foreign);
}

event reader::open(tag* which, std::size_t declarations, bool foreign) {
    if (!open_.empty()) open_.back().has_children = true;
    open_.push_back({which, end_offset(), declarations, foreign, false});
    tag_ = which;
    foreign_ = foreign;
    guess_ = &which->guess.first_child;
    return event::start;
}

event reader::end_tag() {
    if (open_.empty()) return fail("an end tag has no start tag", at_);
    const std::string& wanted = open_.back().which->qualified;
    const char* after = at_ + 2;
    if (static_cast<std::size_t>(end_ - after) <= wanted.size() || !same(after, wanted))
        return fail("an end tag does not fit its start tag", at_);
    after += wanted.size();
    if (*after != '>') after = after_blanks(after, end_);
    if (after == end_ || *after != '>') return fail("an end tag does not fit its start tag", at_);
    at_ = after + 1;
    return close();
}

event reader::close() {
    const open_element& ends = open_.back();
    tag_ = ends.which;
    foreign_ = ends.foreign;
    if (ends.has_children) {
        stray_ = !blank_;
        text_ = {};
    }
    text_offset_ = ends.content;
    if (declarations_.size() != ends.declarations) declarations_.resize(ends.declarations);
    open_.pop_back();
    guess_ = &tag_->guess.next_sibling;
    return event::end;
}

namespace {

// Half a character at the end would make the whole no UTF-16.
std::string_view whole_characters(std::string_view head) noexcept {
    const utf16_form form = utf16_form_of(head);
    if (form == utf16_form::none) return head;
    head.remove_suffix(head.size() % 2);
    const char high = head[head.size() - (form == utf16_form::big ? 2 : 1)];
    const bool half_a_pair = (static_cast<unsigned char>(high) & 0xFCU) == 0xD8U;
    return half_a_pair ? head.substr(0, head.size() - 2) : head;
}

}  // namespace

root_tag look_at_root(std::string_view head) {
    reader in(whole_characters(head));
    root_tag out;
    if (in.next() != event::start) return out;
    out.prefix = in.which().prefix;
    out.name = in.name();
    out.uri = in.root_namespace();
    out.offset = in.source_offset(in.offset());
    if (in.next() == event::start) out.first_child = in.name();
    return out;
}

}  // namespace brygga::xml
