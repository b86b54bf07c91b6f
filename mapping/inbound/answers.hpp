// Answers of partners to what was sent to them: the bank's pain.002 to our pain.001 (iso20022-incoming.md section 7). The file
// that was sent becomes confirmed or rejected, and its payouts accepted, executed or rejected; a person looks at what was
// rejected.
#pragma once

#include "formats/iso20022/pain/status_report.hpp"
#include "mapping/inbound/inbound.hpp"

namespace brygga::inbound {

// invalid_content: it answers a message that was not sent from here.
class pain_status_mapping final : public mapping {
 public:
    [[nodiscard]] std::string_view format() const override { return "pain.002"; }
    [[nodiscard]] result<file_result> book(std::string_view bytes, const ledger::exchanged_file& file, const settings& with,
                                           ledger::transaction& into) const override;
    // not_found: nothing of an answer is ever held.
    [[nodiscard]] result<logical_result> book_released(std::string_view bytes, const ledger::exchanged_file& file,
                                                       const settings& with, const section_release& what,
                                                       ledger::transaction& into) const override;
};

// What an answer says of the order as a whole: `confirmed` when nothing in it is rejected, `rejected` when any payment is,
// nothing when it tells neither (PDNG). The reason names codes only.
[[nodiscard]] std::optional<ledger::outgoing_event> verdict_of(const pain::status_report& report);

}  // namespace brygga::inbound
