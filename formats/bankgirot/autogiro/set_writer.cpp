#include "formats/bankgirot/autogiro/set_writer.hpp"

#include <array>
#include <cassert>

#include <fmt/format.h>

#include "formats/bankgirot/autogiro/layout.hpp"
#include "formats/core/bankgiro.hpp"

namespace brygga::autogiro::detail {

namespace {

constexpr std::size_t name_count = 400;
constexpr std::size_t line_bytes = layouts::width + 2;
constexpr std::string_view payout_reference = "ÅTERBETALNING";
constexpr encoded_text payout_reference_written{"\xC5TERBETALNING", encoding::iso_8859_1};

encoded_text text_of(std::string_view iso) noexcept {
    return {iso, encoding::iso_8859_1};
}

std::string iso_8859_1(std::string_view utf8) {
    auto bytes = from_utf8(utf8, encoding::iso_8859_1);
    assert(bytes);  // invented texts hold nothing else
    return *std::move(bytes);
}

// Invented payers ask for nothing that the writer refuses.
void require([[maybe_unused]] const outcome& done) {
    assert(done);
}

bool anybody(story) noexcept {
    return true;
}
template <story... What>
bool is_one_of(story what) noexcept {
    return ((what == What) || ...);
}

struct code_pair {
    std::string_view information, comment;
};
constexpr std::array refusals{code_pair{"04", "23"}, code_pair{"42", "05"}, code_pair{"42", "03"}, code_pair{"04", "20"}};

}  // namespace

set_writer::set_writer(std::uint64_t seed, std::uint32_t bad_percent, const set_days& days)
    : seed_(seed), bad_(bad_percent), days_(days), names_(invented::payers(seed, name_count)) {}

void set_writer::section(layout_id layout, request_kind kind, std::string_view bankgiro, std::uint64_t first, std::uint64_t end) {
    layout_ = layout;
    bankgiro_ = bankgiro_field(bankgiro);
    first_ = first;
    end_ = end;
    ++sections_;
    if (layout == layout_id::to_bankgirot) return requests(kind, bankgiro);
    report(layout, bankgiro_);
}

void set_writer::each(bool (*has)(story), writes_payer write, std::string_view opens_entry) {
    for (std::uint64_t index = first_; index != end_; ++index) {
        if (!has(story_of(seed_, index))) continue;
        if (!opens_entry.empty()) {
            const std::string serial = fmt::format("{:05}", sections_ % 100'000);
            reports_.entry(opens_entry, {generated_bank_account, days_.paid, serial, 0, {}, 0});
            opens_entry = {};
        }
        (this->*write)(payer_of(seed_, index));
    }
}

// ---- to Bankgirot ----

void set_writer::requests(request_kind kind, std::string_view bankgiro) {
    const date day = kind == request_kind::mandates   ? days_.asked_on
                     : kind == request_kind::payments ? days_.instructed_on
                                                      : days_.changed_on;
    requests_.emplace(sender{.written = day,
                             .customer_number = std::string(generated_customer_number),
                             .bankgiro = std::string(bankgiro),
                             .payouts_allowed = true});
    if (kind == request_kind::mandates) each(&anybody, &set_writer::ask_mandate);
    if (kind == request_kind::payments) each(&is_instructed, &set_writer::instruct);
    if (kind == request_kind::changes) each(&is_one_of<story::moved, story::cancelled>, &set_writer::ask_change);
    bytes() += requests_->bytes();
}

void set_writer::ask_mandate(const invented_payer& payer) {
    if (proposes_mandate(payer.what))
        require(requests_->answer_mandate({payer.number, {}, {}}, payer.what == story::from_internet_bank));
    else if (payer.what == story::mandate_cancelled)
        require(requests_->cancel_mandate(payer.number));
    else if (payer.what == story::number_changed)
        require(requests_->change_payer_number(payer.old_number, payer.number));
    else
        require(requests_->new_mandate({payer.number, payer.account, payer.identity}));
    written(requests_->bytes());
}

void set_writer::instruct(const invented_payer& payer) {
    payment_out item{
        .day = days_.paid_on, .payer_number = payer.number, .amount_ore = payer.collection_ore, .reference = payer.reference};
    require(requests_->payment(item));
    written(requests_->bytes());
    if (payer.what != story::credited) return;
    item.direction = payment_direction::payout;
    item.amount_ore = payer.payout_ore;
    item.reference = payout_reference;
    require(requests_->payment(item));
    written(requests_->bytes());
}

void set_writer::ask_change(const invented_payer& payer) {
    require(requests_->change({.code = payer.what == story::moved ? "29" : "25",
                               .payer_number = payer.number,
                               .day = days_.paid_on,
                               .amount_ore = payer.collection_ore,
                               .new_day = days_.moved_to,
                               .reference = payer.reference}));
    written(requests_->bytes());
}

// ---- from Bankgirot ----

std::string_view set_writer::written_on(layout_id layout) const noexcept {
    switch (layout) {
        case layout_id::payspec_new:
        case layout_id::payspec_old:
            return days_.paid;
        case layout_id::mandadv_new:
        case layout_id::mandadv_old:
            return days_.advised;
        case layout_id::reject_new:
        case layout_id::reject_old:
            return days_.rejected;
        case layout_id::amend_new:
        case layout_id::amend_old:
            return days_.amended;
        case layout_id::emandate:
            return days_.proposed;
        case layout_id::watch:
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            return days_.extracted;
        case layout_id::delivery:
        case layout_id::to_bankgirot:
            return {};
    }
    return {};
}

void set_writer::report(layout_id layout, std::string_view bankgiro) {
    reports_.open(layout, {written_on(layout), generated_customer_number, bankgiro});
    switch (layout) {
        case layout_id::payspec_new:
        case layout_id::payspec_old:
            specification(layout == layout_id::payspec_new);
            break;
        case layout_id::mandadv_new:
        case layout_id::mandadv_old:
            each(&anybody, &set_writer::advise);
            break;
        case layout_id::reject_new:
        case layout_id::reject_old:
            each(&is_one_of<story::rejected>, &set_writer::reject);
            break;
        case layout_id::amend_new:
        case layout_id::amend_old:
            each(&is_one_of<story::moved, story::cancelled, story::stopped, story::removed>, &set_writer::amend);
            break;
        case layout_id::emandate:
            each(&proposes_mandate, &set_writer::propose);
            break;
        case layout_id::watch:
            each(&is_watched, &set_writer::watch);
            break;
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            each(&is_registered, &set_writer::enter);
            break;
        case layout_id::delivery:
        case layout_id::to_bankgirot:
            break;
    }
    reports_.close();
}

void set_writer::specification(bool has_entries) {
    each(&is_due, &set_writer::collect, has_entries ? "15" : "");
    each(&is_one_of<story::credited>, &set_writer::pay_out, has_entries ? "16" : "");
    if (has_entries) each(&is_one_of<story::refunded>, &set_writer::take_back, "17");
}

payment_record set_writer::collection_of(const invented_payer& payer) const {
    payment_record out;
    out.payment_day = days_.paid;
    out.period = '0';
    out.payer_number = payer.number;
    out.amount_ore = payer.collection_ore;
    out.bankgiro = bankgiro_;
    out.reference = text_of(payer.reference);
    return out;
}

payment_record set_writer::payout_of(const invented_payer& payer) const {
    payment_record out = collection_of(payer);
    out.amount_ore = payer.payout_ore;
    out.reference = payout_reference_written;
    return out;
}

void set_writer::collect(const invented_payer& payer) {
    payment_record record = collection_of(payer);
    record.status = status_of(payer.what);
    if (layout_ == layout_id::payspec_old && record.status == '0') record.status = ' ';
    reports_.payment(payment_direction::collection, record);
    written(bytes(), true);
}

void set_writer::pay_out(const invented_payer& payer) {
    payment_record record = payout_of(payer);
    if (layout_ == layout_id::payspec_new) record.status = '0';
    reports_.payment(payment_direction::payout, record);
    written(bytes(), true);
}

void set_writer::take_back(const invented_payer& payer) {
    constexpr std::array<std::string_view, 3> reasons{"01", "02", "03"};
    refund_record record;
    record.original = collection_of(payer);
    record.original.payment_day = days_.paid_before;
    record.original.amount_ore = payer.refund_ore;
    record.original.reference = text_of(payer.refund_reference);
    record.refund_day = days_.paid;
    record.refund_code = reasons[payer.variant % reasons.size()];
    reports_.refund(record);
    written(bytes(), true);
}

void set_writer::watch(const invented_payer& payer) {
    payment_record record = collection_of(payer);
    if (payer.what == story::moved) record.payment_day = days_.moved;
    reports_.payment(payment_direction::collection, record);
    written(bytes(), true);
    if (payer.what != story::credited) return;
    reports_.payment(payment_direction::payout, payout_of(payer));
    written(bytes(), true);
}

void set_writer::reject(const invented_payer& payer) {
    constexpr std::array<std::string_view, 3> reasons{"01", "02", "24"};
    payment_record record = collection_of(payer);
    record.comment = reasons[payer.variant % reasons.size()];
    reports_.payment(payment_direction::collection, record);
    written(bytes());
}

void set_writer::amend(const invented_payer& payer) {
    const bool moved = payer.what == story::moved;
    const std::string_view code = moved                            ? "29"
                                  : payer.what == story::cancelled ? "25"
                                  : payer.what == story::stopped   ? "11"
                                                                   : "03";
    amendment_record record;
    record.payment_day = days_.paid;
    record.payer_number = payer.number;
    record.direction = "82";
    record.amount_ore = payer.collection_ore;
    record.marker = "REFERENS";
    record.new_day = moved ? std::string_view(days_.moved) : "00000000";
    record.reference = text_of(payer.reference);
    record.comment = moved ? "14" : "12";
    reports_.amendment(code, record);
    written(bytes());
}

void set_writer::propose(const invented_payer& payer) {
    const invented::payer& who = names_[payer.variant % names_.size()];
    const std::string name = iso_8859_1(who.name), street = iso_8859_1(who.street), town = iso_8859_1(who.town);
    std::string postcode = who.postcode;
    std::erase(postcode, ' ');
    const std::array address{text_of(name), encoded_text{}, text_of(street), encoded_text{}};
    const std::array texts{text_of("V\xC4LKOMMEN \xC5TER")};
    const std::span<const encoded_text> said = std::span(texts).first(payer.variant % 2);
    reports_.internet_mandate({bankgiro_, payer.number, payer.account, payer.identity, '0'}, said, address,
                              {postcode, text_of(town)});
    written(bytes());
}

void set_writer::advise(const invented_payer& payer, const std::string& number, std::string_view information,
                        std::string_view comment) {
    constexpr std::string_view no_account = "0000000000000000";
    const bool accepted = comment == "32";
    const std::string valid_from = accepted ? format_yymmdd(days_.instructed_on) : "000000";
    advice_record record;
    record.bankgiro = bankgiro_;
    record.payer_number = number;
    record.account = payer.account.empty() ? no_account : payer.account;
    record.identity = payer.identity;
    if (information == "03") record.account = record.identity = {};
    record.information = information;
    record.comment = comment;
    record.action_day = days_.advised;
    record.valid_from = valid_from;
    reports_.advice(record);
    written(bytes());
}

void set_writer::advise(const invented_payer& payer) {
    if (payer.what == story::turned_down) return;
    if (payer.what == story::mandate_cancelled) return advise(payer, payer.number, "03", "33");
    if (payer.what == story::number_changed) {
        advise(payer, payer.old_number, "05", "33");
        return advise(payer, payer.number, "05", "32");
    }
    if (payer.what != story::mandate_rejected) return advise(payer, payer.number, "04", "32");
    const code_pair& why = refusals[payer.variant % refusals.size()];
    advise(payer, payer.number, why.information, why.comment);
}

void set_writer::enter(const invented_payer& payer) {
    constexpr int earlier_days = 400;
    const bool changed = payer.what == story::number_changed;
    const std::string created = changed ? format_ccyymmdd(add_days(days_.asked_on, -earlier_days)) : days_.advised;
    const std::string year = days_.instructed.substr(2, 2);
    register_record record;
    record.bankgiro = bankgiro_;
    record.identity = payer.identity;
    record.payer_number = payer.number;
    record.origin = proposes_mandate(payer.what) ? '2' : '1';
    record.last_used = year;
    record.created = created;
    record.changed = changed ? std::string_view(days_.advised) : "00000000";
    record.state = '1';
    record.account = payer.account;
    reports_.register_entry(record);
    written(bytes());
}

// ---- bad records ----

// A bad one has one warning: a TAB that means the blanks it stands for, or in reported payments, by turns, recurrences of a
// payment that is made once.
void set_writer::written(std::string& bytes, bool is_reported_payment) {
    if (!bad_.next()) return;
    constexpr std::size_t recurrences_column = 12;
    const std::size_t line = bytes.size() - line_bytes;
    if (is_reported_payment && ++bad_records_ % 2 == 0)
        bytes.replace(line + recurrences_column - 1, 3, "012");
    else
        invented::put_tab(bytes, line, layouts::width);
}

}  // namespace brygga::autogiro::detail
