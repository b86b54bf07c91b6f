#include "formats/layout/show.hpp"

#include <fmt/format.h>

#include "formats/inspection/show_page.hpp"
#include "formats/layout/digits.hpp"
#include "formats/layout/places.hpp"

namespace brygga::layout {

namespace {

using inspection::file_summary;
using inspection::is_secret;
using inspection::page;
using inspection::record_total;
using inspection::shown_field;
using inspection::shown_line;

constexpr std::string_view amount_suffix = "_ore";

// "file 1: bgmax 01, ISO 8859-1, CRLF"
std::string file_heading(const document_file& file, const document_layout& layout) {
    const std::string_view ends = line_end_name(file.line_end);
    return fmt::format("file {}: {}{}{}, {}{}, {}", file.logical_no, layout.format_id, layout.version.empty() ? "" : " ",
                       layout.version, name(file.in), file.byte_order_mark ? " with byte order mark" : "",
                       ends.empty() ? "no line end" : ends);
}

// What the form asks for and the content does not give; empty for content that fits.
std::string fault_of(const field_info& field, std::string_view slice) {
    switch (field.fills) {
        case form::number:
        case form::digits:
            if (slice.size() != field.width() || !all_digits(slice)) return fmt::format("not {} digits", field.width());
            return {};
        case form::optional_digits:
            if (!all_blank(slice) && (slice.size() != field.width() || !all_digits(slice)))
                return fmt::format("neither {} digits nor blank", field.width());
            return {};
        case form::text:
        case form::code:
            return {};
    }
    return {};
}

std::int64_t number_in(std::string_view digits) noexcept {
    std::int64_t value = 0;
    for (const char digit : digits)
        value = value * 10 + (digit - '0');
    return value;
}

class show_visitor : public document_visitor {
 public:
    show_visitor(const document_layout& layout, page& into, bool in_clear)
        : layout_(&layout), page_(&into), in_clear_(in_clear) {}

    void file(const document_file& file) override {
        close_file();
        file_ = file;
        open_ = true;
        page_->file(file_heading(file, *layout_));
        totals_.heading = fmt::format("file {}", file.logical_no);
    }

    void line(const document_file&, const document_line& line) override {
        if (line.kind == line_kind::blank) return;
        ++totals_.lines;
        shown_line out;
        out.number = line.line.source.number;
        switch (line.kind) {
            case line_kind::record:
                take_record(line, out);
                break;
            case line_kind::unknown:
                take_unknown(line, out);
                break;
            case line_kind::heading:
                out.title = "header";
                out.text = in_clear_shown(to_utf8(line.line.source.bytes, file_.in),
                                          layout_->by_heading ? privacy::open : privacy::free_text);
                break;
            case line_kind::title:
            case line_kind::blank:
                out.title = "title line";
                out.text = in_clear_shown(to_utf8(line.line.source.bytes, file_.in), privacy::free_text);
                break;
        }
        page_->line(out);
    }

    void close_file() {
        if (open_) page_->summary(totals_);
        totals_ = {};
        open_ = false;
    }

 private:
    [[nodiscard]] std::string in_clear_shown(std::string value, privacy guard) const {
        return in_clear_ || !is_secret(guard) ? value : masked(value);
    }

    void take_record(const document_line& line, shown_line& out) {
        out.code = line.info->code;
        out.title = line.info->title;
        out.remark = remark_on(line.line, line.info->fillers);
        record_total& total = totals_.records[out.code];
        if (total.count++ == 0) total.title = line.info->title;
        for (const field_info& field : line.info->fields)
            out.fields.push_back(shown(line, field, total));
    }

    shown_field shown(const document_line& line, const field_info& field, record_total& total) {
        const std::string_view slice = line.line.columns.slice(field.first, field.last);
        shown_field out;
        out.first = field.first;
        out.last = line.line.rows == nullptr ? field.last : 0;
        out.name = field.name;
        out.value = in_clear_shown(field_value(line.line, *line.info, field), field.guard);
        out.note = fault_of(field, slice);
        out.is_fault = !out.note.empty();
        if (field.fills == form::number && field.name.ends_with(amount_suffix) && !out.is_fault && field.width() <= 18) {
            const std::int64_t amount = number_in(slice);
            out.note = "= " + format_decimal_amount(amount);
            total.sums[std::string(field.name)] += amount;
        }
        return out;
    }

    void take_unknown(const document_line& line, shown_line& out) {
        out.code = layout_->code_of(line.line);
        out.title = "unknown record";
        out.remark = remark_on(line.line, {});
        out.text = in_clear_shown(to_utf8(right_trimmed(line.line.source.bytes), file_.in), privacy::free_text);
        record_total& total = totals_.records[out.code];
        if (total.count++ == 0) total.title = out.title;
    }

    [[nodiscard]] std::string remark_on(const record_line& line, std::span<const filler_info> fillers) const {
        std::string out;
        for (const filler_info& each : fillers)
            if (!each.fits(line.columns.slice(each.first, each.last), line.columns.in))
                out += fmt::format(", columns {}-{} are not {}", each.first, each.last, expectation(each));
        if (line.tabs) out += ", TABs expanded";
        if (line.surplus) out += fmt::format(", text beyond column {}", layout_->width);
        return out.empty() ? out : out.substr(2);
    }

    const document_layout* layout_;
    page* page_;
    bool in_clear_;
    bool open_ = false;
    document_file file_;
    file_summary totals_;
};

}  // namespace

void show(std::string_view bytes, const document_layout& layout, const document_options& options, const show_settings& how,
          const output& to) {
    const auto page = inspection::page_for(how, to);
    page->begin(fmt::format("{}{}{}", layout.format_id, layout.version.empty() ? "" : " ", layout.version));
    show_visitor visitor(layout, *page, how.in_clear);
    visit(bytes, layout, options, visitor);
    visitor.close_file();
    page->end();
}

}  // namespace brygga::layout
