#include "formats/print/letter/detail/canvas.hpp"

#include <cstring>

#include <cairo-pdf.h>
#include <fmt/format.h>

namespace brygga::print::detail {

namespace {

// cairo counts in points, of which an inch has 72.
constexpr double points(micrometres length) {
    return length * 72.0 / 25'400.0;
}
constexpr micrometres from_pango(int units) {
    constexpr std::int64_t micrometres_per_inch = 25'400;
    return static_cast<micrometres>(units * micrometres_per_inch / (72 * PANGO_SCALE));
}

struct destroy_surface {
    void operator()(cairo_surface_t* of) const { cairo_surface_destroy(of); }
};
struct destroy_context {
    void operator()(cairo_t* of) const { cairo_destroy(of); }
};
struct destroy_options {
    void operator()(cairo_font_options_t* of) const { cairo_font_options_destroy(of); }
};

cairo_status_t take_bytes(void* into, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

// cairo says of each page that it is a transparency group, though nothing on it is transparent; printers refuse files for the
// word (print-batch.md 3.7). Blanks of the same length take its place, so that all offsets stay.
void remove_transparency_groups(std::string& pdf) {
    constexpr std::string_view begins = "/Group <<", names = "/S /Transparency", ends = ">>";
    for (std::size_t at = pdf.find(begins); at != std::string::npos; at = pdf.find(begins, at + 1)) {
        const std::size_t end = pdf.find(ends, at + begins.size());
        if (end == std::string::npos) return;
        const std::string_view group = std::string_view(pdf).substr(at, end - at);
        if (group.find(names) == std::string_view::npos) continue;
        std::memset(pdf.data() + at, ' ', end + ends.size() - at);
    }
}

// The no-break blank is no character of WinAnsi either, and a line that is drawn is not broken any more.
std::string with_plain_blanks(std::string_view text) {
    constexpr std::string_view no_break_blank = "\xC2\xA0";
    std::string out(text);
    for (std::size_t at = out.find(no_break_blank); at != std::string::npos; at = out.find(no_break_blank, at))
        out.replace(at, no_break_blank.size(), " ");
    return out;
}

struct png_source {
    std::string_view bytes;
    std::size_t at = 0;

    static cairo_status_t read(void* self, unsigned char* into, unsigned int length) {
        auto& from = *static_cast<png_source*>(self);
        if (from.bytes.size() - from.at < length) return CAIRO_STATUS_READ_ERROR;
        std::memcpy(into, from.bytes.data() + from.at, length);
        from.at += length;
        return CAIRO_STATUS_SUCCESS;
    }
};

}  // namespace

result<picture> picture::of_png(const std::string& bytes) {
    png_source source{bytes};
    const std::unique_ptr<cairo_surface_t, destroy_surface> read(
        cairo_image_surface_create_from_png_stream(png_source::read, &source));
    if (cairo_surface_status(read.get()) != CAIRO_STATUS_SUCCESS)
        return fail(error_code::invalid_content, "the logo is not a PNG picture");
    const int width = cairo_image_surface_get_width(read.get()), height = cairo_image_surface_get_height(read.get());
    picture out;
    out.surface_.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
    const std::unique_ptr<cairo_t, destroy_context> on(cairo_create(out.surface_.get()));
    cairo_set_source_rgb(on.get(), 1, 1, 1);
    cairo_paint(on.get());
    cairo_set_source_surface(on.get(), read.get(), 0, 0);
    cairo_paint(on.get());
    if (cairo_status(on.get()) != CAIRO_STATUS_SUCCESS) return fail(error_code::invalid_content, "the logo cannot be drawn");
    return out;
}

extent picture::pixels() const {
    return {cairo_image_surface_get_width(surface()), cairo_image_surface_get_height(surface())};
}

struct canvas::parts {
    const fonts& with;
    std::string bytes;
    std::unique_ptr<cairo_surface_t, destroy_surface> surface;
    std::unique_ptr<cairo_t, destroy_context> on;
    std::unique_ptr<PangoContext, unref_object> context;
    std::unique_ptr<PangoLayout, unref_object> layout;
    std::string missing;  // characters that the font lacks

    explicit parts(const fonts& these) : with(these) {}

