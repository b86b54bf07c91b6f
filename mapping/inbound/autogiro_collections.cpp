#include "mapping/inbound/autogiro_collections.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/bankgirot/autogiro/codes.hpp"
#include "formats/bankgirot/autogiro/writer.hpp"
#include "formats/core/date.hpp"
#include "mapping/inbound/autogiro_references.hpp"

namespace brygga::inbound {

namespace {

using ledger::collection_item;
using ledger::collection_state;

constexpr std::size_t newest_looked_at = 100;  // for the one that a record is about
constexpr std::string_view retry_status = "9";
constexpr std::string_view no_account_status = "2";  // closed, without Autogiro, or another reason

// The one for this day, else the newest that waits, else the newest.
std::optional<collection_item> best_of(std::vector<collection_item> found, std::optional<date> day) {
    if (found.empty()) return std::nullopt;
    const auto of_day = std::find_if(found.begin(), found.end(), [&](const collection_item& each) {
        return day && each.newest.payment_day == *day && is_pending(each.newest.state);
    });
    if (of_day != found.end()) return std::move(*of_day);
    const auto pending =
        std::find_if(found.begin(), found.end(), [](const collection_item& each) { return is_pending(each.newest.state); });
    return std::move(pending != found.end() ? *pending : found.front());
}

// What is not pending any more has its last word. That another attempt follows is old news of what was paid or failed since, and
// news of the rest; that nothing was paid contradicts what was paid or cancelled, and agrees with the rest.
bool contradicts(collection_state now, collection_state told) {
    switch (now) {
        case collection_state::executed:
            return told != collection_state::retrying;
        case collection_state::failed:
            return false;
        case collection_state::rejected:
            return told == collection_state::retrying;
        case collection_state::cancelled:
            return told != collection_state::rejected;
        case collection_state::instructed:
        case collection_state::retrying:
        case collection_state::cancelling:
            return false;
    }
    return false;
}

}  // namespace

result<void> collection_paid(const ledger::payment& row, ledger::transaction& into) {
    const auto first = row.reference.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    const auto invoices = into.invoices_with_reference(std::string_view(row.reference).substr(first));
    if (!invoices) return tl::unexpected(invoices.error());
    for (const ledger::open_invoice& invoice : *invoices) {
        const auto asked = into.direct_debit().collections_of_invoice(invoice.id);
        if (!asked) return tl::unexpected(asked.error());
        for (const collection_item& each : *asked) {
            if (!is_pending(each.newest.state) || each.row.amount_ore != row.amount_ore) continue;
            return into.direct_debit().add_collection_event(
                each.row.id, {collection_state::executed, each.newest.payment_day, "0", row.id, {}, {}});
        }
    }
    return {};
}

result<std::optional<collection_item>> collection_book::collection_of(std::string_view bankgiro,
                                                                      const autogiro::payment_record& record) {
    auto found = into_.direct_debit().collections_like(bankgiro, autogiro::payer_number_key(record.payer_number),
                                                       text_of_reference(record.reference), record.amount_ore, newest_looked_at);
    if (!found) return tl::unexpected(found.error());
    return best_of(std::move(*found), parse_ccyymmdd(record.payment_day));
}

result<void> collection_book::note(const collection_item& item, collection_state state, std::string_view code,
                                   std::optional<date> new_day) {
    ledger::collection_event event;
    event.state = state;
    event.payment_day = new_day.value_or(item.newest.payment_day);
    event.code = code;
    event.source_id = batch_id_;
    ++counts_[fmt::format("collection {}", name(state))];
    return into_.direct_debit().add_collection_event(item.row.id, event);
}

result<void> collection_book::see_to(std::string_view kind, ledger::row_id subject_id, std::string_view code,
                                     std::string_view tells_apart) {
    ledger::matter item;
    item.kind = kind;
    item.key = fmt::format("{}:{}:{}", kind, ledger::format_id(batch_id_), tells_apart);
    item.subject_id = subject_id;
    item.file_id = file_.id;
    nlohmann::json detail = nlohmann::json::object();
    if (!code.empty()) detail["code"] = code;
    item.detail = detail.dump();
    if (subject_id != 0) {
        const auto known = into_.direct_debit().collection_with_id(subject_id);
        if (!known) return tl::unexpected(known.error());
        const auto mandate = into_.direct_debit().mandate_with_id(*known ? (*known)->row.mandate_id : subject_id);
        if (!mandate) return tl::unexpected(mandate.error());
        if (*mandate) item.customer_id = (*mandate)->newest.customer_id;
    }
    ++counts_["to see to"];
    return into_.matters().add_matter(item);
}

result<void> collection_book::told_late(const collection_item& item, collection_state told, std::string_view code) {
    if (contradicts(item.newest.state, told))
        return see_to(fmt::format("collection-{}-though-{}", name(told), name(item.newest.state)), item.row.id, code,
                      fmt::format("{}:{}", ledger::format_id(item.row.id), code));
    ++counts_["collection as it was"];
    return {};
}

result<void> collection_book::executed(const collection_item& item, ledger::row_id payment_id) {
    ++counts_["collection executed"];
    return into_.direct_debit().add_collection_event(
        item.row.id, {collection_state::executed, item.newest.payment_day, "0", payment_id, {}, {}});
}

result<void> collection_book::executed_in(ledger::row_id deposit_id, std::string_view bankgiro,
                                          const autogiro::payment_record& record) {
    if (deposit_id != known_deposit_) {
        auto all = into_.payments_of_deposit(deposit_id);
        if (!all) return tl::unexpected(all.error());
        payments_of_deposit_.clear();
        for (ledger::referred_payment& each : *all)
            payments_of_deposit_.emplace(std::pair(std::move(each.reference), each.amount_ore), each.id);
        known_deposit_ = deposit_id;
    }
    const auto known = collection_of(bankgiro, record);
    if (!known) return tl::unexpected(known.error());
    if (!*known || (*known)->newest.state == collection_state::executed) return {};
    const auto paid = payments_of_deposit_.find(std::pair((*known)->row.reference, record.amount_ore));
    if (paid == payments_of_deposit_.end()) return {};
    const ledger::row_id payment_id = paid->second;
    payments_of_deposit_.erase(paid);  // two equal payments are two payments
    return executed(**known, payment_id);
}

// Nothing was paid: the invoice stays open. With status 9 the bank tries again on the next bank day.
result<void> collection_book::not_executed(std::string_view bankgiro, const autogiro::payment_record& record,
                                           std::uint32_t ordinal) {
    const auto known = collection_of(bankgiro, record);
    if (!known) return tl::unexpected(known.error());
    const std::string code(1, record.status);
    if (!*known) return see_to("unknown-collection-failed", 0, code, fmt::format("{}", ordinal));
    const bool tries_again = code == retry_status;
    const collection_state told = tries_again ? collection_state::retrying : collection_state::failed;
    if (!is_pending((*known)->newest.state)) return told_late(**known, told, code);
    if (auto noted = note(**known, told, code); !noted) return noted;
    if (tries_again) return {};
    const std::string id = ledger::format_id((*known)->row.id);
    if (auto seen = see_to("collection-failed", (*known)->row.id, code, id); !seen) return seen;
    // Its account may be closed: until somebody says so the next invoice is asked for all the same.
    return code == no_account_status ? see_to("mandate-in-doubt", (*known)->row.mandate_id, code, id) : result<void>{};
}

result<void> collection_book::rejected(std::string_view bankgiro, const autogiro::payment_view& view) {
    const auto known = collection_of(bankgiro, view.record);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return see_to("unknown-instruction-rejected", 0, view.record.comment, fmt::format("{}", view.at.ordinal));
    if (!is_pending((*known)->newest.state)) return told_late(**known, collection_state::rejected, view.record.comment);
    if (auto noted = note(**known, collection_state::rejected, view.record.comment); !noted) return noted;
    return see_to("collection-rejected", (*known)->row.id, view.record.comment, ledger::format_id((*known)->row.id));
}

// One that was carried out cancels or moves; one that was not leaves everything as it was.
result<void> collection_book::apply(const collection_item& item, const autogiro::amendment_view& view) {
    const std::string_view comment = view.record.comment;
    const std::string id = ledger::format_id(item.row.id);
    const bool asked = item.newest.state == collection_state::cancelling;
    if (comment == "12") {
        // What others have cancelled, in the bank's web form or at the payer's bank, is not asked for again by itself.
        const std::string_view code = asked ? ledger::cancelled_as_asked : view.code;
        if (auto noted = note(item, collection_state::cancelled, code); !noted) return noted;
        return asked ? result<void>{} : see_to("collection-cancelled-by-others", item.row.id, view.code, id);
    }
    if (comment == "14" || comment == "18") {
        const auto day = parse_ccyymmdd(view.record.new_day);
        if (!day) return see_to("amendment-without-day", item.row.id, comment, id);
        return note(item, collection_state::instructed, comment, day);
    }
    if (asked)
        if (auto noted = note(item, collection_state::instructed, comment); !noted) return noted;
    return see_to("amendment-refused", item.row.id, comment, id);
}

result<void> collection_book::amend_one(std::string_view bankgiro, const amended_payments& which,
                                        const autogiro::amendment_view& view) {
    auto found = into_.direct_debit().collections_of_payer(bankgiro, which.payer_number(), newest_looked_at);
    if (!found) return tl::unexpected(found.error());
    std::erase_if(*found, [&](const collection_item& each) {
        return !is_pending(each.newest.state) ||
               !which.is(each.row.payer_number, each.newest.payment_day, each.row.amount_ore, each.row.reference);
    });
    const auto known = best_of(std::move(*found), which.day());
    return known ? apply(*known, view) : amends_none(view);
}

result<bool> collection_book::amend_group(std::string_view bankgiro, const amended_payments& which,
                                          const autogiro::amendment_view& view) {
    const auto pending = into_.direct_debit().pending_collections(bankgiro);
    if (!pending) return tl::unexpected(pending.error());
    bool any = false;
    for (const collection_item& each : *pending) {
        if (!which.has(each.row.payer_number, each.newest.payment_day)) continue;
        if (auto applied = apply(each, view); !applied) return tl::unexpected(applied.error());
        any = true;
    }
    return any;
}

result<void> collection_book::amends_none(const autogiro::amendment_view& view) {
    return see_to("unknown-instruction-amended", 0, view.record.comment, fmt::format("{}", view.at.ordinal));
}

result<bool> collection_book::amends_what_is_over(std::string_view bankgiro, const autogiro::amendment_view& view) {
    const amended_payments which(view);
    const auto all = into_.direct_debit().collections_of_payer(bankgiro, which.payer_number(), newest_looked_at);
    if (!all) return tl::unexpected(all.error());
    const date list_day = parse_ccyymmdd(view.at.section->opening.written).value_or(date{});
    return std::any_of(all->begin(), all->end(), [&](const collection_item& each) {
        return !is_pending(each.newest.state) && which.may_have_had(each.row.payer_number, each.newest.payment_day, list_day);
    });
}

result<bool> collection_book::amended(std::string_view bankgiro, const autogiro::amendment_view& view) {
    const amended_payments which(view);
    const amendment_reach reach = which.reach();
    if (reach == amendment_reach::group) return amend_group(bankgiro, which, view);
    if (reach == amendment_reach::payout) return false;  // autogiro_payouts
    const auto done = reach == amendment_reach::collection ? amend_one(bankgiro, which, view) : amends_none(view);
    return done ? result<bool>(true) : tl::unexpected(done.error());
}

result<void> collection_book::watched(std::string_view bankgiro, const autogiro::payment_view& view) {
    const auto known = collection_of(bankgiro, view.record);
    if (!known) return tl::unexpected(known.error());
    if (!*known || !is_pending((*known)->newest.state))
        return see_to("only-in-watch-register", *known ? (*known)->row.id : 0, {}, fmt::format("{}", view.at.ordinal));
    watched_.insert((*known)->row.id);
    ++counts_["collection as in the watch register"];
    const auto day = parse_ccyymmdd(view.record.payment_day);
    if (!day || *day == (*known)->newest.payment_day) return {};
    return see_to("other-day-in-watch-register", (*known)->row.id, {}, ledger::format_id((*known)->row.id));
}

result<void> collection_book::watch_closed(std::string_view bankgiro, date taken) {
    const ledger::timestamp_ms begin_of_day =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::sys_days(taken).time_since_epoch()).count();
    const auto pending = into_.direct_debit().pending_collections(bankgiro);
    if (!pending) return tl::unexpected(pending.error());
    for (const collection_item& each : *pending) {
        const bool expected = each.newest.state == collection_state::instructed && each.newest_at < begin_of_day;
        if (!expected || watched_.contains(each.row.id)) continue;
        if (auto seen = see_to("not-in-watch-register", each.row.id, {}, ledger::format_id(each.row.id)); !seen) return seen;
    }
    watched_.clear();
    return {};
}

}  // namespace brygga::inbound
