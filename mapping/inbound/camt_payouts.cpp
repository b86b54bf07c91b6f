#include "mapping/inbound/camt_payouts.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/money.hpp"
#include "formats/core/sha256.hpp"
#include "formats/iso20022/camt/meaning.hpp"

namespace brygga::inbound {

namespace {

using camt::rule;
using ledger::payout_item;
using ledger::payout_state;

constexpr std::string_view order_format = "pain.001", camt_source = "camt";

bool is_of_sums(rule which) noexcept {
    return which == rule::R10 || which == rule::R11 || which == rule::R12 || which == rule::R13;
}

std::optional<date> day_of(const camt::entry_view& entry) {
    return entry.booking_date ? entry.booking_date : entry.value_date;
}

bool is_return(const camt::payment_view& view) {
    return view.credit && view.returned;
}

bool is_debit(const camt::payment_view& view) {
    return !view.credit && !view.returned && view.has_amount;
}

payouts::told_by told_by(const camt::payment_view& view, ledger::row_id source_id) {
    payouts::told_by out;
    out.code = code_only(camt::told(view.data->return_code));
    out.source_id = source_id;
    out.bank_reference = camt::told(view.data->servicer_reference);
    if (out.bank_reference.empty()) out.bank_reference = camt::told(view.entry->data->servicer_reference);
    return out;
}

// "BRYGGA-0123-P1" belongs to "BRYGGA-0123".
std::string_view message_of(std::string_view information_id) noexcept {
    const std::size_t mark = information_id.rfind("-P");
    return mark == std::string_view::npos ? std::string_view() : information_id.substr(0, mark);
}

// Payouts whose sum is this.
using payout_list = std::vector<payout_item>;

template <class Belongs>
std::optional<payout_list> of_sum(const payout_list& all, std::int64_t amount_ore, Belongs belongs) {
    payout_list chosen;
    ore_sum sum;
    for (const payout_item& each : all) {
        if (!belongs(each)) continue;
        sum += each.row.amount_ore;
        chosen.push_back(each);
    }
    if (chosen.empty() || !(sum == amount_ore)) return std::nullopt;
    return chosen;
}

// The group that a PmtInfId names: the second has the payments to bankgiro numbers, where the order has two.
enum class order_group : std::uint8_t { whole, first, second };

order_group group_of(std::string_view information_id) noexcept {
    if (information_id.empty()) return order_group::whole;
    return information_id.ends_with("-P2") ? order_group::second : order_group::first;
}

bool is_to_bankgiro(const payout_item& item) noexcept {
    return item.newest.to.kind == ledger::payee_account_kind::bankgiro;
}

// A batch is debited without what the bank had rejected before, or with it. What has been paid is not paid by another batch: only
// where everything has is it the same batch, told again.
std::optional<payout_list> debited(const payout_list& all, std::int64_t amount_ore, order_group group) {
    const auto of = [&](auto counts) -> std::optional<payout_list> {
        if (group != order_group::second)
            if (auto whole = of_sum(all, amount_ore, counts)) return whole;
        if (group == order_group::whole) return std::nullopt;
        return of_sum(all, amount_ore, [&](const payout_item& each) {
            return counts(each) && is_to_bankgiro(each) == (group == order_group::second);
        });
    };
    // What pain.002 has told as paid (ACSC) is debited here; of what a debit has paid there is no code.
    const auto told_before = [](const payout_item& each) {
        return each.newest.state == payout_state::executed && !each.newest.code.empty();
    };
    const auto rejected = [](const payout_item& each) { return each.newest.state == payout_state::rejected; };
    for (const bool with_told : {true, false})
        for (const bool with_rejected : {false, true})
            if (auto found = of([&](const payout_item& each) {
                    return may_be_executed(each.newest.state) || (with_told && told_before(each)) ||
                           (with_rejected && rejected(each));
                }))
                return found;
    return of([](const payout_item& each) {
        return each.newest.state == payout_state::executed || each.newest.state == payout_state::returned;
    });
}

}  // namespace

camt_payouts::camt_payouts(const camt_plan& plan, ledger::row_id batch_id, const ledger::exchanged_file& file,
                           ledger::transaction& into, outcome_counts& counts)
    : into_(into), batch_id_(batch_id), book_(into, file.id, counts) {
    for (const camt::hold_mark& mark : plan.file.holds) {
        if (!is_of_sums(mark.broken)) continue;
        if (mark.ordinal != 0)
            payments_.insert(mark.ordinal);
        else if (mark.entry_no != 0)
            entries_.insert(mark.entry_no);
        else
            containers_.insert(mark.container_no);
    }
}

// The rule for which nothing is done by what the entry says; empty when there is none.
std::string_view camt_payouts::doubt_of(const camt::entry_view& entry, std::uint32_t ordinal) const {
    if (!day_of(entry)) return camt::info(rule::R04).id;
    if (payments_.contains(ordinal) || entries_.contains(entry.entry_no)) return camt::info(rule::R10).id;
    return containers_.contains(entry.container_no) ? camt::info(rule::R12).id : std::string_view();
}

void camt_payouts::entry_opened() {
    message_id_.clear();
    information_id_.clear();
    named_ = false;
}

result<void> camt_payouts::payment(const camt::payment_view& view) {
    if (!view.entry->booked || camt::is_copy(*view.entry->container)) return {};
    message_id_ = camt::told(view.data->message_id);
    information_id_ = camt::told(view.data->payment_information_id);
    named_ = named_ || !camt::told(view.data->end_to_end_id).empty();
    if (is_return(view)) return credit(view);
    if (!view.credit && !view.returned && !view.has_amount) return without_amount(view);
    return is_debit(view) ? debit(view) : result<void>{};
}

// A batch that lists its payments without their amounts: whether it paid this one as it was ordered nobody tells.
result<void> camt_payouts::without_amount(const camt::payment_view& view) {
    const auto item = book_.with_reference(camt::told(view.data->end_to_end_id));
    if (!item || !*item) return item ? result<void>{} : tl::unexpected(item.error());
    if (!may_be_executed((*item)->newest.state)) return {};
    return book_.see_to("payout-amount-untold", ledger::format_id((*item)->row.id), (*item)->row.id,
                        {{"amount_ore", (*item)->row.amount_ore}});
}

result<void> camt_payouts::debit(const camt::payment_view& view) {
    const auto item = book_.with_reference(camt::told(view.data->end_to_end_id));
    if (!item || !*item) return item ? result<void>{} : tl::unexpected(item.error());
    if ((*item)->row.amount_ore != view.amount_ore || (*item)->row.currency != view.currency)
        return book_.differs(**item, view.amount_ore);
    const std::string_view doubt = doubt_of(*view.entry, view.ordinal);
    return doubt.empty() ? book(**item, view, batch_id_) : doubtful(doubt, (*item)->row.id);
}

result<void> camt_payouts::credit(const camt::payment_view& view) {
    const auto item = book_.payout_of(camt::told(view.data->end_to_end_id), view.amount_ore, view.currency);
    if (!item) return tl::unexpected(item.error());
    if (!*item || !view.has_amount) return unknown_return(view);
    const std::string_view doubt = doubt_of(*view.entry, view.ordinal);
    return doubt.empty() ? book(**item, view, batch_id_) : doubtful(doubt, (*item)->row.id);
}

result<void> camt_payouts::doubtful(std::string_view rule, ledger::row_id subject_id) {
    return book_.see_to("payout-entry-held", fmt::format("{}:{}", ledger::format_id(subject_id), rule), subject_id,
                        {{"rule", rule}});
}

result<std::optional<payout_item>> camt_payouts::of_deposit(const camt::payment_view& view) {
    const bool comes_back = is_return(view);
    if (!comes_back && !is_debit(view)) return std::optional<payout_item>{};
    auto item = book_.payout_of(camt::told(view.data->end_to_end_id), view.amount_ore, view.currency);
    if (!item || !*item) return item;
    const payout_state now = (*item)->newest.state;
    if (comes_back ? may_be_returned(now) : may_be_executed(now)) return item;
    const payout_state told = comes_back ? payout_state::returned : payout_state::executed;
    if (now != told) return std::optional<payout_item>{};
    const auto is_other_money = book_.is_other_money(**item, told, day_of(*view.entry).value_or((*item)->newest.day), camt_source,
                                                     told_by(view, batch_id_));
    if (!is_other_money) return tl::unexpected(is_other_money.error());
    return *is_other_money ? std::optional<payout_item>{} : std::move(item);
}

result<void> camt_payouts::book(const payout_item& item, const camt::payment_view& view, ledger::row_id source_id) {
    const date day = day_of(*view.entry).value_or(item.newest.day);
    const payouts::told_by who = told_by(view, source_id);
    return view.credit ? book_.returned(item, day, who) : book_.executed(item, day, who);
}

// Told again in another message it is the same matter.
result<void> camt_payouts::unknown_return(const camt::payment_view& view) {
    const auto meant = book_.with_reference(camt::told(view.data->end_to_end_id));
    if (!meant) return tl::unexpected(meant.error());
    if (!view.data->returned.present && !*meant) return {};
    const std::string_view id = camt::told(view.data->end_to_end_id), serial = camt::told(view.data->servicer_reference);
    const std::string place =
        id.empty() && serial.empty() ? fmt::format("{}:{}", ledger::format_id(batch_id_), view.ordinal) : std::string();
    const auto day = day_of(*view.entry);
    const std::string what =
        fmt::format("{}\n{}\n{}\n{}\n{}", id, serial, view.amount_ore, day ? format_iso_date(*day) : std::string(), place);
    return book_.see_to(
        "unknown-return", sha256_hex(what), *meant ? (*meant)->row.id : 0,
        {{"amount_ore", view.amount_ore}, {"currency", view.currency}, {"code", code_only(camt::told(view.data->return_code))}});
}

result<void> camt_payouts::entry_closed(const camt::entry_view& entry) {
    if (!entry.booked || camt::is_copy(*entry.container) || named_ || !entry.has_amount) return {};
    if (entry.credit != entry.reversal) return {};  // a receipt, or a debit that is taken back
    const auto order = order_of(entry);
    if (!order) return tl::unexpected(order.error());
    if (!*order) return {};
    return entry.credit ? batch_returned(entry, **order) : batch(entry, **order);
}

// Which payouts came back nobody tells.
result<void> camt_payouts::batch_returned(const camt::entry_view& entry, const ledger::outgoing_item& order) {
    const auto all = into_.payouts().payouts_of_file(order.row.id);
    if (!all) return tl::unexpected(all.error());
    if (all->empty()) return {};  // of another system
    const auto day = day_of(entry);
    return book_.see_to(
        "unknown-return",
        fmt::format("{}:{}:{}", ledger::format_id(order.row.id), entry.amount_ore, day ? format_iso_date(*day) : std::string()),
        0, {{"order", ledger::format_id(order.row.id)}, {"amount_ore", entry.amount_ore}});
}

// That the only payment names, else the batch.
result<std::optional<ledger::outgoing_item>> camt_payouts::order_of(const camt::entry_view& entry) {
    const camt::details& details = entry.data->details;
    if (entry.payments != 1 || (message_id_.empty() && information_id_.empty())) {
        message_id_ = camt::told(details.batch_message_id);
        information_id_ = camt::told(details.batch_information_id);
    }
    const std::string_view id = message_id_.empty() ? message_of(information_id_) : std::string_view(message_id_);
    if (id.empty()) return std::optional<ledger::outgoing_item>{};
    return into_.exchange().outgoing_with_reference(order_format, id);
}

result<void> camt_payouts::batch(const camt::entry_view& entry, const ledger::outgoing_item& order) {
    const auto all = into_.payouts().payouts_of_file(order.row.id);
    if (!all) return tl::unexpected(all.error());
    if (all->empty()) return {};  // of another system
    if (const std::string_view doubt = doubt_of(entry, 0); !doubt.empty()) return doubtful(doubt, order.row.id);
    const bool in_kronor = entry.currency == "SEK";
    const auto paid = in_kronor ? debited(*all, entry.amount_ore, group_of(information_id_)) : std::nullopt;
    if (!paid)
        return book_.see_to("payout-batch-differs", fmt::format("{}:{}", ledger::format_id(order.row.id), entry.amount_ore), 0,
                            {{"order", ledger::format_id(order.row.id)}, {"debited_ore", entry.amount_ore}});
    const std::string reference(camt::told(entry.data->servicer_reference));
    for (const payout_item& each : *paid)
        if (auto done = book_.executed(each, *day_of(entry), {{}, batch_id_, {}, {}, reference}); !done) return done;
    return {};
}

}  // namespace brygga::inbound
