// The payers of a generated set of files: what each of them asks for and what becomes of its payment is made anew from seed and
// index, the same in every file of the set. Internal to the generator.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "formats/core/date.hpp"

namespace brygga::autogiro::detail {

// What happens to a payer, from its mandate to its payment.
enum class story : std::uint8_t {
    executed,
    credited,            // executed, and a payout to it
    refunded,            // executed, and last month's payment taken back
    no_cover,            // status 1
    account_closed,      // status 2
    retried,             // status 9
    moved,               // to another day by the payee
    cancelled,           // by the payee
    stopped,             // by the payer or its bank
    removed,             // with its mandate
    rejected,            // the instruction
    from_internet_bank,  // proposes its mandate itself, is accepted and pays
    turned_down,         // proposes its mandate itself
    mandate_rejected,    // by Bankgirot or the bank
    mandate_cancelled,   // by the payee
    number_changed,      // by the payee; pays under the new number
};

// Among the first twenty payers each story has its turn.
[[nodiscard]] story story_of(std::uint64_t seed, std::uint64_t index) noexcept;

[[nodiscard]] bool proposes_mandate(story what) noexcept;  // TK52
[[nodiscard]] bool is_instructed(story what) noexcept;     // TK82
[[nodiscard]] bool is_watched(story what) noexcept;        // after rejections and changes
[[nodiscard]] bool is_due(story what) noexcept;            // on the day of payment
[[nodiscard]] bool is_registered(story what) noexcept;     // in the mandate register afterwards
[[nodiscard]] char status_of(story what) noexcept;         // '0' executed

// Numbers are as wide as their fields.
struct invented_payer {
    story what{};
    std::string number, old_number;  // old_number of number_changed alone
    std::string account, identity;   // account empty: on the bankgiro that `number` is
    std::int64_t collection_ore{}, payout_ore{}, refund_ore{};
    std::string reference, refund_reference;  // OCR references
    std::uint64_t variant{};                  // chooses among the codes that fit its story
};
[[nodiscard]] invented_payer payer_of(std::uint64_t seed, std::uint64_t index);

inline constexpr std::uint64_t most_payers = 10'000'000;  // beyond it numbers would repeat

// The bank days of a set around the one on which the payee sends its payments, CCYYMMDD.
struct set_days {
    explicit set_days(date instructed);

    date instructed_on, asked_on, changed_on, paid_on, moved_to;
    std::string proposed, asked, advised, instructed, rejected, changed, amended, extracted, paid, moved, paid_before;
};

}  // namespace brygga::autogiro::detail
