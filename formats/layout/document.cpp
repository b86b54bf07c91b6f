#include "formats/layout/document.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/layout/segments.hpp"

namespace brygga::layout {

namespace {

std::string_view first_line_end(std::string_view bytes) noexcept {
    line_cutter lines(bytes);
    physical_line line;
    return lines.next(line) && !line.end.empty() ? line.end : std::string_view("\r\n");
}

// Alignment depends on columns of the same record, so it is asked of a line in which they stand.
std::string_view without_fill(std::string_view slice, alignment aligned) noexcept {
    switch (aligned) {
        case alignment::as_written:
            return right_trimmed(slice);
        case alignment::left:
        case alignment::right:
            return trimmed(slice);
    }
    return slice;
}

}  // namespace

line_columns::line_columns(const document_layout& layout, encoding in)
    : layout_(&layout), in_(in), padder_(layout.width, in), awaits_heading_(layout.separated && layout.separated->header) {
    if (layout.separated) rows_.emplace(*layout.separated, layout.width, in);
}

record_line line_columns::row(const physical_line& line) {
    record_line out;
    out.source = line;
    out.columns = rows_->cut(line.bytes);
    out.width = static_cast<unsigned>(rows_->width());
    out.rows = &*rows_;
    return out;
}

bool line_columns::is_blank(std::string_view line) const noexcept {
    if (!rows_) return is_blank_line(line);
    const char separator = rows_->by().separator;
    return std::all_of(line.begin(), line.end(),
                       [separator](char c) { return c == separator || c == ' ' || c == '\t' || c == '\x1A'; });
}

bool line_columns::take_heading(std::string_view line) {
    awaits_heading_ = false;
    return !layout_->by_heading || rows_->take_heading(line, layout_->headings);
}

result<std::string> line_columns::written(const record_info& info, const value_of& value) const {
    return rows_ ? canonical_row(info, *rows_, value) : canonical_line(info, in_, value);
}

row_lines lines_of(std::string_view bytes, const document_layout& layout, std::uint64_t first_number, std::size_t offset) {
    return {line_cutter(bytes, first_number, offset), layout.separated.value_or(separation())};
}

document_line read_line(const physical_line& source, const document_layout& layout, line_columns& columns,
                        const section_layout*& section) {
    document_line out;
    out.raw = {source.bytes.data(), source.bytes.size() + source.end.size()};
    out.line.source = source;
    if (columns.is_blank(source.bytes)) {
        out.kind = line_kind::blank;
        return out;
    }
    if (columns.awaits_heading() && columns.take_heading(source.bytes)) {
        out.kind = line_kind::heading;
        return out;
    }
    out.line = columns.of(source);
    const line_place place = layout.place_of(out.line, section);
    out.info = place.record;
    out.section = place.section;
    section = place.next;
    out.kind = out.info == nullptr ? line_kind::unknown : line_kind::record;
    return out;
}

namespace {

// The lines of one logical file, in two stretches: what stands before its opening line, and its records.
class file_walk {
 public:
    file_walk(std::string_view bytes, const document_layout& layout, const document_options& options, document_visitor& visitor)
        : bytes_(bytes), layout_(&layout), options_(&options), visitor_(&visitor) {}

    // Gives the number of the line after the last one.
    std::uint64_t file(const segment& part, std::uint32_t logical_no, std::uint64_t number) {
        std::size_t begin = part.begin;
        document_file file;
        file.logical_no = logical_no;
        file.in = encoding_of(bytes_, part, *layout_, *options_).in;
        file.byte_order_mark = bytes_.substr(begin, part.end - begin).starts_with(utf8_byte_order_mark);
        if (file.byte_order_mark) begin += utf8_byte_order_mark.size();
        file.line_end = first_line_end(bytes_.substr(begin, part.end - begin));
        visitor_->file(file);
        if (begin < part.opens) {
            number = stretch(file, begin, part.opens, number, true);
            begin = part.opens;
        }
        return stretch(file, begin, part.end, number, false);
    }

