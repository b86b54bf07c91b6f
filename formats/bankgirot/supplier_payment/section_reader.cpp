// The records within a section, layout by layout.
#include <type_traits>

#include <fmt/format.h>

#include "formats/bankgirot/supplier_payment/logical_reader.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::supplier_payment::detail {

namespace {

// For each: what it is read with and told by.
template <class Layout>
constexpr record_info info_of = Layout::info();

constexpr bool is_readable(const record_info& record, std::string_view field, std::uint32_t bad) noexcept {
    const layout::field_info* const info = record.find(field);
    return info != nullptr && ((bad >> (info - record.fields.data())) & 1u) == 0;
}

// Columns 3-12 without the check digit of a payout number, which may be missing in one of a group's records.
std::string_view compared(std::string_view number) noexcept {
    return is_payout_number(number) ? number.substr(0, 9) : number;
}

constexpr bool is_deduction_code(std::string_view code) noexcept {
    return code == "15" || code == "16" || code == "17";
}

}  // namespace

// What lasts until the payment is finished.
layout::columns logical_reader::kept(const record_line& line) {
    if (extras_used_ == extras_.size()) extras_.emplace_back();
    return line.lasting(extras_[extras_used_++]);
}

void logical_reader::body(const record_line& line, const record_info& record) {
    switch (section_.layout) {
        case layout_id::to_bankgirot:
        case layout_id::payment_specification:
        case layout_id::unknown_report:
        case layout_id::rejected:
            return grouped(line, record);
        case layout_id::watch:
            return watch_record(line, record);
        case layout_id::returned_money_orders:
            return returned_record(line, record);
        case layout_id::delivery:
            return;
    }
}

void logical_reader::grouped(const record_line& line, const record_info& record) {
    const auto code = static_cast<unsigned>((record.code[0] - '0') * 10 + record.code[1] - '0');
    switch (code) {
        case 12:
            return section_record<layouts::fixed_text>(line, [&](const fixed_text_record& value) {
                check_.day(line, record, "last_day", value.last_day, section_subject(), section_.layout);
            });
        case 13:
            return section_record<layouts::heading>(line, [](const heading_record&) {});
        case 20:
            return credit<layouts::credit_rest>(line, credit_rest_view{}, &sink::credit_rest);
        case 21:
            return credit<layouts::credit_use>(line, credit_use_view{}, &sink::credit_use);
        case 25:
            return text<layouts::information>(line);
        case 65:
            return text<layouts::plusgiro_information>(line);
        case 26:
            return head<layouts::name>(line, heads_.name, heads_.has_name, recipients::part::name);
        case 27:
            return head<layouts::address>(line, heads_.address, heads_.has_address, recipients::part::address);
        case 40:
            return head<layouts::account>(line, heads_.account, heads_.has_account, recipients::part::account);
        case 29:
            return closing(line);
        case 49:
            return rejection(line);
        default:
            return main_record(line, record);
    }
}

template <class Layout, class Check>
void logical_reader::section_record(const record_line& line, const Check& check) {
    finish_payment();
    abandon_heads();
    measure(line, section_subject());
    typename Layout::value_type value;
    static_cast<void>(Layout::read(line.columns, value));  // text and dates alone
    check(value);
}

bool logical_reader::is_of_heads(const record_line& line) const noexcept {
    return heads_.any() && compared(heads_.number()) == compared(line.columns.slice(3, 12));
}

// LB-R04.
void logical_reader::abandon_heads() {
    if (heads_.awaits) {
        check_.report().place(rule::R04, severity::hold, heads_.where, heads_.code, section_subject(),
                              fmt::format("TK{}", heads_.code), "a TK14 of its payout number before the next payment");
        hand_out_rejections();
    }
    heads_.awaits = heads_.used = heads_.has_account = heads_.has_name = heads_.has_address = false;
}

template <class Layout, class Value>
std::uint32_t logical_reader::read_head(Value& value, recipients::part part) {
    value = {};
    return Layout::read(heads_.columns[static_cast<std::size_t>(part)], value);
}

