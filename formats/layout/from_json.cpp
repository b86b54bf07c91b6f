#include <fmt/format.h>

#include "formats/layout/json.hpp"
#include "formats/layout/json_values.hpp"

namespace brygga::layout {

namespace {

using json = nlohmann::ordered_json;

class json_reader {
 public:
    json_reader(const document_layout& layout, const output& to)
        : layout_(&layout), section_(&layout.sections.front()), to_(&to), columns_(layout, file_.in) {}

    result<void> take(const json& object) {
        if (!object.is_object()) return fail(error_code::invalid_content, "not a JSON object");
        if (object.contains("file")) return open(object);
        if (object.contains("headings")) return head(object);
        const auto code = object.find("record");
        if (code == object.end() || !code->is_string())
            return fail(error_code::invalid_content, "no member \"record\" of type text");
        if (const auto section = object.find("section"); section != object.end()) {
            section_ = section->is_string() ? layout_->find_section(section->get_ref<const std::string&>()) : nullptr;
            if (section_ == nullptr && !section->is_null())
                return fail(error_code::invalid_content, "\"section\" is none of this format");
        }
        const record_info* info = section_ == nullptr ? nullptr : section_->find(code->get_ref<const std::string&>());
        if (info == nullptr && !object.contains("line"))
            return fail(error_code::invalid_content,
                        fmt::format("no record \"{}\" in {}", code->get<std::string>(), layout_->format_id));
        if (info != nullptr && columns_.awaits_heading())
            if (auto headed = head(); !headed) return headed;
        if (object.contains("line")) {
            auto kept = keep_line(object, info);
            if (!kept) return tl::unexpected(kept.error());
            if (*kept) return {};
        }
        return write_fields(object, *info);
    }

 private:
    result<void> open(const json& object) {
        const std::string format = object.value("format", std::string(layout_->format_id));
        if (format != layout_->format_id)
            return fail(error_code::invalid_content, fmt::format("this is {}, not {}", format, layout_->format_id));
        file_ = {};
        section_ = &layout_->sections.front();
        const auto in = parse_encoding(object.value("encoding", "ISO 8859-1"));
        const auto line_end = line_end_bytes(object.value("line_end", "CRLF"));
        if (!in) return fail(error_code::invalid_content, "unknown \"encoding\"");
        if (!line_end) return fail(error_code::invalid_content, "unknown \"line_end\": CRLF, LF or CR");
        file_.in = *in;
        file_.line_end = *line_end;
        columns_ = line_columns(*layout_, file_.in);
        if (object.value("byte_order_mark", false)) (*to_)(utf8_byte_order_mark);
        return {};
    }

    // Of a file without a header there are none.
    result<void> head(const json& object) {
        if (!columns_.awaits_heading())
            return fail(error_code::invalid_content,
                        "\"headings\" stand once, before all records, in a format that has a header");
        const json& texts = object.at("headings");
        if (!texts.is_array()) return fail(error_code::invalid_content, "\"headings\" is no array");
        if (texts.empty()) {
            columns_.lack_heading();
            return {};
        }
        auto row = heading_row(*columns_.rows(), texts);
        if (!row) return fail(error_code::invalid_content, row.error().text);
        if (!columns_.take_heading(*row)) return fail(error_code::invalid_content, "\"headings\" names no column of the format");
        if (!object.contains("line")) {
            put(*row, file_.line_end);
            return {};
        }
        const auto kept = kept_bytes(object);
        if (!kept) return tl::unexpected(kept.error());
        const auto holds = [&](std::string_view line) { return heading_cells(line, *layout_->separated, file_.in) == texts; };
        const bool is_same = holds(kept->bytes) || holds(without_marks(kept->bytes));
        put(is_same ? kept->bytes : *row, kept->line_end);
        return {};
    }

    // The format's own header, before the first record of a file that none was given for.
    result<void> head() {
        const auto row = columns_.rows()->row_of(layout_->headings, layout_->headings.size());
        if (!row) return fail(error_code::invalid_content, row.error().text);
        put(*row, file_.line_end);
        return columns_.take_heading(*row) ? result<void>()
                                           : fail(error_code::invalid_content, "the header is none of the format");
    }

    struct kept_line {
        std::string bytes;
        std::string_view line_end;
    };
    [[nodiscard]] result<kept_line> kept_bytes(const json& object) const {
        const auto& line = object.at("line");
        const auto line_end = line_end_bytes(object.value("end", std::string(line_end_name(file_.line_end))));
        if (!line.is_string() || !line_end)
            return fail(error_code::invalid_content, "\"line\" or \"end\" is not what it must be");
        const auto in = parse_encoding(object.value("encoding", std::string(name(file_.in))));
        if (!in) return fail(error_code::invalid_content, "unknown \"encoding\"");
        auto bytes = from_utf8(line.get_ref<const std::string&>(), *in);
        if (!bytes) return fail(error_code::invalid_content, fmt::format("\"line\": {}", bytes.error().text));
        if (!is_one_line(*bytes)) return fail(error_code::invalid_content, "\"line\" holds a line end");
        return kept_line{std::move(*bytes), *line_end};
    }
    [[nodiscard]] bool is_one_line(std::string_view bytes) const {
        row_lines lines = lines_of(bytes, *layout_);
        physical_line line;
        return bytes.empty() || (lines.next(line) && line.bytes.size() == bytes.size());
    }

