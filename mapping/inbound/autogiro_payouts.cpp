#include "mapping/inbound/autogiro_payouts.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/bankgirot/autogiro/writer.hpp"
#include "formats/core/date.hpp"
#include "mapping/inbound/autogiro_amendment.hpp"
#include "mapping/inbound/autogiro_references.hpp"
#include "mapping/inbound/duplicates.hpp"

namespace brygga::inbound {

namespace {

using ledger::payout_item;
using ledger::payout_state;

constexpr std::string_view carried_out = "0";

}  // namespace

result<std::optional<ledger::mandate>> autogiro_payouts::mandate_of(const payout_item& item) {
    if (item.newest.route != ledger::payout_route::direct_debit) return std::optional<ledger::mandate>{};
    const auto mandate = into_.direct_debit().mandate_with_id(item.newest.through_id);
    if (!mandate) return tl::unexpected(mandate.error());
    return *mandate ? std::optional((*mandate)->row) : std::nullopt;
}

result<std::optional<payout_item>> autogiro_payouts::payout_of(std::string_view bankgiro,
                                                               const autogiro::payment_record& record) {
    auto item = book_.payout_of(text_of_reference(record.reference), record.amount_ore, "SEK");
    if (!item || !*item) return item;
    const auto mandate = mandate_of(**item);
    if (!mandate) return tl::unexpected(mandate.error());
    const bool same = *mandate && (*mandate)->bankgiro == bankgiro &&
                      (*mandate)->payer_number == autogiro::payer_number_key(record.payer_number);
    return same ? std::move(item) : std::optional<payout_item>{};
}

result<std::vector<autogiro_payouts::sent_payout>> autogiro_payouts::pending(std::string_view bankgiro) {
    std::vector<sent_payout> out;
    for (const payout_state state : {payout_state::exported, payout_state::accepted}) {
        auto all = into_.payouts().payouts_in_state(state);
        if (!all) return tl::unexpected(std::move(all.error()));
        for (payout_item& each : *all) {
            auto mandate = mandate_of(each);
            if (!mandate) return tl::unexpected(std::move(mandate.error()));
            if (*mandate && (*mandate)->bankgiro == bankgiro) out.push_back({std::move(each), std::move(**mandate)});
        }
    }
    return out;
}

result<bool> autogiro_payouts::may_take(const payout_item& item) {
    if (may_be_executed(item.newest.state)) return true;
    if (!may_be_returned(item.newest.state)) return false;
    const auto twice = book_.is_other_money(item, payout_state::executed, item.newest.day, autogiro_source, {});
    return twice ? result<bool>(!*twice) : twice;
}

result<void> autogiro_payouts::executed(const payout_item& item, date day, ledger::row_id payment_id) {
    return book_.executed(item, day, {std::string(carried_out), payment_id});
}

result<void> autogiro_payouts::not_executed(std::string_view bankgiro, const autogiro::payment_record& record,
                                            std::uint32_t ordinal) {
    const auto known = payout_of(bankgiro, record);
    if (!known) return tl::unexpected(known.error());
    const std::string code(1, record.status);
    if (*known) return book_.rejected(**known, {code, batch_id_});
    return book_.see_to("unknown-payout-failed", fmt::format("{}:{}", ledger::format_id(batch_id_), ordinal), 0,
                        {{"code", code}});
}

result<void> autogiro_payouts::rejected(std::string_view bankgiro, const autogiro::payment_view& view) {
    const auto known = payout_of(bankgiro, view.record);
    if (!known) return tl::unexpected(known.error());
    const std::string code(view.record.comment);
    if (*known) return book_.rejected(**known, {code, batch_id_});
    return book_.see_to("unknown-instruction-rejected", fmt::format("{}:{}", ledger::format_id(batch_id_), view.at.ordinal), 0,
                        {{"code", code}});
}

// One that was carried out cancels, or moves to another day: then Bankgirot has it. One that was not leaves everything as it was.
result<void> autogiro_payouts::apply(const payout_item& item, const autogiro::amendment_view& view) {
    const std::string comment(view.record.comment);
    if (comment == "12") return book_.rejected(item, {comment, batch_id_});
    const auto day = parse_ccyymmdd(view.record.new_day);
    const bool is_moved = comment == "14" || comment == "18";
    if (is_moved && day) return book_.moved(item, *day, {comment, batch_id_});
    // One record may concern several.
    return book_.see_to(is_moved ? "amendment-without-day" : "payout-amendment-refused",
                        fmt::format("{}:{}:{}", ledger::format_id(batch_id_), view.at.ordinal, ledger::format_id(item.row.id)),
                        item.row.id, {{"code", comment}});
}

result<bool> autogiro_payouts::amended(std::string_view bankgiro, const autogiro::amendment_view& view) {
    const amended_payments which(view);
    const bool is_one = which.reach() == amendment_reach::payout;
    if (!is_one && which.reach() != amendment_reach::group) return false;  // autogiro_collections
    const auto all = pending(bankgiro);
    if (!all) return tl::unexpected(all.error());
    bool any = false;
    for (const auto& [item, mandate] : *all) {
        const bool meant = is_one ? which.is(mandate.payer_number, item.newest.day, item.row.amount_ore, reference_of(item.row))
                                  : which.has(mandate.payer_number, item.newest.day);
        if (!meant) continue;
        if (auto applied = apply(item, view); !applied) return tl::unexpected(applied.error());
        any = true;
        if (is_one) break;
    }
    return any;
}

result<bool> autogiro_payouts::amends_what_is_over(std::string_view bankgiro, const autogiro::amendment_view& view) {
    const amended_payments which(view);
    const auto mandate = into_.direct_debit().mandate_with_number(bankgiro, which.payer_number());
    if (!mandate) return tl::unexpected(mandate.error());
    if (!*mandate || (*mandate)->newest.customer_id.empty()) return false;
    const auto all = into_.payouts().payouts_of_customer((*mandate)->newest.customer_id);
    if (!all) return tl::unexpected(all.error());
    const date list_day = parse_ccyymmdd(view.at.section->opening.written).value_or(date{});
    return std::any_of(all->begin(), all->end(), [&](const payout_item& each) {
        return each.newest.through_id == (*mandate)->row.id && !ledger::is_pending(each.newest.state) &&
               which.may_have_had((*mandate)->row.payer_number, each.newest.day, list_day);
    });
}

result<void> autogiro_payouts::watched(std::string_view bankgiro, const autogiro::payment_view& view) {
    const auto known = payout_of(bankgiro, view.record);
    if (!known) return tl::unexpected(known.error());
    if (*known) return book_.accepted(**known, {{}, batch_id_});
    return book_.see_to("only-in-watch-register", fmt::format("{}:{}", ledger::format_id(batch_id_), view.at.ordinal), 0,
                        nlohmann::json::object());
}

}  // namespace brygga::inbound
