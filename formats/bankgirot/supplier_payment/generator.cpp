#include "formats/bankgirot/supplier_payment/generator.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/bankgirot/supplier_payment/answers.hpp"
#include "formats/bankgirot/supplier_payment/faults.hpp"
#include "formats/bankgirot/supplier_payment/layout.hpp"

namespace brygga::supplier_payment {

namespace {

constexpr std::uint64_t section_items = 10'000;
constexpr std::uint64_t least_sections = 3;  // of a file that has payments enough

struct generated_layout {
    std::string_view name;
    layout_id layout;
};

constexpr std::array table{
    generated_layout{"payments", layout_id::to_bankgirot},
    generated_layout{"PAYMENT_SPECIFICATION", layout_id::payment_specification},
    generated_layout{"REJECTED", layout_id::rejected},
    generated_layout{"WATCH", layout_id::watch},
    generated_layout{"RETURNED_MONEY_ORDERS", layout_id::returned_money_orders},
};

constexpr auto names = [] {
    std::array<std::string_view, table.size()> out{};
    std::transform(table.begin(), table.end(), out.begin(), [](const generated_layout& each) { return each.name; });
    return out;
}();

result<layout_id> layout_of(const generate_settings& what) {
    if (what.layout.empty()) return table.front().layout;
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.name == what.layout; });
    if (found != table.end()) return found->layout;
    return fail(error_code::invalid_argument,
                fmt::format("no LB layout \"{}\"; there is {}", what.layout, fmt::join(names, ", ")));
}

result<date> day_of(const generate_settings& what) {
    constexpr int first_year = 1970, last_year = 2068;
    const date day = what.day.ok() ? what.day : default_generated_day;
    const int year = static_cast<int>(day.year());
    if (year < first_year || year > last_year)
        return fail(error_code::invalid_argument, "the day of an LB file is of 1970 to 2068");
    return day;
}

void write_sections(layout_id layout, const generate_settings& what, const std::vector<std::string>& payees,
                    const detail::set_days& days, const output& to) {
    detail::order_maker orders(what.seed, what.bad_percent, payees, days);
    detail::answers bankgirot(what.seed, what.bad_percent, payees, days);
    const std::uint64_t spread = (what.count + least_sections - 1) / least_sections;
    const std::uint64_t size = std::clamp<std::uint64_t>(spread, 1, section_items);
    std::uint64_t section = 0;
    for (std::uint64_t first = 0; first < what.count; first += size, ++section) {
        const std::uint64_t end = std::min(first + size, what.count);
        if (layout == layout_id::to_bankgirot) {
            orders.section(end - first, to);
        } else if (layout == layout_id::returned_money_orders) {
            to(bankgirot.returned_money_orders(detail::payer_of(section), first, end));
        } else {
            std::string bytes;
            orders.section(end - first, [&](std::string_view part) { bytes += part; });
            to(bankgirot.report(layout, bytes, first));
        }
    }
}

}  // namespace

std::span<const std::string_view> generated_layouts() noexcept {
    return names;
}

result<void> generate(const generate_settings& what, const output& to) {
    if (what.count > max_generated_items)
        return fail(error_code::limit_exceeded, fmt::format("at most {} items in a generated file", max_generated_items));
    if (what.bad_percent > 100) return fail(error_code::invalid_argument, "at most 100 percent of the items can be bad");
    const auto layout = layout_of(what);
    if (!layout) return tl::unexpected(layout.error());
    const auto day = day_of(what);
    if (!day) return tl::unexpected(day.error());
    const auto payees = detail::payees_of(what);
    if (!payees) return tl::unexpected(payees.error());
    const auto broken = parse_faults(what.faults);
    if (!broken) return tl::unexpected(broken.error());
    if (what.count == 0 && broken->empty()) return fail(error_code::invalid_argument, "an LB file has at least one payment");
    const detail::set_days days(*day);
    write_sections(*layout, what, *payees, days, to);
    for (const rule each : *broken)
        to(fault_section(each, *layout, *day, days.paid_on));
    return {};
}

}  // namespace brygga::supplier_payment
