#include "formats/convert/detail/netted_deductions.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "formats/core/digits.hpp"
#include "formats/core/money.hpp"

namespace brygga::convert::detail {

namespace {

// Each of its references has an amount, and they make the whole: so a credit can stand among them (CAMT-R14).
bool is_divided(const bgmax::payment_view& item) {
    ore_sum whole;
    for (const bgmax::extra_reference& each : item.extras) {
        const std::int64_t ore = each.record.amount_ore;
        if (ore == 0) return false;
        whole += each.negative ? -ore : ore;
    }
    return whole == item.record.amount_ore;
}

// Who pays: the bankgiro. Payers without one may be several, but the same serial number is the same payment: so stands the credit
// note of a payment that came from camt. Empty when neither is told: then
// only the place says whose it is.
std::string payer_of(const bgmax::payment_view& item) {
    const std::string_view bankgiro = without_leading_zeros(item.record.payer_bankgiro);
    if (!bankgiro.empty()) return std::string(bankgiro);
    const std::string_view serial = item.record.serial;
    return serial.find_first_not_of(' ') == std::string_view::npos ? std::string() : "serial " + std::string(serial);
}

std::size_t payer_hash(const bgmax::payment_view& item) {
    std::string all;
    for (const layout::encoded_text* each : {&item.name.name, &item.name.extra_name, &item.street.street, &item.street.postcode,
                                             &item.town.town, &item.town.country_code, &item.organisation_number})
        if (const std::string text = trimmed_utf8(*each); !text.empty()) (all += text) += '\n';
    return all.empty() ? 0 : std::hash<std::string>()(all);
}

bool has_only_positive(const bgmax::payment_view& item) {
    return std::none_of(item.extras.begin(), item.extras.end(), [](const bgmax::extra_reference& each) { return each.negative; });
}

}  // namespace

std::string trimmed_utf8(const layout::encoded_text& text) {
    const std::string utf8 = text.utf8();
    const std::size_t first = utf8.find_first_not_of(' ');
    return first == std::string::npos ? std::string() : utf8.substr(first, utf8.find_last_not_of(' ') - first + 1);
}

void netted_deductions::add(const bgmax::payment_view& item) {
    if (item.is_deduction) return take_off(item);
    std::string payer = payer_of(item);
    carriers_.erase(std::string());  // of an unknown payer only the payment right before the deduction is known to be the same
    if (item.record.amount_ore <= 0 || (!item.extras.empty() && !is_divided(item))) return;
    carriers_[std::move(payer)].push_back({item.ordinal, item.record.amount_ore, payer_hash(item)});
}

// From the nearest payment that is large enough.
void netted_deductions::take_off(const bgmax::payment_view& item) {
    std::vector<carrier>& open = carriers_[payer_of(item)];
    const auto from =
        std::find_if(open.rbegin(), open.rend(), [&](const carrier& each) { return each.left_ore >= item.record.amount_ore; });
    if (from == open.rend()) {
        all_carried_ = false;
        return;
    }
    from->left_ore -= item.record.amount_ore;
    if (const std::size_t payer = payer_hash(item); payer != 0 && payer != from->payer) other_payers_.push_back(item.ordinal);
    if (!item.extras.empty() && is_divided(item) && has_only_positive(item)) {
        for (const bgmax::extra_reference& each : item.extras)
            credits_.push_back({from->ordinal, {trimmed_utf8(each.record.reference)}, each.record.amount_ore});
        return;
    }
    netted_credit whole{from->ordinal, {trimmed_utf8(item.record.reference)}, item.record.amount_ore};
    for (const bgmax::extra_reference& each : item.extras)
        whole.numbers.push_back(trimmed_utf8(each.record.reference));
    std::erase(whole.numbers, std::string());
    credits_.push_back(std::move(whole));
}

bool netted_deductions::close_section() {
    carriers_.clear();
    return std::exchange(all_carried_, true);
}

void netted_deductions::finish() {
    std::stable_sort(credits_.begin(), credits_.end(),
                     [](const netted_credit& a, const netted_credit& b) { return a.ordinal < b.ordinal; });
}

bool netted_deductions::has_other_payer(std::uint32_t ordinal) const noexcept {
    return std::binary_search(other_payers_.begin(), other_payers_.end(), ordinal);
}

std::span<const netted_credit> netted_deductions::of(std::uint32_t ordinal) const noexcept {
    const auto first = std::lower_bound(credits_.begin(), credits_.end(), ordinal,
                                        [](const netted_credit& each, std::uint32_t wanted) { return each.ordinal < wanted; });
    auto last = first;
    while (last != credits_.end() && last->ordinal == ordinal)
        ++last;
    return {first, last};
}

}  // namespace brygga::convert::detail
