// What a register says of mandates whose cancellation we have asked for.
#include "mapping/inbound/mandate_states.hpp"

#include <gtest/gtest.h>

#include "mapping/ledger/matters.hpp"

namespace brygga::inbound {
namespace {

using namespace std::chrono_literals;
using ledger::mandate_state;

constexpr date asked = 2026y / 11 / 16;

ledger::mandate_event event(mandate_state state, ledger::row_id source_id, std::string_view information = "") {
    ledger::mandate_event out;
    out.state = state;
    out.day = asked;
    out.source_id = source_id;
    out.information = information;
    return out;
}

TEST(mandate_states, a_register_contradicts_a_cancellation_only_when_its_answer_is_overdue) {
    const auto sent = event(mandate_state::cancelling, 77), word = event(mandate_state::cancelling, 0);
    EXPECT_EQ(after_register(&sent, true, false, add_days(asked, 7)).matter, "");
    EXPECT_EQ(after_register(&sent, true, false, add_days(asked, 8)).matter, "mandate-cancellation-unanswered");
    EXPECT_EQ(after_register(&word, true, false, add_days(asked, 8)).matter, "");
    for (const auto* const each : {&sent, &word})
        EXPECT_FALSE(after_register(each, true, false, add_days(asked, 30)).next);
}

TEST(mandate_states, what_the_register_no_longer_has_is_cancelled_when_we_had_asked_for_it) {
    EXPECT_FALSE(after_absence(event(mandate_state::cancelling, 77), add_days(asked, 7)).next);
    EXPECT_EQ(after_absence(event(mandate_state::cancelling, 77), add_days(asked, 8)).next, mandate_state::cancelled);
    EXPECT_FALSE(after_absence(event(mandate_state::cancelling, 0), add_days(asked, 8)).next);
    EXPECT_EQ(after_absence(event(mandate_state::active, 77), asked).matter, "mandate-not-in-register");
}

TEST(mandate_states, what_was_cancelled_at_our_wish_does_not_come_back_by_a_register) {
    const auto by_us = event(mandate_state::cancelled, 77, "03"), by_payer = event(mandate_state::cancelled, 77, "46");
    EXPECT_FALSE(after_register(&by_us, true, false, asked).next);
    EXPECT_EQ(after_register(&by_us, true, false, asked).matter, ledger::approved_after_cancellation);
    EXPECT_EQ(after_register(&by_payer, true, false, asked).next, mandate_state::active);
}

}  // namespace
}  // namespace brygga::inbound
