#include "formats/bankgirot/autogiro/layout.hpp"

#include <array>

#include "formats/bankgirot/record_table.hpp"
#include "formats/bankgirot/seal_records.hpp"
#include "formats/core/date.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::autogiro {

namespace {

using layout::record_info;
using layout::record_line;
using layout::section_layout;

constexpr bankgirot::seal_record_infos delivery_records{layouts::seal_opening::info(), layouts::section_seal::info(),
                                                        layouts::seal_closing::info()};

constexpr std::array to_bankgirot_records{layouts::opening_to_bankgirot::info(),
                                          layouts::cancel_mandate::info(),
                                          layouts::new_mandate::info(),
                                          layouts::change_payer_number::info(),
                                          layouts::collection::info(),
                                          layouts::payout::info(),
                                          layouts::cancel_payer::info(),
                                          layouts::cancel_payer_day::info(),
                                          layouts::cancel_payment::info(),
                                          layouts::move_all::info(),
                                          layouts::move_day::info(),
                                          layouts::move_payer_day::info(),
                                          layouts::move_payment::info()};

constexpr std::array payspec_records{layouts::opening_with_time::info(),
                                     layouts::deposit::info(),
                                     layouts::reported_collection::info(),
                                     layouts::withdrawal::info(),
                                     layouts::reported_payout::info(),
                                     layouts::refund_withdrawal::info(),
                                     layouts::refund::info(),
                                     layouts::closing_payspec::info()};

constexpr std::array payspec_old_records{layouts::opening_old::info(), layouts::reported_collection::info(),
                                         layouts::reported_payout::info(), layouts::closing_sums::info()};

constexpr std::array mandadv_records{layouts::opening_with_date::info(), layouts::advice::info(),
                                     layouts::closing_records<"09">::info()};

constexpr std::array mandadv_old_records{layouts::opening_without_customer<"01">::info(), layouts::advice_old::info(),
                                         layouts::closing_records<"09">::info()};

template <class Opening>
constexpr std::array reject_records{Opening::info(), layouts::rejected_collection::info(), layouts::rejected_payout::info(),
                                    layouts::closing_rejected::info()};

template <class Opening>
constexpr std::array amend_records{Opening::info(),
                                   layouts::amendment<"03", "cancelled with the mandate (makulerad)">::info(),
                                   layouts::amendment<"11", "cancelled by the payer or the bank (makulerad)">::info(),
                                   layouts::amendment<"21", "all cancelled, agreement ended (makulering)">::info(),
                                   layouts::amendment<"22", "all of one day cancelled (makulering)">::info(),
                                   layouts::amendment<"23", "cancel all payments of a payer (makulering)">::info(),
                                   layouts::amendment<"24", "cancel a payer's payments of one day (makulering)">::info(),
                                   layouts::amendment<"25", "cancel one payment (makulering)">::info(),
                                   layouts::amendment<"26", "move all payments (datumändring)">::info(),
                                   layouts::amendment<"27", "move all payments of one day (datumändring)">::info(),
                                   layouts::amendment<"28", "move a payer's payments of one day (datumändring)">::info(),
                                   layouts::amendment<"29", "move one payment (datumändring)">::info(),
                                   layouts::closing_sums::info()};

constexpr std::array emandate_records{layouts::opening_without_customer<"51">::info(),
                                      layouts::internet_mandate::info(),
                                      layouts::payer_text::info(),
                                      layouts::address_upper::info(),
                                      layouts::address_lower::info(),
                                      layouts::town::info(),
                                      layouts::closing_records<"59">::info()};

constexpr std::array watch_records{layouts::opening_old::info(), layouts::watched_collection::info(),
                                   layouts::watched_payout::info(), layouts::closing_sums::info()};

constexpr std::array register_records{layouts::register_entry::info()};
constexpr std::array register_old_records{layouts::register_entry_old::info()};

// In the order of layout_id.
constexpr std::array<section_layout, 14> sections{{
    {"", delivery_records},
    {"TO_BANKGIROT", to_bankgirot_records},
    {"PAYSPEC_NEW", payspec_records},
    {"MANDADV_NEW", mandadv_records},
    {"REJECT_NEW", reject_records<layouts::opening_with_date>},
    {"AMEND_NEW", amend_records<layouts::opening_with_date>},
    {"EMANDATE", emandate_records},
    {"WATCH", watch_records},
    {"PAYSPEC_OLD", payspec_old_records},
    {"MANDADV_OLD", mandadv_old_records},
    {"REJECT_OLD", reject_records<layouts::opening_old>},
    {"AMEND_OLD", amend_records<layouts::opening_old>},
    {"MANDREG_NEW", register_records},
    {"MANDREG_OLD", register_old_records},
}};

bool holds(const record_line& line, unsigned first, unsigned last, std::string_view text) noexcept {
    return layout::right_trimmed(line.columns.slice(first, last)) == text;
}

bool is_blank(const record_line& line, unsigned first, unsigned last) noexcept {
    return layout::all_blank(line.columns.slice(first, last));
}

// `text` has Ä where the line may have it in any encoding, whatever the file is in.
bool holds_with_umlaut(const record_line& line, unsigned first, unsigned last, std::string_view before,
                       std::string_view after) noexcept {
    std::string_view slice = layout::right_trimmed(line.columns.slice(first, last));
    if (!slice.starts_with(before) || !slice.ends_with(after) || slice.size() < before.size() + after.size()) return false;
    slice = slice.substr(before.size(), slice.size() - before.size() - after.size());
    return slice == "\xC4" || slice == "\x8E" || slice == "[" || slice == "\xC3\x84";
}

bool is_date(std::string_view slice) noexcept {
    constexpr int first_year = 1900, last_year = 2099;
    const auto day = parse_ccyymmdd(slice);
    return day && static_cast<int>(day->year()) >= first_year && static_cast<int>(day->year()) <= last_year;
}

std::optional<layout_id> opened_new(const record_line& line) noexcept {
    if (holds(line, 45, 64, "BET. SPEC & STOPP TK")) return layout_id::payspec_new;
    if (holds(line, 45, 64, "AG-MEDAVI")) return layout_id::mandadv_new;
    if (holds(line, 45, 64, "AVVISADE BET UPPDR")) return layout_id::reject_new;
    if (holds_with_umlaut(line, 45, 64, "MAKULERING/", "NDRING")) return layout_id::amend_new;
    return std::nullopt;
}

std::optional<layout_id> opened_old(const record_line& line) noexcept {
    if (holds(line, 23, 62, "BEVAKNINGSREG")) return layout_id::watch;
    if (holds(line, 23, 62, "FELLISTA REG.KONTRL")) return layout_id::reject_old;
    if (holds_with_umlaut(line, 23, 62, "MAK/", "NDRINGSLISTA")) return layout_id::amend_old;
    if (is_blank(line, 23, 62)) return layout_id::payspec_old;
    return std::nullopt;
}

std::optional<layout_id> opened_register(const record_line& line) noexcept {
    if (!layout::all_digits(line.columns.slice(1, 38))) return std::nullopt;
    if (!holds(line, 39, 39, "1") && !holds(line, 39, 39, "2")) return std::nullopt;
    if (is_date(line.columns.slice(42, 49))) return layout_id::mandreg_new;
    if (is_date(line.columns.slice(41, 48)) && (holds(line, 58, 58, "0") || holds(line, 58, 58, "1")))
        return layout_id::mandreg_old;
    return std::nullopt;
}

constexpr bankgirot::record_table by_code(sections);

bool is_register(const section_layout* section) noexcept {
    return section == &section_of(layout_id::mandreg_new) || section == &section_of(layout_id::mandreg_old);
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

std::optional<layout_id> opened_by(const record_line& line) noexcept {
    const std::string_view code = line.code();
    if (code == "51" && holds(line, 25, 34, "AG-EMEDGIV")) return layout_id::emandate;
    if (code != "01") return opened_register(line);
    if (holds(line, 1, 7, "01BGMAX")) return std::nullopt;
    if (holds(line, 1, 10, "01AUTOGIRO"))
        if (const auto opened = opened_new(line)) return opened;
    if (holds(line, 11, 22, "AUTOGIRO9900"))
        if (const auto opened = opened_old(line)) return opened;
    if (holds(line, 11, 14, "9900") && holds(line, 25, 44, "AG-MEDAVI")) return layout_id::mandadv_old;
    if (holds(line, 11, 18, "AUTOGIRO") && is_blank(line, 19, 62)) return layout_id::to_bankgirot;
    return opened_register(line);
}

const record_info* delivery_record_of(const record_line& line) noexcept {
    return bankgirot::seal_record_of(line, delivery_records);
}

layout::line_place place_of(const record_line& line, const section_layout* now) noexcept {
    const section_layout& delivery = section_of(layout_id::delivery);
    if (now == &delivery) now = nullptr;
    const std::string_view code = line.code();
    const unsigned number = bankgirot::code_number(code);
    const bool opens = number == 1 || number == 51;
    if (now != nullptr && !opens && !is_register(now))  // nearly every line
        if (const record_info* const known = by_code.find(*now, number); known != nullptr)
            return {known, now, number == 9 || number == 59 ? nullptr : now};
    if (const record_info* seal = delivery_record_of(line); seal != nullptr) return {seal, &delivery, now};
    const bool may_open = now == nullptr || opens;
    if (const auto opened = may_open ? opened_by(line) : std::nullopt) {
        const section_layout& section = section_of(*opened);
        return {is_register(&section) ? &section.records.front() : section.find(code), &section, &section};
    }
    if (may_open) return {};
    if (is_register(now)) return {&now->records.front(), now, now};
    return {nullptr, now, now};
}

const layout::document_layout& document() noexcept {
    static const layout::document_layout layout{.format_id = "autogiro",
                                                .version = "",
                                                .width = layouts::width,
                                                .code_width = 2,
                                                .opening_mark = {},
                                                .sections = sections,
                                                .guesses_cp850 = false,
                                                .place = &place_of};
    return layout;
}

}  // namespace brygga::autogiro
