// What a schema (XSD) asks of elements, attributes and texts, written as tables, and whether a document keeps it. The tables are
// held against the schema itself by tests; they do not know the tables that read (table.hpp).
//
//     constexpr xml::schema::simple_type town = {"1 to 35 characters", xml::schema::is_text<1, 35>};
//     constexpr xml::schema::element parts[] = {{"Street", town, 0}, {"Town", town}};
//     constexpr xml::schema::complex_type address = {parts};
//     constexpr xml::schema::element root = {"Address", address};
//     xml::schema::check(bytes, root, "urn:...", {}, [](const xml::schema::fault& each) { ... });
//
// Stricter than XSD on purpose: years have four digits and are not 0000, no day ends at 24:00:00, integers have at most 18
// digits, and of the attributes of XMLSchema-instance only the two that tell where schemas lie may stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace brygga::xml::schema {

// ---- texts ----

// Blanks as XSD collapses them: none at the ends, one space between words.
[[nodiscard]] std::string collapsed(std::string_view text);

struct simple_type {
    std::string_view expected;                     // what would have been right, for a finding
    bool (*holds)(std::string_view) = nullptr;     // of the text, collapsed unless keeps_blanks; null: any
    std::span<const std::string_view> codes = {};  // the text is one of them, where there are any
    bool keeps_blanks = false;                     // xs:string
    bool is_personal = false;                      // may tell of a person: a fault tells its length only
};
[[nodiscard]] bool holds(const simple_type& type, std::string_view text);

[[nodiscard]] bool is_text_of(std::string_view utf8, std::size_t least, std::size_t most) noexcept;  // in characters
template <std::size_t Least, std::size_t Most>
[[nodiscard]] bool is_text(std::string_view utf8) noexcept {
    return is_text_of(utf8, Least, Most);
}
[[nodiscard]] bool is_number_of(std::string_view text, std::int64_t least, std::int64_t most) noexcept;  // xs:integer
template <std::int64_t Least, std::int64_t Most>
[[nodiscard]] bool is_number(std::string_view text) noexcept {
    return is_number_of(text, Least, Most);
}
[[nodiscard]] bool is_boolean(std::string_view text) noexcept;
[[nodiscard]] bool is_date(std::string_view text) noexcept;    // with or without zone
[[nodiscard]] bool is_moment(std::string_view text) noexcept;  // xs:dateTime, with or without zone
inline constexpr std::int64_t any_integer = 999'999'999'999'999'999;

// ---- elements ----

struct complex_type;

// An element either has elements and attributes, or is a plain text.
struct content {
    const complex_type* parts = nullptr;
    const simple_type* text = nullptr;

    constexpr content(const complex_type& of) : parts(&of) {}
    constexpr content(const simple_type& of) : text(&of) {}
};

inline constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

struct element {
    std::string_view name;
    content inside;
    std::size_t least = 1, most = 1;
};

struct attribute {
    std::string_view name;
    const simple_type* type{};
    bool wanted = false;
};

// A sequence of elements, or attributes around a text.
struct complex_type {
    std::span<const element> elements = {};
    std::span<const attribute> attributes = {};
    const simple_type* text = nullptr;
};

struct fault {
    std::string path;      // below the root: "Documents/Document[2]/File/@size"; empty for the root
    std::size_t offset{};  // in the document
    std::string found;     // no personal data
    std::string_view expected;
};

struct check_options {
    bool passes_unknown = false;  // elements and attributes that the tables do not have are no faults
};

// Of a well-formed document; what is not is looked at as far as it goes.
void check(std::string_view bytes, const element& root, std::string_view namespace_uri, const check_options& how,
           const std::function<void(const fault&)>& tell);

}  // namespace brygga::xml::schema
