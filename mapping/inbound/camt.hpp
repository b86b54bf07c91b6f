// camt.053 and camt.054 into the ledger, with the same rows as the same payments in BgMax (iso20022-incoming.md section 6).
#pragma once

#include "formats/iso20022/camt/reader.hpp"
#include "mapping/inbound/inbound.hpp"

namespace brygga::inbound {

// One logical file per message, one section per booked credit entry to a bankgiro (section_no = its number in the message), and
// nothing for the other entries: not booked yet, outgoing, to no bankgiro, totals whose payments come elsewhere. They are
// counted, told as findings where money came, and those of our payouts execute or return them (camt_payouts.hpp). camt.052 books
// nothing (CAMT-R05).
//
// An entry whose deposit number and amount another channel has booked (BgMax, or camt.054 before camt.053) is already there.
// A statement or notification that is no copy leaves its sequence numbers in the ledger (CAMT-R21), also when all of it is held.
class camt_mapping final : public mapping {
 public:
    explicit camt_mapping(camt::message_kind kind) : kind_(kind) {}

    [[nodiscard]] std::string_view format() const override { return camt::format_id(kind_); }
    [[nodiscard]] result<file_result> book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                           ledger::transaction& into) const override;
    // not_found: the message was never imported, or has no such section. invalid_content: the entry cannot be booked as it
    // stands (without a date, or a payment without an amount in its currency). conflict: it was paid to a bankgiro of nobody
    // here, or has come by another channel since.
    [[nodiscard]] result<logical_result> book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                       const settings& with, const section_release& what,
                                                       ledger::transaction& into) const override;

 private:
    camt::message_kind kind_;
};

}  // namespace brygga::inbound
