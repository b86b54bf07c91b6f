#include "formats/bankgirot/supplier_payment/layout.hpp"

#include <array>

#include "formats/bankgirot/record_table.hpp"
#include "formats/bankgirot/seal_records.hpp"
#include "formats/core/date.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::supplier_payment {

namespace {

using layout::record_info;
using layout::record_line;
using layout::section_layout;

constexpr bankgirot::seal_record_infos delivery_records{layouts::seal_opening::info(), layouts::section_seal::info(),
                                                        layouts::seal_closing::info()};

constexpr std::array to_bankgirot_records{layouts::opening::info(),
                                          layouts::fixed_text::info(),
                                          layouts::heading::info(),
                                          layouts::payment::info(),
                                          layouts::deduction::info(),
                                          layouts::watched_credit::info(),
                                          layouts::credit::info(),
                                          layouts::information::info(),
                                          layouts::name::info(),
                                          layouts::address::info(),
                                          layouts::account::info(),
                                          layouts::plusgiro_payment::info(),
                                          layouts::plusgiro_information::info(),
                                          layouts::closing::info()};

constexpr std::array specification_records{layouts::opening::info(),
                                           layouts::name::info(),
                                           layouts::account::info(),
                                           layouts::reported_payment::info(),
                                           layouts::reported_plusgiro_payment::info(),
                                           layouts::reported_deduction::info(),
                                           layouts::reported_watched_credit::info(),
                                           layouts::reported_credit::info(),
                                           layouts::credit_rest::info(),
                                           layouts::credit_use::info(),
                                           layouts::rejection::info(),
                                           layouts::closing::info()};

constexpr std::array watch_records{layouts::opening::info(),      layouts::watched_before::info(), layouts::watched_taken::info(),
                                   layouts::watched_left::info(), layouts::watched_day::info(),    layouts::closing::info()};

constexpr std::array rejected_records{layouts::opening::info(),
                                      layouts::fixed_text::info(),
                                      layouts::heading::info(),
                                      layouts::payment::info(),
                                      layouts::deduction::info(),
                                      layouts::watched_credit::info(),
                                      layouts::credit::info(),
                                      layouts::information::info(),
                                      layouts::name::info(),
                                      layouts::address::info(),
                                      layouts::account::info(),
                                      layouts::plusgiro_payment::info(),
                                      layouts::plusgiro_information::info(),
                                      layouts::rejection::info(),
                                      layouts::closing::info()};

constexpr std::array returned_records{layouts::returned_opening::info(), layouts::returned_order::info(),
                                      layouts::returned_closing::info()};

// In the order of layout_id.
constexpr std::array<section_layout, 7> sections{{
    {"", delivery_records},
    {"TO_BANKGIROT", to_bankgirot_records},
    {"PAYMENT_SPECIFICATION", specification_records},
    {"WATCH", watch_records},
    {"REJECTED", rejected_records},
    {"UNKNOWN_REPORT", specification_records},
    {"RETURNED_MONEY_ORDERS", returned_records},
}};

constexpr bankgirot::record_table by_code(sections);

bool holds(const record_line& line, unsigned first, unsigned last, std::string_view text) noexcept {
    return line.columns.slice(first, last) == text;
}

layout_id report_of(char kind) noexcept {
    switch (kind) {
        case ' ':
            return layout_id::to_bankgirot;
        case '1':
            return layout_id::payment_specification;
        case '2':
            return layout_id::watch;
        case '6':
            return layout_id::rejected;
        default:
            return layout_id::unknown_report;
    }
}

bool opens_returned(const record_line& line) noexcept {
    return line.columns.slice(1, 1) == "1" && line.columns.slice(14, 23).find(' ') == std::string_view::npos &&
           layout::all_blank(line.columns.slice(24, 80));
}

// The sections whose records have one digit.
bool is_returned(const section_layout* section) noexcept {
    return section == &section_of(layout_id::returned_money_orders);
}

}  // namespace

std::string_view name(layout_id which) noexcept {
    return section_of(which).id;
}

const layout::section_layout& section_of(layout_id which) noexcept {
    return sections[static_cast<std::size_t>(which)];
}

layout_id id_of(const layout::section_layout& section) noexcept {
    return static_cast<layout_id>(&section - sections.data());
}

std::optional<encoding> title_encoding(const record_line& line) noexcept {
    if (line.code() != "11" || !holds(line, 19, 26, "LEVERANT") || !holds(line, 28, 40, "RSBETALNINGAR")) return std::nullopt;
    const std::string_view letter = line.columns.slice(27, 27);
    if (letter == "\xC3\x96") return encoding::utf_8;
    if (letter == "\xD6") return encoding::iso_8859_1;
    if (letter == "\x99") return encoding::cp850;
    if (letter == "\\") return encoding::iso_646_se;
    return std::nullopt;
}

std::optional<layout_id> opened_by(const record_line& line) noexcept {
    if (title_encoding(line)) return report_of(line.columns.slice(47, 47).size() == 1 ? line.columns.slice(47, 47)[0] : '?');
    if (opens_returned(line)) return layout_id::returned_money_orders;
    return std::nullopt;
}

bool opens_sus(const record_line& line) noexcept {
    return line.code() == "05" && parse_ccyymmdd(line.columns.slice(59, 66)).has_value();
}

const record_info* delivery_record_of(const record_line& line) noexcept {
    return bankgirot::seal_record_of(line, delivery_records);
}

layout::line_place place_of(const record_line& line, const section_layout* now) noexcept {
    const section_layout& delivery = section_of(layout_id::delivery);
    if (now == &delivery) now = nullptr;
    const std::string_view code = line.code();
    const unsigned number = bankgirot::code_number(code);
    const bool returned = is_returned(now);
    if (now != nullptr && !returned && number != 11) {  // nearly every line
        if (const record_info* known = by_code.find(*now, number)) return {known, now, number == 29 ? nullptr : now};
        if (const record_info* seal = delivery_record_of(line)) return {seal, &delivery, now};
        return {nullptr, now, now};
    }
    if (returned && number != 11) {
        const record_info* known = now->find(code.substr(0, 1));
        if (known != nullptr && known->code != "1") return {known, now, known->code == "3" ? nullptr : now};
    }
    if (const auto opened = opened_by(line)) {
        const section_layout& section = section_of(*opened);
        return {&section.records.front(), &section, &section};
    }
    if (const record_info* seal = delivery_record_of(line)) return {seal, &delivery, now};
    return now == nullptr ? layout::line_place{} : layout::line_place{nullptr, now, now};
}

const layout::document_layout& document() noexcept {
    static const layout::document_layout layout{.format_id = "lb",
                                                .version = "",
                                                .width = layouts::width,
                                                .code_width = 2,
                                                .opening_mark = {},
                                                .sections = sections,
                                                .guesses_cp850 = false,
                                                .place = &place_of};
    return layout;
}

}  // namespace brygga::supplier_payment
