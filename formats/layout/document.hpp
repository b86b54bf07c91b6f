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

namespace brygga::layout {

struct document_layout {
    std::string_view format_id;
    std::string_view version;
    std::uint16_t width{};
    std::uint16_t code_width = 2;
    std::string_view opening_mark;  // a line that begins so opens a logical file
    std::span<const record_info> records;

    [[nodiscard]] const record_info* find(std::string_view code) const noexcept {
        for (const record_info& each : records)
            if (each.code == code) return &each;
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
    const record_info* info{};  // for a record
    fixed_line line;            // without what marks the ends of a file; of blank and title lines `source` alone is set
    std::string_view raw;       // as it lies in the file, line end included, byte order mark of the file excluded
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

void visit(std::string_view bytes, const document_layout& layout, const document_options& options, document_visitor& visitor);

// One line of a file whose encoding is known, as `visit` would hand it out; `padder` keeps its columns. What marks the ends of
// a logical file (a byte order mark, 0x1A) is to be taken off before.
[[nodiscard]] document_line read_line(const physical_line& source, const document_layout& layout, line_padder& padder);

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
