// Invoices and credit notes by e-mail (BILL-R08): the letter as a PDF, and what is to be paid in plain words, without links.
#pragma once

#include <chrono>
#include <string>

#include "formats/mail/message.hpp"
#include "formats/mail/message_ids.hpp"
#include "mapping/ledger/model.hpp"
#include "mapping/outbound/letter.hpp"

namespace brygga::outbound {

struct mail_terms {
    mail::mailbox from;
    std::optional<mail::mailbox> reply_to;
    mail::message_ids ids;
};

// Of the delivery, which its id names for what comes back (mapping/inbound/mail_reports.hpp). invalid_content for a protected
// person (PRO-R02).
[[nodiscard]] result<mail::message> message_of(const made_letter& made, const std::string& address, std::string pdf,
                                               ledger::row_id delivery_id, std::chrono::sys_seconds now, const mail_terms& terms);

}  // namespace brygga::outbound
