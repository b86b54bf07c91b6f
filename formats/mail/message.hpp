// Internet messages that we send (RFC 5322, RFC 2045 to 2049, RFC 2231): a text to one receiver, with attachments.
//
//     mail::message invoice{.from = {"faktura@energi.example", "Övningsbygdens Energi"}, .to = {"anna@kund.example", ""}, ...};
//     const auto bytes = mail::write_message(invoice);   // the same bytes each time
//
// Pure: what is sent is stored before, and sent again as it was stored.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::mail {

struct mailbox {
    std::string address;  // addresses.hpp
    std::string name{};   // UTF-8, as shown; may be empty

    [[nodiscard]] bool operator==(const mailbox&) const = default;
};

struct attachment {
    std::string file_name;   // UTF-8, without a folder
    std::string media_type;  // "application/pdf"
    std::string bytes;

    [[nodiscard]] bool operator==(const attachment&) const = default;
};

// Texts are UTF-8.
struct message {
    mailbox from, to;
    std::optional<mailbox> reply_to;
    std::string subject;
    std::string text;               // lines end with LF; no other control character but TAB
    std::chrono::sys_seconds date;  // written as the clock in Sweden shows it
    std::string id;                 // without < and >: message_ids.hpp makes it
    std::vector<attachment> attachments;

    [[nodiscard]] bool operator==(const message&) const = default;
};

inline constexpr std::size_t max_message_bytes = std::size_t{25} << 20;  // what common receivers take
inline constexpr std::size_t max_header_text_bytes = 500;                // of a subject, a name or a file name
inline constexpr std::size_t max_attachments = 20;
inline constexpr std::size_t max_line_bytes = 998, max_encoded_line_bytes = 76;  // RFC 5322 section 2.1.1, RFC 2045 section 6.7

// Blanks around a name are left out. Lines end with CRLF and have at most 76 bytes, but for headers that hold a long word. It is
// read again by read_message before it is handed out. invalid_argument: a header that holds a control character, an address that
// is none, a date before 1970; limit_exceeded: beyond the limits above. No error text holds a value.
[[nodiscard]] result<std::string> write_message(message what);

// A message as write_message makes them; invalid_content for another, although any mail reader may understand it.
[[nodiscard]] result<message> read_message(std::string_view bytes);

}  // namespace brygga::mail
