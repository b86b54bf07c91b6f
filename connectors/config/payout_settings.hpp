// [tenant.payouts]: how customers get back what they have paid too much (mapping/payouts).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connectors/config/file_channel.hpp"
#include "connectors/timing/schedule.hpp"
#include "formats/bankgirot/sus/writer.hpp"
#include "formats/iso20022/pain/writer.hpp"
#include "mapping/payouts/terms.hpp"

namespace brygga::config {

struct credit_transfer_settings : file_channel {
    pain::batch head;  // what outbound::credit_transfer_terms wants of it
    pain::bank_profile profile;
    int pays_after = 1;  // bank days
};

struct lb_payout_settings : file_channel {
    std::string bankgiro;  // 7 or 8 digits
    int pays_after = 2;    // bank days
};

struct sus_payout_settings : file_channel {
    sus::agreement under;
    int pays_after = 2;  // bank days
};

struct payout_settings {
    timing::schedule at;
    std::int64_t two_persons_above_ore = 0;
    std::optional<std::int64_t> daily_limit_ore;
    int changed_account_days = 30;
    int advance_max_days = 120;
    std::int64_t direct_debit_up_to_ore = 0;
    std::vector<std::string> collecting;                                       // bankgiro numbers of [tenant.autogiro]
    ledger::payout_route to_accounts = ledger::payout_route::credit_transfer;  // or supplier_payment
    std::optional<credit_transfer_settings> credit_transfer;
    std::optional<lb_payout_settings> lb;
    std::optional<sus_payout_settings> sus;

    [[nodiscard]] payouts::payout_terms terms(date today) const;
};

}  // namespace brygga::config
