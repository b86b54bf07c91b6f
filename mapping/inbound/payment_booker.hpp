// Books payments and deductions, of whatever format they came in: the row, one entry of postings, and a hold where a person
// must look (DESIGN section 7).
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/inbound/inbound.hpp"
#include "mapping/inbound/matching.hpp"
#include "mapping/inbound/settlement.hpp"
#include "mapping/inbound/suggestions.hpp"

namespace brygga::inbound {

// Payments that wait get ranked suggestions, up to this many in a logical file: more than that means that the ledger lacks
// its invoices, and the search for each would cost more than the booking.
inline constexpr std::uint32_t max_payments_with_suggestions = 500;

struct booking_place {
    ledger::row_id file_id{};
    std::uint32_t logical_no{};
    std::uint32_t section_no{};
};

// Rules that hold the payment whatever it says, and the earlier payment that it may repeat.
struct payment_holds {
    std::vector<std::string_view> rules;  // ids, static
    ledger::row_id same_as{};

    void clear() noexcept {
        rules.clear();
        same_as = 0;
    }
};

class payment_booker {
 public:
    payment_booker(ledger::transaction& into, date today) : into_(into), today_(today) {}

    // Adds the row (which gets its id) and its entry, and counts it in `counts`. A held payment goes to suspense as a whole.
    // A payment of zero has no entry: nothing was received.
    [[nodiscard]] result<void> book(ledger::payment& row, const booking_place& place, const payment_holds& holds,
                                    const match_rules& rules, logical_result& counts);

    // Adds the row of a payment whose money another entry posts (a payout's), and counts it; its sums only where that is news.
    [[nodiscard]] result<void> add_without_entry(ledger::payment& row, bool is_news, logical_result& counts);

 private:
    // Who pays for a protected person, or is one, is not written down (PRO-R13).
    [[nodiscard]] result<void> seal_payer(ledger::payment& row);
    [[nodiscard]] result<bool> is_of_protected(const ledger::payment& row);
    [[nodiscard]] result<void> load_protected();
    [[nodiscard]] result<void> post(const ledger::payment& row);
    [[nodiscard]] result<void> post_advances(const ledger::payment& row);
    [[nodiscard]] result<void> hold(const ledger::payment& row, const booking_place& place, const payment_holds& holds,
                                    const match_rules& rules);
    [[nodiscard]] result<void> tell_payouts(const ledger::payment& row);
    [[nodiscard]] result<std::string> detail(const ledger::payment& row, const payment_holds& holds, const match_rules& rules);
    void count(const ledger::payment& row, const payment_holds& holds, logical_result& counts) const;

    ledger::transaction& into_;
    date today_;
    settlement use_;
    ledger::entry entry_;
    std::uint32_t with_suggestions_ = 0;
    struct protected_persons {
        std::set<std::string, std::less<>> customers, identities;  // the last ten digits
    };
    std::optional<protected_persons> protected_;  // once somebody has asked
};

}  // namespace brygga::inbound
