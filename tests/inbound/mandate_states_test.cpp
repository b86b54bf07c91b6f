// What is told late, of a mandate that has ended, was rejected, or of which a person has said a word.
#include "mapping/inbound/mandate_states.hpp"

#include <gtest/gtest.h>

#include "mapping/ledger/matters.hpp"

namespace brygga::inbound {
namespace {

using namespace std::chrono_literals;
using ledger::mandate_state;

constexpr date asked = 2026y / 11 / 16;
using history = std::vector<ledger::mandate_event>;

ledger::mandate_event event(mandate_state state, ledger::row_id source_id, std::string_view information = "") {
    ledger::mandate_event out;
    out.state = state;
    out.day = asked;
    out.source_id = source_id;
    out.information = information;
    return out;
}

constexpr register_entry there{true, false, asked};

advice told_of(std::string_view codes, date day = asked) {
    return {codes.substr(0, 2), codes.substr(2), day};
}

TEST(mandate_states, a_register_contradicts_a_cancellation_only_when_its_answer_is_overdue) {
    const auto sent = event(mandate_state::cancelling, 77), word = event(mandate_state::cancelling, 0);
    EXPECT_EQ(after_register({&sent, true}, there, add_days(asked, 7)).matter, "");
    EXPECT_EQ(after_register({&sent, true}, there, add_days(asked, 8)).matter, "mandate-cancellation-unanswered");
    EXPECT_EQ(after_register({&word, true}, there, add_days(asked, 8)).matter, "");
    for (const auto* const each : {&sent, &word})
        EXPECT_FALSE(after_register({each, true}, there, add_days(asked, 30)).next);
}

TEST(mandate_states, what_the_register_no_longer_has_is_cancelled_when_we_had_asked_for_it) {
    EXPECT_FALSE(after_absence(event(mandate_state::cancelling, 77), add_days(asked, 7)).next);
    EXPECT_EQ(after_absence(event(mandate_state::cancelling, 77), add_days(asked, 8)).next, mandate_state::cancelled);
    EXPECT_FALSE(after_absence(event(mandate_state::cancelling, 0), add_days(asked, 8)).next);
    EXPECT_EQ(after_absence(event(mandate_state::active, 77), asked).matter, "mandate-not-in-register");
}

TEST(mandate_states, what_has_ended_does_not_come_back_by_what_comes_late) {
    const auto applied = event(mandate_state::applied, 7), word = event(mandate_state::cancelled, 0),
               answered = event(mandate_state::cancelled, 77, "03"), by_payer = event(mandate_state::cancelled, 77, "46"),
               asked_to_end = event(mandate_state::cancelling, 8), active = event(mandate_state::active, 77, "04"),
               refused = event(mandate_state::active, 77, "03"), rejected = event(mandate_state::rejected, 77, "04");
    for (const history& each :
         {history{applied, word}, history{applied, asked_to_end, answered}, history{applied, active, by_payer},
          history{applied, asked_to_end, by_payer}, history{applied, by_payer, rejected}}) {
        const mandate_past past = past_of(each);
        EXPECT_FALSE(after_register(past, there, asked).next);
        for (const auto* const told : {"0432", "4232", "0411", "0412", "0532"})
            EXPECT_FALSE(after_advice(past, told_of(told)).next) << told;
        EXPECT_EQ(after_advice(past, told_of("0432")).matter, ledger::approved_after_cancellation);
    }
    const history again{applied, by_payer, applied}, goes_on{applied, active, asked_to_end, refused}, fresh{applied};
    for (const history& each : {again, goes_on, fresh})
        EXPECT_EQ(after_advice(past_of(each), told_of("0432")).next, mandate_state::active);
    const history gone{applied, asked_to_end, answered};
    EXPECT_FALSE(after_advice(past_of(gone), told_of("0403")).next) << "a rejection of what is cancelled";
}

ledger::mandate_event word(mandate_state state, date day) {
    ledger::mandate_event out = event(state, 0);
    out.actor = "eva";
    out.day = day;
    return out;
}
ledger::mandate_event told(mandate_state state, std::string_view codes, date day) {
    ledger::mandate_event out = event(state, 77, codes.substr(0, 2));
    if (!codes.empty()) out.comment = codes.substr(2);
    out.day = day;
    return out;
}
ledger::mandate_event sent(mandate_state state, date day) {
    ledger::mandate_event out = event(state, 7);
    out.day = day;
    return out;
}

constexpr const char* all_codes[] = {"0304", "0309", "0333", "0404", "0410", "0423", "0432", "0504", "0532", "0533",
                                     "1000", "4203", "4205", "4211", "4212", "4232", "4307", "4498", "4602", "9300"};

TEST(mandate_states, nothing_of_before_takes_a_word_that_waits_for_the_daily_run) {
    const date before = add_days(asked, -3), since = add_days(asked, -1);
    const history again{sent(mandate_state::applied, before), told(mandate_state::active, "0432", before),
                        told(mandate_state::cancelled, "4602", since), word(mandate_state::applied, asked)},
        other{told(mandate_state::active, "0432", since), word(mandate_state::cancelling, asked)},
        no{event(mandate_state::proposed, 77), word(mandate_state::rejected, asked)};
    for (const history& each : {again, other, no}) {
        const mandate_past past = past_of(each);
        for (const auto* const codes : all_codes)
            EXPECT_FALSE(after_advice(past, told_of(codes, add_days(asked, -2))).next) << codes;
        for (const bool approved : {false, true})
            EXPECT_FALSE(after_register(past, {approved, false, asked}, add_days(asked, 30)).next);
    }
    EXPECT_EQ(after_advice(past_of(again), told_of("4602", since)).matter, "") << "it was said before";
    EXPECT_EQ(after_advice(past_of(again), told_of("0333", since)).matter, "mandate-ended-before");
    EXPECT_EQ(after_register(past_of(again), there, asked).matter, ledger::approved_after_cancellation);
}

TEST(mandate_states, an_application_that_waits_is_answered_by_an_approval_that_still_holds) {
    const date before = add_days(asked, -2);
    const history fresh{word(mandate_state::applied, asked)},
        approved{told(mandate_state::proposed, "", add_days(asked, -3)), word(mandate_state::applied, asked)},
        newer{told(mandate_state::proposed, "", asked), word(mandate_state::applied, asked)},
        stopped{told(mandate_state::rejected, "4205", before), word(mandate_state::applied, asked)};
    for (const history& each : {fresh, approved})
        for (const auto* const codes : {"0432", "4232", "0412", "0532"}) {
            const auto verdict = after_advice(past_of(each), told_of(codes, before));
            EXPECT_EQ(verdict.next, mandate_state::active) << codes;
            EXPECT_EQ(verdict.matter, "") << codes;
        }
    for (const history& each : {newer, stopped}) {
        EXPECT_FALSE(after_advice(past_of(each), told_of("0432", before)).next);
        EXPECT_NE(after_advice(past_of(each), told_of("0432", before)).matter, "");
    }
    for (const bool approves : {false, true})
        EXPECT_FALSE(after_register(past_of(fresh), {approves, false, asked}, asked).next);
}

TEST(mandate_states, what_is_already_registered_is_as_the_register_says_since_whatever_day) {
    const date before = add_days(asked, -3);
    const history declined{told(mandate_state::proposed, "", before), sent(mandate_state::rejected, add_days(asked, -2)),
                           sent(mandate_state::applied, asked)};
    mandate_past past = past_of(declined);
    EXPECT_FALSE(after_register(past, {true, false, before}, asked).next);
    past.is_registered = true;
    EXPECT_EQ(after_register(past, {true, false, before}, asked).next, mandate_state::active);
    EXPECT_EQ(after_register(past, {true, false, before}, asked).matter, "");
    EXPECT_FALSE(after_register(past, {false, false, before}, asked).next) << "the bank is asked";
    const history unsent{sent(mandate_state::applied, before), word(mandate_state::cancelling, asked)};
    past = past_of(unsent);
    past.is_registered = true;
    EXPECT_FALSE(after_register(past, {true, false, before}, asked).next);
}

TEST(mandate_states, what_was_declined_and_is_under_enquiry_in_the_register_is_not_approved) {
    const history declined{told(mandate_state::proposed, "", add_days(asked, -3)), sent(mandate_state::rejected, asked)};
    EXPECT_FALSE(after_register(past_of(declined), {false, false, asked}, asked).next);
    EXPECT_EQ(after_register(past_of(declined), {false, false, asked}, asked).matter, "");
    EXPECT_EQ(after_register(past_of(declined), {true, false, asked}, asked).matter, ledger::approved_after_rejection);
}

TEST(mandate_states, an_end_since_a_word_takes_it_and_is_told) {
    const history again{told(mandate_state::cancelled, "4602", asked), word(mandate_state::applied, asked)},
        other{told(mandate_state::active, "0432", asked), word(mandate_state::cancelling, asked)};
    const auto verdict = after_advice(past_of(again), told_of("4498", asked));
    EXPECT_EQ(verdict.next, mandate_state::cancelled);
    EXPECT_EQ(verdict.matter, "mandate-ended-meanwhile");
    EXPECT_EQ(after_advice(past_of(other), told_of("4602", asked)).next, mandate_state::cancelled);
    EXPECT_EQ(after_advice(past_of(other), told_of("4602", asked)).matter, "") << "it is what was asked for";
}

TEST(mandate_states, an_approval_of_before_a_rejection_is_for_a_person) {
    const date before = add_days(asked, -3), later = add_days(asked, 2);
    const history rejected{sent(mandate_state::applied, before), told(mandate_state::rejected, "4205", asked)},
        declined{sent(mandate_state::proposed, before), sent(mandate_state::rejected, asked)},
        again{sent(mandate_state::applied, before), told(mandate_state::rejected, "4205", asked),
              sent(mandate_state::applied, later)};
    for (const history& each : {rejected, declined, again})
        for (const date day : {before, asked}) {
            EXPECT_FALSE(after_advice(past_of(each), told_of("0432", day)).next);
            EXPECT_EQ(after_advice(past_of(each), told_of("0432", day)).matter, ledger::approved_after_rejection);
        }
    EXPECT_EQ(after_advice(past_of(rejected), told_of("4232", later)).next, mandate_state::active);
    EXPECT_EQ(after_advice(past_of(again), told_of("0432", later)).next, mandate_state::active);
    EXPECT_EQ(after_advice(past_of(declined), told_of("0432", later)).matter, ledger::approved_after_rejection);
}

TEST(mandate_states, a_register_of_before_its_end_does_not_bring_a_mandate_back) {
    const date before = add_days(asked, -3), later = add_days(asked, 2);
    const history ended{told(mandate_state::active, "0432", before), told(mandate_state::cancelled, "4602", asked),
                        sent(mandate_state::applied, later)},
        rejected{sent(mandate_state::applied, before), told(mandate_state::rejected, "4205", asked)};
    EXPECT_EQ(after_register(past_of(ended), {true, false, before}, later).matter, ledger::approved_after_cancellation);
    EXPECT_EQ(after_register(past_of(rejected), {true, false, before}, later).matter, ledger::approved_after_rejection);
    for (const history& each : {ended, rejected}) {
        EXPECT_FALSE(after_register(past_of(each), {true, false, before}, later).next);
        EXPECT_EQ(after_register(past_of(each), {true, false, later}, later).next, mandate_state::active);
    }
    const history proposal{event(mandate_state::proposed, 77)};
    EXPECT_FALSE(after_register(past_of(proposal), {false, false, asked}, later).next) << "our answer is still to come";
}

}  // namespace
}  // namespace brygga::inbound
