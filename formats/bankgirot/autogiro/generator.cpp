#include "formats/bankgirot/autogiro/generator.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formats/bankgirot/autogiro/faults.hpp"
#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/bankgirot/autogiro/set_writer.hpp"
#include "formats/core/bankgiro.hpp"

namespace brygga::autogiro {

namespace {

constexpr std::uint64_t section_payers = 10'000;
constexpr std::string_view invented_bankgiro = "9912346";

struct generated_layout {
    std::string_view name;
    layout_id layout;
    request_kind requests;
};

constexpr std::array table{
    generated_layout{"payments", layout_id::to_bankgirot, request_kind::payments},
    generated_layout{"mandates", layout_id::to_bankgirot, request_kind::mandates},
    generated_layout{"changes", layout_id::to_bankgirot, request_kind::changes},
    generated_layout{"PAYSPEC_NEW", layout_id::payspec_new, request_kind::none},
    generated_layout{"MANDADV_NEW", layout_id::mandadv_new, request_kind::none},
    generated_layout{"REJECT_NEW", layout_id::reject_new, request_kind::none},
    generated_layout{"AMEND_NEW", layout_id::amend_new, request_kind::none},
    generated_layout{"EMANDATE", layout_id::emandate, request_kind::none},
    generated_layout{"WATCH", layout_id::watch, request_kind::none},
    generated_layout{"PAYSPEC_OLD", layout_id::payspec_old, request_kind::none},
    generated_layout{"MANDADV_OLD", layout_id::mandadv_old, request_kind::none},
    generated_layout{"REJECT_OLD", layout_id::reject_old, request_kind::none},
    generated_layout{"AMEND_OLD", layout_id::amend_old, request_kind::none},
    generated_layout{"MANDREG_NEW", layout_id::mandreg_new, request_kind::none},
    generated_layout{"MANDREG_OLD", layout_id::mandreg_old, request_kind::none},
};

constexpr auto names = [] {
    std::array<std::string_view, table.size()> out{};
    std::transform(table.begin(), table.end(), out.begin(), [](const generated_layout& each) { return each.name; });
    return out;
}();

result<const generated_layout*> layout_of(const generate_settings& what) {
    if (what.layout.empty()) return &table.front();
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.name == what.layout; });
    if (found != table.end()) return &*found;
    return fail(error_code::invalid_argument,
                fmt::format("no Autogiro layout \"{}\"; there is {}", what.layout, fmt::join(names, ", ")));
}

// Those that are wished for, or an invented one.
result<std::vector<std::string>> receivers_of(const generate_settings& what) {
    std::vector<std::string> out;
    for (const std::string& each : what.receivers) {
        auto digits = normalise_bankgiro(each);
        if (!digits || !bankgiro_valid(*digits))
            return fail(error_code::invalid_argument, fmt::format("'{}' is no bankgiro number with a valid check digit", each));
        out.push_back(*std::move(digits));
    }
    if (out.empty()) out.emplace_back(invented_bankgiro);
    return out;
}

result<date> day_of(const generate_settings& what) {
    constexpr int first_year = 1998, last_year = 2097;  // the days around it lie within 1900 to 2099 too
    const date day = what.day.ok() ? what.day : default_generated_day;
    const int year = static_cast<int>(day.year());
    if (year < first_year || year > last_year)
        return fail(error_code::invalid_argument, fmt::format("the day must lie between {} and {}", first_year, last_year));
    return day;
}

}  // namespace

std::span<const std::string_view> generated_layouts() noexcept {
    return names;
}

result<void> generate(const generate_settings& what, const output& to) {
    if (what.count == 0 || what.count > max_generated_payers)
        return fail(error_code::invalid_argument, fmt::format("1 to {} payers in one set", max_generated_payers));
    if (what.bad_percent > 100) return fail(error_code::invalid_argument, "at most 100 percent of the records can be bad");
    const auto layout = layout_of(what);
    if (!layout) return tl::unexpected(layout.error());
    const auto day = day_of(what);
    if (!day) return tl::unexpected(day.error());
    const auto faults = parse_faults(what.faults);
    if (!faults) return tl::unexpected(faults.error());
    const auto receivers = receivers_of(what);
    if (!receivers) return tl::unexpected(receivers.error());

    const detail::set_days days(*day);
    to(lines_before(*faults));
    const std::uint64_t of_a_receiver = (what.count + receivers->size() - 1) / receivers->size();
    const std::uint64_t size = std::min(of_a_receiver, section_payers);
    detail::set_writer made(what.seed, what.bad_percent, days);
    std::size_t section = 0;
    for (std::uint64_t first = 0; first < what.count; first += size) {
        const std::string& receiver = (*receivers)[section++ % receivers->size()];
        made.section((*layout)->layout, (*layout)->requests, receiver, first, std::min(first + size, what.count));
        to(made.bytes());
        made.bytes().clear();
    }
    for (const rule broken : *faults)
        to(fault_section(broken, receivers->front(), days.paid));
    return {};
}

}  // namespace brygga::autogiro
