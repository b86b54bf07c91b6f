#include "formats/bankgirot/supplier_payment/logical_reader.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/recognise.hpp"
#include "formats/layout/digits.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::supplier_payment::detail {

namespace {

constexpr std::size_t max_unknown_codes = 100;  // counted apart; what comes beyond is counted as "other"
constexpr std::string_view bgmax_mark = "01BGMAX";

std::string_view closing_of(layout_id layout) noexcept {
    return layout == layout_id::returned_money_orders ? "record 3" : "TK29";
}

std::string other_format(const fixed_line& line) {
    if (line.source.bytes.starts_with(bgmax_mark)) return "BgMax";
    if (opens_sus(line)) return "SUS";
    const std::string_view other = bankgirot::recognise_other_format(line.source.bytes);
    return std::string(other.empty() || other.starts_with("LB") ? "other content" : other);
}

}  // namespace

void logical_reader::run(std::string_view bytes, std::size_t opens) {
    const char* const content_end = bytes.data() + layout::without_end(bytes).size();
    std::size_t offset = 0;
    std::string_view rest = bytes;
    if (rest.starts_with(utf8_byte_order_mark)) rest.remove_prefix(offset = utf8_byte_order_mark.size());
    line_cutter lines(rest, 1, offset);
    physical_line line;
    while (lines.next(line)) {
        if (line.bytes.data() + line.bytes.size() > content_end) line.bytes = layout::without_end_mark(line.bytes);
        if (line.bytes.starts_with(utf8_byte_order_mark) && !begun_) {  // after blank lines
            line.bytes.remove_prefix(utf8_byte_order_mark.size());
            line.offset += utf8_byte_order_mark.size();
        }
        if (line.end == "\r" && !cr_told_) {
            cr_told_ = true;
            check_.report().place(rule::R15, severity::error, {line.number, line.offset, 0, 0}, {}, {}, "CR without LF",
                                  "CR LF or LF");
        }
        if (layout::is_blank_line(line.bytes)) {
            if (blank_++ + padded_ + cut_ == 0) first_fill_ = {line.number, line.offset, 0, 0};
        } else if (line.offset < opens) {
            if (titles_++ == 0) first_title_ = {line.number, line.offset, 0, 0};
        } else {
            take(line);
        }
    }
    finish();
}

void logical_reader::take(const physical_line& source) {
    last_place_ = {source.number, source.offset, 1, 2};
    padder_.recycle();
    const fixed_line line = padder_.pad(source);
    if (line.padded || line.cut) {
        if (blank_ + padded_ + cut_ == 0) {
            first_fill_ = layout::fill_of(line);
            first_fill_code_ = line.columns.utf8(1, 2);
        }
        ++(line.padded ? padded_ : cut_);
    }
    dispatch(line, supplier_payment::place_of(line, now_));
    pass(source);
}