    // Writes the kept line when it still means the record's fields; false when the fields were changed.
    result<bool> keep_line(const json& object, const record_info* info) {
        const auto kept = kept_bytes(object);
        if (!kept) return tl::unexpected(kept.error());
        const bool says_more =
            info != nullptr && has_fields(object);  // a line that was no record may begin with a code all the same
        if (says_more && !means(object, *info, kept->bytes) && !means(object, *info, without_marks(kept->bytes))) return false;
        put(kept->bytes, kept->line_end);
        return true;
    }
    void put(std::string_view line, std::string_view line_end) const { (*to_)(std::string(line) + std::string(line_end)); }

    // A line without what marks the ends of a file, as the first or last of one was read.
    [[nodiscard]] std::string_view without_marks(std::string_view line) const {
        const bool marked = line.starts_with(utf8_byte_order_mark);
        const std::string_view rest = line.substr(marked ? utf8_byte_order_mark.size() : 0);
        const bool opens = !layout_->opening_mark.empty() && rest.starts_with(layout_->opening_mark);
        return without_end_mark(opens || layout_->opening_mark.empty() ? rest : line);
    }

    // Whether the line still means the record's fields.
    [[nodiscard]] bool means(const json& object, const record_info& info, std::string_view line) {
        columns_.recycle();
        const section_layout* section = section_;
        const document_line again = read_line({line, {}, 0, 0, true}, *layout_, columns_, section);
        if (again.info != &info) return false;
        const json fields = record_json(again.line, info);
        for (const auto& [key, value] : fields.items())
            if (object.contains(key) && object.at(key) != value) return false;
        return true;
    }

    static bool is_field(std::string_view key) noexcept {
        return key != "record" && key != "line" && key != "end" && key != "encoding" && key != "section";
    }
    static bool has_fields(const json& object) {
        for (const auto& [key, value] : object.items())
            if (is_field(key)) return true;
        return false;
    }

    result<void> write_fields(const json& object, const record_info& info) {
        for (const auto& [key, value] : object.items()) {
            if (!is_field(key)) continue;
            const field_info* field = info.find(key);
            if (field == nullptr)
                return fail(error_code::invalid_content, fmt::format("record {} has no field \"{}\"", info.code, key));
            const bool counts = value.is_number_integer() && field->fills == form::number && value >= 0;
            if (!counts && !value.is_string())
                return fail(error_code::invalid_content, fmt::format("\"{}\" is neither text nor a number from 0 up", key));
        }
        auto line = columns_.written(info, [&](const field_info& field) -> std::string {
            const auto found = object.find(std::string(field.name));
            if (found == object.end()) return field.fills == form::number ? "0" : "";
            return found->is_string() ? found->get<std::string>() : fmt::format("{}", found->get<std::uint64_t>());
        });
        if (!line) return fail(error_code::invalid_content, line.error().text);
        if (!is_read_as(info, *line))
            return fail(error_code::invalid_content,
                        fmt::format("record {} with these fields is read as another record, or as none", info.code));
        put(*line, file_.line_end);
        return {};
    }

    // Where more than the code tells what a record is.
    [[nodiscard]] bool is_read_as(const record_info& info, std::string_view line) {
        if (!layout_->place) return true;
        columns_.recycle();
        const section_layout* section = section_;
        return read_line({line, {}, 0, 0, true}, *layout_, columns_, section).info == &info;
    }

    const document_layout* layout_;
    const section_layout* section_;
    const output* to_;
    document_file file_;
    line_columns columns_;
};

// The JSON library throws on a member of the wrong type: here that becomes an error of the line.
result<void> take_line(json_reader& reader, std::string_view line) {
    const json object = json::parse(line, nullptr, false);
    if (object.is_discarded()) return fail(error_code::invalid_content, "not JSON");
    try {
        return reader.take(object);
    } catch (const json::exception&) {
        return fail(error_code::invalid_content, "a member is of the wrong type");
    }
}

}  // namespace

result<void> from_json(std::string_view json_lines, const document_layout& layout, const output& to) {
    json_reader reader(layout, to);
    line_cutter lines(json_lines);
    physical_line line;
    while (lines.next(line)) {
        if (is_blank_line(line.bytes)) continue;
        auto taken = take_line(reader, line.bytes);
        if (!taken) return fail(taken.error().code, fmt::format("line {}: {}", line.number, taken.error().text));
    }
    return {};
}

}  // namespace brygga::layout
