// What a mail server's refusal means for the message (RFC 5321 section 4.2, RFC 3463, RFC 4954 section 6).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "connectors/transfer/fault.hpp"

namespace brygga::mail {

enum class smtp_stage : std::uint8_t {
    greeting,   // until the login
    login,      // AUTH
    sender,     // MAIL FROM
    recipient,  // RCPT TO
    content,    // DATA, and the message itself
};

struct smtp_reply {
    int code = 0;          // 550; 0: none
    std::string status{};  // "5.1.1" (RFC 3463); empty: none

    [[nodiscard]] bool refuses() const noexcept { return code >= 400; }
};

// Of a line of a reply, without its line end; a code of 0 where it is none.
[[nodiscard]] smtp_reply reply_of(std::string_view line);

// After a command of ours, with what it is about. Others, and what belongs to a login, leave it as it was.
[[nodiscard]] smtp_stage stage_after(std::string_view command, smtp_stage before) noexcept;

// Of a reply that refuses. no_recipient: never to this recipient or with this size, so that the document goes another way;
// try_later: 4yz; login; refused_request: what would meet every other message too, or nobody can tell: a person must look.
[[nodiscard]] transfer::fault fault_of_reply(smtp_stage at, const smtp_reply& reply) noexcept;

// "while it was told of the recipient (550 5.1.1)"
[[nodiscard]] std::string told_at(smtp_stage at, const smtp_reply& reply);

}  // namespace brygga::mail
