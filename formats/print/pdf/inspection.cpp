#include "formats/print/pdf/inspection.hpp"

#include <cmath>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-font.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

namespace brygga::print::pdf {

namespace {

// Of a point, which is 1/72 inch.
constexpr long thousandths = 1'000;
constexpr long a4_width = 595'276, a4_height = 841'890, two_millimetres = 5'669;

// poppler tells of every flaw on the standard error, with parts of the document.
void silence_poppler() {
    static const bool done = [] {
        poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
        return true;
    }();
    (void)done;
}

bool is_near(long size, long wanted) noexcept {
    return std::labs(size - wanted) <= two_millimetres;
}

bool is_a4(const poppler::page& page, poppler::page_box_enum box) {
    const poppler::rectf area = page.page_rect(box);
    const long width = std::lround(area.width() * thousandths), height = std::lround(area.height() * thousandths);
    const poppler::page::orientation_enum turned = page.orientation();
    const bool is_upright = turned == poppler::page::portrait || turned == poppler::page::upside_down;
    return is_upright ? is_near(width, a4_width) && is_near(height, a4_height)
                      : is_near(height, a4_width) && is_near(width, a4_height);
}

std::string utf8_of(const poppler::ustring& text) {
    const poppler::byte_array bytes = text.to_utf8();
    return {bytes.begin(), bytes.end()};
}

tl::unexpected<error> does_not_open() {
    return fail(error_code::invalid_content, "the PDF does not open");
}

result<void> look_at_pages(const poppler::document& opened, pdf_facts& into) {
    into.is_a4 = true;
    for (std::uint32_t i = 0; i < into.pages; ++i) {
        const std::unique_ptr<poppler::page> page(opened.create_page(static_cast<int>(i)));
        if (!page) return fail(error_code::invalid_content, fmt::format("page {} of the PDF cannot be read", i + 1));
        into.is_a4 = into.is_a4 && is_a4(*page, poppler::media_box) && is_a4(*page, poppler::crop_box);
        if (i == 0) into.first_page_text = utf8_of(page->text());
    }
    return {};
}

using open_pdf = std::unique_ptr<poppler::document>;

result<open_pdf> opened_pdf(std::string_view bytes, const pdf_limits& within) {
    silence_poppler();
    if (bytes.size() > within.bytes)
        return fail(error_code::limit_exceeded, fmt::format("the PDF has more than {} bytes", within.bytes));
    if (!bytes.starts_with("%PDF-")) return does_not_open();
    open_pdf opened(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!opened) return does_not_open();
    return opened;
}

}  // namespace

result<std::string> text_of_pdf(std::string_view bytes, const pdf_limits& within) {
    const auto opened = opened_pdf(bytes, within);
    if (!opened) return tl::unexpected(opened.error());
    const poppler::document& of = **opened;
    if (of.is_locked()) return does_not_open();
    std::string out;
    for (const poppler::ustring& each : {of.get_title(), of.get_author(), of.get_subject(), of.get_keywords()})
        out += utf8_of(each) + '\n';
    if (static_cast<std::uint32_t>(of.pages()) > within.pages)
        return fail(error_code::limit_exceeded, fmt::format("the PDF has more than {} pages", within.pages));
    for (int i = 0; i < of.pages(); ++i) {
        const std::unique_ptr<poppler::page> page(of.create_page(i));
        if (!page) return fail(error_code::invalid_content, fmt::format("page {} of the PDF cannot be read", i + 1));
        out += utf8_of(page->text()) + '\n';
    }
    return out;
}

result<pdf_facts> inspect_pdf(std::string_view bytes, const pdf_limits& within) {
    const auto opened_file = opened_pdf(bytes, within);
    if (!opened_file) return tl::unexpected(opened_file.error());
    const open_pdf& opened = *opened_file;
    pdf_facts made;
    made.is_encrypted = opened->is_encrypted() || opened->is_locked();
    if (opened->is_locked()) return made;
    const int pages = opened->pages();
    if (pages <= 0) return fail(error_code::invalid_content, "the PDF has no page");
    made.pages = static_cast<std::uint32_t>(pages);
    if (made.pages > within.pages)
        return fail(error_code::limit_exceeded, fmt::format("the PDF has more than {} pages", within.pages));
    if (auto looked = look_at_pages(*opened, made); !looked) return tl::unexpected(std::move(looked.error()));
    for (const poppler::font_info& each : opened->fonts())
        made.fonts.push_back({each.name(), each.is_embedded()});
    return made;
}

}  // namespace brygga::print::pdf
