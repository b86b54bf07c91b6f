// A mail server as a partner that takes files (transfer/remote_files.hpp): a file is a message as mail::write_message makes them,
// to its one receiver. So the queue of the dispatch, its attempts, notes and alarms serve e-mail too. Nothing can be listed or
// fetched; what comes back comes to the address `bounces`, and into the inbox by whatever empties that mailbox.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "connectors/transfer/remote_files.hpp"
#include "formats/mail/message.hpp"
#include "formats/mail/message_ids.hpp"

namespace brygga::mail {

enum class tls_begins : std::uint8_t {
    by_starttls,  // port 587 (RFC 3207)
    at_once,      // port 465 (RFC 8314)
};

inline constexpr std::uint16_t submission_port = 587, implicit_tls_port = 465;

struct server_settings {
    std::string host;
    std::uint16_t port = submission_port;
    tls_begins tls = tls_begins::by_starttls;
    std::filesystem::path ca_file;  // the authorities that may have signed the server's certificate; the system's if empty
    std::string user, password;     // empty: the server knows us otherwise
    mailbox from;
    std::optional<mailbox> reply_to;
    std::string bounces;  // address that is told what became of messages (envelope sender)
    std::chrono::milliseconds connect_within{20'000}, answer_within{300'000};  // RFC 5321 section 4.5.3.2 asks for minutes
};

// Of the ids of its messages: under this key, at the domain of `bounces`. invalid_argument as message_ids::under has it.
[[nodiscard]] result<message_ids> ids_of(const server_settings& with, std::string key);

// Connects with the first message. Faults of put(): those of replies.hpp and of the connection; unanswered where the server may
// have taken the message; refused_request for bytes that are no message of ours.
[[nodiscard]] std::unique_ptr<transfer::remote_files> connect(server_settings with, std::stop_token stop);

}  // namespace brygga::mail