// Afterwards their values point to nothing in the file.
void logical_reader::copy_heads() {
    const auto copy = [this]<class Layout, class Value>(std::type_identity<Layout>, Value& value, bool has,
                                                        recipients::part part) {
        const auto at = static_cast<std::size_t>(part);
        layout::columns& columns = heads_.columns[at];
        if (!has || heads_.copies[at].holds(columns)) return;
        columns = heads_.copies[at].keep(columns, layouts::width);
        static_cast<void>(read_head<Layout>(value, part));  // told when the line was there
    };
    copy(std::type_identity<layouts::account>(), heads_.account, heads_.has_account, recipients::part::account);
    copy(std::type_identity<layouts::name>(), heads_.name, heads_.has_name, recipients::part::name);
    copy(std::type_identity<layouts::address>(), heads_.address, heads_.has_address, recipients::part::address);
}

void logical_reader::begin_heads(const record_line& line, std::string_view code, recipients::part first) {
    heads_.first = first;
    heads_.where = layout::code_columns(line);
    heads_.code = code;
    heads_.begin = line.source.bytes.data();
}

template <class Layout, class Value>
void logical_reader::head(const record_line& line, Value& value, bool& has, recipients::part part) {
    constexpr const record_info& record = info_of<Layout>;
    finish_payment();
    if (heads_.any() && (heads_.used || has || !is_of_heads(line))) abandon_heads();
    if (!heads_.any()) begin_heads(line, record.code, part);
    const subject about = payment_subject();
    measure(line, about);
    const auto at = static_cast<std::size_t>(part);
    heads_.columns[at] = line.lasting(heads_.copies[at]);
    const std::uint32_t bad = read_head<Layout>(value, part);
    has = true;
    heads_.awaits = heads_.awaits || is_payout_number(heads_.number());
    if (bad != 0) [[unlikely]]
        check_.bad_parts(line, record, bad, about, section_.layout);
    check_.payee(line, record, value.payee, about, section_.layout);
    check_.recipient(line, record, about, section_.layout, part);
}

void logical_reader::main_record(const record_line& line, const record_info& record) {
    const bool reported = section_.layout != layout_id::to_bankgirot && section_.layout != layout_id::rejected;
    switch (record.code[1]) {
        case '4':
            if (record.code[0] == '5')
                return reported ? main_of<layouts::reported_plusgiro_payment>(line) : main_of<layouts::plusgiro_payment>(line);
            return reported ? main_of<layouts::reported_payment>(line) : main_of<layouts::payment>(line);
        case '5':
            return reported ? main_of<layouts::reported_deduction>(line) : main_of<layouts::deduction>(line);
        case '6':
            return reported ? main_of<layouts::reported_watched_credit>(line) : main_of<layouts::watched_credit>(line);
        default:
            return reported ? main_of<layouts::reported_credit>(line) : main_of<layouts::credit>(line);
    }
}

template <class Layout>
void logical_reader::main_of(const record_line& line) {
    constexpr const record_info& record = info_of<Layout>;
    finish_payment();
    const subject about = next_subject();
    measure(line, about);
    meet_heads(line, record.code, about);
    payment_view& view = payment_.view;
    view.code = record.code;
    view.record = {};
    const std::uint32_t bad = Layout::read(line.lasting(payment_.columns), view.record);
    if (bad != 0) [[unlikely]]
        check_.bad_parts(line, record, bad, about, section_.layout);
    constexpr std::size_t amount = 2;
    static_assert(Layout::fields[amount].name == "amount_ore");
    check_.payment(line, record, view.record, about, section_.layout, section_.opening.payment_day, ((bad >> amount) & 1u) == 0);
    payment_totals& totals = section_.totals;
    if constexpr (is_deduction_code(record.code)) {
        ++totals.deductions;
        totals.deductions_ore += view.record.amount_ore;
    } else {
        ++totals.payments;
        totals.payments_ore += view.record.amount_ore;
    }
    payment_.open = true;
}

