#include "mapping/claims/policy.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace brygga::claims {

namespace {

constexpr int least_claim_days = 8;
constexpr int most_security_months = 4;

policy visma_window() {
    policy out;
    out.id = "VISMA_WINDOW";
    out.reminder = step_rule::window(10, 13);
    out.hand_over = step_rule::window(10, 13);
    out.rectification = rectification_start::after_hand_over;
    out.rectification_after_days = 14;
    out.fees_ore = {{fee_code::PAM, 60'00}};
    return out;
}

policy own_7_10() {
    policy out;
    out.id = "OWN_7_10";
    out.reminder = step_rule::offset(7);
    out.claim = step_rule::offset(10);
    out.claim_days = 14;
    out.rectification = rectification_start::with_claim;
    out.business_rectification_days = 15;
    out.costs_on_next_invoice = true;
    out.fees_ore = {{fee_code::PAM, 60'00},  {fee_code::INK, 180'00}, {fee_code::AMO, 170'00}, {fee_code::DEL, 300'00},
                    {fee_code::STA, 700'00}, {fee_code::AVS, 500'00}, {fee_code::TIL, 500'00}};
    return out;
}

policy own_week() {
    policy out;
    out.id = "OWN_WEEK";
    out.reminder = step_rule::offset(7);
    out.rectification = rectification_start::after_reminder_pay;
    out.costs_on_next_invoice = true;
    out.reconnection_security_months = 4;
    out.fees_ore = {{fee_code::PAM, 50'00}, {fee_code::AMO, 170'00}, {fee_code::UPP, 200'00}};
    policy fibre = out;
    fibre.claim = step_rule::offset(10);
    fibre.claim_days = 14;
    fibre.rectification = rectification_start::with_claim;
    out.of.push_back({ledger::utility::FI, std::move(fibre)});
    return out;
}

policy agent_direct() {
    policy out;
    out.id = "AGENT_DIRECT";
    out.reminder = step_rule::offset(5);
    out.hand_over = step_rule::offset(10);
    out.claims_directly = direct_claim{};
    out.fees_ore = {{fee_code::PAM, 60'00}};
    return out;
}

class fault_finder {
 public:
    fault_finder(std::string_view prefix, std::vector<policy_fault>& to) : prefix_(prefix), to_(to) {}

    void at_least(std::string_view parameter, std::int64_t value, std::int64_t bound) {
        if (value < bound) tell(parameter, std::to_string(value), fmt::format("at least {}", bound));
    }
    void at_most(std::string_view parameter, std::int64_t value, std::int64_t bound) {
        if (value > bound) tell(parameter, std::to_string(value), fmt::format("at most {}", bound));
    }
    void tell(std::string_view parameter, std::string value, std::string bound) {
        to_.push_back({fmt::format("{}{}", prefix_, parameter), std::move(value), std::move(bound)});
    }
    void step(std::string_view parameter, const step_rule& rule) {
        at_least(parameter, rule.min, 0);
        if (rule.max && *rule.max < rule.min)
            tell(parameter, fmt::format("{} to {}", rule.min, *rule.max), "min no later than max");
    }

 private:
    std::string_view prefix_;
    std::vector<policy_fault>& to_;
};

void find_faults(const policy& item, std::optional<ledger::utility> of, date today, std::vector<policy_fault>& to) {
    const std::string prefix = of ? fmt::format("{}.", name(*of)) : std::string();
    fault_finder in(prefix, to);
    in.step("reminder", item.reminder);
    if (item.hand_over) in.step("hand_over", *item.hand_over);
    if (item.claim) in.step("claim", *item.claim);
    in.at_least("claim_days", item.claim_days, least_claim_days);
    in.at_least("reminder_pay_days", item.reminder_pay_days, 1);
    in.at_least("rectification_days", item.rectification_days, 1);
    in.at_least("business_rectification_days", item.business_rectification_days, 1);
    in.at_least("rectification_after_days", item.rectification_after_days, 0);
    in.at_least("booking_grace", item.booking_grace, 0);
    in.at_least("receipt_bank_days", item.receipt_bank_days, 0);
    in.at_least("fibre_access_days", item.fibre_access_days, 10);
    in.at_least("reconnection_security_months", item.reconnection_security_months, 0);
    in.at_most("reconnection_security_months", item.reconnection_security_months, most_security_months);
    if (item.rectification == rectification_start::with_claim && !item.claim)
        in.tell("rectification", "with the claim", "a claim of our own");
    if (item.rectification == rectification_start::after_hand_over && !item.hand_over)
        in.tell("rectification", "after the hand-over", "a hand-over");
    // A copy of the company's own is no step of waste's: timeline() has none for it.
    if (of == ledger::utility::RE && item.rectification != rectification_start::never)
        in.tell("rectification", "for waste", "never");
    for (const auto& [code, ore] : item.fees_ore) {
        in.at_least(name(code), ore, 0);
        if (const auto maximum = statutory_maximum(code, today)) in.at_most(name(code), ore, *maximum);
        if (code == fee_code::ALT) in.at_most(name(code), ore, 0);
    }
}

}  // namespace

const policy& policy::at(ledger::utility code) const {
    const auto own = std::find_if(of.begin(), of.end(), [code](const utility_policy& each) { return each.of == code; });
    return own == of.end() ? *this : own->how;
}

std::span<const policy> example_policies() {
    static const std::array<policy, 4> all = {visma_window(), own_7_10(), own_week(), agent_direct()};
    return all;
}

const policy* find_policy(std::string_view id) {
    const auto all = example_policies();
    const auto found = std::find_if(all.begin(), all.end(), [id](const policy& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<policy_fault> faults_of(const policy& item, date today) {
    std::vector<policy_fault> out;
    find_faults(item, std::nullopt, today, out);
    for (const utility_policy& each : item.of)
        find_faults(each.how, each.of, today, out);
    return out;
}

}  // namespace brygga::claims