 private:
    std::uint64_t stretch(const document_file& file, std::size_t begin, std::size_t end, std::uint64_t number, bool is_title) {
        const std::string_view bytes = bytes_.substr(begin, end - begin);
        const char* const content_end = bytes.data() + without_end(bytes).size();
        line_columns columns(*layout_, file.in);
        row_lines lines = lines_of(bytes, *layout_, number, begin);
        physical_line source;
        const section_layout* section = nullptr;
        while (lines.next(source)) {
            number = source.number_of_next();
            columns.recycle();
            const std::string_view raw{source.bytes.data(), source.bytes.size() + source.end.size()};
            if (!is_title && source.bytes.data() == bytes.data() && raw.starts_with(utf8_byte_order_mark)) {  // after blank lines
                source.bytes.remove_prefix(utf8_byte_order_mark.size());
                source.offset += utf8_byte_order_mark.size();
            }
            if (source.bytes.data() + source.bytes.size() > content_end) source.bytes = without_end_mark(source.bytes);
            document_line line = read_line(source, *layout_, columns, section);
            line.raw = raw;
            if (is_title && line.kind != line_kind::blank) {
                line.kind = line_kind::title;
                section = nullptr;
            }
            visitor_->line(file, line);
            if (options_->passed) options_->passed(source.offset);
        }
        return number;
    }

    std::string_view bytes_;
    const document_layout* layout_;
    const document_options* options_;
    document_visitor* visitor_;
};

}  // namespace

detected_encoding encoding_of(std::string_view bytes, const segment& part, const document_layout& layout,
                              const document_options& options) {
    const auto guess = layout.guesses_cp850 ? eight_bit_guess::by_letters : eight_bit_guess::iso_8859_1;
    detected_encoding out = detect_encoding(bytes, part, options.force_encoding, options.passed, guess);
    if (!options.force_encoding && out.in == encoding::iso_8859_1) out.in = layout.eight_bit;
    return out;
}

segment whole_file(std::string_view bytes, const document_layout& layout, const document_options& options) {
    segment out{0, 0, bytes.size()};
    if (!options.skip_title_lines) return out;
    line_columns columns(layout, encoding_of(bytes, out, layout, options).in);
    row_lines lines = lines_of(bytes, layout);
    physical_line source;
    while (lines.next(source)) {
        columns.recycle();
        const std::size_t mark = source.bytes.starts_with(utf8_byte_order_mark) ? utf8_byte_order_mark.size() : 0;
        source.bytes.remove_prefix(mark);
        const section_layout* section = nullptr;
        if (const line_kind is = read_line(source, layout, columns, section).kind;
            is != line_kind::record && is != line_kind::heading)
            continue;
        out.opens = source.offset;
        break;
    }
    return out;
}

void visit(std::string_view bytes, const document_layout& layout, const document_options& options, document_visitor& visitor) {
    file_walk walk(bytes, layout, options, visitor);
    std::uint64_t number = 1;
    std::uint32_t logical_no = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const segment part = layout.opening_mark.empty()
                                 ? whole_file(bytes, layout, options)
                                 : next_segment(bytes, layout.opening_mark, at, options.skip_title_lines, options.passed);
        number = walk.file(part, ++logical_no, number);
        at = part.end;
    }
}

std::string field_value(const record_line& line, const record_info& info, const field_info& field) {
    const std::string_view slice = line.columns.slice(field.first, field.last);
    const alignment aligned = field.fills == form::text ? info.alignment_of(field, line.columns) : alignment::as_written;
    return to_utf8(without_fill(slice, aligned), line.columns.in);
}

