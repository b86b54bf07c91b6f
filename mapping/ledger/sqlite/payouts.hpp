// Payouts and customers' accounts, within a transaction.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mapping/ledger/payouts.hpp"

namespace brygga::ledger::sqlite {

class sqlite_transaction;

class sqlite_payouts final : public payout_rows {
 public:
    explicit sqlite_payouts(sqlite_transaction& within) : within_(within) {}

    result<void> add_account(customer_account& item) override;
    result<std::vector<customer_account>> accounts_of(std::string_view customer_id) override;
    result<void> add_payout(payout& item) override;
    result<void> add_payout_event(row_id payout_id, const payout_event& item) override;
    result<std::optional<payout_item>> payout_with_id(row_id id) override;
    result<std::optional<payout_item>> payout_with_key(std::string_view key) override;
    result<std::vector<payout_item>> payouts_of_customer(std::string_view customer_id) override;
    result<std::vector<payout_item>> payouts_in_state(payout_state state) override;
    result<std::vector<payout_item>> payouts_of_file(row_id outgoing_id) override;
    result<std::vector<payout_event>> payout_events(row_id payout_id) override;
    result<ore_sum> exported_since(timestamp_ms since, std::string_view currency) override;

 private:
    sqlite_transaction& within_;
};

}  // namespace brygga::ledger::sqlite