// What stands before a payment is its own when the number is; LB-R09 where that is a name without an account.
void logical_reader::meet_heads(const record_line& line, std::string_view code, const subject& about) {
    payment_view& view = payment_.view;
    view.at = place_of(line);
    view.account = nullptr;
    view.name = nullptr;
    view.address = nullptr;
    if (!heads_.any()) return;
    const bool own = is_of_heads(line) && (code == "14" || !heads_.awaits);
    if (!own) return abandon_heads();
    if (section_.layout == layout_id::to_bankgirot && heads_.awaits && !heads_.has_account)
        check_.report().place(rule::R09, severity::info, heads_.where, heads_.code, about, "a money order",
                              "TK40 with the recipient's account");
    if (!heads_.used) {
        const char* const end = line.source.bytes.data() + line.source.bytes.size();
        view.at.bytes = {heads_.begin, static_cast<std::size_t>(end - heads_.begin)};
    }
    heads_.awaits = false;
    heads_.used = true;
    if (heads_.has_account) view.account = &heads_.account;
    if (heads_.has_name) view.name = &heads_.name;
    if (heads_.has_address) view.address = &heads_.address;
}

void logical_reader::finish_payment() {
    if (!payment_.open) return;
    payment_.open = false;
    payment_.view.texts = texts_;
    payment_.view.rejections = rejections_;
    into_.payment(payment_.view);
    texts_.clear();
    rejections_.clear();
    extras_used_ = 0;
}

template <class Layout>
void logical_reader::text(const record_line& line) {
    constexpr const record_info& record = info_of<Layout>;
    const subject about = payment_subject();
    measure(line, about);
    text_record value;
    const bool keeps = payment_.open && texts_.size() < max_payment_extras;
    const std::uint32_t bad = Layout::read(keeps ? kept(line) : line.columns, value);
    if (bad != 0) [[unlikely]]
        check_.bad_parts(line, record, bad, about, section_.layout);
    if (record.code == "25") check_.payee(line, record, value.payee, about, section_.layout);
    if (!payment_.open) return;
    if (keeps) texts_.push_back(value.text);
    const char* const begin = payment_.view.at.bytes.data();
    payment_.view.at.bytes = {begin, static_cast<std::size_t>(line.source.bytes.data() + line.source.bytes.size() - begin)};
}

void logical_reader::rejection(const record_line& line) {
    constexpr const record_info& record = info_of<layouts::rejection>;
    const bool of_payment = payment_.open || heads_.awaits;
    const subject about = of_payment ? payment_subject() : section_subject();
    measure(line, about);
    rejection_view view;
    const bool keeps = rejections_.size() < max_payment_extras;
    static_cast<void>(layouts::rejection::read(keeps ? kept(line) : line.columns, view.record));  // text alone
    check_.rejection(line, record, view.record, about);
    view.line = line.source.number;
    view.rejected_code = last_code_;
    if (keeps) rejections_.push_back(view);
    if (!of_payment) hand_out_rejections();
    if (!payment_.open) return;
    const char* const begin = payment_.view.at.bytes.data();
    payment_.view.at.bytes = {begin, static_cast<std::size_t>(line.source.bytes.data() + line.source.bytes.size() - begin)};
}

// Those that belong to no payment.
void logical_reader::hand_out_rejections() {
    for (const rejection_view& each : rejections_)
        into_.rejection(section_, each);
    rejections_.clear();
    extras_used_ = 0;
}

template <class Layout, class View, class Event>
void logical_reader::credit(const record_line& line, View view, Event event) {
    constexpr const record_info& record = info_of<Layout>;
    finish_payment();
    if (heads_.awaits || !is_of_heads(line)) abandon_heads();
    const subject about{section_.section_no, ordinal_, {}};
    measure(line, about);
    const std::uint32_t bad = Layout::read(line.columns, view.record);
    if (bad != 0) [[unlikely]]
        check_.bad_parts(line, record, bad, about, section_.layout);
    check_.payee(line, record, view.record.payee, about, section_.layout);
    for (const layout::field_info& field : record.fields)
        if (field.name == "registered" || field.name.ends_with("_day"))
            check_.day(line, record, field.name, layout::right_trimmed(line.columns.slice(field.first, field.last)), about,
                       section_.layout);
    view.at = place_of(line);
    (into_.*event)(view);
}

template <class Layout>
void logical_reader::watched(const record_line& line) {
    constexpr const record_info& record = info_of<Layout>;
    ++watched_records_;
    watch_total_view view;
    view.code = record.code;
    measure(line, section_subject());
    const std::uint32_t bad = Layout::read(line.columns, view.record);
    if (bad != 0) check_.bad_parts(line, record, bad, section_subject(), section_.layout);
    view.at = place_of(line);
    into_.watch_total(view);
}

