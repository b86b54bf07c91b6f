#include "mapping/inbound/mandate_states.hpp"

#include <algorithm>

#include "mapping/ledger/matters.hpp"

namespace brygga::inbound {

namespace {

using ledger::approved_after_cancellation;
using ledger::approved_after_rejection;
using ledger::mandate_already_registered;
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

// A day that nobody told is before every other.
bool is_before(date day, date other) noexcept {
    return other.ok() && (!day.ok() || day < other);
}

// The last day of an event of this state; not ok() where there is none.
date last_day_of(const mandate_past& past, mandate_state state) noexcept {
    date out{};
    for (const mandate_event& each : past.events)
        if (each.state == state && is_before(out, each.day)) out = each.day;
    return out;
}

// What a person learns of an approval that makes nothing active.
std::string_view approved_in_spite(const mandate_past& past) noexcept {
    const date ended = last_day_of(past, mandate_state::cancelled), rejected = last_day_of(past, mandate_state::rejected);
    if (!ended.ok() && !rejected.ok()) return mandate_already_registered;
    return is_before(ended, rejected) ? approved_after_rejection : approved_after_cancellation;
}

mandate_verdict after_approval(const mandate_past& past, date day) {
    if (is_asked_to_end(past.now)) return {};
    if (past.ended) return {std::nullopt, approved_after_cancellation};
    const bool is_unsent = has_unsent_word(past.now);
    if (is_unsent && !is(past.now, mandate_state::applied)) return {std::nullopt, approved_in_spite(past)};
    if (past.declined) return {std::nullopt, approved_after_rejection};
    // What was not sent is not what Bankgirot answers, but it asks for nothing more than an approval that still holds.
    const bool answers = is(past.now, mandate_state::applied) && !is_unsent && !is_before(day, past.now->day);
    if (is(past.now, mandate_state::active) || answers) return {mandate_state::active, {}};
    const date rejected = last_day_of(past, mandate_state::rejected);
    const bool is_of_before = (rejected.ok() && !is_before(rejected, day)) ||
                              is_before(day, last_day_of(past, mandate_state::cancelled)) ||
                              (is_unsent && is_before(day, last_day_of(past, mandate_state::proposed)));
    if (is_of_before) return {std::nullopt, approved_in_spite(past)};
    return {mandate_state::active, {}};
}

// Answers to what we have asked for (informationskod 04).
mandate_verdict after_application(const mandate_past& past, const advice& told) {
    if (told.comment == "32") return after_approval(past, told.day);
    // It stands in the register: an active mandate stays so, of another only the register tells what it is.
    if (told.comment == "10")
        return {std::nullopt, is(past.now, mandate_state::active) ? std::string_view() : mandate_already_registered};
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
mandate_verdict after_change_of_number(const mandate_past& past, const advice& told) {
    if (told.comment == "32") return after_approval(past, told.day);
    if (told.comment == "33") return {mandate_state::cancelled, {}};
    return {std::nullopt, told.comment == "04" ? "mandate-not-in-register" : "payer-number-change-refused"};
}

// The bank's answer to the enquiry about an account (42), or that none came (43).
mandate_verdict after_enquiry(const mandate_past& past, const advice& told) {
    if (told.comment == "32") return after_approval(past, told.day);
    if (is(past.now, mandate_state::cancelled)) return {};
    if (told.information == "43" && is(past.now, mandate_state::active))
        return {mandate_state::cancelled, "mandate-cancelled-by-bank"};
    return {mandate_state::rejected, "mandate-rejected"};
}

// As the codes say, whatever is asked for meanwhile.
mandate_verdict by_codes(const mandate_past& past, const advice& told) {
    const auto& [information, comment, day] = told;
    if (comment == "11") return past.ended ? mandate_verdict{} : mandate_verdict{mandate_state::suspended, {}};
    if (comment == "12") return after_approval(past, day);
    if (information == "04") return after_application(past, told);
    if (information == "03") return after_cancellation(past.now, comment);
    if (information == "05") return after_change_of_number(past, told);
    if (information == "42" || information == "43") return after_enquiry(past, told);
    const bool ended = information == "10" || information == "44" || information == "46" || information == "93" ||
                       comment == "01" || comment == "02" || comment == "06" || comment == "98";
    if (ended) return {mandate_state::cancelled, {}};
    return {std::nullopt, "mandate-advice-unknown"};
}

// The day since which an end would be one of this mandate, and not of one before it.
date began(const mandate_past& past) noexcept {
    const date active = last_day_of(past, mandate_state::active);
    return is_asked_to_end(past.now) && active.ok() ? active : past.now->day;
}

// An end or a rejection, of a mandate that is asked for again or of which a person has said a word since.
mandate_verdict after_end(const mandate_past& past, const advice& told, const mandate_verdict& verdict) {
    const bool unsent = has_unsent_word(past.now);
    const bool was_told = std::any_of(past.events.begin(), past.events.end(), [&](const mandate_event& each) {
        return each.information == told.information && each.comment == told.comment && each.day == told.day;
    });
    // Of rejections on one day each may be of another application of ours.
    if (was_told && (unsent || verdict.next == mandate_state::cancelled)) return {};
    if (is_before(told.day, began(past))) return {std::nullopt, "mandate-ended-before"};
    // The word is not sent any more: whoever said it must know.
    if (unsent && !is_asked_to_end(past.now) && verdict.matter.empty()) return {verdict.next, "mandate-ended-meanwhile"};
    return verdict;
}

// What we have asked for has been sent, and should have been answered by this day.
bool is_overdue(const mandate_event& asked, date day) {
    return asked.source_id != 0 && asked.day.ok() && day.ok() && days_between(asked.day, day) > days_for_an_answer;
}

// A reminder of what waits for Bankgirot, is as it is told, or was declined.
std::optional<proposal_verdict> what_is_known(const mandate_past& past, const proposal& told) {
    using enum proposal_verdict::place;
    if (!told.is_reminder) return std::nullopt;
    if (is(past.now, mandate_state::applied)) return proposal_verdict{nowhere, "internet-mandate-unanswered"};
    if (is(past.now, mandate_state::active) && told.is_as_known) return proposal_verdict{};
    if (past.declined) return proposal_verdict{nowhere, "internet-mandate-declined"};
    return std::nullopt;
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
    out.events = oldest_first;
    return out;
}

proposal_verdict after_proposal(const mandate_past& past, const proposal& told) {
    using enum proposal_verdict::place;
    const mandate_event* const now = past.now;
    if (const auto known = what_is_known(past, told)) return *known;
    const bool stands = is(now, mandate_state::active) || is(now, mandate_state::suspended) || is_asked_to_end(now) ||
                        (is(now, mandate_state::applied) && !told.is_as_known);
    if (stands || has_unsent_word(now)) return {change, {}};
    if (!told.is_sure || past.declined || (past.ended && told.is_reminder)) return {mandate, ledger::internet_mandate_to_decide};
    return {mandate, told.is_reminder ? "internet-mandate-unanswered" : ""};
}

proposal_verdict after_change(const mandate_past& past, const proposal& told) {
    using enum proposal_verdict::place;
    if (const auto known = what_is_known(past, told)) return *known;
    const bool is_sure = told.is_sure && !told.is_reminder && !past.declined && !has_unsent_word(past.now);
    return {change, is_sure ? std::string_view() : ledger::internet_mandate_to_decide};
}

mandate_verdict after_advice(const mandate_past& past, const advice& told) {
    const mandate_verdict verdict = by_codes(past, told);
    if (!verdict.next) return verdict;
    const bool ends = verdict.next == mandate_state::cancelled || verdict.next == mandate_state::rejected;
    const bool is_what_was_wanted = verdict.next == mandate_state::active && is(past.now, mandate_state::applied);
    if (!ends && !is_what_was_wanted && has_unsent_word(past.now)) return {std::nullopt, verdict.matter};
    const bool is_asked_for = is(past.now, mandate_state::applied) || is(past.now, mandate_state::proposed);
    return ends && (is_asked_for || has_unsent_word(past.now)) ? after_end(past, told, verdict) : verdict;
}

mandate_verdict after_register(const mandate_past& past, const register_entry& told, date today) {
    const mandate_event* const now = past.now;
    const mandate_state there = !told.approved ? mandate_state::applied
                                : told.stopped ? mandate_state::suspended
                                               : mandate_state::active;
    if (now == nullptr) return {there, "mandate-only-in-register"};
    if (is_asked_to_end(now)) return {std::nullopt, is_overdue(*now, today) ? "mandate-cancellation-unanswered" : ""};
    if (now->state == there) return {};
    const bool is_ours = now->state == mandate_state::applied && !has_unsent_word(now);
    if (is_ours && past.is_registered) return {there, {}};
    const bool waits = has_unsent_word(now) || now->state == mandate_state::proposed || past.declined;
    if (waits && !told.approved) return {};  // under enquiry: our word still counts
    if (has_unsent_word(now)) return {std::nullopt, approved_in_spite(past)};
    if (past.ended) return {std::nullopt, approved_after_cancellation};
    if (past.declined) return {std::nullopt, approved_after_rejection};
    const bool lives = now->state == mandate_state::active || now->state == mandate_state::suspended;
    const bool is_of_before = is_before(told.since, last_day_of(past, mandate_state::cancelled)) ||
                              is_before(told.since, last_day_of(past, mandate_state::rejected));
    if (!lives && is_of_before) return {std::nullopt, approved_in_spite(past)};
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
        case mandate_state::applied:
            return {std::nullopt, is_overdue(now, day) ? "mandate-application-unanswered" : ""};
        case mandate_state::proposed:
        case mandate_state::rejected:
        case mandate_state::cancelled:
            return {};
    }
    return {};
}

}  // namespace brygga::inbound
