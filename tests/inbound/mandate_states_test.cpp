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
    EXPECT_EQ(after_register({&sent, true}, true, false, add_days(asked, 7)).matter, "");
    EXPECT_EQ(after_register({&sent, true}, true, false, add_days(asked, 8)).matter, "mandate-cancellation-unanswered");
    EXPECT_EQ(after_register({&word, true}, true, false, add_days(asked, 8)).matter, "");
    for (const auto* const each : {&sent, &word})
        EXPECT_FALSE(after_register({each, true}, true, false, add_days(asked, 30)).next);
}

TEST(mandate_states, what_the_register_no_longer_has_is_cancelled_when_we_had_asked_for_it) {
    EXPECT_FALSE(after_absence(event(mandate_state::cancelling, 77), add_days(asked, 7)).next);
    EXPECT_EQ(after_absence(event(mandate_state::cancelling, 77), add_days(asked, 8)).next, mandate_state::cancelled);
    EXPECT_FALSE(after_absence(event(mandate_state::cancelling, 0), add_days(asked, 8)).next);
    EXPECT_EQ(after_absence(event(mandate_state::active, 77), asked).matter, "mandate-not-in-register");
}

TEST(mandate_states, what_has_ended_does_not_come_back_by_what_comes_late) {
    using history = std::vector<ledger::mandate_event>;
    const auto applied = event(mandate_state::applied, 7), word = event(mandate_state::cancelled, 0),
               answered = event(mandate_state::cancelled, 77, "03"), by_payer = event(mandate_state::cancelled, 77, "46"),
               asked_to_end = event(mandate_state::cancelling, 8), active = event(mandate_state::active, 77, "04"),
               refused = event(mandate_state::active, 77, "03"), rejected = event(mandate_state::rejected, 77, "04");
    for (const history& each :
         {history{applied, word}, history{applied, asked_to_end, answered}, history{applied, active, by_payer},
          history{applied, asked_to_end, by_payer}, history{applied, by_payer, rejected}}) {
        const mandate_past past = past_of(each);
        EXPECT_FALSE(after_register(past, true, false, asked).next);
        for (const auto* const told : {"0432", "4232", "0411", "0412", "0532"})
            EXPECT_FALSE(after_advice(past, std::string_view(told).substr(0, 2), std::string_view(told).substr(2)).next) << told;
        EXPECT_EQ(after_advice(past, "04", "32").matter, ledger::approved_after_cancellation);
    }
    const history again{applied, by_payer, applied}, goes_on{applied, active, asked_to_end, refused}, fresh{applied};
    for (const history& each : {again, goes_on, fresh})
        EXPECT_EQ(after_advice(past_of(each), "04", "32").next, mandate_state::active);
    const history gone{applied, asked_to_end, answered};
    EXPECT_FALSE(after_advice(past_of(gone), "04", "03").next) << "a rejection of what is cancelled";
}

}  // namespace
}  // namespace brygga::inbound
