// Kivra as a partner that takes files (transfer/remote_files.hpp): a file is the content to one recipient, as write_content
// writes it. So the queue of the dispatch, its attempts, notes and alarms serve mailboxes too. Nothing can be listed or fetched.
//
// Before a content goes, Kivra is asked whether the recipient has a mailbox (KIV-R09: at that moment). Repeats of an attempt
// whose outcome nobody knows are made here, with the same bytes and the first pauses of KIV-R11; when these do not tell either,
// the file is unanswered: it is not sent again and not printed, and a person asks Kivra.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "connectors/kivra/client.hpp"
#include "connectors/transfer/remote_files.hpp"

namespace brygga::kivra {

// Waits for so long, or until the stop. Tests do not wait.
using pause = std::function<void(std::chrono::seconds)>;

// Faults of put(): no_recipient where the recipient has no mailbox or Kivra refuses the content in a way that ends on paper,
// refused_request for what a person must correct, try_later and those of the connection.
[[nodiscard]] std::unique_ptr<transfer::remote_files> connect(client_settings with, client::clock now, std::stop_token stop,
                                                              pause wait);

}  // namespace brygga::kivra
