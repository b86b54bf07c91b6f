// What Bankgirot says of our instructions, into the ledger: executed or failed payments, rejected lists, amendment lists and the
// watch register (autogiro.md section 6). A collection is matched by payer number and reference, with its amount: never by amount
// alone.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "formats/bankgirot/autogiro/reader.hpp"
#include "mapping/inbound/autogiro_amendment.hpp"
#include "mapping/inbound/autogiro_mandates.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

// A payment that another format (BgMax, channel 4) has booked: the collection that it is becomes executed.
[[nodiscard]] result<void> collection_paid(const ledger::payment& row, ledger::transaction& into);

class collection_book {
 public:
    collection_book(ledger::transaction& into, const ledger::exchanged_file& file, ledger::row_id batch_id,
                    outcome_counts& counts)
        : into_(into), file_(file), batch_id_(batch_id), counts_(counts) {}

    // The collection that a returned record is about; nothing when it is none of ours.
    [[nodiscard]] result<std::optional<ledger::collection_item>> collection_of(std::string_view bankgiro,
                                                                               const autogiro::payment_record& record);

    // TK82 of a payment specification: executed when `payment_id` has booked it, else failed or tried again.
    [[nodiscard]] result<void> executed(const ledger::collection_item& item, ledger::row_id payment_id);
    // The same, of a deposit that another channel has brought: its payments are sought there.
    [[nodiscard]] result<void> executed_in(ledger::row_id deposit_id, std::string_view bankgiro,
                                           const autogiro::payment_record& record);
    [[nodiscard]] result<void> not_executed(std::string_view bankgiro, const autogiro::payment_record& record,
                                            std::uint32_t ordinal);
    [[nodiscard]] result<void> rejected(std::string_view bankgiro, const autogiro::payment_view& view);
    // Whether it concerned any of ours, or a person was told. `amends_none` tells one when no payout was concerned either.
    [[nodiscard]] result<bool> amended(std::string_view bankgiro, const autogiro::amendment_view& view);
    [[nodiscard]] result<void> amends_none(const autogiro::amendment_view& view);
    // Whether a group that none waits in any more had one of ours.
    [[nodiscard]] result<bool> amends_what_is_over(std::string_view bankgiro, const autogiro::amendment_view& view);
    [[nodiscard]] result<void> watched(std::string_view bankgiro, const autogiro::payment_view& view);
    // The end of an extract of the watch register, taken on this day: what we had sent before and it lacks.
    [[nodiscard]] result<void> watch_closed(std::string_view bankgiro, date taken);

 private:
    [[nodiscard]] result<void> note(const ledger::collection_item& item, ledger::collection_state state, std::string_view code,
                                    std::optional<date> new_day = std::nullopt);
    [[nodiscard]] result<void> told_late(const ledger::collection_item& item, ledger::collection_state told,
                                         std::string_view code);
    [[nodiscard]] result<void> amend_one(std::string_view bankgiro, const amended_payments& which,
                                         const autogiro::amendment_view& view);
    [[nodiscard]] result<bool> amend_group(std::string_view bankgiro, const amended_payments& which,
                                           const autogiro::amendment_view& view);
    [[nodiscard]] result<void> apply(const ledger::collection_item& item, const autogiro::amendment_view& view);
    [[nodiscard]] result<void> see_to(std::string_view kind, ledger::row_id subject_id, std::string_view code,
                                      std::string_view tells_apart);

    ledger::transaction& into_;
    const ledger::exchanged_file& file_;
    ledger::row_id batch_id_;
    outcome_counts& counts_;
    std::set<ledger::row_id> watched_;  // collections that the extract has
    ledger::row_id known_deposit_ = 0;  // whose payments these are, by reference and amount
    std::multimap<std::pair<std::string, std::int64_t>, ledger::row_id> payments_of_deposit_;
};

}  // namespace brygga::inbound