namespace {

// A line end or TAB in a value would make other lines or columns of it.
bool has_control(std::string_view utf8) noexcept {
    return std::any_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

// The columns of a line being written: 8-bit, or code points of UTF-8 kept apart.
class canonical_columns {
 public:
    canonical_columns(const record_info& info, encoding in) : in_(in), cells_(info.width, " ") {
        if (info.code_columns != 0) put_constant(1, info.code);
        for (const filler_info& each : info.fillers)
            put_constant(each.first, each.constant);
    }

    result<void> put(const field_info& field, std::string_view utf8, alignment aligned) {
        const std::size_t points = count_code_points(utf8);
        if (points > field.width())
            return fail(error_code::invalid_argument,
                        fmt::format("{} has {} columns, the value needs {}", field.name, field.width(), points));
        if (has_control(utf8))
            return fail(error_code::invalid_argument, fmt::format("{}: a line end or other control character", field.name));
        auto bytes = from_utf8(utf8, in_);
        if (!bytes) return fail(error_code::invalid_argument, fmt::format("{}: {}", field.name, bytes.error().text));
        const std::size_t lead = aligned == alignment::right ? field.width() - points : 0;
        put_bytes(field.first - 1u + lead, *bytes);
        return {};
    }

    [[nodiscard]] std::string joined() const {
        std::string out;
        for (const std::string& cell : cells_)
            out += cell;
        return out;
    }

 private:
    // Text of the layout, which the file can hold and which fits.
    void put_constant(unsigned first, std::string_view utf8) {
        const std::string bytes = from_utf8(utf8, in_).value_or(std::string(utf8));
        put_bytes(first - 1, bytes);
    }
    void put_bytes(std::size_t column, std::string_view bytes) {
        for (std::size_t at = 0; at != bytes.size(); ++column) {
            std::size_t size = 1;
            if (in_ == encoding::utf_8)
                while (at + size != bytes.size() && (static_cast<unsigned char>(bytes[at + size]) & 0xC0u) == 0x80u)
                    ++size;
            cells_[column] = bytes.substr(at, size);
            at += size;
        }
    }

    encoding in_;
    std::vector<std::string> cells_;
};

std::string zero_filled(const field_info& field, std::string value) {
    if (field.fills == form::text || field.fills == form::code) return value;
    const bool zero_fills = !value.empty() && value.size() < field.width() && all_digits(value);
    return zero_fills ? std::string(field.width() - value.size(), '0') + value : value;
}

}  // namespace

result<std::string> canonical_line(const record_info& info, encoding in, const value_of& value) {
    canonical_columns line(info, in);
    std::vector<const field_info*> aligned_fields;
    for (const field_info& field : info.fields) {
        if (field.fills == form::text && info.aligned != nullptr) aligned_fields.push_back(&field);
        if (auto done = line.put(field, zero_filled(field, value(field)), alignment::left); !done)
            return tl::unexpected(done.error());
    }
    if (aligned_fields.empty()) return line.joined();
    // Fields whose alignment other fields decide are put again once those stand in the line.
    const std::string draft = line.joined();
    line_padder padder(info.width, in);
    physical_line source;
    source.bytes = draft;
    const record_line padded = padder.pad(source);
    for (const field_info* field : aligned_fields) {
        const std::string text = value(*field);
        const alignment aligned = info.alignment_of(*field, padded.columns);
        if (aligned == alignment::as_written) continue;
        const std::string_view content = trimmed(text);
        static_cast<void>(line.put(*field, std::string(field->width(), ' '), alignment::left));
        if (auto done = line.put(*field, content, aligned); !done) return tl::unexpected(done.error());
    }
    return line.joined();
}

result<std::string> canonical_row(const record_info& info, const row_cutter& rows, const value_of& value) {
    std::vector<std::string> cells(rows.width());
    for (const filler_info& each : info.fillers)
        cells[each.first - 1u] = each.constant;
    for (const field_info& field : info.fields)
        cells[field.first - 1u] = value(field);
    return rows.row_of(cells, info.width);
}

bool is_canonical(const document_file& file, const document_line& line) {
    if (line.kind != line_kind::record || line.line.source.end != file.line_end) return false;
    const auto value = [&](const field_info& field) { return field_value(line.line, *line.info, field); };
    const auto canonical = line.line.rows == nullptr ? canonical_line(*line.info, file.in, value)
                                                     : canonical_row(*line.info, *line.line.rows, value);
    return canonical && canonical->size() + file.line_end.size() == line.raw.size() && line.raw.starts_with(*canonical);
}

std::string_view line_end_name(std::string_view line_end) noexcept {
    if (line_end == "\r\n") return "CRLF";
    if (line_end == "\n") return "LF";
    if (line_end == "\r") return "CR";
    return "";
}

std::optional<std::string_view> line_end_bytes(std::string_view name) noexcept {
    if (name == "CRLF") return "\r\n";
    if (name == "LF") return "\n";
    if (name == "CR") return "\r";
    if (name.empty()) return "";
    return std::nullopt;
}

}  // namespace brygga::layout
