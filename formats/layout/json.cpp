#include "formats/layout/json.hpp"

#include "formats/layout/json_values.hpp"

namespace brygga::layout {

namespace {

using json = nlohmann::ordered_json;

class json_writer : public document_visitor {
 public:
    json_writer(const document_layout& layout, const output& to) : layout_(&layout), to_(&to) {}

    void file(const document_file& file) override {
        told_ = &layout_->sections.front();
        tells_heading_ = layout_->separated && layout_->separated->header;
        put({{"file", file.logical_no},
             {"format", layout_->format_id},
             {"version", layout_->version},
             {"encoding", name(file.in)},
             {"byte_order_mark", file.byte_order_mark},
             {"line_end", line_end_name(file.line_end)}});
    }

    void line(const document_file& file, const document_line& line) override {
        const bool is_record = line.kind == line_kind::record || line.kind == line_kind::unknown;
        if (is_record && tells_heading_) put({{"headings", json::array()}});  // it lacks its header
        if (is_record || line.kind == line_kind::heading) tells_heading_ = false;
        json out;
        switch (line.kind) {
            case line_kind::record:
                out = record_json(line.line, *line.info);
                tell_section(out, line);
                break;
            case line_kind::unknown:
                out["record"] = layout_->code_of(line.line);
                tell_section(out, line);
                break;
            case line_kind::heading:
                out["headings"] = heading_cells(line.line.source.bytes, *layout_->separated, file.in);
                break;
            case line_kind::blank:
            case line_kind::title:
                out["record"] = "";
                break;
        }
        if (!is_canonical(file, line) && !is_canonical_heading(file, line)) {
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
    [[nodiscard]] bool is_canonical_heading(const document_file& file, const document_line& line) const {
        if (line.kind != line_kind::heading || line.line.source.end != file.line_end) return false;
        const row_cutter rows(*layout_->separated, layout_->width, file.in);
        const auto written = heading_row(rows, heading_cells(line.line.source.bytes, *layout_->separated, file.in));
        return written && *written + std::string(file.line_end) == line.raw;
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
    bool tells_heading_ = false;
};

}  // namespace

void to_json(std::string_view bytes, const document_layout& layout, const document_options& options, const output& to) {
    json_writer writer(layout, to);
    visit(bytes, layout, options, writer);
}

}  // namespace brygga::layout
