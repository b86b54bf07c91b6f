#include "formats/bankgirot/autogiro/logical_reader.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/recognise.hpp"
#include "formats/layout/digits.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::autogiro::detail {

namespace {

constexpr std::size_t max_unknown_codes = 100;  // counted apart; what comes beyond is counted as "other"
constexpr std::string_view bgmax_mark = "01BGMAX";

std::string_view closing_code(layout_id layout) noexcept {
    switch (layout) {
        case layout_id::delivery:
        case layout_id::to_bankgirot:
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            return {};
        case layout_id::emandate:
            return "TK59";
        case layout_id::payspec_new:
        case layout_id::mandadv_new:
        case layout_id::reject_new:
        case layout_id::amend_new:
        case layout_id::watch:
        case layout_id::payspec_old:
        case layout_id::mandadv_old:
        case layout_id::reject_old:
        case layout_id::amend_old:
            return "TK09";
    }
    return {};
}

bool is_register(layout_id layout) noexcept {
    return layout == layout_id::mandreg_new || layout == layout_id::mandreg_old;
}

void add(payment_totals& sum, const payment_totals& more) {
    sum.approved += more.approved;
    sum.failed += more.failed;
    sum.approved_ore += more.approved_ore;
    sum.failed_ore += more.failed_ore;
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
            check_.report().place(rule::R04, severity::error, {line.number, line.offset, 0, 0}, {}, {}, "CR without LF",
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
    dispatch(line, autogiro::place_of(line, now_));
    pass(source.offset);
}

void logical_reader::dispatch(const fixed_line& line, const layout::line_place& place) {
    const std::string_view code = line.code();
    const bool was_begun = begun_;
    begun_ = true;
    if (place.section == nullptr) return outside(line);
    lost_ = false;
    now_ = place.next;
    const layout_id layout = id_of(*place.section);
    if (layout == layout_id::delivery) {
        if (code == "00" && was_begun) unexpected(line, "TK00 only as the first record");
        return seal_record(line, code);
    }
    if (ended_) unexpected(line, "nothing after TK99");
    const bool opens = is_register(layout) ? !section_open_ || section_.layout != layout : code == "01" || code == "51";
    if (opens) open_section(layout, line, *place.record);
    if (place.record == nullptr) {
        count(code);
        measure(line, section_subject());
        check_.report().place(rule::R03, severity::hold, layout::code_columns(line), code, section_subject(),
                              fmt::format("TK{}", line.columns.utf8(1, 2)), fmt::format("a record of {}", name(layout)));
        return;
    }
    count(place.record->code);
    if (!opens || is_register(layout)) body(line, *place.record);
    if (place.next == nullptr) {
        section_.closed = true;
        close_section();
    }
}

// AG-R04 beyond the columns, AG-R25 within.
void logical_reader::measure(const fixed_line& line, const subject& about) {
    if (line.surplus) [[unlikely]]
        check_.report().place(rule::R04, severity::hold, layout::surplus_of(line), line.code(), about,
                              fmt::format("{} bytes", line.source.bytes.size()), "80 columns");
    if (!line.tabs) [[likely]]
        return;
    const location tab = layout::tab_of(line);
    if (tab.first_column <= layouts::width)
        check_.report().place(rule::R25, severity::warning, tab, line.code(), about, "\\t", "blanks");
}

// One finding for a stretch of lines that stand in no section.
void logical_reader::outside(const fixed_line& line) {
    now_ = nullptr;
    if (section_open_) {
        tell_unclosed(line);
        close_section();
    }
    count(line.code());
    if (!lost_) {
        const std::string_view other = bankgirot::recognise_other_format(line.source.bytes);
        const bool bgmax = line.source.bytes.starts_with(bgmax_mark);
        location where = layout::columns_of(line, 1, layouts::width);
        check_.report().place(rule::R01, severity::error, where, {}, {},
                              bgmax                                  ? "BgMax"
                              : other.empty() || other == "Autogiro" ? "other content"
                                                                     : other,
                              "an opening record of Autogiro");
    }
    lost_ = true;
}

void logical_reader::seal_record(const fixed_line& line, std::string_view code) {
    count(code);
    measure(line, {});
    if (!seal_told_) seal_place_ = layout::code_columns(line);
    seal_told_ = true;
    if (code == "00") file_.seal.opens = true;
    if (code == "08") ++file_.seal.section_seals;
    if (code == "99") file_.seal.closes = ended_ = true;
}

void logical_reader::unexpected(const fixed_line& line, std::string_view expected) {
    check_.report().place(rule::R01, severity::error, layout::code_columns(line), line.code(), {},
                          fmt::format("TK{}", line.columns.utf8(1, 2)), expected);
}

// AG-R02, at the opening record of what comes next.
void logical_reader::tell_unclosed(const fixed_line& next) {
    const std::string_view closing = closing_code(section_.layout);
    if (closing.empty()) return;
    check_.report().place(rule::R02, severity::error, layout::code_columns(next), next.code(), section_subject(),
                          "the next section", fmt::format("{} before it", closing));
}

void logical_reader::open_section(layout_id layout, const fixed_line& line, const record_info& record) {
    if (section_open_) {
        tell_unclosed(line);
        close_section();
    }
    section_ = {};
    views_ = {};
    section_.section_no = ++file_.sections;
    section_.layout = layout;
    section_.line = line.source.number;
    section_open_ = true;
    entry_ = {};
    entries_[0] = entries_[1] = entries_[2] = details_ = 0;
    const std::string_view title = name(layout);
    if (versions_.find(title) == std::string::npos) versions_ += (versions_.empty() ? "" : " ") + std::string(title);
    const layout::columns columns = opening_columns_.keep(line.columns, layouts::width);
    std::uint32_t bad = 0;
    switch (layout) {
        case layout_id::to_bankgirot:
            bad = layouts::opening_to_bankgirot::read(columns, section_.opening);
            break;
        case layout_id::payspec_new:
            bad = layouts::opening_with_time::read(columns, section_.opening);
            break;
        case layout_id::mandadv_new:
        case layout_id::reject_new:
        case layout_id::amend_new:
            bad = layouts::opening_with_date::read(columns, section_.opening);
            break;
        case layout_id::watch:
        case layout_id::payspec_old:
        case layout_id::reject_old:
        case layout_id::amend_old:
            bad = layouts::opening_old::read(columns, section_.opening);
            break;
        case layout_id::mandadv_old:
        case layout_id::emandate:
            bad = layouts::opening_without_customer<"01">::read(columns, section_.opening);
            break;
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            section_.opening.bankgiro = columns.slice(1, 10);
            into_.section_opened(section_);
            return;
        case layout_id::delivery:
            break;
    }
    measure(line, section_subject());
    tell_character_set(line);
    check_.bad_parts(line, record, bad, section_subject(), severity::hold, false);
    check_.opening(line, record, section_.opening, section_subject());
    if (customer_number_.empty())
        customer_number_ = options_.customer_number.empty() ? section_.opening.customer_number : options_.customer_number;
    check_.customer_number(line, record, section_.opening.customer_number, customer_number_);
    into_.section_opened(section_);
}

// The Ä of an amendment list in an encoding that nobody said the file is in.
void logical_reader::tell_character_set(const fixed_line& opening) {
    if (foreign_umlaut_told_ || file_.in != encoding::iso_8859_1) return;
    const std::string_view text = section_.opening.content.bytes;
    const std::string_view found = text.find('\x8E') != std::string_view::npos ? "CP850"
                                   : text.find('[') != std::string_view::npos  ? "ISO 646-SE"
                                                                               : "";
    if (found.empty()) return;
    foreign_umlaut_told_ = true;
    check_.report().place(rule::R23, severity::info, layout::columns_of(opening, 1, layouts::width), opening.code(),
                          section_subject(), found, "ISO 8859-1, or that encoding configured");
}

void logical_reader::close_section() {
    finish_mandate();
    close_entry();
    section_open_ = false;
    add(file_.collections, section_.collections);
    add(file_.payouts, section_.payouts);
    add(file_.refunds, section_.refunds);
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
void logical_reader::pass(std::size_t offset) {
    constexpr std::size_t step = std::size_t{1} << 20;
    if (!options_.passed || offset - passed_ < step || mandate_open_) return;
    passed_ = offset;
    options_.passed(offset);
}

// AG-R22, R26 and R27: what was done to read the file, once each.
void logical_reader::tell_fills() {
    if (titles_ != 0)
        check_.report().place(rule::R22, severity::info, first_title_, {}, {}, fmt::format("{} lines", titles_), {});
    if (padded_ + cut_ + blank_ != 0)
        check_.report().place(rule::R26, severity::info, first_fill_, first_fill_code_, {},
                              fmt::format("{} lines padded, {} cut, {} blank lines skipped", padded_, cut_, blank_), {});
    if (seal_told_) check_.report().place(rule::R27, severity::info, seal_place_, {}, {}, "a seal", "a key to verify it with");
}

void logical_reader::finish() {
    if (section_open_) {
        if (const std::string_view closing = closing_code(section_.layout); !closing.empty())
            check_.report().place(rule::R02, severity::error, last_place_, {}, section_subject(), "the end of the file", closing);
        close_section();
    }
    if (file_.sections == 0 && file_.findings.count(static_cast<std::size_t>(rule::R01)) == 0)
        check_.report().place(rule::R01, severity::error, {begun_ ? last_place_.line : 1, last_place_.offset, 0, 0}, {}, {},
                              begun_ ? "no section" : "an empty file", "an opening record of Autogiro");
    tell_fills();
    for (std::size_t code = 0; code != counts_.size(); ++code)
        if (counts_[code] != 0) file_.records[fmt::format("{:02}", code)] = counts_[code];
    for (const auto& [code, number] : other_counts_)
        file_.records[code] = number;
    file_.version = versions_;
}

}  // namespace brygga::autogiro::detail
