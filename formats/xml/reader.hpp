// A strict reader of XML 1.0 with namespaces: one tag at a time, in constant memory, straight from the bytes.
//
//     xml::reader in(bytes);
//     for (xml::event what = in.next(); what != xml::event::finished; what = in.next()) {
//         if (what == xml::event::failed) return in.why();
//         if (what == xml::event::end) use(in.name(), in.text());
//     }
//
// One parser reads, checks and cuts: two that disagree about where an element ends are a way to smuggle payments. It knows
// UTF-8, US-ASCII and ISO 8859-1 as they are, and UTF-16 after conversion; whether it is UTF-8 or UTF-16 the bytes say, even
// against the declaration. A document type declaration is refused, and with
// it every entity but the five of XML itself; so is anything beyond the limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/core/text.hpp"

namespace brygga::xml {

enum class event : std::uint8_t {
    start,     // a start tag: name(), attributes()
    end,       // an end tag, or the end of an empty element: name(), and text() of an element without children
    finished,  // the whole document was well-formed
    failed,    // it is not, from why().offset on; the reader stays here
};

struct limits {
    std::size_t depth = 64;
    std::size_t name = 256;
    std::size_t names = 10'000;                  // different ones in one document
    std::size_t attributes = 32;                 // of one element
    std::size_t text = std::size_t{1} << 20;     // bytes of one text or attribute value
    std::size_t blanks = std::size_t{16} << 20;  // between two tags
    std::size_t skipped = std::size_t{1} << 20;  // comments and processing instructions between two tags
    std::size_t utf16 = std::size_t{64} << 20;   // bytes of a document that must be converted as a whole
};

// An element name as it stands in this document. The same name is the same object, as long as the reader lives.
struct tag {
    std::string qualified;          // with its prefix
    std::string_view prefix, name;  // both in it
    std::uint32_t id{};             // 0, 1, 2 ... in the order of appearance

    // What stood there the last time: most documents repeat themselves.
    struct guesses {
        tag* first_child = nullptr;
        tag* next_sibling = nullptr;
    } guess;
    // Under the declarations of the root element: whether its prefix is bound, and to another namespace than the root's.
    bool bound = false, foreign = false;
};

struct attribute {
    std::string_view prefix, name;
    std::string_view value;  // UTF-8, entities resolved; valid until the next tag
    std::size_t offset{};    // of the value
};

// Why a document is not read on. The text is ours and quotes nothing of the document.
struct fault {
    std::string_view text;
    std::size_t offset{};
};

class reader {
 public:
    // The bytes must outlive the reader.
    explicit reader(std::string_view bytes, const limits& within = {});
    reader(const reader&) = delete;
    reader& operator=(const reader&) = delete;

    [[nodiscard]] event next();

    // ---- of the tag that next() told of ----
    [[nodiscard]] const tag& which() const noexcept { return *tag_; }
    [[nodiscard]] std::string_view name() const noexcept { return tag_->name; }  // without prefix
    [[nodiscard]] const std::vector<attribute>& attributes() const noexcept { return attributes_; }
    // Of another namespace than the root element. What is of none is taken for the root's: hand-made files lose it on the way.
    [[nodiscard]] bool foreign() const noexcept { return foreign_; }
    // Of the element whose start tag this is.
    [[nodiscard]] std::string_view namespace_uri() const noexcept {
        const std::string* const uri = uri_of(tag_->prefix, declarations_.size());
        return uri == nullptr ? std::string_view() : std::string_view(*uri);
    }
    // Offset of the '<'.
    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }
    // Offset behind the '>'.
    [[nodiscard]] std::size_t end_offset() const noexcept { return static_cast<std::size_t>(at_ - begin_); }

