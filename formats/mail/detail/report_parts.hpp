// The parts of a message that came back, by what they say. Internal to reading reports.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/mail/delivery_report.hpp"
#include "formats/mail/detail/gmime.hpp"

namespace brygga::mail::detail {

enum class report_type : std::uint8_t { none, delivery, disposition, another };

struct report_parts {
    report_type says = report_type::none;
    std::vector<recipient_report> recipients;  // of its delivery status
    std::vector<std::string> originals;        // Message-IDs of the messages or headers that it gives back
    std::string text;                          // of its parts of plain text, UTF-8, lines end with LF
};

// False when the message has more parts than we look at.
[[nodiscard]] bool collect(GMimeMessage* from, report_parts& into);

// RFC 3464 section 2: groups of fields, the first of the message, the others one recipient each. At most max_recipients.
[[nodiscard]] std::vector<recipient_report> read_delivery_status(std::string_view content);

// "<a@b> <c@d>", at most max_named.
[[nodiscard]] std::vector<std::string> ids_between_angles(std::string_view text);

// UTF-8 of whatever it is, without its control characters.
[[nodiscard]] std::string valid_text(std::string_view text);

// No character is cut.
[[nodiscard]] std::string cut_text(std::string_view utf8, std::size_t most);

}  // namespace brygga::mail::detail