void logical_reader::dispatch(const fixed_line& line, const layout::line_place& place) {
    const bool was_begun = begun_;
    begun_ = true;
    if (place.section == nullptr) return outside(line);
    lost_ = false;
    now_ = place.next;
    const layout_id layout = id_of(*place.section);
    if (layout == layout_id::delivery) {
        if (place.record->code == "00" && was_begun) unexpected(line, "TK00 only as the first record");
        return seal_record(line, place.record->code);
    }
    if (ended_) unexpected(line, "nothing after TK99");
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

// LB-R15 beyond the columns, LB-R17 within.
void logical_reader::measure(const fixed_line& line, const subject& about) {
    if (line.surplus) [[unlikely]]
        check_.report().place(rule::R15, severity::hold, layout::surplus_of(line), line.code(), about,
                              fmt::format("{} bytes", line.source.bytes.size()), "80 columns");
    if (!line.tabs) [[likely]]
        return;
    const location tab = layout::tab_of(line);
    if (tab.first_column <= layouts::width)
        check_.report().place(rule::R17, severity::warning, tab, line.code(), about, "\\t", "blanks");
}

// One finding for a stretch of lines that stand in no section.
void logical_reader::outside(const fixed_line& line) {
    now_ = nullptr;
    if (section_open_) close_section();
    count(line.code());
    if (!lost_)
        check_.report().place(rule::R14, severity::error, layout::columns_of(line, 1, layouts::width), {}, {}, other_format(line),
                              "an opening record of LB");
    lost_ = true;
}

// LB-R19, or LB-R14 where what looked like returned money orders goes on with other records.
void logical_reader::unknown(const fixed_line& line) {
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

void logical_reader::seal_record(const fixed_line& line, std::string_view code) {
    count(code);
    if (!seal_told_) seal_place_ = layout::code_columns(line);
    seal_told_ = true;
    if (code == "00") file_.seal.opens = true;
    if (code == "28") ++file_.seal.section_seals;
    if (code == "99") file_.seal.closes = ended_ = true;
}

void logical_reader::unexpected(const fixed_line& line, std::string_view expected) {
    check_.report().place(rule::R14, severity::error, layout::code_columns(line), line.code(), {},
                          fmt::format("TK{}", line.columns.utf8(1, 2)), expected);
}

void logical_reader::open_section(layout_id layout, const fixed_line& line) {
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

void logical_reader::open_returned(const fixed_line& line, const subject& about) {
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
void logical_reader::tell_character_set(const fixed_line& opening) {
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

void logical_reader::count(std::string_view code) {
    if (code.size() == 2 && layout::all_digits(code)) {
        ++counts_[static_cast<std::size_t>(code[0] - '0') * 10 + static_cast<std::size_t>(code[1] - '0')];
        return;
    }
    std::string name = to_utf8(code, file_.in);
    if (other_counts_.size() >= max_unknown_codes && !other_counts_.contains(name)) name = "other";
    ++other_counts_[name];
}

// Tells the caller how far no view reaches back any more.
void logical_reader::pass(const physical_line& source) {
    constexpr std::size_t step = std::size_t{1} << 20;
    if (!options_.passed || source.offset - passed_ < step) return;
    const char* begin = source.bytes.data();
    if (payment_.open)
        begin = payment_.view.at.bytes.data();
    else if (heads_.awaits)
        begin = heads_.begin;
    passed_ = source.offset - static_cast<std::size_t>(source.bytes.data() - begin);
    options_.passed(passed_);
}

// LB-R16 and R18: what was done to read the file, once each.
void logical_reader::tell_fills() {
    if (titles_ != 0)
        check_.report().place(rule::R18, severity::info, first_title_, {}, {}, fmt::format("{} lines", titles_), {});
    if (padded_ + cut_ + blank_ != 0)
        check_.report().place(rule::R16, severity::info, first_fill_, first_fill_code_, {},
                              fmt::format("{} lines padded, {} cut, {} blank lines skipped", padded_, cut_, blank_), {});
    if (seal_told_) check_.report().place(rule::R18, severity::info, seal_place_, {}, {}, "a seal", "a key to verify it with");
}

void logical_reader::finish() {
    if (returned_unconfirmed_)
        check_.report().place(rule::R14, severity::error, returned_place_, "1", {}, "no record 2 or 3 after it",
                              "an opening record of LB");
    if (section_open_) {
        check_.report().place(rule::R01, severity::error, last_place_, {}, section_subject(), "the end of the file",
                              closing_of(section_.layout));
        close_section();
    }
    if (file_.sections == 0 && file_.findings.count(static_cast<std::size_t>(rule::R14)) == 0)
        check_.report().place(rule::R14, severity::error, {begun_ ? last_place_.line : 1, last_place_.offset, 0, 0}, {}, {},
                              begun_ ? "no section" : "an empty file", "an opening record of LB");
    tell_fills();
    for (std::size_t code = 0; code != counts_.size(); ++code)
        if (counts_[code] != 0) file_.records[fmt::format("{:02}", code)] = counts_[code];
    for (const auto& [code, number] : other_counts_)
        file_.records[code] = number;
    file_.version = versions_;
}

}  // namespace brygga::supplier_payment::detail