void logical_reader::watch_record(const record_line& line, const record_info& record) {
    if (record.code == "40") return watched<layouts::watched_before>(line);
    if (record.code == "41") return watched<layouts::watched_taken>(line);
    if (record.code == "42") return watched<layouts::watched_left>(line);
    if (record.code == "29") return closing(line);
    ++watched_records_;
    const subject about = next_subject();
    measure(line, about);
    watched_day_view view;
    const std::uint32_t bad = layouts::watched_day::read(line.columns, view.record);
    if (bad != 0) check_.bad_parts(line, record, bad, about, section_.layout);
    check_.day(line, record, "day", view.record.day, about, section_.layout);
    view.at = place_of(line);
    into_.watched_day(view);
}

void logical_reader::returned_record(const record_line& line, const record_info& record) {
    returned_unconfirmed_ = false;
    if (record.code == "2") {
        const subject about = next_subject();
        measure(line, about);
        returned_order_view view;
        const std::uint32_t bad = layouts::returned_order::read(line.columns, view.record);
        if (bad != 0) check_.bad_parts(line, record, bad, about, section_.layout);
        if (view.record.amount_ore == 0 && is_readable(record, "amount_ore", bad))
            check_.report().field(rule::R07, severity::hold, line, record, "amount_ore", about, "more than zero");
        ++section_.totals.payments;
        section_.totals.payments_ore += view.record.amount_ore;
        view.at = place_of(line);
        return into_.returned_order(view);
    }
    measure(line, section_subject());
    returned_closing_record value;
    const std::uint32_t bad = layouts::returned_closing::read(line.columns, value);
    if (bad != 0) check_.bad_parts(line, record, bad, section_subject(), section_.layout);
    if (is_readable(record, "sum_ore", bad) && !(section_.totals.payments_ore == value.sum_ore))
        check_.report().field(rule::R02, severity::hold, line, record, "sum_ore", section_subject(),
                              fmt::format("{} öre, the sum of the records 2", section_.totals.payments_ore.text()));
}

void logical_reader::closing(const record_line& line) {
    constexpr const record_info& record = info_of<layouts::closing>;
    finish_payment();
    abandon_heads();
    measure(line, section_subject());
    closing_record value;
    const std::uint32_t bad = layouts::closing::read(line.columns, value);
    if (bad != 0) check_.bad_parts(line, record, bad, section_subject(), section_.layout);
    if (line.columns.slice(3, 12) != section_.bankgiro)
        check_.report().field(rule::R01, severity::error, line, record, "bankgiro", section_subject(), "the bankgiro of TK11");
    compare_closing(line, value, bad);
}

// LB-R02.
void logical_reader::compare_closing(const record_line& line, const closing_record& value, std::uint32_t bad) {
    constexpr const record_info& record = info_of<layouts::closing>;
    const payment_totals& totals = section_.totals;
    const std::uint64_t number = section_.layout == layout_id::watch ? watched_records_ : totals.payments + totals.deductions;
    if (is_readable(record, "payments", bad) && static_cast<std::uint64_t>(value.payments) != number)
        check_.report().field(rule::R02, severity::hold, line, record, "payments", section_subject(),
                              fmt::format("{}, as counted", number));
    const bool has_sum = section_.layout == layout_id::to_bankgirot || section_.layout == layout_id::payment_specification;
    if (!has_sum || !is_readable(record, "sum_ore", bad)) return;
    ore_sum net = totals.payments_ore;
    net -= totals.deductions_ore;
    ore_sum absolute;
    if (net.negative())
        absolute -= net;
    else
        absolute = net;
    if (!(absolute == value.sum_ore))
        check_.report().field(rule::R02, severity::hold, line, record, "sum_ore", section_subject(),
                              fmt::format("{} öre, as added up", absolute.text()));
    if ((value.sign == '-') != net.negative() || (value.sign != '-' && value.sign != ' '))
        check_.report().field(rule::R02, severity::hold, line, record, "sign", section_subject(),
                              net.negative() ? "-, for the sum is negative" : "blank, for the sum is not negative");
}

}  // namespace brygga::supplier_payment::detail
