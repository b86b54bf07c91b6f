// What came back for e-mailed documents into the ledger (BILL-R08): a bounce takes the document to its next channel, and a person
// is told whose address does not work; what no program can judge is a person's to read.
#pragma once

#include <string_view>

#include "mapping/inbound/inbound.hpp"

namespace brygga::inbound {

// Kinds of matters.
inline constexpr std::string_view mail_bounced = "mail-bounced";  // of the document: the customer's address must be asked for
inline constexpr std::string_view mail_to_read = "mail-to-read";  // of the file

// Nothing is acted on but what names a delivery of ours under our key: anybody can write a bounce.
class mail_report_mapping final : public mapping {
 public:
    [[nodiscard]] std::string_view format() const override { return "mail-report"; }
    // invalid_content: there is no [tenant.invoices], or no partner that is a mail server.
    [[nodiscard]] result<file_result> book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                           ledger::transaction& into) const override;
    // not_found, always: nothing of a report is held.
    [[nodiscard]] result<logical_result> book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                       const settings& with, const section_release& what,
                                                       ledger::transaction& into) const override;
};

}  // namespace brygga::inbound
