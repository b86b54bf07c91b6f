// The earliest days of every step of a policy, from the due date on, when nothing is paid and no guard stands in the way
// (claims-process.md sections 6, 7 and 14.6).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mapping/claims/policy.hpp"

namespace brygga::claims {

enum class step_kind : std::uint8_t {
    reminder,
    reminder_pay_by,
    direct_claim,  // at once, from who is late again and again (CL-T30)
    hand_over,     // to the agency
    claim,         // collection claim of our own
    claim_pay_by,
    demand,  // for rectification, ordered or sent
    rectify_by,
    served_demand,  // and notice to the social welfare board: electricity and heating of consumers
    served,         // assumed
    three_weeks_end,
    limitation,  // of fibre
    cut,
};
[[nodiscard]] std::string_view name(step_kind kind) noexcept;

struct planned_step {
    step_kind kind{};
    date day{};
    bool is_overflow = false;  // CL-R17
};

struct timeline_question {
    ledger::utility of{};
    ledger::customer_category category = ledger::customer_category::consumer;
    date due{};
    bool is_repeatedly_late = false;
    int days_to_service = 7;  // assumed
    int forwarding_days = 0;  // of letters by the tax agency: no fee or interest before they are over too (PRO-R22)
};

// By day. No cut for waste: it ends with the last letter.
[[nodiscard]] std::vector<planned_step> timeline(const policy& company, const timeline_question& about);

}  // namespace brygga::claims
