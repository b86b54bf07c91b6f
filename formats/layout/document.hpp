// A file of fixed-width records as the generic commands see it: logical files, lines, records by their code, fields by
// their positions. Everything here works from record_info tables alone, built in or described at run time.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "formats/core/text.hpp"
#include "formats/layout/lines.hpp"
#include "formats/layout/record.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::layout {

// The records that may stand in one kind of section.
struct section_layout {
    std::string_view id;  // "PAYSPEC_NEW"; empty in a format that has one kind only
    std::span<const record_info> records;

    [[nodiscard]] const record_info* find(std::string_view code) const noexcept {
        for (const record_info& each : records)
            if (each.code == code) return &each;
        return nullptr;
    }
};

// What a line is, and where the lines after it stand.
struct line_place {
    const record_info* record{};      // nothing for an unknown line
    const section_layout* section{};  // that of the line; nothing outside all
    const section_layout* next{};     // that of the lines after it; nothing when this line closes it
};

struct document_layout {
    std::string_view format_id;
    std::string_view version;
    std::uint16_t width{};
    std::uint16_t code_width = 2;   // of a line that is no known record
    std::string_view opening_mark;  // a line that begins so opens a logical file; empty: a physical file holds one logical file
    std::span<const section_layout> sections;
    bool guesses_cp850 = false;  // from the letters of a file; otherwise CP850 is for who says so
    // How a format with several kinds of sections tells them apart; `now` as line_place::next. Without it the first section's
    // records are those of every line, by their codes.
    std::function<line_place(const fixed_line& line, const section_layout* now)> place;

    [[nodiscard]] line_place place_of(const fixed_line& line, const section_layout* now) const {
        if (place) return place(line, now);
        return {sections.front().find(line.code(code_width)), &sections.front(), &sections.front()};
    }
    [[nodiscard]] const section_layout* find_section(std::string_view id) const noexcept {
        for (const section_layout& each : sections)
            if (each.id == id) return &each;
        return nullptr;
    }
};

// One logical file; the canonical form of its records ends in `line_end`, that of its first line.
struct document_file {
    std::uint32_t logical_no{};
    encoding in = encoding::iso_8859_1;
    bool byte_order_mark = false;
    std::string_view line_end = "\r\n";
};

enum class line_kind : std::uint8_t { record, unknown, blank, title };

struct document_line {
    line_kind kind{};
    const record_info* info{};        // for a record
    const section_layout* section{};  // of a record or an unknown line; nothing outside all
    fixed_line line;                  // without what marks the ends of a file; of blank and title lines `source` alone is set
    std::string_view raw;             // as it lies in the file, line end included, byte order mark of the file excluded
};

class document_visitor {
 public:
    virtual ~document_visitor() = default;
    virtual void file(const document_file& file) = 0;
    virtual void line(const document_file& file, const document_line& line) = 0;
};

struct document_options {
    std::optional<encoding> force_encoding;
    bool skip_title_lines = false;
    std::function<void(std::size_t)> passed;
};

// The encoding of a logical file of this format.
[[nodiscard]] detected_encoding encoding_of(std::string_view bytes, const segment& part, const document_layout& layout,
                                            const document_options& options);

// The one logical file of a format without opening mark. Title lines end where the first known record stands; a file without any
// has none. The encoding is that of the whole file.
[[nodiscard]] segment whole_file(std::string_view bytes, const document_layout& layout, const document_options& options);

void visit(std::string_view bytes, const document_layout& layout, const document_options& options, document_visitor& visitor);

// One line of a file whose encoding is known, as `visit` would hand it out; `padder` keeps its columns. What marks the ends of
// a logical file (a byte order mark, 0x1A) is to be taken off before. `section` is the one that the line stands in; afterwards
// that of the next line.
[[nodiscard]] document_line read_line(const physical_line& source, const document_layout& layout, line_padder& padder,
                                      const section_layout*& section);

// ---- fields as UTF-8 values ----

// A field's value: without the blanks that its alignment fills with.
[[nodiscard]] std::string field_value(const fixed_line& line, const record_info& info, const field_info& field);

// Writes values into the canonical form of a record in the file's encoding, without a line end. Digits shorter than
// their field are zero-filled. Fails with invalid_argument, naming the field, when a value is too long, has a letter that the
// encoding lacks, or a control character.
using value_of = std::function<std::string(const field_info&)>;
[[nodiscard]] result<std::string> canonical_line(const record_info& info, encoding in, const value_of& value);

// Whether the line, with its line end, is what canonical_line would write.
[[nodiscard]] bool is_canonical(const document_file& file, const document_line& line);

[[nodiscard]] std::string_view line_end_name(std::string_view line_end) noexcept;  // "CRLF", "LF", "CR", ""
[[nodiscard]] std::optional<std::string_view> line_end_bytes(std::string_view name) noexcept;

}  // namespace brygga::layout
