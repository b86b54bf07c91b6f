// What an alarm is sent by, over libcurl: an HTTP request or a mail.
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::notify {

// TLS 1.2 or later, always verified, except to this machine itself ("127.0.0.1", "localhost"), where it may be plain. No
// redirections, none of the environment's proxies.
struct post_settings {
    std::string url;                // https://host/path, or smtps://host, or smtp://host with STARTTLS
    std::filesystem::path ca_file;  // the authorities that may have signed the certificate; the system's if empty
    std::string user, password;     // of the mail server; empty for none
    std::string token;              // bearer; empty for none
    std::chrono::milliseconds within{30'000};
};

// Why it is no address of one of these schemes ("https", "smtp", ...); empty when it is one. A plain one must be this machine's.
[[nodiscard]] std::string fault_of_address(const std::string& url, const std::vector<std::string>& schemes);

// POST of JSON; success is an answer of 2xx.
[[nodiscard]] result<void> post_json(const post_settings& to, const std::string& body, const std::stop_token& stop);

struct mail_text {
    std::string from;             // address
    std::vector<std::string> to;  // addresses
    std::string subject;          // ASCII
    std::string body;             // UTF-8, lines end with LF
    std::string date;             // RFC 5322
    std::string id;               // of the message, unique, without < and >
};

// Success means that the server has taken it for all of them.
[[nodiscard]] result<void> send_mail(const post_settings& by, const mail_text& what, const std::stop_token& stop);

// As it is sent, with CRLF.
[[nodiscard]] std::string written(const mail_text& what);

}  // namespace brygga::notify
