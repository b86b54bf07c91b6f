#include "formats/bankgirot/bgmax/logical_reader.hpp"

#include <fmt/format.h>

#include "formats/bankgirot/bgmax/infos.hpp"
#include "formats/layout/segments.hpp"

namespace brygga::bgmax::detail {

namespace {

constexpr unsigned max_information_records = 90;
constexpr std::size_t max_unknown_codes = 100;  // counted apart; what comes beyond is counted as "other"

// Two digits as one number for the switch.
unsigned code_of(std::string_view code) noexcept {
    if (code.size() != 2 || code[0] < '0' || code[0] > '9' || code[1] < '0' || code[1] > '9') return unknown_code;
    return static_cast<unsigned>(code[0] - '0') * 10u + static_cast<unsigned>(code[1] - '0');
}

// What the reader must know of a record code before it looks at the record.
struct code_traits {
    bool known = false;
    bool ends_payment = false;
    bool text = false;          // damage does not touch money
    std::uint8_t shortest = 0;  // of money records, in columns without trailing blanks (BGMAX-R14)
};

constexpr std::array<code_traits, unknown_code + 1> traits_by_code = [] {
    std::array<code_traits, unknown_code + 1> table{};
    for (const unsigned code : {1u, 5u, 15u, 20u, 21u, 70u})
        table[code] = {true, true, false, 0};
    for (const unsigned code : {22u, 23u})
        table[code] = {true, false, false, 57};
    for (const unsigned code : {25u, 26u, 27u, 28u, 29u})
        table[code] = {true, false, true, 0};
    table[15].shortest = 79;
    table[20].shortest = table[21].shortest = 57;
    table[70].shortest = 34;
    return table;
}();

}  // namespace

std::uint64_t logical_reader::run(std::string_view records, const position& from) {
    const char* const content_end = records.data() + layout::without_end(records).size();
    std::uint64_t next_line = from.line;
    std::size_t offset = from.at;
    if (records.starts_with(utf8_byte_order_mark)) {
        records.remove_prefix(utf8_byte_order_mark.size());
        offset += utf8_byte_order_mark.size();
    }
    line_cutter lines(records, from.line, offset);
    physical_line line;
    while (lines.next(line)) {
        next_line = line.number_of_next();
        if (line.bytes.data() + line.bytes.size() > content_end) line.bytes = layout::without_end_mark(line.bytes);
        take(line);
    }
    finish_file();
    return next_line;
}

void logical_reader::take(const physical_line& source) {
    if (layout::is_blank_line(source.bytes)) return;
    const unsigned code = code_of(source.bytes.substr(0, 2));
    last_number_ = source.number;
    last_offset_ = source.offset;
    last_code_ = code;
    // Before the line gets a buffer: those of the payment that it ends are given back.
    if (!payment_open_ || traits_by_code[code].ends_payment) finish_payment();
    const std::size_t buffers = padder_.used();
    const record_line line = padder_.pad(source);
    if (line.padded || line.cut) {
        if (padded_++ == 0) {
            first_padded_ = fill_of(line);
            first_padded_code_ = line.columns.utf8(1, 2);
        }
    }
    if (line.tabs)
        check_.report().place(rule::R12, severity::warning, tab_of(line), line.code(), {section_of(code), 0, {}}, "\\t",
                              "blanks");
    measure(line, code);
    if (payment_open_) extend_payment(source.bytes);
    keeps_line_ = false;
    dispatch(line, code);
    if (!keeps_line_) padder_.recycle(buffers);
    pass(source.offset);
}

// The section that a line of this code belongs to; 0 for one that stands in none.
std::uint32_t logical_reader::section_of(unsigned code) const noexcept {
    switch (code) {
        case 1:
        case 70:
            return 0;
        case 5:
            return file_.sections + 1;
        default:
            return section_open_ ? section_.view.section_no : 0;
    }
}

// The bytes of the payment reach to the end of this line.
void logical_reader::extend_payment(std::string_view line) noexcept {
    const char* const first = payment_bytes_.data();
    payment_bytes_ = {first, static_cast<std::size_t>(line.data() + line.size() - first)};
}

// Whether one more record of the open payment can be kept; the first one that cannot refuses the file.
bool logical_reader::has_room(const record_line& line) {
    if (extras_.size() + information_.size() < max_payment_records) return true;
    if (!overfull_)
        out_of_order(line, fmt::format("at most {} records of TK22, TK23 and TK25 in one payment", max_payment_records));
    overfull_ = true;
    return false;
}

void logical_reader::dispatch(const record_line& line, unsigned code) {
    if (!traits_by_code[code].known) return unknown(line);
    ++counts_[code];
    if (ended_) {
        out_of_order(line, "nothing after TK70");
        return;
    }
    switch (code) {
        case 1:
            return start(line);
        case 5:
            return opening(line);
        case 20:
            return payment(line, false);
        case 21:
            return payment(line, true);
        case 22:
            return extra(line, false);
        case 23:
            return extra(line, true);
        case 15:
            return deposit(line);
        case 70:
            return end(line);
        default:
            return detail(line, code);
    }
}

// BGMAX-R13 and R14.
void logical_reader::measure(const record_line& line, unsigned code) {
    const code_traits& traits = traits_by_code[code];
    if (line.surplus && traits.known) [[unlikely]]
        check_.report().place(rule::R13, traits.text ? severity::warning : severity::error, surplus_of(line), line.code(),
                              {section_of(code), traits.text && payment_open_ ? ordinal_ : 0, {}},
                              fmt::format("{} bytes", line.source.bytes.size()), "80 columns");
    if (traits.shortest != 0 && !line.reaches(traits.shortest)) [[unlikely]]
        check_.report().place(rule::R14, severity::error, columns_of(line, line.measured() + 1, traits.shortest), line.code(),
                              {section_of(code), 0, {}}, fmt::format("{} columns", line.measured()),
                              fmt::format("at least {}", traits.shortest));
}

void logical_reader::out_of_order(const record_line& line, std::string_view expected) {
    check_.report().place(rule::R20, severity::error, code_columns(line), line.code(), {section_.view.section_no, 0, {}},
                          fmt::format("TK{}", line.code()), expected);
}

void logical_reader::start(const record_line& line) {
    if (started_) return out_of_order(line, "TK01 only as the first record");
    started_ = true;
    start_record record;
    const std::uint32_t bad = layouts::start::read(line.columns, record);
    file_.version = record.version;
    file_.written_at = record.written_at;
    file_.kind = record.kind;
    check_.start(line, record, bad);
    into_.file_opened(file_.logical_no, record);
}

void logical_reader::opening(const record_line& line) {
    if (section_open_) {
        out_of_order(line, "TK15 before the next TK05");
        into_.section_closed(section_.view);  // abandoned, not closed by a TK15
    }
    section_.view = {};
    section_.view.section_no = ++file_.sections;
    section_.view.line = line.source.number;
    section_open_ = true;
    const std::uint32_t bad =
        layouts::opening::read(section_.opening_columns.keep(line.columns, layouts::width), section_.view.opening);
    check_.opening(line, bad, section_);
    into_.section_opened(section_.view.section_no, section_.view.opening);
}

void logical_reader::payment(const record_line& line, bool is_deduction) {
    ++ordinal_;
    if (!section_open_) return out_of_order(line, "TK05 before the first payment");
    payment_open_ = true;
    stage_ = stage::references;
    payment_.line = line.source.number;
    payment_.is_deduction = is_deduction;
    payment_.section_no = section_.view.section_no;
    payment_.ordinal = ordinal_;
    payment_.section_ordinal = section_.view.payments + section_.view.deductions + 1;
    payment_line_ = line;
    payment_bytes_ = line.source.bytes;
    keeps_line_ = true;
    deduction_record& record = payment_.record;
    record.deduction = deduction_code::blank;
    const std::uint32_t bad =
        is_deduction ? layouts::deduction::read(line.columns, record) : layouts::payment::read(line.columns, record);
    if (is_deduction) {
        ++section_.view.deductions;
        section_.view.net_ore -= record.amount_ore;
        file_.deductions_ore += record.amount_ore;
    } else {
        ++section_.view.payments;
        section_.view.net_ore += record.amount_ore;
        file_.payments_ore += record.amount_ore;
    }
    const subject about{section_.view.section_no, ordinal_, record.serial};
    static const layout::record_info& payment_layout = *record_info_of("20");
    static const layout::record_info& deduction_layout = *record_info_of("21");
    check_.payment(line, is_deduction ? deduction_layout : payment_layout, record, bad, about, is_deduction, section_);
}

void logical_reader::extra(const record_line& line, bool negative) {
    if (!payment_open_) return out_of_order(line, "a payment before it");
    in_order(line, stage::references, false);
    extra_reference item;
    item.negative = negative;
    const std::uint32_t bad = layouts::extra::read(line.columns, item.record);
    if (has_room(line)) {
        extras_.push_back(item);
        keeps_line_ = true;
    }
    ++section_.view.extra_references;
    check_.extra(line, *record_info_of(negative ? "23" : "22"), item, bad,
                 {section_.view.section_no, ordinal_, payment_.record.serial}, payment_.record, section_);
}

// True when the record is the first of its kind: a later one keeps the first value.
bool logical_reader::in_order(const record_line& line, stage at, bool once) {
    const auto index = static_cast<std::size_t>(at);
    const bool again = once && seen_[index];
    if (at < stage_ || again)
        check_.report().place(rule::R21, severity::warning, code_columns(line), line.code(),
                              {section_.view.section_no, ordinal_, payment_.record.serial}, fmt::format("TK{}", line.code()),
                              again ? "this record once" : "an earlier place");
    if (at > stage_) stage_ = at;
    seen_[index] = true;
    return !again;
}

void logical_reader::detail(const record_line& line, unsigned code) {
    if (!payment_open_) return out_of_order(line, "a payment before it");
    switch (code) {
        case 25: {
            in_order(line, stage::information, false);
            ++information_records_;
            if (!has_room(line)) return;
            keeps_line_ = true;
            information_record record;
            static_cast<void>(layouts::information::read(line.columns, record));
            information_.push_back(record.text);
            return;
        }
        case 26:
            keeps_line_ = in_order(line, stage::name, true);
            if (keeps_line_) static_cast<void>(layouts::name::read(line.columns, payment_.name));
            return;
        case 27:
            keeps_line_ = in_order(line, stage::street, true);
            if (keeps_line_) static_cast<void>(layouts::street::read(line.columns, payment_.street));
            return;
        case 28:
            keeps_line_ = in_order(line, stage::town, true);
            if (keeps_line_) static_cast<void>(layouts::town::read(line.columns, payment_.town));
            return;
        default:
            break;
    }
    keeps_line_ = in_order(line, stage::organisation, true);
    if (!keeps_line_) return;
    organisation_record record;
    static_cast<void>(layouts::organisation::read(line.columns, record));
    payment_.organisation_number = record.number;
    check_.organisation(line, record, {section_.view.section_no, ordinal_, payment_.record.serial});
}

// What a payment may lack must not be that of the one before; all else is read anew with each.
void logical_reader::forget_texts() {
    if (seen_[static_cast<std::size_t>(stage::name)]) payment_.name = {};
    if (seen_[static_cast<std::size_t>(stage::street)]) payment_.street = {};
    if (seen_[static_cast<std::size_t>(stage::town)]) payment_.town = {};
    if (seen_[static_cast<std::size_t>(stage::organisation)]) payment_.organisation_number = {};
    seen_ = {};
}

void logical_reader::finish_payment() {
    if (!payment_open_) {
        padder_.recycle();
        return;
    }
    const subject about{section_.view.section_no, ordinal_, payment_.record.serial};
    const std::string_view code = payment_.is_deduction ? "21" : "20";
    if (seen_[static_cast<std::size_t>(stage::street)] && !seen_[static_cast<std::size_t>(stage::town)])
        check_.report().place(rule::R21, severity::warning, code_columns(payment_line_), code, about, "TK27 without TK28",
                              "TK28 after TK27");
    if (information_records_ > max_information_records)
        check_.report().place(rule::R24, severity::warning, code_columns(payment_line_), code, about,
                              fmt::format("{} records", information_records_),
                              fmt::format("at most {}", max_information_records));
    payment_.extras = extras_;
    payment_.information = information_;
    payment_.lines = payment_lines(payment_bytes_);
    check_.payment_complete(payment_line_, payment_, about);
    into_.payment(payment_);
    payment_open_ = false;
    forget_texts();
    extras_.clear();
    information_.clear();
    information_records_ = 0;
    overfull_ = false;
    padder_.recycle();
}

void logical_reader::deposit(const record_line& line) {
    if (!section_open_) return out_of_order(line, "TK05 before TK15");
    section_open_ = false;
    section_.view.closed = true;
    section_.view.line = line.source.number;
    const std::uint32_t bad = layouts::deposit::read(line.columns, section_.view.deposit);
    section_.view.has_amount = (bad & deposit_amount_bit) == 0;
    file_.deposits_ore += section_.view.deposit.amount_ore;
    if (section_.view.payments + section_.view.deductions == 0)
        check_.report().place(rule::R23, severity::warning, code_columns(line), "15", {}, "no payment in the section",
                              "at least one");
    check_.deposit(line, bad, section_);
    into_.section_closed(section_.view);
}

void logical_reader::end(const record_line& line) {
    if (section_open_) out_of_order(line, "TK15 before TK70");
    ended_ = true;
    end_record record;
    const std::uint32_t bad = layouts::end::read(line.columns, record);
    publish_counts();
    check_.end(line, record, bad);
}

void logical_reader::unknown(const record_line& line) {
    std::string code = line.columns.utf8(1, 2);
    if (unknown_.size() >= max_unknown_codes && !unknown_.contains(code)) code = "other";
    skipped& entry = unknown_[code];
    if (entry.count++ == 0) entry.first = code_columns(line);
}

void logical_reader::publish_counts() {
    for (unsigned code = 0; code < unknown_code; ++code)
        if (counts_[code] != 0) file_.records[fmt::format("{:02}", code)] = counts_[code];
}

// Tells the caller how far no view reaches back any more.
void logical_reader::pass(std::size_t offset) {
    constexpr std::size_t step = std::size_t{1} << 20;
    if (!options_.passed || offset - passed_ < step || payment_open_) return;
    passed_ = offset;
    options_.passed(offset);
}

void logical_reader::finish_file() {
    finish_payment();
    if (section_open_) {
        section_open_ = false;
        into_.section_closed(section_.view);
    }
    const location last{last_number_, last_offset_, 1, 2};
    const std::string last_code = last_code_ == unknown_code ? std::string() : fmt::format("{:02}", last_code_);
    if (!ended_) check_.report().place(rule::R04, severity::error, last, last_code, {}, "the end of the file", "TK70");
    if (ended_ && file_.sections == 0)
        check_.report().place(rule::R23, severity::warning, last, last_code, {}, "no section in the file", "at least one");
    if (padded_ != 0)
        check_.report().place(rule::R11, severity::info, first_padded_, first_padded_code_, {}, fmt::format("{} lines", padded_),
                              {});
    publish_counts();
    for (const auto& [code, entry] : unknown_) {
        file_.records[code] += entry.count;
        check_.report().place(rule::R22, severity::info, entry.first, code, {}, fmt::format("{} of TK{}", entry.count, code), {});
    }
    into_.file_closed(file_);
}

}  // namespace brygga::bgmax::detail
