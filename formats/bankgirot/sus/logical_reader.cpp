#include "formats/bankgirot/sus/logical_reader.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/recognise.hpp"
#include "formats/core/personal_number.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::sus::detail {

namespace {

// For each: what it is read with and told by.
template <class Layout>
constexpr record_info info_of = Layout::info();

bool is_masked(std::string_view slice) noexcept {
    return slice.find('X') != std::string_view::npos && slice.find_first_not_of("0123456789X ") == std::string_view::npos;
}

bool is_readable(const record_info& record, std::string_view field, std::uint32_t bad) noexcept {
    const layout::field_info* const info = record.find(field);
    return info != nullptr && ((bad >> (info - record.fields.data())) & 1u) == 0;
}

}  // namespace

void logical_reader::run(std::string_view bytes, const bankgirot::file_opening& from) {
    walk_.each_record(bytes, from, *this);
    finish();
}

void logical_reader::take(const record_line& line) {
    walk_.counter().count(line.code());
    const layout::line_place place = sus::place_of(line, now_);
    if (place.section == nullptr) return outside(line);
    lost_ = false;
    now_ = place.next;
    if (place.record == &place.section->records.front())
        open_section(line);
    else
        body(line, place.record);
    if (place.next == nullptr) {
        section_.closed = true;
        close_section();
    }
}

// One finding for a stretch of lines that stand in no section.
void logical_reader::outside(const record_line& line) {
    if (!lost_) {
        const std::string_view other = bankgirot::recognise_other_format(line.source.bytes);
        report_.place(rule::LB_R14, severity::error, layout::columns_of(line, 1, layouts::width), {}, {},
                      other.empty() ? "other content" : other, "an opening record of SUS with a date");
    }
    lost_ = true;
}

void logical_reader::open_section(const record_line& line) {
    if (section_open_) {
        report_.place(rule::LB_R01, severity::error, layout::code_columns(line), line.code(), section_subject(),
                      "the next section", "record 80 before it");
        close_section();
    }
    section_ = {};
    section_.section_no = ++file_.sections;
    section_.line = line.source.number;
    section_open_ = true;
    measure(line, section_subject());
    const layout::columns columns = opening_columns_.keep(line.columns, layouts::width);
    const std::uint32_t bad = layouts::opening::read(columns, section_.opening);
    if (bad != 0) bad_parts(line, info_of<layouts::opening>, bad, section_subject());
    payment_day_ = parse_ccyymmdd(section_.opening.payment_day).value_or(date{});
    into_.section_opened(section_);
}

void logical_reader::close_section() {
    finish_payment();
    section_open_ = false;
    file_.payments += section_.payments;
    file_.payments_ore += section_.payments_ore;
    into_.section_closed(section_);
}

void logical_reader::body(const record_line& line, const record_info* record) {
    if (record == nullptr) {
        measure(line, section_subject());
        report_.place(rule::LB_R19, severity::warning, layout::code_columns(line), line.code(), section_subject(),
                      fmt::format("record {}", line.columns.utf8(1, 2)), "a record of SUS");
    } else if (record->code == "30") {
        payment(line);
    } else if (record->code == "36") {
        address(line);
    } else if (record->code == "80") {
        closing(line);
    } else {
        measure(line, payment_subject());
    }
}

// LB-R13.
void logical_reader::bad_parts(const record_line& line, const record_info& record, std::uint32_t bad, const subject& about) {
    for (std::size_t i = 0; i != record.fields.size(); ++i) {
        const layout::field_info& field = record.fields[i];
        if (((bad >> i) & 1u) == 0 || field.name == "civic_number") continue;  // SUS-R01
        const bool masked = is_masked(line.columns.slice(field.first, field.last));
        report_.field(rule::LB_R13, masked ? severity::warning : severity::hold, line, record, field, about,
                      layout::expectation(field));
    }
}

