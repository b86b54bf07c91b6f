#include "formats/print/letter/detail/chart.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "formats/print/letter/detail/words.hpp"

namespace brygga::print::detail {

namespace {

constexpr micrometres title_height = 5_mm, bar_area = 17_mm, step = 11_mm, bar_width = 7_mm, label_below = 3_mm;
constexpr text_style label{{600}, false, grey};

// Whole units, or tenths where all are small; rounded half up, and never below zero: what is fed into the grid has a facility of
// its own.
std::string value_text(std::int64_t thousandths, bool in_tenths, language in) {
    const std::int64_t tenths = (thousandths + 50) / 100;
    if (!in_tenths) return fmt::format("{}", (thousandths + 500) / 1000);
    return number_text(fmt::format("{}.{}", tenths / 10, tenths % 10), in);
}

}  // namespace

void draw_chart(canvas& on, const charge_group& of, language in, colour bars, place from) {
    std::span<const consumption> shown(of.history);
    if (shown.size() > chart_bars) shown = shown.last(chart_bars);
    std::int64_t most = 1;
    for (const consumption& each : shown)
        most = std::max(most, each.thousandths);
    constexpr std::int64_t small_below = 100'000;  // 100 units
    const bool in_tenths = most < small_below;
    on.text(from.left, from.top + label_below, fmt::format("{} {}", words(word::consumption, in), unit_text(of.unit, in)),
            {{700}, false, grey});
    const micrometres ground = from.top + title_height + label_below + bar_area;
    micrometres left = from.left;
    for (const consumption& each : shown) {
        const std::int64_t used = std::max<std::int64_t>(each.thousandths, 0);
        const auto height = static_cast<micrometres>(static_cast<int128>(used) * bar_area / most);
        const bool is_last = &each == &shown.back();
        if (height > 0) on.fill({left, ground - height}, {bar_width, height}, is_last ? bars : pale);
        on.text(left, ground - height - 700, value_text(used, in_tenths, in), label);
        on.text(left, ground + label_below,
                fmt::format("{} {:02}", month_text(static_cast<unsigned>(each.month.month()), in),
                            static_cast<int>(each.month.year()) % 100),
                label);
        left += step;
    }
    on.fill({from.left, ground}, {static_cast<micrometres>(shown.size()) * step, 150}, grey);
}

}  // namespace brygga::print::detail
