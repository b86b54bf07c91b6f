// Deductions in a camt version that has no debit payments: each is a credit note in an earlier payment of the same payer
// bankgiro, whose amount it lowers (iso20022-incoming.md section 6.1, "Back"); of a payer who is not told, in the payment right
// before it, for so a credit note from camt is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "formats/bankgirot/bgmax/reader.hpp"

namespace brygga::convert::detail {

// One CREN remittance. Several numbers are candidates for the one amount.
struct netted_credit {
    std::uint32_t ordinal{};           // of the payment that carries it
    std::vector<std::string> numbers;  // UTF-8, trimmed; none where the deduction states none
    std::int64_t amount_ore{};
};

// The text without the blanks around it, as UTF-8.
[[nodiscard]] std::string trimmed_utf8(const layout::encoded_text& text);

class netted_deductions {
 public:
    // Payments and deductions in the order of the file.
    void add(const bgmax::payment_view& item);
    // Ends a section; whether every deduction of it found a payment large enough.
    [[nodiscard]] bool close_section();
    // Puts the credits in order of ordinal: once, when everything has been added.
    void finish();
    // The credits that this payment carries.
    [[nodiscard]] std::span<const netted_credit> of(std::uint32_t ordinal) const noexcept;
    // Whether the payment that carries this deduction tells another name, address or organisation number.
    [[nodiscard]] bool has_other_payer(std::uint32_t ordinal) const noexcept;

 private:
    struct carrier {
        std::uint32_t ordinal{};
        std::int64_t left_ore{};
        std::size_t payer{};  // a hash of its name, address and organisation number; 0: none told
    };
    void take_off(const bgmax::payment_view& item);

    std::unordered_map<std::string, std::vector<carrier>> carriers_;  // of the section, by payer
    std::vector<netted_credit> credits_;
    std::vector<std::uint32_t> other_payers_;  // ordinals of deductions
    bool all_carried_ = true;
};

}  // namespace brygga::convert::detail
