// Reports of Leverantörsbetalningar into the ledger (supplier-payments.md 3.2 and 6): what became of our payouts. What others
// paid from the same bankgiro is no business of the ledger.
#pragma once

#include <string_view>

#include "mapping/inbound/inbound.hpp"

namespace brygga::inbound {

// A file is one logical file. Its sections are booked or held as they are; those of other bankgiro numbers (reason
// "other-bankgiro") and reports of a kind that nobody knows (LB-R10) are held. Returned money orders are matters.
class lb_mapping final : public mapping {
 public:
    [[nodiscard]] std::string_view format() const override { return "lb"; }
    // invalid_content: a file to Bankgirot, of which nothing is for the ledger.
    [[nodiscard]] result<file_result> book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                           ledger::transaction& into) const override;
    // not_found: the file was never imported, or has no such section. invalid_content: the section has no real day. conflict: it
    // is of a bankgiro of nobody here. What is released of an unknown kind is read as a payment specification.
    [[nodiscard]] result<logical_result> book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                       const settings& with, const section_release& what,
                                                       ledger::transaction& into) const override;
};

}  // namespace brygga::inbound
