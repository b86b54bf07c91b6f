// A facility's consumption by month, as bars. Internal to formats/print/letter.
#pragma once

#include "formats/print/letter/detail/canvas.hpp"

namespace brygga::print::detail {

inline constexpr micrometres chart_height = 29'000;
inline constexpr std::size_t chart_bars = 13;  // this month, and those of a year before

// The last chart_bars of the history.
void draw_chart(canvas& on, const charge_group& of, language in, colour bars, place from);

}  // namespace brygga::print::detail
