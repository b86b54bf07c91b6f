// How texts and bytes stand in a message (RFC 2045, 2047, 2231). Internal to writing messages.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace brygga::mail::detail {

inline constexpr std::string_view line_end = "\r\n";

// "Subject: text" with its line end: as it is where it is plain ASCII and fits a line, else in encoded words (RFC 2047).
void put_text_header(std::string& out, std::string_view name, std::string_view utf8);

// "From: Name <address>" with its line end; the name quoted or in encoded words where it must be.
void put_mailbox_header(std::string& out, std::string_view name, std::string_view display_name, std::string_view address);

// "; filename=..." behind a value, on lines of their own; in RFC 2231's form where the value is not plain ASCII or is long.
void put_parameter(std::string& out, std::string_view name, std::string_view utf8);

// Tue, 24 Nov 2026 05:50:00 +0100
[[nodiscard]] std::string written_date(std::chrono::sys_seconds at);

// Lines of LF become lines of CRLF; no byte but printable ASCII (RFC 2045 section 6.7).
[[nodiscard]] std::string in_quoted_printable(std::string_view utf8);

// In lines of 76, each with its line end.
[[nodiscard]] std::string in_base64_lines(std::string_view bytes);

}  // namespace brygga::mail::detail
