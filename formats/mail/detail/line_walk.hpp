// The lines of a message by what they are, without decoding any: for masking and showing, which keep each byte's place. Internal.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace brygga::mail::detail {

enum class line_kind : std::uint8_t {
    header,    // of the message, of a part, or of a message or headers that it gives back
    field,     // of a delivery status
    boundary,  // between parts
    blank,     // ends headers or a group of fields
    text,      // anything else
    encoded,   // base64
};

struct walked_line {
    line_kind is{};
    bool goes_on = false;   // continues the header or field of the line before
    std::string_view name;  // of the header or field, in small letters; valid until the next line
};

class line_walk {
 public:
    // Without its line end.
    [[nodiscard]] walked_line next(std::string_view line);

 private:
    enum class place : std::uint8_t { headers, fields, body };

    [[nodiscard]] bool is_boundary(std::string_view line) const;
    walked_line named(std::string_view line, line_kind is);
    void end_of_header();
    void end_of_headers();

    place at_ = place::headers;
    std::string name_, value_;  // of the header that is going on
    std::string type_, transfer_encoding_;
    std::set<std::string, std::less<>> boundaries_;
};

}  // namespace brygga::mail::detail
