#include "formats/layout/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace brygga::layout {

namespace {

using json = nlohmann::ordered_json;

json field_json(const fixed_line& line, const record_info& info, const field_info& field) {
    const std::string_view slice = line.columns.slice(field.first, field.last);
    if (field.fills == form::number && slice.size() == field.width() && all_digits(slice)) {
        std::int64_t value = 0;
        for (const char digit : slice)
            value = value * 10 + (digit - '0');
        return value;
    }
    return field_value(line, info, field);
}

json record_json(const fixed_line& line, const record_info& info) {
    json out;
    out["record"] = info.code;
    for (const field_info& field : info.fields)
        out[std::string(field.name)] = field_json(line, info, field);
    return out;
}

class json_writer : public document_visitor {
 public:
    json_writer(const document_layout& layout, const output& to) : layout_(&layout), to_(&to) {}

    void file(const document_file& file) override {
        told_ = &layout_->sections.front();
        put({{"file", file.logical_no},
             {"format", layout_->format_id},
             {"version", layout_->version},
             {"encoding", name(file.in)},
             {"byte_order_mark", file.byte_order_mark},
             {"line_end", line_end_name(file.line_end)}});
    }

    void line(const document_file& file, const document_line& line) override {
        json out;
        switch (line.kind) {
            case line_kind::record:
                out = record_json(line.line, *line.info);
                tell_section(out, line);
                break;
            case line_kind::unknown:
                out["record"] = line.line.columns.utf8(1, layout_->code_width);
                tell_section(out, line);
                break;
            case line_kind::blank:
            case line_kind::title:
                out["record"] = "";
                break;
        }
        if (!is_canonical(file, line)) {
            const physical_line& source = line.line.source;
            const std::size_t size = line.raw.size() - source.end.size();
            put_line(out, line.raw.substr(0, size), file.in);
            if (source.end != file.line_end) out["end"] = line_end_name(source.end);
        }
        put(out);
    }

 private:
    // Text that the file's encoding does not bring back byte for byte, such as a title line in another one, is read as ISO
    // 8859-1, which takes any bytes.
    static void put_line(json& out, std::string_view bytes, encoding in) {
        std::string text = to_utf8(bytes, in);
        const bool comes_back = is_valid_utf8(text) && from_utf8(text, in) == bytes;
        out["line"] = comes_back ? std::move(text) : to_utf8(bytes, encoding::iso_8859_1);
        if (!comes_back) out["encoding"] = name(encoding::iso_8859_1);
    }
    // Where it is another than that of the record before; null outside all sections.
    void tell_section(json& out, const document_line& line) {
        if (line.section == told_) return;
        told_ = line.section;
        out["section"] = told_ == nullptr ? json() : json(told_->id);
    }
    void put(const json& object) { (*to_)(object.dump() + '\n'); }
    const document_layout* layout_;
    const output* to_;
    const section_layout* told_{};
};

class json_reader {
 public:
    json_reader(const document_layout& layout, const output& to)
        : layout_(&layout), section_(&layout.sections.front()), to_(&to), padder_(layout.width, file_.in) {}

    result<void> take(const json& object) {
        if (!object.is_object()) return fail(error_code::invalid_content, "not a JSON object");
        if (object.contains("file")) return open(object);
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
        if (object.contains("line")) {
            auto kept = kept_line(object, info);
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
        padder_ = line_padder(layout_->width, file_.in);
        if (object.value("byte_order_mark", false)) (*to_)(utf8_byte_order_mark);
        return {};
    }

    // Writes the kept line when it still means the record's fields; false when the fields were changed.
    result<bool> kept_line(const json& object, const record_info* info) {
        const auto& line = object.at("line");
        const auto line_end = line_end_bytes(object.value("end", std::string(line_end_name(file_.line_end))));
        if (!line.is_string() || !line_end)
            return fail(error_code::invalid_content, "\"line\" or \"end\" is not what it must be");
        if (line.get_ref<const std::string&>().find_first_of("\r\n") != std::string::npos)
            return fail(error_code::invalid_content, "\"line\" holds a line end");
        const auto in = parse_encoding(object.value("encoding", std::string(name(file_.in))));
        if (!in) return fail(error_code::invalid_content, "unknown \"encoding\"");
        auto bytes = from_utf8(line.get_ref<const std::string&>(), *in);
        if (!bytes) return fail(error_code::invalid_content, fmt::format("\"line\": {}", bytes.error().text));
        const bool says_more =
            info != nullptr && has_fields(object);  // a line that was no record may begin with a code all the same
        if (says_more && !means(object, *info, *bytes) && !means(object, *info, without_marks(*bytes))) return false;
        (*to_)(*bytes + std::string(*line_end));
        return true;
    }

    // A line without what marks the ends of a file, as the first or last of one was read.
    [[nodiscard]] std::string_view without_marks(std::string_view line) const {
        const bool marked = line.starts_with(utf8_byte_order_mark);
        const std::string_view rest = line.substr(marked ? utf8_byte_order_mark.size() : 0);
        const bool opens = !layout_->opening_mark.empty() && rest.starts_with(layout_->opening_mark);
        return without_end_mark(opens || layout_->opening_mark.empty() ? rest : line);
    }

    // Whether the line still means the record's fields.
    [[nodiscard]] bool means(const json& object, const record_info& info, std::string_view line) {
        padder_.recycle();
        const section_layout* section = section_;
        const document_line again = read_line({line, {}, 0, 0, true}, *layout_, padder_, section);
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
        auto line = canonical_line(info, file_.in, [&](const field_info& field) -> std::string {
            const auto found = object.find(std::string(field.name));
            if (found == object.end()) return field.fills == form::number ? "0" : "";
            return found->is_string() ? found->get<std::string>() : fmt::format("{}", found->get<std::uint64_t>());
        });
        if (!line) return fail(error_code::invalid_content, line.error().text);
        (*to_)(*line + std::string(file_.line_end));
        return {};
    }

    const document_layout* layout_;
    const section_layout* section_;
    const output* to_;
    document_file file_;
    line_padder padder_;
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

void to_json(std::string_view bytes, const document_layout& layout, const document_options& options, const output& to) {
    json_writer writer(layout, to);
    visit(bytes, layout, options, writer);
}

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
