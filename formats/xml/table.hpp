// One definition per element: a table of paths and members that reads, writes, shows and explains (DESIGN section 3).
//
//     struct party {
//         xml::value name, town;
//         void clear() { *this = {}; }
//     };
//     const xml::table party_table = {
//         xml::one<&party::name>("Nm", {.meaning = "name", .longest = 140, .guard = privacy::name}),
//         xml::one<&party::town>("PstlAdr/TwnNm", {.meaning = "town", .longest = 35}),
//     };
//
// Rows stand in the order of the schema. A path is relative to the element of the table: local names joined by '/', a last
// "@Ccy" for an attribute, "." for the element's own text. Two rows may fill the same member (a name that moved between
// versions). Tables live for ever: make them static.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/privacy.hpp"
#include "formats/xml/list.hpp"
#include "formats/xml/reader.hpp"

namespace brygga::xml {

// The text of an element or attribute, and where it stands in the bytes of the document as they came (those of UTF-16 too). Texts
// are views of the document or of what the reading keeps until the streamed element around them ends, and at the latest until it
// returns.
struct value {
    std::string_view text;
    std::size_t offset{};
    std::size_t size{};  // bytes in the document, with references and sections as written
    bool present = false;

    [[nodiscard]] bool empty() const noexcept { return text.empty(); }
    void clear() noexcept { *this = {}; }
};

// mark: a word by agreement, capitals and digits: BGNR, /CRED/. token: a code of a list, capitals, digits and hyphens: VATEX-EU-AE.
// presence: the element itself says something, whatever it holds. binary: base64.
enum class holds : std::uint8_t { text, mark, code, token, amount, number, day, moment, flag, presence, binary };

class table;

// What a row says of its element beside the path.
struct details {
    std::string_view meaning;
    std::size_t longest = 0;  // characters, 0: not limited
    holds what = holds::text;
    privacy guard = privacy::open;
    std::uint16_t since = 0;  // versions of the message that write it
    std::uint16_t until = std::numeric_limits<std::uint16_t>::max();

    [[nodiscard]] constexpr bool in(std::uint16_t version) const noexcept { return since <= version && version <= until; }
};

struct row {
    enum class kind : std::uint8_t { one, many, part, group, stream };

    std::string_view path;
    kind is{};
    details about;
    const table* inner = nullptr;  // part, group and stream
    std::uint16_t level{};         // stream: what the listener is told

