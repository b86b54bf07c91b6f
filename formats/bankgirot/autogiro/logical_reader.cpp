#include "formats/bankgirot/autogiro/logical_reader.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/recognise.hpp"

namespace brygga::autogiro::detail {

namespace {

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

void logical_reader::run(std::string_view bytes, const bankgirot::file_opening& from) {
    walk_.each_record(bytes, from, *this);
    finish();
}

void logical_reader::take(const record_line& line) {
    const layout::line_place place = autogiro::place_of(line, now_);
    const std::string_view code = line.code();
    if (place.section == nullptr) return outside(line);
    lost_ = false;
    now_ = place.next;
    const layout_id layout = id_of(*place.section);
    if (layout == layout_id::delivery) {
        count(code);
        measure(line, {});
        return seal_.take(line, walk_.at_first());
    }
    seal_.expect_open(line);
    const unsigned number = bankgirot::code_number(code);
    const bool opens = is_register(layout) ? !section_open_ || section_.layout != layout : number == 1 || number == 51;
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

// One finding for a stretch of lines that stand in no section.
void logical_reader::outside(const record_line& line) {
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

// AG-R02, at the opening record of what comes next.
void logical_reader::tell_unclosed(const record_line& next) {
    const std::string_view closing = closing_code(section_.layout);
    if (closing.empty()) return;
    check_.report().place(rule::R02, severity::error, layout::code_columns(next), next.code(), section_subject(),
                          "the next section", fmt::format("{} before it", closing));
}

void logical_reader::open_section(layout_id layout, const record_line& line, const record_info& record) {
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
void logical_reader::tell_character_set(const record_line& opening) {
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

void logical_reader::finish() {
    if (section_open_) {
        if (const std::string_view closing = closing_code(section_.layout); !closing.empty())
            check_.report().place(rule::R02, severity::error, walk_.last_place(), {}, section_subject(), "the end of the file",
                                  closing);
        close_section();
    }
    if (file_.sections == 0 && file_.findings.count(static_cast<std::size_t>(rule::R01)) == 0)
        walk_.tell_no_section(rule::R01, "an opening record of Autogiro");
    walk_.tell_fills();
    seal_.tell_skipped();
    walk_.counter().add_to(file_.records);
    file_.version = versions_;
}

}  // namespace brygga::autogiro::detail
