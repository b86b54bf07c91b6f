// The records within a section, layout by layout.
#include <fmt/format.h>

#include "formats/bankgirot/autogiro/logical_reader.hpp"
#include "formats/layout/digits.hpp"

namespace brygga::autogiro::detail {

namespace {

bool is_executed(char status) noexcept {
    return status == ' ' || status == '0';
}

void add_payment(payment_totals& into, bool approved, std::int64_t amount_ore) {
    ++(approved ? into.approved : into.failed);
    (approved ? into.approved_ore : into.failed_ore) += amount_ore;
}

payment_direction direction_of(std::string_view code) noexcept {
    return code == "32" ? payment_direction::payout : payment_direction::collection;
}

// The layouts of an amendment list differ in their codes only.
using any_amendment = layouts::amendment<"03", "">;

// For each: what it is read with and told by.
template <class Layout>
constexpr record_info info_of = Layout::info();

template <class Layout>
constexpr bool has_status = Layout::info().find("status") != nullptr;

}  // namespace

bool logical_reader::is_old() const noexcept {
    switch (section_.layout) {
        case layout_id::payspec_old:
        case layout_id::mandadv_old:
        case layout_id::reject_old:
        case layout_id::amend_old:
        case layout_id::mandreg_old:
            return true;
        case layout_id::delivery:
        case layout_id::to_bankgirot:
        case layout_id::payspec_new:
        case layout_id::mandadv_new:
        case layout_id::reject_new:
        case layout_id::amend_new:
        case layout_id::emandate:
        case layout_id::watch:
        case layout_id::mandreg_new:
            return false;
    }
    return false;
}

subject logical_reader::next_subject() {
    ++section_.records;
    return {section_.section_no, ++ordinal_, {}};
}

void logical_reader::put_place(record_place& at, const record_line& line) const {
    at.section = &section_;
    at.ordinal = ordinal_;
    at.line = line.source.number;
    at.bytes = line.source.bytes;
}

void logical_reader::body(const record_line& line, const record_info& record) {
    const std::string_view code = record.code;
    const unsigned number = bankgirot::code_number(code);
    if (number == 9 || number == 59) return closing(line);
    switch (section_.layout) {
        case layout_id::to_bankgirot:
            return request(line, record);
        case layout_id::payspec_new:
            return specification(line, record);
        case layout_id::payspec_old:
            return payment<layouts::reported_collection>(line, direction_of(code), payment_kind::report);
        case layout_id::watch:
            return payment<layouts::watched_collection>(line, direction_of(code), payment_kind::report);
        case layout_id::reject_new:
        case layout_id::reject_old:
            return payment<layouts::rejected_collection>(line, direction_of(code), payment_kind::echo);
        case layout_id::mandadv_new:
            return advice<layouts::advice>(line);
        case layout_id::mandadv_old:
            return advice<layouts::advice_old>(line);
        case layout_id::amend_new:
        case layout_id::amend_old:
            return amendment(line, record);
        case layout_id::emandate:
            return internet(line, record);
        case layout_id::mandreg_new:
            return registered<layouts::register_entry>(line);
        case layout_id::mandreg_old:
            return registered<layouts::register_entry_old>(line);
        case layout_id::delivery:
            return;
    }
}

void logical_reader::request(const record_line& line, const record_info& record) {
    const std::string_view code = record.code;
    const request_kind kind = code < "10"                    ? request_kind::mandates
                              : code == "82" || code == "32" ? request_kind::payments
                                                             : request_kind::changes;
    if (section_.requests == request_kind::none) section_.requests = kind;
    if (section_.requests != kind)
        check_.report().place(rule::R03, severity::hold, layout::code_columns(line), code, section_subject(),
                              fmt::format("TK{}", code), "records of one kind in a section");
    if (kind == request_kind::payments) return payment<layouts::collection>(line, direction_of(code), payment_kind::instruction);
    if (kind == request_kind::changes) return change(line, record);
    if (code == "03") return mandate_request<layouts::cancel_mandate>(line);
    if (code == "04") return mandate_request<layouts::new_mandate>(line);
    mandate_request<layouts::change_payer_number>(line);
}

template <class Layout>
void logical_reader::mandate_request(const record_line& line) {
    constexpr const record_info& record = info_of<Layout>;
    const subject about = next_subject();
    measure(line, about);
    mandate_request_view& view = views_.request;
    if (view.code != record.code) view = {};
    const std::uint32_t bad = Layout::read(line.columns, view.record);
    check_.bad_parts(line, record, bad, about, severity::hold, false);
    check_.mandate_request(line, record, view.record, about, section_.opening.bankgiro);
    put_place(view.at, line);
    view.code = record.code;
    into_.mandate_request(view);
}

void logical_reader::change(const record_line& line, const record_info& record) {
    switch (record.code[1]) {
        case '3':
            return changed<layouts::cancel_payer>(line);
        case '4':
            return changed<layouts::cancel_payer_day>(line);
        case '5':
            return changed<layouts::cancel_payment>(line);
        case '6':
            return changed<layouts::move_all>(line);
        case '7':
            return changed<layouts::move_day>(line);
        case '8':
            return changed<layouts::move_payer_day>(line);
        default:
            return changed<layouts::move_payment>(line);
    }
}

template <class Layout>
void logical_reader::changed(const record_line& line) {
    constexpr const record_info& record = info_of<Layout>;
    const subject about = next_subject();
    measure(line, about);
    change_view view;
    const std::uint32_t bad = Layout::read(line.columns, view.record);
    check_.bad_parts(line, record, bad, about, severity::hold, false);
    check_.change(line, record, view.record, about, section_.opening.bankgiro);
    put_place(view.at, line);
    view.code = record.code;
    into_.change(view);
}

// TK82 and TK32 have the same columns in each layout; the findings name the code that stands there.
template <class Layout>
void logical_reader::payment(const record_line& line, payment_direction direction, payment_kind kind) {
    static constexpr record_info collection = info_of<Layout>;
    static constexpr record_info payout = [] {
        record_info out = Layout::info();
        out.code = "32";
        return out;
    }();
    const record_info& record = direction == payment_direction::payout ? payout : collection;
    const subject about = next_subject();
    measure(line, about);
    payment_view& view = views_.payment;
    const std::uint32_t bad = Layout::read(line.columns, view.record);
    if (bad != 0) [[unlikely]]
        check_.bad_parts(line, record, bad, about, kind == payment_kind::instruction ? severity::hold : severity::warning,
                         kind == payment_kind::echo);
    check_.payment(line, record, view.record, about, kind, section_.opening.bankgiro);
    if (kind == payment_kind::echo) check_.rejection(line, record, view.record.comment, about, is_old());
    if constexpr (has_status<Layout>) check_.status(line, record, view.record.status, about);
    const bool approved = kind != payment_kind::echo && is_executed(view.record.status);
    add_payment(direction == payment_direction::payout ? section_.payouts : section_.collections, approved,
                view.record.amount_ore);
    view.entry = entry_.kind == ' ' ? nullptr : &entry_.record;
    if (view.entry != nullptr) {
        if (approved) {
            ++entry_.approved;
            entry_.approved_ore += view.record.amount_ore;
        }
    }
    put_place(view.at, line);
    view.direction = direction;
    into_.payment(view);
}

void logical_reader::specification(const record_line& line, const record_info& record) {
    const std::string_view code = record.code;
    if (code == "15") return entry<layouts::deposit>(line);
    if (code == "16") return entry<layouts::withdrawal>(line);
    if (code == "17") return entry<layouts::refund_withdrawal>(line);
    const char needed = code == "82" ? '5' : code == "32" ? '6' : '7';
    if (entry_.kind != needed) {
        check_.report().place(rule::R12, severity::hold, layout::code_columns(line), code, section_subject(),
                              fmt::format("TK{}", code), fmt::format("TK1{} before it", needed));
        close_entry();
    }
    if (code == "77") return refund(line);
    payment<layouts::reported_collection>(line, direction_of(code), payment_kind::report);
}

template <class Layout>
void logical_reader::entry(const record_line& line) {
    constexpr const record_info& record = info_of<Layout>;
    close_entry();
    measure(line, section_subject());
    entry_ = {};
    entry_.kind = record.code[1];
    ++entries_[static_cast<std::size_t>(entry_.kind - '5')];
    entry_.line = line;
    entry_.line.columns = entry_columns_.keep(line.columns, layouts::width);
    const std::uint32_t bad = Layout::read(entry_.line.columns, entry_.record);
    entry_.amount_readable = (bad & (1u << 3)) == 0;
    entry_.count_readable = (bad & (1u << 5)) == 0;
    static_assert(Layout::fields[3].name == "amount_ore" && Layout::fields[5].name == "payments");
    check_.bad_parts(line, record, bad, section_subject(), severity::hold, false);
    check_.entry(line, record, entry_.record, section_subject());
    into_.entry_opened({{&section_, 0, line.source.number, line.source.bytes}, record.code, entry_.record});
}

// AG-R11.
void logical_reader::close_entry() {
    if (entry_.kind == ' ') return;
    static constexpr record_info infos[] = {layouts::deposit::info(), layouts::withdrawal::info(),
                                            layouts::refund_withdrawal::info()};
    const record_info& record = infos[entry_.kind - '5'];
    if (entry_.amount_readable && !(entry_.approved_ore == entry_.record.amount_ore))
        check_.report().field(rule::R11, severity::hold, entry_.line, record, "amount_ore", section_subject(),
                              fmt::format("{} öre, the sum of the approved records after it", entry_.approved_ore.text()));
    if (entry_.count_readable && static_cast<std::uint64_t>(entry_.record.payments) != entry_.approved)
        check_.report().field(rule::R11, severity::hold, entry_.line, record, "payments", section_subject(),
                              fmt::format("{} approved records after it", entry_.approved));
    entry_ = {};
}

void logical_reader::refund(const record_line& line) {
    constexpr const record_info& record = info_of<layouts::refund>;
    const subject about = next_subject();
    measure(line, about);
    refund_view view;
    const std::uint32_t bad = layouts::refund::read(line.columns, view.record);
    check_.bad_parts(line, record, bad, about, severity::warning, false);
    check_.payment(line, record, view.record.original, about, payment_kind::report, section_.opening.bankgiro);
    check_.refund(line, record, view.record, about);
    add_payment(section_.refunds, true, view.record.original.amount_ore);
    if (entry_.kind != ' ') {
        view.entry = &entry_.record;
        ++entry_.approved;
        entry_.approved_ore += view.record.original.amount_ore;
    }
    put_place(view.at, line);
    into_.refund(view);
}

template <class Layout>
void logical_reader::advice(const record_line& line) {
    constexpr const record_info& record = info_of<Layout>;
    const subject about = next_subject();
    measure(line, about);
    advice_view& view = views_.advice;
    const std::uint32_t bad = Layout::read(line.columns, view.record);
    check_.bad_parts(line, record, bad, about, severity::hold, false);
    check_.advice(line, record, view.record, about, section_.opening.bankgiro, is_old());
    put_place(view.at, line);
    into_.mandate_advice(view);
}

void logical_reader::amendment(const record_line& line, const record_info& record) {
    const subject about = next_subject();
    measure(line, about);
    amendment_view view;
    const std::uint32_t bad = any_amendment::read(line.columns, view.record);
    check_.bad_parts(line, record, bad, about, severity::hold, false);
    check_.amendment(line, record, view.record, about, is_old());
    const bool carried_out = is_carried_out(view.record.comment);
    if (view.record.direction == "82") add_payment(section_.collections, carried_out, view.record.amount_ore);
    if (view.record.direction == "32") add_payment(section_.payouts, carried_out, view.record.amount_ore);
    put_place(view.at, line);
    view.code = record.code;
    into_.amendment(view);
}

void logical_reader::internet(const record_line& line, const record_info& record) {
    ++details_;
    if (record.code != "52") return internet_detail(line, record);
    finish_mandate();
    constexpr const record_info& layout = info_of<layouts::internet_mandate>;
    const subject about = next_subject();
    measure(line, about);
    mandate_ = {};
    const std::uint32_t bad = layouts::internet_mandate::read(line.lasting(mandate_columns_[0]), mandate_.record);
    check_.bad_parts(line, layout, bad, about, severity::hold, false);
    check_.internet_mandate(line, layout, mandate_.record, about, section_.opening.bankgiro);
    put_place(mandate_.at, line);
    mandate_open_ = true;
}

// As many as texts that are kept, and one for those beyond.
layout::columns logical_reader::kept_text(const record_line& line) {
    if (texts_.size() == text_columns_.size()) text_columns_.emplace_back();
    return line.lasting(text_columns_[texts_.size()]);
}

void logical_reader::internet_detail(const record_line& line, const record_info& record) {
    const std::string_view code = record.code;
    const subject about{section_.section_no, mandate_open_ ? ordinal_ : 0, {}};
    measure(line, about);
    if (!mandate_open_) {
        check_.report().place(rule::R03, severity::hold, layout::code_columns(line), code, section_subject(),
                              fmt::format("TK{}", code), "TK52 before it");
        return;
    }
    const char* const first = mandate_.at.bytes.data();
    mandate_.at.bytes = {first, static_cast<std::size_t>(line.source.bytes.data() + line.source.bytes.size() - first)};
    std::uint32_t bad = 0;
    if (code == "53") {
        text_record text;
        bad = layouts::payer_text::read(kept_text(line), text);
        if (texts_.size() < max_payer_texts)
            texts_.push_back(text.text);
        else
            check_.report().place(rule::R03, severity::hold, layout::code_columns(line), code, section_subject(), "TK53",
                                  fmt::format("at most {} in one mandate", max_payer_texts));
    } else if (code == "56") {
        bad = layouts::town::read(line.lasting(mandate_columns_[3]), mandate_.town);
    } else {
        address_record address;
        const std::size_t half = code == "54" ? 0 : 1;
        bad = layouts::address_upper::read(line.lasting(mandate_columns_[1 + half]), address);
        mandate_.address[2 * half] = address.first;
        mandate_.address[2 * half + 1] = address.second;
    }
    check_.bad_parts(line, record, bad, about, severity::hold, false);
}

void logical_reader::finish_mandate() {
    if (!mandate_open_) return;
    mandate_open_ = false;
    mandate_.texts = texts_;
    into_.internet_mandate(mandate_);
    texts_.clear();
}

template <class Layout>
void logical_reader::registered(const record_line& line) {
    constexpr const record_info& record = info_of<Layout>;
    const subject about = next_subject();
    measure(line, about);
    register_view& view = views_.entry;
    const std::uint32_t bad = Layout::read(line.columns, view.record);
    check_.bad_parts(line, record, bad, about, severity::hold, false);
    check_.register_entry(line, record, view.record, about, is_old());
    put_place(view.at, line);
    into_.register_entry(view);
}

void logical_reader::closing(const record_line& line) {
    finish_mandate();
    close_entry();
    measure(line, section_subject());
    switch (section_.layout) {
        case layout_id::payspec_new:
            return closing_of<layouts::closing_payspec>(line);
        case layout_id::mandadv_new:
        case layout_id::mandadv_old:
            return closing_of<layouts::closing_records<"09">>(line);
        case layout_id::emandate:
            return closing_of<layouts::closing_records<"59">>(line);
        case layout_id::reject_new:
        case layout_id::reject_old:
            return closing_of<layouts::closing_rejected>(line);
        case layout_id::amend_new:
        case layout_id::amend_old:
        case layout_id::watch:
        case layout_id::payspec_old:
            return closing_of<layouts::closing_sums>(line);
        case layout_id::delivery:
        case layout_id::to_bankgirot:
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            break;
    }
}

template <class Layout>
void logical_reader::closing_of(const record_line& line) {
    constexpr const record_info& record = info_of<Layout>;
    closing_record value;
    const std::uint32_t bad = Layout::read(line.columns, value);
    check_.bad_parts(line, record, bad, section_subject(), severity::hold, false);
    compare_closing(line, record, value, bad);
    check_.closing(line, record, value, section_subject(), section_.opening.written.substr(0, 8));
}

// AG-R10. The old payment specification counts failed payments too; a rejected list has no others; an amendment list counts what
// was carried out.
void logical_reader::compare_closing(const record_line& line, const record_info& record, const closing_record& value,
                                     std::uint32_t bad) {
    const bool all = section_.layout != layout_id::payspec_new && section_.layout != layout_id::amend_new &&
                     section_.layout != layout_id::amend_old;
    const auto number = [all](const payment_totals& of) { return of.approved + (all ? of.failed : 0); };
    const auto sum = [all](const payment_totals& of) {
        ore_sum out = of.approved_ore;
        if (all) out += of.failed_ore;
        return out;
    };
    const bool mandates = section_.layout != layout_id::emandate;
    const auto compare = [&](std::string_view field, const std::string& counted, std::int64_t found) {
        const layout::field_info* const info = record.find(field);
        if (info == nullptr || ((bad >> (info - record.fields.data())) & 1u) != 0) return;
        if (counted != fmt::format("{}", found))
            check_.report().field(rule::R10, severity::hold, line, record, *info, section_subject(), counted + ", as counted");
    };
    const auto text = [](std::uint64_t counted) { return fmt::format("{}", counted); };
    compare("deposits", text(entries_[0]), value.deposits);
    compare("withdrawals", text(entries_[1]), value.withdrawals);
    compare("refund_entries", text(entries_[2]), value.refund_entries);
    compare("collections", text(number(section_.collections)), value.collections);
    compare("payouts", text(number(section_.payouts)), value.payouts);
    compare("refunds", text(number(section_.refunds)), value.refunds);
    compare("collections_ore", sum(section_.collections).text(), value.collections_ore);
    compare("payouts_ore", sum(section_.payouts).text(), value.payouts_ore);
    compare("records", text(mandates ? section_.records : details_), value.records);
}

}  // namespace brygga::autogiro::detail
