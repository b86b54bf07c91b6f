// Documents that go straight to their recipients, at the desk of the mailbox or mail server that takes them. Internal.
#pragma once

#include <memory>
#include <string>

#include "connectors/dispatch/detail/desk.hpp"
#include "connectors/dispatch/detail/direct_forms.hpp"
#include "connectors/dispatch/letterhead.hpp"
#include "mapping/ledger/invoice_runs.hpp"
#include "mapping/outbound/invoice_delivery.hpp"

namespace brygga::dispatch::detail {

class direct_files {
 public:
    explicit direct_files(const desk& on) : on_(on), form_(form_for(on)) {}

    // Within the transaction that queues the file. What cannot be made is held with the rule that says why; what the channel has
    // no form for goes on by the next one. Errors of the letterhead are those of the moment.
    [[nodiscard]] result<outbound::made_delivery> make(const ledger::run_document_item& item, const billing::run_terms& terms,
                                                       ledger::row_id outgoing_id, ledger::transaction& into);
    [[nodiscard]] std::string objection(std::string_view bytes) const { return form_->objection(bytes); }
    [[nodiscard]] std::string name_of(const ledger::run_document_item& item) const;

 private:
    const desk& on_;
    std::unique_ptr<direct_form> form_;
    std::optional<letterhead> head_;
};

}  // namespace brygga::dispatch::detail