    void set(std::string_view text, const text_style& style) {
        if (missing.empty()) missing = with.missing_in(text);
        if (!missing.empty()) text = {};
        const font_description description(pango_font_description_copy_static(with.description(style.is_bold)));
        pango_font_description_set_size(description.get(), style.size.hundredths * PANGO_SCALE / 100);
        pango_layout_set_font_description(layout.get(), description.get());
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    }
    void ink(colour with_colour) const {
        cairo_set_source_rgb(on.get(), with_colour.red / 255.0, with_colour.green / 255.0, with_colour.blue / 255.0);
    }
    [[nodiscard]] micrometres width() const {
        int width = 0;
        pango_layout_get_size(layout.get(), &width, nullptr);
        return from_pango(width);
    }
    void show(micrometres left, micrometres baseline) const {
        cairo_move_to(on.get(), points(left), points(baseline));
        pango_cairo_show_layout_line(on.get(), pango_layout_get_line_readonly(layout.get(), 0));
    }
};

canvas::canvas(const fonts& with, const std::string& title, date day) : parts_(std::make_unique<parts>(with)) {
    parts& of = *parts_;
    of.surface.reset(cairo_pdf_surface_create_for_stream(take_bytes, &of.bytes, points(page_width), points(page_height)));
    cairo_pdf_surface_restrict_to_version(of.surface.get(), CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(of.surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    const std::string made = fmt::format("{}T00:00:00Z", format_iso_date(day));
    cairo_pdf_surface_set_metadata(of.surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
    of.on.reset(cairo_create(of.surface.get()));
    of.context.reset(pango_font_map_create_context(with.map()));
    const std::unique_ptr<cairo_font_options_t, destroy_options> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(of.context.get(), options.get());
    pango_cairo_context_set_resolution(of.context.get(), 72);
    pango_context_set_round_glyph_positions(of.context.get(), FALSE);
    of.layout.reset(pango_layout_new(of.context.get()));
    // A font of the system in place of the letter's would not be the one that was asked whether it may be embedded.
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
    // Ligatures are no characters of WinAnsi: each font would be embedded once more for them, and "fi" searched in vain.
    pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0"));
    pango_layout_set_attributes(of.layout.get(), attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_single_paragraph_mode(of.layout.get(), TRUE);
    pango_layout_set_auto_dir(of.layout.get(), FALSE);
}

canvas::~canvas() = default;

void canvas::end_page() {
    cairo_show_page(parts_->on.get());
}

micrometres canvas::width_of(std::string_view text, const text_style& style) {
    parts_->set(text, style);
    return parts_->width();
}

std::vector<std::string> canvas::wrap(std::string_view text, const text_style& style, micrometres width) {
    if (text.empty()) return {};
    parts_->set(text, style);
    if (parts_->width() <= width) return {std::string(text)};
    PangoLayout* layout = parts_->layout.get();
    constexpr std::int64_t units_per_inch = 72 * PANGO_SCALE;
    pango_layout_set_width(layout, static_cast<int>(width * units_per_inch / 25'400));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    std::vector<std::string> out;
    for (int i = 0; i != pango_layout_get_line_count(layout); ++i) {
        const PangoLayoutLine* line = pango_layout_get_line_readonly(layout, i);
        std::string_view part = text.substr(static_cast<std::size_t>(line->start_index), static_cast<std::size_t>(line->length));
        while (part.ends_with(' '))
            part.remove_suffix(1);
        out.emplace_back(part);
    }
    pango_layout_set_width(layout, -1);
    return out;
}

void canvas::text(micrometres left, micrometres baseline, std::string_view text, const text_style& style) {
    if (text.empty()) return;
    parts_->set(with_plain_blanks(text), style);
    parts_->ink(style.ink);
    parts_->show(left, baseline);
}

void canvas::text_right(micrometres right, micrometres baseline, std::string_view text, const text_style& style) {
    if (text.empty()) return;
    parts_->set(with_plain_blanks(text), style);
    parts_->ink(style.ink);
    parts_->show(right - parts_->width(), baseline);
}

void canvas::fill(place from, extent size, colour ink) {
    fill_all({{from, size}}, ink);
}

void canvas::fill_all(const std::vector<std::pair<place, extent>>& each_part, colour ink) {
    cairo_t* on = parts_->on.get();
    parts_->ink(ink);
    for (const auto& [from, size] : each_part)
        cairo_rectangle(on, points(from.left), points(from.top), points(size.width), points(size.height));
    cairo_fill(on);
}

void canvas::draw(const picture& what, place from, extent size) {
    cairo_t* on = parts_->on.get();
    const extent pixels = what.pixels();
    cairo_save(on);
    cairo_translate(on, points(from.left), points(from.top));
    cairo_scale(on, points(size.width) / pixels.width, points(size.height) / pixels.height);
    cairo_set_source_surface(on, what.surface(), 0, 0);
    cairo_paint(on);
    cairo_restore(on);
}

void canvas::code_line(micrometres left, micrometres baseline, std::string_view line) {
    constexpr double pitch = 7.2, size = 9.96;  // points; in OCR-B a character is 723 thousandths of its size wide
    cairo_t* on = parts_->on.get();
    parts_->ink(black);
    cairo_set_font_face(on, parts_->with.code_line_face());
    cairo_set_font_size(on, size);
    std::vector<cairo_glyph_t> glyphs;
    for (std::size_t i = 0; i != line.size(); ++i)
        if (line[i] != ' ')
            glyphs.push_back({fonts::code_line_glyph(line[i]), points(left) + pitch * static_cast<double>(i), points(baseline)});
    cairo_show_glyphs(on, glyphs.data(), static_cast<int>(glyphs.size()));
}

result<std::string> canvas::finish() {
    parts& of = *parts_;
    const cairo_status_t drawn = cairo_status(of.on.get());
    of.on.reset();
    cairo_surface_finish(of.surface.get());
    const cairo_status_t written = cairo_surface_status(of.surface.get());
    if (!of.missing.empty())
        return fail(error_code::invalid_content, fmt::format("the letter's font does not have {}", of.missing));
    for (const cairo_status_t each : {drawn, written})
        if (each != CAIRO_STATUS_SUCCESS) return fail(error_code::io, fmt::format("cairo: {}", cairo_status_to_string(each)));
    remove_transparency_groups(of.bytes);
    return std::move(of.bytes);
}

}  // namespace brygga::print::detail
