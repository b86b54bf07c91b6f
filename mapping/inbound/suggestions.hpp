// Open invoices that a payment in suspense may be for, ranked, for a person to choose from. Suggestions never match by
// themselves: an equal amount or a known payer is no proof.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "mapping/inbound/matching.hpp"

namespace brygga::inbound {

struct suggestion {
    ledger::row_id invoice_id{};
    std::uint32_t score{};                  // sum over the reasons; higher is likelier
    std::vector<std::string_view> reasons;  // static codes of reasons.hpp, each once
};

inline constexpr std::size_t max_suggestions = 5;
inline constexpr std::size_t max_suggestion_sources =
    20;  // invoices taken from one clue; the amount: see open_invoices_of_amount()
inline constexpr std::size_t max_suggestion_numbers = 16;  // numbers of the text that are looked up
inline constexpr std::size_t max_variants_of_a_number = 64;
inline constexpr std::size_t max_variant_look_ups = 128;  // of all numbers together

// Best first; equal scores by id. `amount_ore` is what waits: of a payment partly matched, the rest. Only invoices with
// something left to pay, in the payment's currency. `today` decides the century of the payer's identity number.
[[nodiscard]] result<std::vector<suggestion>> suggest(const ledger::payment& item, std::int64_t amount_ore,
                                                      const ocr_agreement& ocr, date today, ledger::transaction& from);

// References one slip of the finger away: one digit wrong, missing or too much, or two neighbours swapped. Only those that pass
// the level; at most `limit`. `digits` is 2 to 25 digits, else there are none.
[[nodiscard]] std::vector<std::string> neighbours(std::string_view digits, const ocr_agreement& ocr, std::size_t limit);

}  // namespace brygga::inbound
