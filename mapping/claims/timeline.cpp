#include "mapping/claims/timeline.hpp"

#include <array>

namespace brygga::claims {

namespace {

constexpr std::array<std::string_view, 13> step_names = {"reminder",
                                                         "reminder pay-by",
                                                         "direct claim",
                                                         "hand-over",
                                                         "claim",
                                                         "claim pay-by",
                                                         "demand for rectification",
                                                         "rectify by",
                                                         "served demand and notice to the social board",
                                                         "served (assumed)",
                                                         "three weeks end",
                                                         "limitation",
                                                         "cut"};

date plus(date day, int days) {
    return date{std::chrono::sys_days{day} + std::chrono::days{days}};
}

class planner {
 public:
    planner(const policy& company, const timeline_question& about) : how_(company.at(about.of)), about_(about) {}

    std::vector<planned_step> plan() {
        const window_day first = day_after(plus(about_.due, about_.forwarding_days), how_.reminder);
        if (how_.claims_directly && about_.is_repeatedly_late) {
            add(step_kind::direct_claim, first);
            return std::move(out_);
        }
        const date reminded = add(step_kind::reminder, first);
        const date pay_by = add(step_kind::reminder_pay_by, after_days(reminded, how_.reminder_pay_days));
        std::optional<date> handed_over, claimed;
        if (how_.hand_over) handed_over = add(step_kind::hand_over, step_after(reminded, *how_.hand_over, pay_by));
        if (how_.claim) claimed = add(step_kind::claim, step_after(reminded, *how_.claim, pay_by));
        rectify(pay_by, handed_over, claimed);
        return std::move(out_);
    }

 private:
    [[nodiscard]] window_day day_after(date anchor, const step_rule& rule) const {
        if (!rule.max) return {after_days(anchor, rule.min), false};
        return in_window(anchor, rule.min, *rule.max, how_.pick);
    }

    [[nodiscard]] window_day step_after(date anchor, const step_rule& rule, date last_pay) const {
        window_day out = day_after(anchor, rule);
        out.day = step_day(out.day, last_pay, how_.booking_grace);
        return out;
    }

    date add(step_kind kind, date day) { return add(kind, window_day{day, false}); }
    date add(step_kind kind, const window_day& on) {
        out_.push_back({kind, on.day, on.is_overflow});
        return on.day;
    }

    [[nodiscard]] bool is_consumer() const { return about_.category == ledger::customer_category::consumer; }
    // Section 5.2 is about electricity and heating.
    [[nodiscard]] bool is_energy() const { return about_.of == ledger::utility::EL || about_.of == ledger::utility::FV; }
    [[nodiscard]] int days_to_rectify() const {
        return !is_consumer() && is_energy() ? how_.business_rectification_days : how_.rectification_days;
    }

    // The demand, and what follows on it.
    void rectify(date pay_by, std::optional<date> handed_over, std::optional<date> claimed) {
        const bool is_waste = about_.of == ledger::utility::RE;
        const bool is_demand = !is_waste && how_.rectification != rectification_start::never;
        if (claimed && !(is_demand && how_.rectification == rectification_start::with_claim))
            add(step_kind::claim_pay_by, claim_deadline(*claimed, how_.claim_days, how_.receipt_bank_days));
        if (!is_demand) return;
        if (how_.rectification == rectification_start::with_claim) {
            const date legal = claim_deadline(*claimed, how_.claim_days, how_.receipt_bank_days);
            cut_after(add(step_kind::rectify_by, std::max(legal, after_days(*claimed, days_to_rectify()))));
            return;
        }
        const date sent = how_.rectification == rectification_start::after_hand_over
                              ? after_days(*handed_over, how_.rectification_after_days)
                              : add_bank_days(pay_by, how_.booking_grace);
        add(step_kind::demand, sent);
        cut_after(add(step_kind::rectify_by, after_days(sent, days_to_rectify())));
    }

    void cut_after(date rectify_by) {
        if (about_.of == ledger::utility::FI) {
            const date limited = add(step_kind::limitation, cut_day(rectify_by, how_.booking_grace));
            add(step_kind::cut, cut_day(plus(limited, how_.fibre_access_days), how_.booking_grace));
            return;
        }
        date last_pay = rectify_by;
        if (is_consumer() && is_energy()) {
            const date sent = add(step_kind::served_demand, add_bank_days(rectify_by, how_.booking_grace));
            const date served = add(step_kind::served, plus(sent, about_.days_to_service));
            last_pay = add(step_kind::three_weeks_end, three_weeks(served));
        }
        add(step_kind::cut, cut_day(last_pay, how_.booking_grace));
    }

    const policy& how_;
    const timeline_question& about_;
    std::vector<planned_step> out_;
};

}  // namespace

std::string_view name(step_kind kind) noexcept {
    return step_names[static_cast<std::size_t>(kind)];
}

std::vector<planned_step> timeline(const policy& company, const timeline_question& about) {
    return planner(company, about).plan();
}

}  // namespace brygga::claims
