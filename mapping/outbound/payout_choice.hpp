// Which approved payouts go into the next file of a route: oldest first, within what may leave in a day.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/payouts/terms.hpp"

namespace brygga::outbound {

struct payout_limits {
    payouts::payout_terms terms;
    std::optional<std::int64_t> daily_ore;  // of all routes together
    ledger::timestamp_ms day_began{};       // Swedish midnight
    ledger::timestamp_ms approved_until{};
};

struct chosen_payout {
    ledger::payout_item what;
    ledger::customer who;
};

struct payout_choice {
    std::vector<chosen_payout> pays;
    std::uint64_t held{};                // by matters, for a person
    std::uint64_t beyond_daily_limit{};  // wait for another day
};

// Which of a route go into this file; empty: all.
using payout_filter = std::function<result<bool>(const ledger::payout_item&)>;

// Every approved payout is looked at, whatever its route: one that would go elsewhere now is a draft again. One that is larger
// than the daily limit is the matter "payout-above-daily-limit", and goes when that is closed. Idle advances are offered back.
[[nodiscard]] result<payout_choice> choose_payouts(ledger::payout_route route, const payout_limits& limits,
                                                   ledger::transaction& into, const payout_filter& wanted = {});

// What a run of one route has made.
struct payout_file {
    std::string bytes;      // empty when there is nothing to send
    std::string reference;  // the file's own id (MsgId); empty where the format has none
    std::uint64_t payouts{};
    std::int64_t sum_ore{};
    std::uint64_t sent_back{};  // that our own writer did not let out
    std::uint64_t held{}, beyond_daily_limit{};
};

// Notes that it is in this file.
[[nodiscard]] result<void> note_exported(const chosen_payout& each, date day, ledger::row_id outgoing_id,
                                         ledger::transaction& into);

}  // namespace brygga::outbound
