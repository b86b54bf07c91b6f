#include "formats/convert/detail/debit_payers.hpp"

#include "formats/iso20022/camt/meaning.hpp"

namespace brygga::convert::detail {

namespace {

constexpr std::size_t payer_columns = 10;  // a longer number is not written

}  // namespace

void debit_payers::add_debit(const camt::payment_view& item) {
    entry_payers& in = entries_[item.entry->entry_no];
    in.deducting[std::string(item.payer_bankgiro)].net -= item.amount_ore;
    in.by_account = in.by_account || (item.payer_bankgiro.empty() && camt::is_stated(item.data->debtor_account));
}

void debit_payers::add_credit(const camt::payment_view& item) {
    const auto found = entries_.find(item.entry->entry_no);
    if (found == entries_.end()) return;
    entry_payers& in = found->second;
    const std::string_view by = item.payer_bankgiro.size() <= payer_columns ? item.payer_bankgiro : std::string_view();
    if (!in.pays) in.first = by;
    in.several = in.several || in.first != by;
    in.pays = true;
    const auto of = in.deducting.find(by);
    if (of == in.deducting.end()) return;
    of->second.net += item.amount_ore;
    of->second.pays = true;
}

debit_payers::verdict debit_payers::of(std::uint32_t entry_no) const {
    const auto found = entries_.find(entry_no);
    if (found == entries_.end()) return verdict::fits;
    const entry_payers& in = found->second;
    for (const auto& [bankgiro, each] : in.deducting)
        if (!bankgiro.empty() && (!each.pays || each.net.negative())) return verdict::unpaid;
    // Those whose payer is not told may be anybody: BgMax compares no sums of theirs.
    const auto unknown = in.deducting.find(std::string_view());
    if (unknown == in.deducting.end() || unknown->second.pays) return verdict::fits;
    // The entry adds up to no less than nothing, and so does its only payer.
    return in.pays && !in.several && !in.by_account ? verdict::given : verdict::unpaid;
}

std::string_view debit_payers::first_payer(std::uint32_t entry_no) const {
    return entries_.at(entry_no).first;
}

}  // namespace brygga::convert::detail
