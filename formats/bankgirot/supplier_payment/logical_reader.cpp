#include "formats/bankgirot/supplier_payment/logical_reader.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/recognise.hpp"

namespace brygga::supplier_payment::detail {

namespace {

constexpr std::string_view bgmax_mark = "01BGMAX";

std::string_view closing_of(layout_id layout) noexcept {
    return layout == layout_id::returned_money_orders ? "record 3" : "TK29";
}

std::string other_format(const record_line& line) {
    if (line.source.bytes.starts_with(bgmax_mark)) return "BgMax";
    if (opens_sus(line)) return "SUS";
    const std::string_view other = bankgirot::recognise_other_format(line.source.bytes);
    return std::string(other.empty() || other.starts_with("LB") ? "other content" : other);
}

}  // namespace

void logical_reader::run(std::string_view bytes, const bankgirot::file_opening& from) {
    walk_.each_record(bytes, from, *this);
    finish();
}

// Heads may serve payments to the end of the file: they are copied.
const char* logical_reader::kept_from(const record_line& line) {
    copy_heads();
    if (payment_.open) return payment_.view.at.bytes.data();
    return heads_.awaits ? heads_.begin : line.source.bytes.data();
}

void logical_reader::take(const record_line& line) {
    const layout::line_place place = supplier_payment::place_of(line, now_);
    if (place.section == nullptr) return outside(line);
    lost_ = false;
    now_ = place.next;
    const layout_id layout = id_of(*place.section);
    if (layout == layout_id::delivery) {
        count(place.record->code);
        measure(line, {});
        return seal_.take(line, walk_.at_first());
    }
    seal_.expect_open(line);
    if (place.record == nullptr) return unknown(line);
    count(place.record->code);
    if (place.record == &place.section->records.front())
        open_section(layout, line);
    else
        body(line, *place.record);
    last_code_ = place.record->code;
    if (place.next == nullptr) {
        section_.closed = true;
        close_section();
    }
}

// One finding for a stretch of lines that stand in no section.
void logical_reader::outside(const record_line& line) {
    now_ = nullptr;
    if (section_open_) close_section();
    count(line.code());
    if (!lost_)
        check_.report().place(rule::R14, severity::error, layout::columns_of(line, 1, layouts::width), {}, {}, other_format(line),
                              "an opening record of LB");
    lost_ = true;
}

// LB-R19, or LB-R14 where what looked like returned money orders goes on with other records.
void logical_reader::unknown(const record_line& line) {
    count(line.code());
    measure(line, section_subject());
    if (returned_unconfirmed_) {
        returned_unconfirmed_ = false;
        check_.report().place(rule::R14, severity::error, returned_place_, "1", {}, "no record 2 or 3 after it",
                              "an opening record of LB");
        return;
    }
    const severity level = section_.layout == layout_id::to_bankgirot ? severity::hold : severity::warning;
    check_.report().place(rule::R19, level, layout::code_columns(line), line.code(), section_subject(),
                          fmt::format("TK{}", line.columns.utf8(1, 2)), fmt::format("a record of {}", name(section_.layout)));
}

void logical_reader::open_section(layout_id layout, const record_line& line) {
    if (section_open_) {
        check_.report().place(rule::R01, severity::error, layout::code_columns(line), line.code(), section_subject(),
                              "the next section", fmt::format("{} before it", closing_of(section_.layout)));
        close_section();
    }
    section_ = {};
    section_.section_no = ++file_.sections;
    section_.layout = layout;
    section_.line = line.source.number;
    section_open_ = true;
    watched_records_ = 0;
    const std::string_view title = name(layout);
    if (versions_.find(title) == std::string::npos) versions_ += (versions_.empty() ? "" : " ") + std::string(title);
    measure(line, section_subject());
    if (layout == layout_id::returned_money_orders) {
        open_returned(line, section_subject());
    } else {
        static constexpr record_info record = layouts::opening::info();
        const layout::columns columns = opening_columns_.keep(line.columns, layouts::width);
        const std::uint32_t bad = layouts::opening::read(columns, section_.opening);
        section_.bankgiro = columns.slice(3, 12);
        tell_character_set(line);
        if (bad != 0) check_.bad_parts(line, record, bad, section_subject(), layout);
        check_.opening(line, record, section_.opening, section_subject(), layout);
    }
    into_.section_opened(section_);
}

void logical_reader::open_returned(const record_line& line, const subject& about) {
    static constexpr record_info record = layouts::returned_opening::info();
    const layout::columns columns = opening_columns_.keep(line.columns, layouts::width);
    returned_opening_record value;
    const std::uint32_t bad = layouts::returned_opening::read(columns, value);
    section_.bankgiro = columns.slice(14, 23);
    if (bad != 0) check_.bad_parts(line, record, bad, about, section_.layout);
    check_.bankgiro(line, record, "bankgiro", value.bankgiro, about, section_.layout);
    returned_unconfirmed_ = true;
    returned_place_ = layout::columns_of(line, 1, layouts::width);
}

// The Ö of TK11 in an encoding that nobody said the file is in.
void logical_reader::tell_character_set(const record_line& opening) {
    if (character_set_told_ || file_.in != encoding::iso_8859_1) return;
    const auto found = title_encoding(opening);
    if (!found || *found == encoding::iso_8859_1) return;
    character_set_told_ = true;
    check_.report().place(rule::R17, severity::info, layout::columns_of(opening, 27, 27), opening.code(), section_subject(),
                          brygga::name(*found), "ISO 8859-1, or that encoding configured");
}

void logical_reader::close_section() {
    finish_payment();
    abandon_heads();
    hand_out_rejections();
    section_open_ = false;
    returned_unconfirmed_ = false;
    file_.totals.payments += section_.totals.payments;
    file_.totals.deductions += section_.totals.deductions;
    file_.totals.payments_ore += section_.totals.payments_ore;
    file_.totals.deductions_ore += section_.totals.deductions_ore;
    into_.section_closed(section_);
}

void logical_reader::finish() {
    if (returned_unconfirmed_)
        check_.report().place(rule::R14, severity::error, returned_place_, "1", {}, "no record 2 or 3 after it",
                              "an opening record of LB");
    if (section_open_) {
        check_.report().place(rule::R01, severity::error, walk_.last_place(), {}, section_subject(), "the end of the file",
                              closing_of(section_.layout));
        close_section();
    }
    if (file_.sections == 0 && file_.findings.count(static_cast<std::size_t>(rule::R14)) == 0)
        walk_.tell_no_section(rule::R14, "an opening record of LB");
    walk_.tell_fills();
    seal_.tell_skipped();
    walk_.counter().add_to(file_.records);
    file_.version = versions_;
}

}  // namespace brygga::supplier_payment::detail
