// A file of records, a line each, as the generic commands see it: logical files, lines, records by their code, fields by their
// columns, of fixed widths or between separators. Everything here works from record_info tables alone, built in or described at
// run time.
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
    std::uint16_t width{};          // columns
    std::uint16_t code_first = 1;   // where codes stand, in a line that is no known record, too
    std::uint16_t code_width = 2;   // 0: nowhere
    std::string_view opening_mark;  // a line that begins so opens a logical file; empty: a physical file holds one logical file
    std::span<const section_layout> sections;
    bool guesses_cp850 = false;               // from the letters of a file; otherwise CP850 is for who says so
    encoding eight_bit = encoding::iso_8859_1;  // of what is not UTF-8 and not guessed
    std::optional<separation> separated{};    // columns are cells of rows; else they are characters
    std::span<const std::string> headings{};  // of a header, by column
    bool by_heading = false;                  // the header says where columns stand; else they are numbered
    // How a format with several kinds of sections tells them apart; `now` as line_place::next. Without it the first section's
    // records are those of every line, by their codes.
    std::function<line_place(const record_line& line, const section_layout* now)> place;

    [[nodiscard]] line_place place_of(const record_line& line, const section_layout* now) const {
        if (place) return place(line, now);
        return {sections.front().find(line.code(code_width)), &sections.front(), &sections.front()};
    }
    // As it stands in a line that is no known record.
    [[nodiscard]] std::string code_of(const record_line& line) const {
        return code_width == 0 ? std::string() : line.columns.utf8(code_first, code_first + code_width - 1u);
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

enum class line_kind : std::uint8_t { record, unknown, blank, title, heading };

struct document_line {
    line_kind kind{};
    const record_info* info{};        // for a record
    const section_layout* section{};  // of a record or an unknown line; nothing outside all
    record_line line;      // without what marks the ends of a file; of other than records and unknown lines `source` alone
                           // is set
    std::string_view raw;  // as it lies in the file, line end included, byte order mark of the file excluded
};

// A field's value, in UTF-8.
using value_of = std::function<std::string(const field_info&)>;

// How the lines of one logical file have their columns. A line is valid until the next one or recycle().
class line_columns {
 public:
    line_columns(const document_layout& layout, encoding in);
    [[nodiscard]] record_line of(const physical_line& line) { return rows_ ? row(line) : padder_.pad(line); }
    void recycle() noexcept { padder_.recycle(); }
    // Nothing but blanks and separators.
    [[nodiscard]] bool is_blank(std::string_view line) const noexcept;
    // The first line that is not blank, of a layout with a header. False when it is none, but a record.
    [[nodiscard]] bool take_heading(std::string_view line);
    void lack_heading() noexcept { awaits_heading_ = false; }
    [[nodiscard]] bool awaits_heading() const noexcept { return awaits_heading_; }
    // canonical_line or canonical_row.
    [[nodiscard]] result<std::string> written(const record_info& info, const value_of& value) const;
    [[nodiscard]] const row_cutter* rows() const noexcept { return rows_ ? &*rows_ : nullptr; }

 private:
    [[nodiscard]] record_line row(const physical_line& line);

    const document_layout* layout_;
    encoding in_;
    line_padder padder_;
    std::optional<row_cutter> rows_;
    bool awaits_heading_;
};

// Lines, or rows, of part of a file.
[[nodiscard]] row_lines lines_of(std::string_view bytes, const document_layout& layout, std::uint64_t first_number = 1,
                                 std::size_t offset = 0);

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

// One line of a file, as `visit` would hand it out, with these columns. What marks the ends of a logical file (a byte order mark,
// 0x1A) is to be taken off before. `section` is the one that the line stands in; afterwards that of the next line.
[[nodiscard]] document_line read_line(const physical_line& source, const document_layout& layout, line_columns& columns,
                                      const section_layout*& section);

// ---- fields as UTF-8 values ----

// A field's value: without the blanks that its alignment fills with.
[[nodiscard]] std::string field_value(const record_line& line, const record_info& info, const field_info& field);

// Writes values into the canonical form of a record in the file's encoding, without a line end. Digits shorter than
// their field are zero-filled. Fails with invalid_argument, naming the field, when a value is too long, has a letter that the
// encoding lacks, or a control character.
[[nodiscard]] result<std::string> canonical_line(const record_info& info, encoding in, const value_of& value);

// The same of a row: a cell too long for it is told by the number of its column.
[[nodiscard]] result<std::string> canonical_row(const record_info& info, const row_cutter& rows, const value_of& value);

// Whether the line, with its line end, is what canonical_line or canonical_row would write.
[[nodiscard]] bool is_canonical(const document_file& file, const document_line& line);

[[nodiscard]] std::string_view line_end_name(std::string_view line_end) noexcept;  // "CRLF", "LF", "CR", ""
[[nodiscard]] std::optional<std::string_view> line_end_bytes(std::string_view name) noexcept;

}  // namespace brygga::layout