void logical_reader::payment(const record_line& line) {
    constexpr const record_info& record = info_of<layouts::payment>;
    finish_payment();
    ++ordinal_;
    payment_open_ = true;
    const subject about = payment_subject();
    measure(line, about);
    payment_ = {};
    const std::uint32_t bad = layouts::payment::read(line.lasting(payment_columns_), payment_.record);
    if (bad != 0) [[unlikely]]
        bad_parts(line, record, bad, about);
    check_payment(line, record, about, bad);
    ++section_.payments;
    section_.payments_ore += payment_.record.amount_ore;
    payment_.section = &section_;
    payment_.ordinal = ordinal_;
    payment_.line = line.source.number;
    payment_.bytes = line.source.bytes;
}

void logical_reader::check_payment(const record_line& line, const record_info& record, const subject& about, std::uint32_t bad) {
    const payment_record& value = payment_.record;
    if (!parse_personal_number(value.civic_number, payment_day_)) [[unlikely]]
        report_.field(rule::R01, severity::hold, line, record, "civic_number", about, "12 digits of a personal number");
    if (value.amount_ore == 0 && is_readable(record, "amount_ore", bad)) [[unlikely]]
        report_.field(rule::LB_R07, severity::hold, line, record, "amount_ore", about, "more than zero");
    const bool no_clearing = layout::all_blank(line.columns.slice(124, 127));
    const bool no_account = layout::all_blank(line.columns.slice(128, 137));
    if (no_clearing != no_account) [[unlikely]]
        report_.field(rule::R03, severity::hold, line, record, no_clearing ? "clearing" : "account", about,
                      "clearing number and account, or neither");
    else if (no_account && options_.register_at_swedbank == false) [[unlikely]]
        report_.field(rule::R04, severity::warning, line, record, "account", about, "an account, for Swedbank holds no register");
}

void logical_reader::address(const record_line& line) {
    const subject about = payment_subject();
    measure(line, about);
    address_record value;
    const std::uint32_t bad = layouts::address::read(line.lasting(address_columns_), value);
    if (bad != 0) bad_parts(line, info_of<layouts::address>, bad, about);
    if (!payment_open_) return;
    address_ = value;
    payment_.address = &address_;
    const char* const begin = payment_.bytes.data();
    payment_.bytes = {begin, static_cast<std::size_t>(line.source.bytes.data() + line.source.bytes.size() - begin)};
}

void logical_reader::finish_payment() {
    if (!payment_open_) return;
    payment_open_ = false;
    into_.payment(payment_);
}

void logical_reader::closing(const record_line& line) {
    constexpr const record_info& record = info_of<layouts::closing>;
    finish_payment();
    measure(line, section_subject());
    closing_record value;
    const std::uint32_t bad = layouts::closing::read(line.columns, value);
    if (bad != 0) bad_parts(line, record, bad, section_subject());
    if (is_readable(record, "agreement", bad) && !section_.opening.agreement.empty() &&
        value.agreement != section_.opening.agreement)
        report_.field(rule::LB_R01, severity::error, line, record, "agreement", section_subject(), "the agreement of record 05");
    if (is_readable(record, "total_ore", bad) && !(section_.payments_ore == value.total_ore))
        report_.field(rule::R02, severity::hold, line, record, "total_ore", section_subject(),
                      fmt::format("{} öre, as added up", section_.payments_ore.text()));
}

void logical_reader::finish() {
    if (section_open_) {
        report_.place(rule::LB_R01, severity::error, walk_.last_place(), {}, section_subject(), "the end of the file",
                      "record 80");
        close_section();
    }
    if (file_.sections == 0 && file_.findings.count(static_cast<std::size_t>(rule::LB_R14)) == 0)
        walk_.tell_no_section(rule::LB_R14, "an opening record of SUS with a date");
    walk_.tell_fills();
    walk_.counter().add_to(file_.records);
}

}  // namespace brygga::sus::detail
