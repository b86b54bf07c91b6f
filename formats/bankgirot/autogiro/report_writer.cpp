#include "formats/bankgirot/autogiro/report_writer.hpp"

#include <cstring>

#include <fmt/format.h>

#include "formats/bankgirot/autogiro/codes.hpp"
#include "formats/bankgirot/autogiro/layout.hpp"

namespace brygga::autogiro {

namespace {

constexpr unsigned entry_amount_column = 51, entry_payments_column = 72;

encoded_text latin(std::string_view bytes) noexcept {
    return {bytes, encoding::iso_8859_1};
}

std::string_view content_of(layout_id layout) noexcept {
    switch (layout) {
        case layout_id::payspec_new:
            return "BET. SPEC & STOPP TK";
        case layout_id::mandadv_new:
        case layout_id::mandadv_old:
            return "AG-MEDAVI";
        case layout_id::reject_new:
            return "AVVISADE BET UPPDR";
        case layout_id::amend_new:
            return "MAKULERING/\xC4NDRING";
        case layout_id::emandate:
            return "AG-EMEDGIV";
        case layout_id::watch:
            return "BEVAKNINGSREG";
        case layout_id::reject_old:
            return "FELLISTA REG.KONTRL";
        case layout_id::amend_old:
            return "MAK/\xC4NDRINGSLISTA";
        case layout_id::delivery:
        case layout_id::to_bankgirot:
        case layout_id::payspec_old:
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            return {};
    }
    return {};
}

}  // namespace

template <class Layout>
void report_writer::write(const typename Layout::value_type& record) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + layouts::width + 2, '\n');
    bytes_[at + layouts::width] = '\r';
    Layout::write(bytes_.data() + at, record);
}

void report_writer::open(layout_id layout, const report_sender& from) {
    layout_ = layout;
    totals_ = {};
    written_ = from.written;
    opening_record record{written_, latin(content_of(layout)), from.customer_number, from.bankgiro};
    if (layout == layout_id::payspec_new) ++specifications_;
    const std::string with_time = fmt::format("{}061502{:06}", written_, specifications_ % 1'000'000);
    switch (layout) {
        case layout_id::to_bankgirot:
            return write<layouts::opening_to_bankgirot>(record);
        case layout_id::payspec_new:
            record.written = with_time;
            return write<layouts::opening_with_time>(record);
        case layout_id::mandadv_new:
        case layout_id::reject_new:
        case layout_id::amend_new:
            return write<layouts::opening_with_date>(record);
        case layout_id::mandadv_old:
            return write<layouts::opening_without_customer<"01">>(record);
        case layout_id::emandate:
            return write<layouts::opening_without_customer<"51">>(record);
        case layout_id::watch:
        case layout_id::payspec_old:
        case layout_id::reject_old:
        case layout_id::amend_old:
            return write<layouts::opening_old>(record);
        case layout_id::delivery:
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            return;
    }
}

void report_writer::entry(std::string_view code, const entry_record& item) {
    finish_entry();
    entry_code_ = code;
    entry_at_ = bytes_.size();
    if (code == "15") {
        write<layouts::deposit>(item);
        ++totals_.deposits;
    } else if (code == "16") {
        write<layouts::withdrawal>(item);
        ++totals_.withdrawals;
    } else {
        write<layouts::refund_withdrawal>(item);
        ++totals_.refund_entries;
    }
}

// The amount and the number are known now.
void report_writer::finish_entry() {
    if (entry_code_.empty()) return;
    char* const line = bytes_.data() + entry_at_;
    layout::number::write<18>(line + entry_amount_column - 1, entry_ore_);
    layout::number::write<8>(line + entry_payments_column - 1, entry_payments_);
    entry_code_.clear();
    entry_ore_ = entry_payments_ = 0;
}

void report_writer::count(payment_direction direction, bool counts, std::int64_t amount_ore) {
    if (!counts) return;
    const bool pays_out = direction == payment_direction::payout;
    ++(pays_out ? totals_.payouts : totals_.collections);
    (pays_out ? totals_.payouts_ore : totals_.collections_ore) += amount_ore;
}

