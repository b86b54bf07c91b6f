// Our payouts in camt.053 and camt.054: debits that paid them, one by one or as a batch, and returns (supplier-payments.md
// section 6). A debit is known by EndToEndId, a batch by the MsgId or PmtInfId of the order that it names; the amounts must
// agree.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formats/iso20022/camt/reader.hpp"
#include "mapping/inbound/camt_plan.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/payout_book.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::inbound {

class camt_payouts {
 public:
    camt_payouts(const camt_plan& plan, ledger::row_id batch_id, const ledger::exchanged_file& file, ledger::transaction& into,
                 outcome_counts& counts);

    // Of entries that are no deposits of ours: the bank side is posted with the payout. What is told of a payout otherwise than
    // it was ordered, or where a rule holds the entry, is a matter.
    void entry_opened();
    [[nodiscard]] result<void> payment(const camt::payment_view& view);
    [[nodiscard]] result<void> entry_closed(const camt::entry_view& entry);

    // Of a deposit: the payout whose money this payment is; nothing when it is to be booked like any other.
    [[nodiscard]] result<std::optional<ledger::payout_item>> of_deposit(const camt::payment_view& view);
    [[nodiscard]] result<void> book(const ledger::payout_item& item, const camt::payment_view& view, ledger::row_id source_id);
    // A return that is no payout's waits, and is a matter.
    [[nodiscard]] result<void> unknown_return(const camt::payment_view& view);

 private:
    [[nodiscard]] std::string_view doubt_of(const camt::entry_view& entry, std::uint32_t ordinal) const;
    [[nodiscard]] result<void> debit(const camt::payment_view& view);
    [[nodiscard]] result<void> without_amount(const camt::payment_view& view);
    [[nodiscard]] result<void> credit(const camt::payment_view& view);
    [[nodiscard]] result<void> doubtful(std::string_view rule, ledger::row_id subject_id);
    [[nodiscard]] result<std::optional<ledger::outgoing_item>> order_of(const camt::entry_view& entry);
    [[nodiscard]] result<void> batch_returned(const camt::entry_view& entry, const ledger::outgoing_item& order);
    [[nodiscard]] result<void> batch(const camt::entry_view& entry, const ledger::outgoing_item& order);

    ledger::transaction& into_;
    ledger::row_id batch_id_;
    payout_book book_;
    std::set<std::uint32_t> containers_, entries_, payments_;  // whose numbers do not agree (CAMT-R10 to R13)
    std::string message_id_, information_id_;                  // of the order, as the payments of the entry name it
    bool named_ = false;                                       // some payment of the entry has an EndToEndId
};

}  // namespace brygga::inbound
