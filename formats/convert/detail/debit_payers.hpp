// Whose deduction each debit payment of a camt entry is: a section of BgMax is held when a payer deducts without a payment, or
// more than it pays (BGMAX-R36, R50).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "formats/core/money.hpp"
#include "formats/iso20022/camt/reader.hpp"

namespace brygga::convert::detail {

class debit_payers {
 public:
    // The first reading: what is deducted.
    void add_debit(const camt::payment_view& item);
    [[nodiscard]] bool none() const noexcept { return entries_.empty(); }

    // The second, of messages that have debits: what their payers pay. Others of an entry are told apart, but not kept.
    void add_credit(const camt::payment_view& item);

    enum class verdict : std::uint8_t { fits, given, unpaid };
    // given: debits that state no payer are those of the only one that the entry has.
    [[nodiscard]] verdict of(std::uint32_t entry_no) const;
    [[nodiscard]] std::string_view first_payer(std::uint32_t entry_no) const;  // of an entry with debits

 private:
    struct payer {
        ore_sum net;
        bool pays = false;
    };
    struct entry_payers {
        std::map<std::string, payer, std::less<>> deducting;  // by bankgiro; empty: not told
        bool by_account = false;                              // one deducts from an account that is no bankgiro
        std::string first;                                    // of the payments
        bool pays = false, several = false;
    };
    std::map<std::uint32_t, entry_payers> entries_;  // those with debits
};

}  // namespace brygga::convert::detail