    // The text of an element without children, at its end: UTF-8, entities and CDATA resolved, line ends as LF. A view of the
    // document, or valid until the next call when text_is_copy().
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] bool text_is_copy() const noexcept { return copied_; }
    // Where that text stands, tags and sections inside included.
    [[nodiscard]] std::size_t text_offset() const noexcept { return text_offset_; }
    [[nodiscard]] std::size_t text_size() const noexcept { return offset_ - text_offset_; }
    // Text that is not blank stood beside child elements, before this tag.
    [[nodiscard]] bool stray_text() const noexcept { return stray_; }

    // ---- of the whole document ----
    [[nodiscard]] std::size_t depth() const noexcept {
        return open_.size();
    }  // at a start: with this element; at an end: without
    [[nodiscard]] std::string_view root_namespace() const noexcept { return root_uri_; }
    // "UTF-8" for a document that was converted from UTF-16: offsets count the converted bytes then, see source_offset().
    [[nodiscard]] encoding in() const noexcept { return in_; }
    [[nodiscard]] bool converted() const noexcept { return converted_ != nullptr; }
    // The bytes that offsets count.
    [[nodiscard]] std::string_view document() const noexcept { return {begin_, static_cast<std::size_t>(end_ - begin_)}; }
    // Where the byte at this offset of document() stands in the bytes that were read. Cheap where offsets follow each other.
    [[nodiscard]] std::size_t source_offset(std::size_t offset) noexcept {
        return converted_ == nullptr ? offset : utf16_offset(offset);
    }
    [[nodiscard]] fault why() const noexcept { return fault_; }

 private:
    struct open_element {
        tag* which{};
        std::size_t content{};       // offset behind the start tag
        std::size_t declarations{};  // in force outside of it
        bool foreign = false;
        bool has_children = false;
    };
    struct declaration {
        std::string prefix, uri;
    };

    event fail(std::string_view text, const char* at);
    void begin(std::string_view bytes);
    bool xml_declaration();
    bool set_encoding(std::string_view label);
    event markup();
    event start_tag();
    bool start_tag_as_before(tag* guessed);
    event end_tag();
    event open(tag* which, std::size_t declarations, bool foreign);
    event close();
    event at_end();
    bool read_name(std::string_view& prefix, std::string_view& name);
    tag* intern(std::string_view qualified, std::string_view prefix, std::string_view name);
    bool read_attributes();
    bool read_attribute();
    bool declare(const attribute& item);
    bool check_attributes();
    bool resolve(tag& which, bool& foreign);
    bool comment();
    bool processing_instruction();
    [[nodiscard]] std::string_view to_skip() const noexcept;
    bool skip(std::size_t size, std::string_view looked_at, std::string_view no_end);
    bool character_section();
    bool content_run();
    bool keep_blanks(const char* from);
    bool keep(const char* from, const char* to, unsigned seen);
    [[nodiscard]] bool as_it_stands(std::string_view run, unsigned seen) const noexcept;
    bool check_characters(std::string_view skipped);
    bool append_decoded(std::string& to, const char* from, const char* until, bool attribute_value);
    bool append_reference(std::string& to, const char*& at, const char* until);
    bool append_plain(std::string& to, const char* from, const char* until);
    // Among the first so many declarations.
    [[nodiscard]] const std::string* uri_of(std::string_view prefix, std::size_t among) const noexcept;
    void skip_blanks() noexcept;
    [[nodiscard]] const char* no_further_than(std::size_t size) const noexcept;
    [[nodiscard]] std::size_t utf16_offset(std::size_t offset) noexcept;

    limits within_;
    std::unique_ptr<std::string> converted_;
    std::size_t counted_to_ = 0, counted_utf16_ = 0;  // bytes of it, and of what they were made of
    const char* begin_ = nullptr;
    const char* end_ = nullptr;
    const char* at_ = nullptr;
    encoding in_ = encoding::utf_8;

    std::vector<open_element> open_;
    std::deque<tag> tags_;
    std::unordered_map<std::string_view, tag*> tags_by_name_;  // keys are views of the tags
    std::vector<declaration> declarations_;
    std::vector<attribute> attributes_;
    std::deque<std::string> attribute_texts_;  // values that had to be resolved
    std::string buffer_;                       // of text that had to be resolved
    std::string root_uri_;
    std::size_t root_declarations_ = 0;

    tag nowhere_;  // stands for the document: its first child is the root
    tag* tag_ = &nowhere_;
    tag** guess_ = &nowhere_.guess.first_child;  // where the next start tag is guessed and learnt
    std::string_view text_;
    std::size_t offset_ = 0, text_offset_ = 0;
    std::size_t skipped_ = 0;  // bytes since the last tag
    fault fault_;
    bool foreign_ = false, copied_ = false, stray_ = false, blank_ = true;
    bool self_closed_ = false, root_seen_ = false, failed_ = false;
};

// The name of the root element and its namespace from the first bytes of a document, for telling formats apart; empty when
// the bytes do not begin like XML or the root tag is not whole. The bytes may end anywhere, within a character as well.
struct root_tag {
    std::string prefix, name, uri;
    std::string first_child;  // empty when it lies beyond the bytes
    std::size_t offset{};     // of its '<', where a name was found
};
[[nodiscard]] root_tag look_at_root(std::string_view head);

}  // namespace brygga::xml
