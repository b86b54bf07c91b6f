#include "formats/print/letter/detail/body.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/print/letter/detail/chart.hpp"
#include "formats/print/letter/detail/words.hpp"

namespace brygga::print::detail {

namespace {

constexpr micrometres line_height = 4'200, gap = 3_mm, rule_thickness = 200;
constexpr micrometres baseline_below_top = 3'100;  // of a line of type
constexpr text_style plain{{850}}, bold{{850}, true}, small{{700}, false, grey};

// Columns of charges.
constexpr micrometres text_width = 62_mm, period_left = 86_mm, quantity_right = 142_mm, unit_left = 143_mm, price_right = 168_mm;
constexpr micrometres wide_text = 140_mm;

}  // namespace

class letter_body::maker {
 public:
    maker(const letter& item, const look& of, canvas& measured_with) : item_(item), look_(of), on_(measured_with) { make(); }

    [[nodiscard]] const std::vector<block>& blocks() const { return blocks_; }

 private:
    void make() {
        const bool is_invoice = item_.kind == letter_kind::invoice || item_.kind == letter_kind::credit_invoice;
        const bool is_combined = is_invoice && item_.groups.size() > 1;  // its sums come first, on page 1
        if (is_combined) {
            add_summary();
            add_vat();
        }
        if (is_combined || !is_invoice) add_paragraphs();
        if (is_combined) add_title(say(word::specification));
        for (const charge_group& each : item_.groups)
            add_group(each);
        add_price_note();
        if (!is_combined && !item_.groups.empty()) add_totals();
        if (is_invoice && !is_combined) {
            add_vat();
            add_paragraphs();
        }
    }

    [[nodiscard]] std::string_view say(word which) const { return words(which, item_.in); }
    [[nodiscard]] std::string amount(std::int64_t ore) const { return amount_text(ore, item_.in); }

    void add_space(micrometres height) { blocks_.push_back({height, false, {}, {}}); }

