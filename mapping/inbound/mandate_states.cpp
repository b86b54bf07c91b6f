#include "mapping/inbound/mandate_states.hpp"

#include "mapping/ledger/matters.hpp"

namespace brygga::inbound {

namespace {

using ledger::approved_after_cancellation;
using ledger::mandate_event;
using ledger::mandate_state;

constexpr int days_for_an_answer = 7;
constexpr std::string_view refused_cancellation = "03";  // the information of what answers TK03

bool is(const mandate_event* now, mandate_state state) noexcept {
    return now != nullptr && now->state == state;
}

bool is_asked_to_end(const mandate_event* now) noexcept {
    return is(now, mandate_state::cancelling);
}

// The next daily run sends something of it. An application that was withdrawn before it was sent needs nothing more.
bool has_unsent_word(const mandate_event* now) noexcept {
    return now != nullptr && is_unsent_word(*now) && now->state != mandate_state::cancelled;
}

// What Bankgirot or a bank rejects has a code.
bool is_declined_by_us(const mandate_event& event) noexcept {
    return event.state == mandate_state::rejected && event.information.empty() && event.comment.empty();
}

mandate_verdict after_approval(const mandate_past& past) {
    if (is_asked_to_end(past.now)) return {};
    if (past.ended) return {std::nullopt, approved_after_cancellation};
    return {mandate_state::active, {}};
}

// Answers to what we have asked for (informationskod 04).
mandate_verdict after_application(const mandate_past& past, std::string_view comment) {
    if (comment == "32") return after_approval(past);
    // It stands in the register: an active mandate stays so, of another only the register tells what it is.
    if (comment == "10") return {std::nullopt, is(past.now, mandate_state::active) ? "" : "mandate-already-registered"};
    if (is(past.now, mandate_state::active)) return {std::nullopt, "mandate-rejected"};  // the one before goes on
    if (is(past.now, mandate_state::cancelled)) return {};
    return {mandate_state::rejected, "mandate-rejected"};
}

// To our TK03 (03).
mandate_verdict after_cancellation(const mandate_event* now, std::string_view comment) {
    const auto asked = is_asked_to_end(now);
    if (comment == "33") return {mandate_state::cancelled, {}};
    if (comment == "04") return {asked ? std::optional(mandate_state::cancelled) : std::nullopt, "mandate-not-in-register"};
    return {asked ? std::optional(mandate_state::active) : std::nullopt, "mandate-cancellation-refused"};
}

// To our TK05 (05): one record for the old payer number, one for the new.
mandate_verdict after_change_of_number(const mandate_past& past, std::string_view comment) {
    if (comment == "32") return after_approval(past);
    if (comment == "33") return {mandate_state::cancelled, {}};
    return {std::nullopt, comment == "04" ? "mandate-not-in-register" : "payer-number-change-refused"};
}

// The bank's answer to the enquiry about an account (42), or that none came (43).
mandate_verdict after_enquiry(std::string_view information, const mandate_past& past, std::string_view comment) {
    if (comment == "32") return after_approval(past);
    if (is(past.now, mandate_state::cancelled)) return {};
    if (information == "43" && is(past.now, mandate_state::active))
        return {mandate_state::cancelled, "mandate-cancelled-by-bank"};
    return {mandate_state::rejected, "mandate-rejected"};
}

// What we have asked for has been sent, and should have been answered by this day.
bool is_overdue(const mandate_event& asked, date day) {
    return asked.source_id != 0 && asked.day.ok() && day.ok() && days_between(asked.day, day) > days_for_an_answer;
}

}  // namespace

mandate_past past_of(const std::vector<mandate_event>& oldest_first) noexcept {
    mandate_past out;
    for (const mandate_event& each : oldest_first) {
        if (each.state == mandate_state::applied || each.state == mandate_state::proposed) out.ended = false;
        if (each.state == mandate_state::cancelled || each.state == mandate_state::cancelling) out.ended = true;
        if (each.state == mandate_state::active && each.information == refused_cancellation) out.ended = false;
        if (is_declined_by_us(each))
            out.declined = true;
        else if (each.state == mandate_state::proposed || each.state == mandate_state::applied ||
                 each.state == mandate_state::active)
            out.declined = false;
        out.now = &each;
    }
    return out;
}

proposal_verdict after_proposal(const mandate_past& past, const proposal& told) {
    const mandate_event* const now = past.now;
    if (is(now, mandate_state::applied) && told.is_reminder) return {false, "internet-mandate-unanswered"};
    if (is(now, mandate_state::active) && told.is_reminder && told.is_as_known) return {};
    if (past.declined && told.is_reminder) return {false, "internet-mandate-declined"};
    const bool stands = is(now, mandate_state::active) || is(now, mandate_state::suspended) || is_asked_to_end(now) ||
                        (is(now, mandate_state::applied) && !told.is_as_known);
    if (stands || has_unsent_word(now)) return {false, "internet-mandate-unexpected"};
    if (!told.is_sure || past.declined || (past.ended && told.is_reminder)) return {true, ledger::internet_mandate_to_decide};
    return {true, told.is_reminder ? "internet-mandate-unanswered" : ""};
}

mandate_verdict after_advice(const mandate_past& past, std::string_view information, std::string_view comment) {
    if (comment == "11") return past.ended ? mandate_verdict{} : mandate_verdict{mandate_state::suspended, {}};
    if (comment == "12") return after_approval(past);
    if (information == "04") return after_application(past, comment);
    if (information == "03") return after_cancellation(past.now, comment);
    if (information == "05") return after_change_of_number(past, comment);
    if (information == "42" || information == "43") return after_enquiry(information, past, comment);
    const bool ended = information == "10" || information == "44" || information == "46" || information == "93" ||
                       comment == "01" || comment == "02" || comment == "06" || comment == "98";
    if (ended) return {mandate_state::cancelled, {}};
    return {std::nullopt, "mandate-advice-unknown"};
}

mandate_verdict after_register(const mandate_past& past, bool approved, bool stopped, date day) {
    const mandate_event* const now = past.now;
    const mandate_state there = !approved ? mandate_state::applied : stopped ? mandate_state::suspended : mandate_state::active;
    if (now == nullptr) return {there, "mandate-only-in-register"};
    if (is_asked_to_end(now)) return {std::nullopt, is_overdue(*now, day) ? "mandate-cancellation-unanswered" : ""};
    if (now->state == there) return {};
    if (past.ended) return {std::nullopt, approved_after_cancellation};
    if (now->state == mandate_state::rejected || now->state == mandate_state::cancelled)
        return {there, "mandate-only-in-register"};
    return {there, {}};
}

mandate_verdict after_absence(const mandate_event& now, date day) {
    switch (now.state) {
        case mandate_state::active:
        case mandate_state::suspended:
            return {std::nullopt, "mandate-not-in-register"};
        case mandate_state::cancelling:
            if (is_overdue(now, day)) return {mandate_state::cancelled, "mandate-not-in-register"};
            return {};
        case mandate_state::proposed:
        case mandate_state::applied:
        case mandate_state::rejected:
        case mandate_state::cancelled:
            return {};
    }
    return {};
}

}  // namespace brygga::inbound