void report_writer::payment(payment_direction direction, const payment_record& item) {
    const bool pays_out = direction == payment_direction::payout;
    const bool executed = item.status == ' ' || item.status == '0';
    count(direction, executed || layout_ != layout_id::payspec_new, item.amount_ore);
    switch (layout_) {
        case layout_id::payspec_new:
            if (executed) {
                entry_ore_ += item.amount_ore;
                ++entry_payments_;
            }
            [[fallthrough]];
        case layout_id::payspec_old:
            return pays_out ? write<layouts::reported_payout>(item) : write<layouts::reported_collection>(item);
        case layout_id::reject_new:
        case layout_id::reject_old:
            return pays_out ? write<layouts::rejected_payout>(item) : write<layouts::rejected_collection>(item);
        case layout_id::watch:
            return pays_out ? write<layouts::watched_payout>(item) : write<layouts::watched_collection>(item);
        case layout_id::to_bankgirot:
            return pays_out ? write<layouts::payout>(item) : write<layouts::collection>(item);
        case layout_id::delivery:
        case layout_id::mandadv_new:
        case layout_id::amend_new:
        case layout_id::emandate:
        case layout_id::mandadv_old:
        case layout_id::amend_old:
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            return;
    }
}

void report_writer::refund(const refund_record& item) {
    ++totals_.refunds;
    entry_ore_ += item.original.amount_ore;
    ++entry_payments_;
    write<layouts::refund>(item);
}

void report_writer::advice(const advice_record& item) {
    ++totals_.records;
    if (layout_ == layout_id::mandadv_old)
        write<layouts::advice_old>(item);
    else
        write<layouts::advice>(item);
}

// The layouts differ in their codes only.
void report_writer::amendment(std::string_view code, const amendment_record& item) {
    if (item.direction == "82" || item.direction == "32")
        count(item.direction == "32" ? payment_direction::payout : payment_direction::collection, is_carried_out(item.comment),
              item.amount_ore);
    const std::size_t at = bytes_.size();
    write<layouts::amendment<"03", "">>(item);
    std::memcpy(bytes_.data() + at, code.data(), 2);
}

void report_writer::internet_mandate(const internet_mandate_record& item, std::span<const encoded_text> texts,
                                     std::span<const encoded_text, 4> address, const town_record& town) {
    write<layouts::internet_mandate>(item);
    for (const encoded_text& each : texts)
        write<layouts::payer_text>({each});
    const bool upper = !address[0].empty() || !address[1].empty(), lower = !address[2].empty() || !address[3].empty();
    const bool has_town = !town.postcode.empty() || !town.town.empty();
    if (upper) write<layouts::address_upper>({address[0], address[1]});
    if (lower) write<layouts::address_lower>({address[2], address[3]});
    if (has_town) write<layouts::town>(town);
    totals_.records += static_cast<std::int64_t>(1 + texts.size()) + upper + lower + has_town;
}

void report_writer::register_entry(const register_record& item) {
    if (layout_ == layout_id::mandreg_old)
        write<layouts::register_entry_old>(item);
    else
        write<layouts::register_entry>(item);
}

void report_writer::close() {
    finish_entry();
    totals_.written = written_;
    switch (layout_) {
        case layout_id::payspec_new:
            return write<layouts::closing_payspec>(totals_);
        case layout_id::mandadv_new:
        case layout_id::mandadv_old:
            return write<layouts::closing_records<"09">>(totals_);
        case layout_id::emandate:
            return write<layouts::closing_records<"59">>(totals_);
        case layout_id::reject_new:
        case layout_id::reject_old:
            return write<layouts::closing_rejected>(totals_);
        case layout_id::amend_new:
        case layout_id::amend_old:
        case layout_id::watch:
        case layout_id::payspec_old:
            return write<layouts::closing_sums>(totals_);
        case layout_id::delivery:
        case layout_id::to_bankgirot:
        case layout_id::mandreg_new:
        case layout_id::mandreg_old:
            return;
    }
}

}  // namespace brygga::autogiro