    void (*put)(void* object, const value& found) = nullptr;                    // one and many
    void* (*enter)(void* object) = nullptr;                                     // part, group, stream: cleared where repeated
    std::size_t (*count)(const void* object) = nullptr;                         // how many there are; part and stream: 1
    const value* (*text_at)(const void* object, std::size_t index) = nullptr;   // one and many
    const void* (*object_at)(const void* object, std::size_t index) = nullptr;  // part and group
};

namespace detail {

template <class T>
struct member_of;
template <class Class, class Member>
struct member_of<Member Class::*> {
    using object = Class;
    using type = Member;
};

template <auto Member>
[[nodiscard]] auto& get(void* object) noexcept {
    return static_cast<typename member_of<decltype(Member)>::object*>(object)->*Member;
}
template <auto Member>
[[nodiscard]] const auto& get(const void* object) noexcept {
    return static_cast<const typename member_of<decltype(Member)>::object*>(object)->*Member;
}

}  // namespace detail

// A value: the first one found stays.
template <auto Member>
[[nodiscard]] row one(std::string_view path, const details& about) {
    row made{path, row::kind::one, about};
    made.put = [](void* object, const value& found) {
        value& to = detail::get<Member>(object);
        if (!to.present) to = found;
    };
    made.count = [](const void* object) -> std::size_t { return detail::get<Member>(object).present ? 1 : 0; };
    made.text_at = [](const void* object, std::size_t) { return &detail::get<Member>(object); };
    return made;
}

// A repeated value; the member is a list<value>.
template <auto Member>
[[nodiscard]] row many(std::string_view path, const details& about) {
    row made{path, row::kind::many, about};
    made.put = [](void* object, const value& found) { detail::get<Member>(object).add() = found; };
    made.count = [](const void* object) { return detail::get<Member>(object).size(); };
    made.text_at = [](const void* object, std::size_t index) { return &detail::get<Member>(object)[index]; };
    return made;
}

// An element with a table of its own; the member is an object.
template <auto Member>
[[nodiscard]] row part(std::string_view path, const table& inner, const details& about = {}) {
    row made{path, row::kind::part, about, &inner};
    made.enter = [](void* object) -> void* { return &detail::get<Member>(object); };
    made.count = [](const void*) -> std::size_t { return 1; };
    made.object_at = [](const void* object, std::size_t) -> const void* { return &detail::get<Member>(object); };
    return made;
}

// A repeated element with a table of its own; the member is a list of objects.
template <auto Member>
[[nodiscard]] row group(std::string_view path, const table& inner, const details& about = {}) {
    row made{path, row::kind::group, about, &inner};
    made.enter = [](void* object) -> void* { return &detail::get<Member>(object).add(); };
    made.count = [](const void* object) { return detail::get<Member>(object).size(); };
    made.object_at = [](const void* object, std::size_t index) -> const void* { return &detail::get<Member>(object)[index]; };
    return made;
}

// A repeated element that is handed to the listener when it ends and then used again; the member is an object.
template <auto Member>
[[nodiscard]] row stream(std::string_view path, const table& inner, std::uint16_t level) {
    row made{path, row::kind::stream, {}, &inner, level};
    made.enter = [](void* object) -> void* {
        auto& to = detail::get<Member>(object);
        to.clear();
        return &to;
    };
    made.count = [](const void*) -> std::size_t { return 1; };
    made.object_at = [](const void* object, std::size_t) -> const void* { return &detail::get<Member>(object); };
    return made;
}

class table {
 public:
    table(std::initializer_list<row> rows) : table(std::vector<row>(rows)) {}
    explicit table(std::vector<row> rows);
    table(const table&) = delete;
    table& operator=(const table&) = delete;

    [[nodiscard]] const std::vector<row>& rows() const noexcept { return rows_; }

    // The rows as a tree of element names. Node 0 is the element itself.
    struct node {
        std::string_view name;
        std::uint16_t number{};  // unique among all tables
        std::vector<std::uint16_t> children;
        const row* leaf = nullptr;    // one or many
        const row* inside = nullptr;  // part, group or stream
        std::vector<std::pair<std::string_view, const row*>> attributes;
    };
    [[nodiscard]] const node& at(std::size_t index) const noexcept { return nodes_[index]; }
    // The child with this name; nothing when the table does not know it.
    [[nodiscard]] const node* child(const node& of, std::string_view name) const noexcept;

 private:
    std::uint16_t add(std::uint16_t under, std::string_view name);

    std::vector<row> rows_;
    std::vector<node> nodes_;
};

// Told as streamed elements begin and end. When one begins, its object still holds the element before. Offsets are those of the
// '<' of the start tag and behind the '>' of the end tag.
class listener {
 public:
    virtual ~listener() = default;
    virtual void opened(std::uint16_t /*level*/, std::size_t /*offset*/) {}
    virtual void closed(std::uint16_t /*level*/, std::size_t /*begin*/, std::size_t /*end*/) {}
    // A second element of this name in the same parent, where the table takes one value: the first one stays.
    virtual void repeated(std::string_view /*name*/, std::size_t /*offset*/) {}
    // An element with the name of a streamed one, of another namespace than the root's: it is passed over.
    virtual void foreign(std::string_view /*name*/, std::size_t /*offset*/) {}
};

// Values and groups that one streamed element may hold, so that no document fills the memory.
inline constexpr std::size_t max_values = 200'000;

struct read_outcome {
    bool whole = false;
    fault why;  // when not
    std::string_view namespace_uri;
};

// Reads a document whose root element is described by `of` into `root`, one streamed element at a time. Elements that the
// table does not know, and those of other namespaces than the root's, are passed over.
[[nodiscard]] read_outcome read(reader& in, const table& of, void* root, listener& to);

}  // namespace brygga::xml
