#include "formats/print/letter/renderer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/print/letter/detail/body.hpp"
#include "formats/print/letter/detail/envelopes.hpp"
#include "formats/print/letter/detail/slip.hpp"
#include "formats/print/letter/detail/words.hpp"

namespace brygga::print {

using namespace detail;

struct renderer::parts {
    look of;
    detail::fonts fonts;
    std::optional<picture> logo;
};

namespace {

constexpr place window{118'000, 45'000};  // print-batch.md 3.7: the right-hand window (H2)
constexpr micrometres window_width = 70_mm, window_height = 20_mm;
constexpr micrometres head_top = 12_mm, facts_top = 46_mm, facts_pitch = 5_mm, facts_value = 58_mm;
constexpr micrometres body_top = 85_mm, later_body_top = 26_mm, body_bottom = 274_mm, footer_top = 279_mm;
constexpr micrometres footer_above_slip = 193'500, body_bottom_above_slip = 190_mm;
constexpr extent logo_box{60'000, 18'000};
constexpr text_style faint{{700}, false, grey};
constexpr type_size text_size{850};

// What is the same for all pages of one letter.
class sheet {
 public:
    sheet(const letter& item, const look& of, const std::optional<picture>& logo, const detail::fonts& with)
        : item_(item), look_(of), logo_(logo), on_(with, file_title(item), item.issued) {}

    [[nodiscard]] result<rendered> draw() {
        const frame first{body_top, item_.slip ? body_bottom_above_slip : body_bottom};
        const letter_body body(item_, look_, on_);
        const std::vector<page> pages = paginate(body.blocks(), first, {later_body_top, body_bottom});
        if (pages.size() > static_cast<std::size_t>(max_pages))
            return fail(error_code::limit_exceeded,
                        fmt::format("the letter needs {} pages, and may have {}", pages.size(), max_pages));
        for (std::size_t i = 0; i != pages.size(); ++i) {
            const std::string number = page_number(i + 1, pages.size());
            if (i == 0) {
                auto drawn = draw_first(number);
                if (!drawn) return tl::unexpected(std::move(drawn.error()));
            } else {
                draw_later_head(number);
                draw_footer(footer_top);
            }
            draw_blocks(pages[i]);
            on_.end_page();
        }
        auto bytes = on_.finish();
        if (!bytes) return tl::unexpected(std::move(bytes.error()));
        return rendered{std::move(*bytes), static_cast<int>(pages.size())};
    }

 private:
    // Readers of the file show it as the name of the window: no personal data.
    static std::string file_title(const letter& item) { return fmt::format("{} {}", title(item), item.number); }
    static std::string title(const letter& item) {
        return item.title.empty() ? std::string(words(title_of(item.kind), item.in)) : item.title;
    }
    [[nodiscard]] std::string_view say(word which) const { return words(which, item_.in); }
    [[nodiscard]] std::string page_number(std::size_t number, std::size_t of) const {
        return fmt::format("{} {} {} {}", say(word::page_word), number, say(word::of_pages), of);
    }

    [[nodiscard]] result<void> draw_first(const std::string& number) {
        draw_sender();
        on_.text(window.left, head_top + 7_mm, title(item_), {18_pt, true, look_.accent});
        on_.text_right(right_edge, head_top + 13_mm, number, faint);
        draw_window();
        draw_facts();
        draw_footer(item_.slip ? footer_above_slip : footer_top);
        return item_.slip ? draw_payment() : result<void>{};
    }

    [[nodiscard]] result<void> draw_payment() {
        if (item_.has_qr) {
            constexpr micrometres side = 30_mm;
            auto drawn = draw_qr(on_, qr_text(item_, look_), {right_edge - side, slip_top + 32_mm}, side);
            if (!drawn) return drawn;
        }
        return draw_slip(on_, item_, look_);
    }

    void draw_sender() {
        if (!logo_) {
            on_.text(left_edge, head_top + 7_mm, look_.company, {16_pt, true, look_.accent});
        } else {
            const extent pixels = logo_->pixels();
            // As large as the box allows.
            const bool is_wide = std::int64_t{pixels.width} * logo_box.height > std::int64_t{pixels.height} * logo_box.width;
            extent size = logo_box;
            if (is_wide) size.height = static_cast<micrometres>(std::int64_t{logo_box.width} * pixels.height / pixels.width);
            if (!is_wide) size.width = static_cast<micrometres>(std::int64_t{logo_box.height} * pixels.width / pixels.height);
            on_.draw(*logo_, {left_edge, head_top}, size);
        }
        const std::string& slogan = look_.words[static_cast<std::size_t>(item_.in)].slogan;
        on_.text(left_edge, head_top + logo_box.height + 4_mm, slogan, faint);
    }

