// What Bankgirot says of our payouts (TK32), into the ledger (autogiro.md section 6). A payout is matched by payer number and
// reference, with its amount: never by amount alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/bankgirot/autogiro/reader.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/payout_book.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

class autogiro_payouts {
 public:
    autogiro_payouts(ledger::transaction& into, const ledger::exchanged_file& file, ledger::row_id batch_id,
                     outcome_counts& counts)
        : into_(into), batch_id_(batch_id), book_(into, file.id, counts) {}

    // The payout that a returned record is about; nothing when it is none of ours.
    [[nodiscard]] result<std::optional<ledger::payout_item>> payout_of(std::string_view bankgiro,
                                                                       const autogiro::payment_record& record);

    // Whether a withdrawal can be what pays it: it still waits for its money, or another format has told of it.
    [[nodiscard]] result<bool> may_take(const ledger::payout_item& item);
    // TK32 of a payment specification, which `payment_id` has booked.
    [[nodiscard]] result<void> executed(const ledger::payout_item& item, date day, ledger::row_id payment_id);
    [[nodiscard]] result<void> not_executed(std::string_view bankgiro, const autogiro::payment_record& record,
                                            std::uint32_t ordinal);
    [[nodiscard]] result<void> rejected(std::string_view bankgiro, const autogiro::payment_view& view);
    [[nodiscard]] result<bool> amended(std::string_view bankgiro, const autogiro::amendment_view& view);  // as of collections
    // Whether a group that none waits in any more had one of ours.
    [[nodiscard]] result<bool> amends_what_is_over(std::string_view bankgiro, const autogiro::amendment_view& view);
    [[nodiscard]] result<void> watched(std::string_view bankgiro, const autogiro::payment_view& view);

 private:
    struct sent_payout {
        ledger::payout_item item;
        ledger::mandate mandate;
    };
    [[nodiscard]] result<std::optional<ledger::mandate>> mandate_of(const ledger::payout_item& item);
    [[nodiscard]] result<std::vector<sent_payout>> pending(std::string_view bankgiro);
    [[nodiscard]] result<void> apply(const ledger::payout_item& item, const autogiro::amendment_view& view);

    ledger::transaction& into_;
    ledger::row_id batch_id_;
    payout_book book_;
};

}  // namespace brygga::inbound
