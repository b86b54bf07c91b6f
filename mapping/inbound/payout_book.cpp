#include "mapping/inbound/payout_book.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/core/sha256.hpp"

namespace brygga::inbound {

namespace {

using ledger::payout_item;
using ledger::payout_state;

constexpr std::size_t longest_code = 4;

bool was_sent(payout_state state) noexcept {
    return state != payout_state::draft && state != payout_state::approved && state != payout_state::withdrawn;
}

enum class telling : std::uint8_t { known, of_same_entry, of_another };

// What this says beside the events of the same state. Entries of the bank are compared by its references: two on one day may be
// of one entry that a notification and a statement number each in its own way, but not in one message.
telling compared(const std::vector<ledger::payout_event>& events, payout_state state, date day, const payouts::told_by& who) {
    telling out = telling::of_same_entry;
    for (const ledger::payout_event& each : events) {
        if (each.state != state || each.bank_reference.empty() || who.bank_reference.empty()) continue;
        if (each.bank_reference == who.bank_reference) return telling::known;
        if (each.day != day || each.source_id == who.source_id) out = telling::of_another;
    }
    return out;
}

}  // namespace

std::string_view code_only(std::string_view text) noexcept {
    const auto is_letter = [](char c) { return ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9'); };
    const bool is_code = text.size() <= longest_code && std::all_of(text.begin(), text.end(), is_letter);
    return is_code ? text : std::string_view();
}

result<std::optional<payout_item>> payout_book::with_reference(std::string_view reference) {
    const auto id = ledger::parse_id(reference);
    if (!id) return std::optional<payout_item>{};
    auto item = into_.payouts().payout_with_id(*id);
    if (!item || !*item || reference_of((*item)->row) == reference) return item;
    return std::optional<payout_item>{};
}

result<std::optional<payout_item>> payout_book::payout_of(std::string_view reference, std::int64_t amount_ore,
                                                          std::string_view currency) {
    auto item = with_reference(reference);
    if (!item || !*item) return item;
    const bool same = (*item)->row.amount_ore == amount_ore && (*item)->row.currency == currency;
    return same ? std::move(item) : std::optional<payout_item>{};
}

result<bool> payout_book::is_other_money(const payout_item& item, payout_state told, date day, std::string_view source,
                                         const payouts::told_by& who) {
    const auto events = into_.payouts().payout_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    if (compared(*events, told, day, who) == telling::of_another) return true;
    for (const ledger::payout_event& each : *events) {
        if (each.state != told) continue;
        const auto deposit = into_.deposit_of_payment(each.source_id);
        if (!deposit) return tl::unexpected(deposit.error());
        if (*deposit && (*deposit)->source == source) return true;
    }
    return false;
}

result<void> payout_book::accepted(const payout_item& item, const payouts::told_by& who) {
    if (!was_sent(item.newest.state)) return out_of_place(item, payout_state::accepted, who);
    if (auto done = payouts::accepted(item, who, into_); !done) return done;
    return count(item);
}

result<void> payout_book::moved(const payout_item& item, date day, const payouts::told_by& who) {
    if (!was_sent(item.newest.state)) return out_of_place(item, payout_state::accepted, who);
    if (auto done = payouts::moved(item, day, who, into_); !done) return done;
    return count(item);
}

result<void> payout_book::executed(const payout_item& item, date day, const payouts::told_by& who) {
    const payout_state now = item.newest.state;
    const bool is_second = !note_entry(item.row.id, payout_state::executed, who);
    if (is_second || now == payout_state::executed || now == payout_state::returned)
        return told_again(item, payout_state::executed, is_second, day, who);
    if (!may_be_returned(now)) ++counts_["to see to"];  // paid after all
    if (auto done = payouts::executed(item, day, who, into_); !done) return done;
    return count(item);
}

result<void> payout_book::rejected(const payout_item& item, const payouts::told_by& who) {
    if (!was_sent(item.newest.state)) return out_of_place(item, payout_state::rejected, who);
    if (may_be_returned(item.newest.state)) ++counts_["to see to"];
    if (auto done = payouts::rejected(item, who, into_); !done) return done;
    return count(item);
}

result<void> payout_book::returned(const payout_item& item, date day, const payouts::told_by& who) {
    const bool is_second = !note_entry(item.row.id, payout_state::returned, who);
    if (is_second || item.newest.state == payout_state::returned)
        return told_again(item, payout_state::returned, is_second, day, who);
    if (!may_be_returned(item.newest.state)) return out_of_place(item, payout_state::returned, who);
    ++counts_["to see to"];
    if (auto done = payouts::returned(item, day, who, into_); !done) return done;
    return count(item);
}

result<void> payout_book::differs(const payout_item& item, std::int64_t told_ore) {
    return see_to("payout-amount-differs", fmt::format("{}:{}", ledger::format_id(item.row.id), told_ore), item.row.id,
                  {{"amount_ore", item.row.amount_ore}, {"told_ore", told_ore}});
}

result<void> payout_book::see_to(std::string_view kind, std::string_view tells_apart, ledger::row_id payout_id,
                                 const nlohmann::json& detail) {
    ledger::matter item;
    item.kind = kind;
    item.key = fmt::format("{}:{}", kind, tells_apart);
    item.subject_id = payout_id;
    item.file_id = file_id_;
    item.detail = detail.dump();
    if (payout_id != 0) {
        const auto known = into_.payouts().payout_with_id(payout_id);
        if (!known) return tl::unexpected(known.error());
        if (*known) item.customer_id = (*known)->row.customer_id;
    }
    ++counts_["to see to"];
    return into_.matters().add_matter(item);
}

result<void> payout_book::out_of_place(const payout_item& item, payout_state told, const payouts::told_by& who) {
    return see_to("payout-answer-out-of-place", fmt::format("{}:{}", ledger::format_id(item.row.id), name(told)), item.row.id,
                  {{"payout", name(item.newest.state)}, {"answer", name(told)}, {"code", who.code}});
}

// False when another entry of this message told the same of it before.
bool payout_book::note_entry(ledger::row_id payout_id, payout_state told, const payouts::told_by& who) {
    if (who.bank_reference.empty()) return true;
    const auto [at, is_first] = told_here_.try_emplace({payout_id, told}, who.bank_reference);
    return is_first || at->second == who.bank_reference;
}

result<void> payout_book::told_again(const payout_item& item, payout_state told, bool is_second, date day,
                                     const payouts::told_by& who) {
    const auto events = into_.payouts().payout_events(item.row.id);
    if (!events) return tl::unexpected(events.error());
    const telling is = is_second ? telling::of_another : compared(*events, told, day, who);
    if (is == telling::known) return {};
    if (is == telling::of_another)
        return see_to(told == payout_state::executed ? "payout-paid-twice" : "payout-returned-twice",
                      fmt::format("{}:{}", ledger::format_id(item.row.id), sha256_hex(who.bank_reference)), item.row.id,
                      {{"amount_ore", item.row.amount_ore}, {"day", format_iso_date(day)}});
    if (item.newest.state != told) return {};  // it came back since
    const auto deposit = into_.deposit_of_payment(who.source_id);
    if (!deposit) return tl::unexpected(deposit.error());
    if (!*deposit && who.bank_reference.empty()) return {};
    ledger::payout_event noted = item.newest;
    noted.code = who.code;
    noted.source_id = who.source_id;
    noted.actor.clear();
    noted.reason.clear();
    noted.bank_reference = who.bank_reference;
    return into_.payouts().add_payout_event(item.row.id, noted);
}

result<void> payout_book::count(const payout_item& before) {
    const auto now = into_.payouts().payout_with_id(before.row.id);
    if (!now) return tl::unexpected(now.error());
    if (*now && (*now)->newest.state != before.newest.state) ++counts_[fmt::format("payout {}", name((*now)->newest.state))];
    return {};
}

}  // namespace brygga::inbound
