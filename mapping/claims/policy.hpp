// What a company has settled about its claims process (claims-process.md section 9). A policy can only postpone what the law
// allows.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/claims/calendar.hpp"
#include "mapping/claims/fees.hpp"

namespace brygga::claims {

// When a step is taken after the one before: on a day, rolled, or on a bank day of a window.
struct step_rule {
    int min = 0;
    std::optional<int> max;  // of a window

    [[nodiscard]] static step_rule offset(int days) { return {days, std::nullopt}; }
    [[nodiscard]] static step_rule window(int first, int last) { return {first, last}; }
};

// When the demand for rectification (uppmaning om rättelse) is sent.
enum class rectification_start : std::uint8_t {
    never,
    with_claim,          // the claim letter is the demand too
    after_hand_over,     // so many days
    after_reminder_pay,  // when the payments of the reminder's last day are booked
};

// A customer who is late again and again is claimed from at once (CL-T30).
struct direct_claim {
    int late_count = 3, months = 12;
};

struct utility_policy;

struct policy {
    std::string id;
    step_rule reminder = step_rule::offset(10);  // after the due date
    int reminder_pay_days = 8;
    std::optional<step_rule> hand_over;  // to a collection agency, after the reminder
    std::optional<step_rule> claim;      // of our own, after the reminder
    int claim_days = 10;                 // to pay or object
    rectification_start rectification = rectification_start::never;
    int rectification_after_days = 0;  // of after_hand_over
    int rectification_days = 14;
    int business_rectification_days = 10;
    std::optional<direct_claim> claims_directly;
    bool costs_on_next_invoice = false;
    std::map<fee_code, std::int64_t> fees_ore;
    window_pick pick = window_pick::first;
    int booking_grace = 1;                 // bank days until a payment is booked
    int receipt_bank_days = 2;             // until a letter has come
    int fibre_access_days = 10;            // of minimum access before a full cut
    int reconnection_security_months = 0;  // 0 to 4
    std::vector<utility_policy> of;        // what is otherwise for a utility; these have none themselves

    [[nodiscard]] const policy& at(ledger::utility code) const;
};

struct utility_policy {
    ledger::utility of{};
    policy how;
};

// VISMA_WINDOW, OWN_7_10, OWN_WEEK and AGENT_DIRECT.
[[nodiscard]] std::span<const policy> example_policies();
[[nodiscard]] const policy* find_policy(std::string_view id);

// What the law forbids (CL-R01).
struct policy_fault {
    std::string parameter, value, bound;
};
[[nodiscard]] std::vector<policy_fault> faults_of(const policy& item, date today);

}  // namespace brygga::claims