    void add_title(std::string_view title) {
        add_space(gap);
        blocks_.push_back({7_mm, true, {}, [this, title](canvas& on, micrometres top) {
                               on.text(left_edge, top + 4_mm, title, {11_pt, true, look_.accent});
                               on.fill({left_edge, top + 5'500}, {right_edge - left_edge, rule_thickness * 2}, look_.accent);
                           }});
    }

    // Text at the left, an amount at the right.
    void add_sum(std::string text, std::int64_t ore, const text_style& style, bool stays = true) {
        const micrometres height = style.size.hundredths > plain.size.hundredths ? line_height + 1_mm : line_height;
        const micrometres below_top = height - line_height + baseline_below_top;
        blocks_.push_back({height, stays, {}, [this, text = std::move(text), ore, style, below_top](canvas& on, micrometres top) {
                               on.text(left_edge, top + below_top, text, style);
                               on.text_right(right_edge, top + below_top, amount(ore), style);
                           }});
    }

    void add_rule(colour ink, bool stays = true) {
        blocks_.push_back({1_mm, stays, {}, [ink](canvas& on, micrometres top) {
                               on.fill({left_edge, top + 500}, {right_edge - left_edge, rule_thickness}, ink);
                           }});
    }

    void add_summary() {
        add_title(say(word::summary));
        for (const charge_group& each : item_.groups)
            add_sum(fmt::format("{}{}{}", each.title, each.place.empty() ? "" : "  ", short_place(each)), sum_of(each), plain);
        add_totals();
    }

    // What fits beside the amount.
    [[nodiscard]] std::string short_place(const charge_group& of) const {
        const auto lines = on_.wrap(of.place, plain, wide_text - 30_mm);
        return lines.empty() ? std::string() : lines.front();
    }

    void add_totals() {
        add_rule(grey);
        if (item_.rounding_ore != 0) add_sum(std::string(say(word::rounding)), item_.rounding_ore, plain);
        add_sum(std::string(say(word::total)), total_of(item_), bold);
        if (!item_.vat.empty()) {
            std::int64_t vat_ore = 0;
            for (const vat_share& each : item_.vat)
                vat_ore += each.vat_ore;
            add_sum(std::string(say(word::vat)), vat_ore, small);
        }
        if (item_.prepaid_ore != 0) add_sum(std::string(say(word::paid_in_advance)), -item_.prepaid_ore, plain);
        if (item_.payable_ore) {
            const bool is_owed = *item_.payable_ore >= 0;
            add_rule(look_.accent);
            add_sum(std::string(say(is_owed ? word::to_pay : word::to_your_credit)),
                    is_owed ? *item_.payable_ore : -*item_.payable_ore, {10_pt, true, look_.accent}, false);
        }
        add_space(gap / 2);
    }

    void add_vat() {
        if (item_.vat.empty()) return;
        add_space(gap / 2);
        constexpr micrometres base_right = 70_mm, vat_right = 100_mm;
        blocks_.push_back({line_height, true, {}, [this](canvas& on, micrometres top) {
                               on.text(left_edge, top + baseline_below_top, say(word::vat_rate), small);
                               on.text_right(base_right, top + baseline_below_top, say(word::vat_base), small);
                               on.text_right(vat_right, top + baseline_below_top, say(word::vat_amount), small);
                           }});
        for (const vat_share& each : item_.vat)
            blocks_.push_back({line_height, &each != &item_.vat.back(), {}, [this, &each](canvas& on, micrometres top) {
                                   const micrometres at = top + baseline_below_top;
                                   const std::string rate =
                                       each.rate.empty() ? std::string(say(word::without_vat)) : number_text(each.rate, item_.in);
                                   on.text(left_edge, at, rate, plain);
                                   on.text_right(base_right, at, amount(each.base_ore), plain);
                                   on.text_right(vat_right, at, amount(each.vat_ore), plain);
                                   on.text(vat_right + 4_mm, at, each.reason, small);
                               }});
    }

    void add_paragraphs() {
        constexpr text_style style{{900}};
        for (const std::string& each : item_.paragraphs)
            add_paragraph(each, style);
        for (const std::string& each : look_.words[static_cast<std::size_t>(item_.in)].messages)
            add_paragraph(each, style);
    }

    void add_paragraph(std::string_view text, const text_style& style) {
        add_space(gap / 2);
        for (const std::string& line : on_.wrap(text, style, right_edge - left_edge))
            blocks_.push_back({line_height, false, {}, [line, style](canvas& on, micrometres top) {
                                   on.text(left_edge, top + baseline_below_top, line, style);
                               }});
    }

    void add_group(const charge_group& of) {
        add_space(gap / 2);
        const std::string title = of.place.empty() ? of.title : fmt::format("{}  {}", of.title, of.place);
        const auto lines = on_.wrap(title, bold, right_edge - left_edge);
        for (const std::string& line : lines)
            blocks_.push_back({line_height, true, {}, [line](canvas& on, micrometres top) {
                                   on.text(left_edge, top + baseline_below_top, line, bold);
                               }});
        const bool has_columns = std::any_of(of.rows.begin(), of.rows.end(), [](const charge_row& each) {
            return !each.period.empty() || !each.quantity.empty() || !each.price.empty();
        });
        if (has_columns) add_column_heads();
        for (const charge_row& each : of.rows)
            add_row(each, lines.empty() ? title : lines.front(), &each == &of.rows.front(), &each == &of.rows.back());
        add_rule(pale);
        add_sum(fmt::format("{} {}", say(word::sum), of.title), sum_of(of), bold, false);
        if (!of.history.empty()) add_chart(of);
    }

    void add_column_heads() {
        blocks_.push_back(
            {line_height, true, {}, [this](canvas& on, micrometres top) {
                 const micrometres at = top + baseline_below_top;
                 on.text(left_edge, at, say(word::text), small);
                 on.text(period_left, at, say(word::period), small);
                 on.text_right(quantity_right, at, say(word::quantity), small);
                 on.text_right(price_right, at, say(word::price), small);
                 on.text_right(right_edge, at, say(word::amount), small);
                 on.fill({left_edge, top + line_height - rule_thickness}, {right_edge - left_edge, rule_thickness}, pale);
             }});
    }

    // Which of the two a column holds.
    void add_price_note() {
        const bool has_prices = std::any_of(item_.groups.begin(), item_.groups.end(), [](const charge_group& group) {
            return std::any_of(group.rows.begin(), group.rows.end(), [](const charge_row& each) { return !each.price.empty(); });
        });
        if (!has_prices) return;
        blocks_.push_back({line_height, false, {}, [this](canvas& on, micrometres top) {
                               on.text(left_edge, top + baseline_below_top, say(word::prices_without_vat), small);
                           }});
    }

    void add_row(const charge_row& of, const std::string& under, bool is_first, bool is_last) {
        const bool is_bare = of.period.empty() && of.quantity.empty() && of.price.empty();
        auto lines = on_.wrap(of.text, plain, is_bare ? wide_text : text_width);
        if (lines.empty()) lines.emplace_back();
        std::vector<std::string> notes;
        for (const std::string& each : of.notes)
            for (std::string& line : on_.wrap(each, small, wide_text))
                notes.push_back(std::move(line));
        const auto height = static_cast<micrometres>(lines.size() + notes.size()) * line_height;
        blocks_.push_back({height, is_first || is_last, under,
                           [this, &of, lines = std::move(lines), notes = std::move(notes)](canvas& on, micrometres top) {
                               draw_row(on, top + baseline_below_top, of, lines, notes);
                           }});
    }

    void draw_row(canvas& on, micrometres at, const charge_row& of, const std::vector<std::string>& lines,
                  const std::vector<std::string>& notes) const {
        on.text(period_left, at, of.period, plain);
        on.text_right(quantity_right, at, number_text(of.quantity, item_.in), plain);
        on.text(unit_left, at, unit_text(of.unit, item_.in), plain);
        on.text_right(price_right, at, number_text(of.price, item_.in), plain);
        on.text_right(right_edge, at, amount(of.amount_ore), plain);
        for (const std::string& each : lines) {
            on.text(left_edge, at, each, plain);
            at += line_height;
        }
        for (const std::string& each : notes) {
            on.text(left_edge + 3_mm, at, each, small);
            at += line_height;
        }
    }

    void add_chart(const charge_group& of) {
        add_space(gap / 2);
        blocks_.push_back({chart_height, false, {}, [this, &of](canvas& on, micrometres top) {
                               draw_chart(on, of, item_.in, look_.accent, {left_edge, top});
                           }});
    }

    const letter& item_;
    const look& look_;
    canvas& on_;
    std::vector<block> blocks_;
};

letter_body::letter_body(const letter& item, const look& of, canvas& measured_with)
    : maker_(std::make_unique<maker>(item, of, measured_with)) {}

letter_body::~letter_body() = default;

const std::vector<block>& letter_body::blocks() const {
    return maker_->blocks();
}

}  // namespace brygga::print::detail
