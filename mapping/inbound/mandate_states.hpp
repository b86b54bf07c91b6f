// What Bankgirot's word makes of a mandate (autogiro.md section 6 with the code tables 5.4 and 5.5).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "mapping/ledger/direct_debit.hpp"

namespace brygga::inbound {

struct mandate_verdict {
    std::optional<ledger::mandate_state> next;  // nothing: it stays what it was
    std::string_view matter;                    // kind of what a person must see to; empty for nothing
};

// What is known of a mandate before something is told of it. Views the events that it was made of.
struct mandate_past {
    const ledger::mandate_event* now = nullptr;  // the newest event; nothing for a mandate that nobody here knew of
    bool ended = false;     // it was cancelled, by whomever, or we asked for that, since it was last applied for or proposed
    bool declined = false;  // a person has declined it since then, whether or not that was sent
    std::span<const ledger::mandate_event> events{};
    bool is_registered = false;  // Bankgirot has said since `now` that its register has it (04/10); no event tells that
};
[[nodiscard]] mandate_past past_of(const std::vector<ledger::mandate_event>& oldest_first) noexcept;

// A wish to end a mandate outweighs older answers: while its cancellation is asked for, only an answer to that, a rejection or an
// end changes it; and what has ended or was rejected is not active again by an approval, a lifted stop or a register of before:
// that is for a person, who may have it cancelled once more or apply anew.
//
// A person's word that waits for the daily run answers to nothing that was told before it: what comes meanwhile leaves it, but
// for an end or a rejection of its day or later that nobody has told yet, and that an approval which still holds is all that an
// application wants. So does an end of before leave a newer application. What stands in the register as Bankgirot has answered to
// an application of ours is as the register says, since whatever day.

// What an internet bank's mandate (TK52) is to one of this payer number, or to the change that was last proposed of it.
struct proposal {
    bool is_reminder = false;
    bool is_sure = false;      // its numbers are a customer's, and nobody was ever asked to decide about this mandate
    bool is_as_known = false;  // its account and identity number are those of the mandate here, or of the change
};
struct proposal_verdict {
    enum class place : std::uint8_t {
        nowhere,  // nothing changes
        mandate,  // it waits for our answer
        change,   // the mandate goes on: it is a change of it, of which after_change tells
    };
    place goes = place::nowhere;
    std::string_view matter;  // without one what is taken is approved by itself
};
// What is active, asked to end, or has a person's word that waits for the daily run is not changed by it; what a person has
// declined stays so whatever reminds of it, and proposed anew is for a person again, as is a reminder of what has ended.
[[nodiscard]] proposal_verdict after_proposal(const mandate_past& past, const proposal& told);
// `past` is that of the change. An approval that was not sent yet is not one of what is proposed after it.
[[nodiscard]] proposal_verdict after_change(const mandate_past& past, const proposal& told);

// A mandate advice (TK73), its day that of the action.
struct advice {
    std::string_view information, comment;
    date day{};
};
[[nodiscard]] mandate_verdict after_advice(const mandate_past& past, const advice& told);

// An entry of the mandate register: `approved` or under enquiry, `stopped` by the payer (old layout), as it is since a day.
struct register_entry {
    bool approved = false, stopped = false;
    date since{};
};
[[nodiscard]] mandate_verdict after_register(const mandate_past& past, const register_entry& told, date today);

// A mandate of ours that stands in the ledger and not in the register of this day.
[[nodiscard]] mandate_verdict after_absence(const ledger::mandate_event& now, date day);

}  // namespace brygga::inbound