    // As many lines as the window shows, set closer where they are many.
    void draw_window() {
        constexpr micrometres open_pitch = 4'500, solid_pitch = 3'530;  // 10 points without leading
        const auto lines = static_cast<micrometres>(item_.window.size());
        if (lines == 0) return;
        const micrometres pitch = std::clamp(window_height / lines, solid_pitch, open_pitch);
        constexpr micrometres capitals = 2'600;
        micrometres baseline = window.top + capitals;
        for (const std::string& each : item_.window) {
            const bool is_too_wide = on_.width_of(each, {10_pt}) > window_width;
            on_.text(window.left, baseline, each, {is_too_wide ? type_size{850} : 10_pt});
            baseline += pitch;
        }
    }

    void draw_facts() {
        micrometres top = facts_top;
        const auto fact = [&](std::string_view label, const std::string& value, bool is_bold = false) {
            if (value.empty()) return;
            on_.text(left_edge, top, label, {text_size});
            on_.text(facts_value, top, value, {text_size, is_bold});
            top += facts_pitch;
        };
        const bool is_letter = item_.kind == letter_kind::letter;
        fact(say(is_letter ? word::letter_number : word::invoice_number), item_.number);
        fact(say(word::customer_number), item_.customer_number);
        fact(say(word::issued), format_iso_date(item_.issued));
        if (item_.due) fact(say(word::due), format_iso_date(*item_.due), true);
        if (item_.payable_ore && *item_.payable_ore > 0)
            fact(say(word::to_pay), amount_text(*item_.payable_ore, item_.in) + " kr", true);
        fact(say(word::ocr_number), item_.reference);
        for (const auto& [label, value] : item_.details)
            fact(label, value);
        if (item_.is_drawn) on_.text(left_edge, top, say(word::drawn), {text_size});
    }
    void draw_later_head(const std::string& number) {
        const micrometres baseline = head_top + 4_mm;
        on_.text(left_edge, baseline, look_.company, {9_pt, true, look_.accent});
        on_.text(left_edge + 70_mm, baseline, fmt::format("{} {}", title(item_), item_.number), faint);
        on_.text_right(right_edge, baseline, number, faint);
        on_.fill({left_edge, baseline + 2_mm}, {right_edge - left_edge, 200}, pale);
    }

    void draw_footer(micrometres top) {
        if (look_.footer.empty()) return;
        on_.fill({left_edge, top - 1'500}, {right_edge - left_edge, 150}, pale);
        const auto columns = static_cast<micrometres>(look_.footer.size());
        micrometres left = left_edge;
        for (const auto& column : look_.footer) {
            micrometres baseline = top + 1'500;
            for (const std::string& line : column) {
                on_.text(left, baseline, line, {{650}, false, grey});
                baseline += 2'600;
            }
            left += (right_edge - left_edge) / columns;
        }
    }

    void draw_blocks(const page& on_page) {
        for (const placed_block& each : on_page) {
            if (each.is_continued)
                on_.text(left_edge, each.top - continued_title + 4_mm,
                         fmt::format("{} ({})", each.what->under, say(word::continued)), {text_size, true});
            if (each.what->draw) each.what->draw(on_, each.top);
        }
    }

    const letter& item_;
    const look& look_;
    const std::optional<picture>& logo_;
    canvas on_;
};

}  // namespace

renderer::renderer(std::unique_ptr<parts> made) : parts_(std::move(made)) {}
renderer::renderer(renderer&&) noexcept = default;
renderer& renderer::operator=(renderer&&) noexcept = default;
renderer::~renderer() = default;

result<renderer> renderer::make(look of) {
    auto fonts = detail::fonts::find(of.font, of.code_line_font);
    if (!fonts) return tl::unexpected(std::move(fonts.error()));
    std::optional<picture> logo;
    if (!of.logo.empty()) {
        auto read = picture::of_png(of.logo);
        if (!read) return tl::unexpected(std::move(read.error()));
        logo = std::move(*read);
    }
    return renderer(std::make_unique<parts>(parts{std::move(of), std::move(*fonts), std::move(logo)}));
}

result<rendered> renderer::render(const letter& item) const {
    return sheet(item, parts_->of, parts_->logo, parts_->fonts).draw();
}

result<rendered> renderer::render_envelopes(const std::vector<envelope_labels>& labels, date day) const {
    return draw_envelopes(labels, parts_->fonts, day);
}

bool renderer::can_print(std::string_view utf8) const {
    return parts_->fonts.can_print(utf8);
}

}  // namespace brygga::print
