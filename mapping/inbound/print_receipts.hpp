// Receipts of the print service into the ledger (print-batch.md sections 4.2, 4.5 and 6): the state of each document, what that
// means for its delivery, and returned mail.
#pragma once

#include <string_view>

#include "mapping/inbound/inbound.hpp"

namespace brygga::inbound {

// Kinds of matters.
inline constexpr std::string_view receipt_refused = "print-receipt-refused";  // it contradicts what is known (PRR-R01 to R04)
inline constexpr std::string_view receipt_parked = "print-receipt-parked";    // a person must see what its states mean
inline constexpr std::string_view batch_refused = "print-batch-refused";      // NACK
inline constexpr std::string_view mail_returned = "mail-returned";            // the address is suspect
inline constexpr std::string_view protected_mail_returned = "protected-mail-returned";  // PRO-R19: no address is searched for
inline constexpr std::string_view protected_incident = "protected-incident";            // PRO-R18, PRR-R05

// A file is one logical file. A receipt that comes before its time is parked, and applied with the one that it waited for. What
// is refused is rejected with its findings, and a matter.
class print_receipt_mapping final : public mapping {
 public:
    [[nodiscard]] std::string_view format() const override { return "print-receipt"; }
    // invalid_content: it is of no batch of ours, or there is no [tenant.invoices].
    [[nodiscard]] result<file_result> book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                           ledger::transaction& into) const override;
    // not_found, always: nothing of a receipt is held.
    [[nodiscard]] result<logical_result> book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                       const settings& with, const section_release& what,
                                                       ledger::transaction& into) const override;
};

}  // namespace brygga::inbound
