// What banks say of our payouts, into the ledger, whichever format says it (supplier-payments.md section 6). A payout is known by
// its reference and its amount, never by the amount alone. The same may be told again, and in any order.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json_fwd.hpp>

#include "formats/core/date.hpp"
#include "formats/core/result.hpp"
#include "mapping/inbound/inbound.hpp"
#include "mapping/ledger/store.hpp"
#include "mapping/payouts/outcome.hpp"

namespace brygga::inbound {

// The code as the bank gave it when it is one: at most four capitals and digits. Empty otherwise, for anything else might be
// words about somebody.
[[nodiscard]] std::string_view code_only(std::string_view text) noexcept;

// Its money has left, or leaves with the next word.
[[nodiscard]] constexpr bool may_be_executed(ledger::payout_state state) noexcept {
    return state == ledger::payout_state::exported || state == ledger::payout_state::accepted;
}
// It can come back.
[[nodiscard]] constexpr bool may_be_returned(ledger::payout_state state) noexcept {
    return may_be_executed(state) || state == ledger::payout_state::executed;
}

class payout_book {
 public:
    payout_book(ledger::transaction& into, ledger::row_id file_id, outcome_counts& counts)
        : into_(into), file_id_(file_id), counts_(counts) {}

    // Nothing when it is none of ours.
    [[nodiscard]] result<std::optional<ledger::payout_item>> with_reference(std::string_view reference);
    // The same, and nothing when it is of another amount.
    [[nodiscard]] result<std::optional<ledger::payout_item>> payout_of(std::string_view reference, std::int64_t amount_ore,
                                                                       std::string_view currency);

    // Whether a deposit of this source that tells it executed, or returned, is of other money than what told so before: another
    // deposit of the source, or another entry by the bank's references.
    [[nodiscard]] result<bool> is_other_money(const ledger::payout_item& item, ledger::payout_state told, date day,
                                              std::string_view source, const payouts::told_by& who);

    // As in payouts/outcome.hpp, counted when it is news. One that was never sent is neither accepted nor rejected by a bank, and
    // one that cannot come back is not returned: told as the matter "payout-answer-out-of-place". What was known before is
    // noted where the telling can be told apart from others, and nothing more; told as another entry of the bank it is money that
    // moved twice: the matter "payout-paid-twice" or "payout-returned-twice".
    [[nodiscard]] result<void> accepted(const ledger::payout_item& item, const payouts::told_by& who);
    [[nodiscard]] result<void> moved(const ledger::payout_item& item, date day, const payouts::told_by& who);
    [[nodiscard]] result<void> executed(const ledger::payout_item& item, date day, const payouts::told_by& who);
    [[nodiscard]] result<void> rejected(const ledger::payout_item& item, const payouts::told_by& who);
    [[nodiscard]] result<void> returned(const ledger::payout_item& item, date day, const payouts::told_by& who);

    // For a person: its reference was told with another amount.
    [[nodiscard]] result<void> differs(const ledger::payout_item& item, std::int64_t told_ore);
    // For a person: what was said of a payout that is not known, or not as it was said. `detail` holds no personal data.
    [[nodiscard]] result<void> see_to(std::string_view kind, std::string_view tells_apart, ledger::row_id payout_id,
                                      const nlohmann::json& detail);

 private:
    [[nodiscard]] result<void> out_of_place(const ledger::payout_item& item, ledger::payout_state told,
                                            const payouts::told_by& who);
    [[nodiscard]] bool note_entry(ledger::row_id payout_id, ledger::payout_state told, const payouts::told_by& who);
    [[nodiscard]] result<void> told_again(const ledger::payout_item& item, ledger::payout_state told, bool is_second, date day,
                                          const payouts::told_by& who);
    [[nodiscard]] result<void> count(const ledger::payout_item& before);

    ledger::transaction& into_;
    ledger::row_id file_id_;
    outcome_counts& counts_;
    std::map<std::pair<ledger::row_id, ledger::payout_state>, std::string> told_here_;  // the bank's reference of the entry
};

}  // namespace brygga::inbound
