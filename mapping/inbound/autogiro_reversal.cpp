#include "mapping/inbound/autogiro_reversal.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/inbound/reasons.hpp"

namespace brygga::inbound {

namespace {

constexpr std::size_t most_entries = 100;  // about one payment: its own, matches and corrections

}  // namespace

// The payment's own entry turned round, as long as nothing has corrected it.
result<std::optional<ledger::entry>> payment_reversal::entry_of(ledger::row_id payment_id, const ledger::payment& row) {
    auto entries = into_.entries_about(payment_id, most_entries);
    if (!entries) return tl::unexpected(entries.error());
    const ledger::entry* paid = nullptr;
    for (const ledger::entry& each : *entries) {
        if (each.kind == ledger::entry_kind::payment && each.source_id == payment_id)
            paid = &each;
        else if (paid == nullptr || each.corrects_id == paid->id || each.kind == ledger::entry_kind::match)
            return std::nullopt;  // reversed before, or a person has moved it: a person decides
    }
    if (paid == nullptr) return std::nullopt;
    ledger::entry out;
    out.kind = ledger::entry_kind::deduction;
    out.source_id = row.id;
    out.value_date = row.value_date;
    out.corrects_id = paid->id;
    for (ledger::posting each : paid->postings) {
        each.amount_ore = -each.amount_ore;
        each.reason = reason::taken_back;
        if (each.to == ledger::account::bank) each.subject_id = row.deposit_id;
        out.postings.push_back(each);
    }
    return out;
}

result<bool> payment_reversal::reverse(ledger::payment& row, const ledger::collection_item& collection,
                                       std::string_view refund_code, logical_result& told) {
    if (collection.newest.state != ledger::collection_state::executed) return false;
    bool posted = false;
    const auto done = into_.attempt([&]() -> result<void> {
        if (auto added = into_.add_payment(row); !added) return added;
        auto entry = entry_of(collection.newest.source_id, row);
        if (!entry) return tl::unexpected(entry.error());
        if (!*entry) return fail(error_code::not_found, "nothing to reverse");
        if (auto added = into_.add_entry(**entry); !added) return added;
        posted = true;
        return into_.direct_debit().add_collection_event(
            collection.row.id,
            {ledger::collection_state::failed, collection.newest.payment_day, std::string(refund_code), row.id, {}, {}});
    });
    if (!done) {
        const bool decides = done.error().code == error_code::not_found || done.error().code == error_code::conflict;
        row.id = 0;
        return decides ? result<bool>(false) : tl::unexpected(done.error());
    }
    booked_sums& sums = told.sums[row.currency];
    sums.booked_ore -= row.amount_ore;
    sums.matched_ore -= row.amount_ore;
    ++told.matched;
    ++counts_["payment taken back"];
    ledger::matter item;
    item.kind = "payment-taken-back";
    item.key = fmt::format("payment-taken-back:{}:{}", ledger::format_id(batch_id_), ledger::format_id(row.id));
    item.subject_id = row.id;
    item.file_id = file_.id;
    const auto mandate = into_.direct_debit().mandate_with_id(collection.row.mandate_id);
    if (!mandate) return tl::unexpected(mandate.error());
    if (*mandate) item.customer_id = (*mandate)->newest.customer_id;
    item.detail = nlohmann::json{{"refund_code", refund_code}, {"collection", ledger::format_id(collection.row.id)}}.dump();
    ++counts_["to see to"];
    if (auto added = into_.matters().add_matter(item); !added) return tl::unexpected(added.error());
    return posted;
}

}  // namespace brygga::inbound
