// What comes back for a message of ours, as mail servers write it, for tests. Lines end with LF here and with CRLF in what is
// given.
#pragma once

#include <string>

#include "formats/mail/delivery_report.hpp"
#include "formats/mail/message_ids.hpp"

namespace brygga::mail::test {

[[nodiscard]] inline const message_ids& ours() {
    static const message_ids made = message_ids::under("a key of these tests", "post.energi.example").value();
    return made;
}

inline constexpr const char* token = "0SA94VZH27K4B";
[[nodiscard]] inline std::string our_id() {
    return ours().make(token).value();
}

[[nodiscard]] inline std::string with_crlf(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
}

// The text with `from` replaced, which must stand in it.
[[nodiscard]] inline std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) return "the text does not hold: " + from;
    return text.replace(at, from.size(), to);
}

[[nodiscard]] inline std::string postfix_bounce() {
    return with_crlf(
        "Return-Path: <>\n"
        "From: MAILER-DAEMON@relay.example (Mail Delivery System)\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        "To: studs@energi.example\n"
        "Auto-Submitted: auto-replied\n"
        "Date: Tue, 24 Nov 2026 05:51:00 +0100 (CET)\n"
        "Message-Id: <20261124045100.1B2C3@relay.example>\n"
        "MIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status;\n"
        "\tboundary=\"4Xy.1795492260/relay.example\"\n"
        "\n"
        "This is a MIME-encapsulated message.\n"
        "\n"
        "--4Xy.1795492260/relay.example\n"
        "Content-Description: Notification\n"
        "Content-Type: text/plain; charset=us-ascii\n"
        "\n"
        "This is the mail system at host relay.example.\n"
        "\n"
        "<anna.exempel@kund.example>: host mx.kund.example[192.0.2.25] said: 550 5.1.1\n"
        "    <anna.exempel@kund.example>: Recipient address rejected (in reply to RCPT\n"
        "    TO command)\n"
        "\n"
        "--4Xy.1795492260/relay.example\n"
        "Content-Description: Delivery report\n"
        "Content-Type: message/delivery-status\n"
        "\n"
        "Reporting-MTA: dns; relay.example\n"
        "X-Postfix-Sender: rfc822; studs@energi.example\n"
        "Arrival-Date: Tue, 24 Nov 2026 05:50:00 +0100 (CET)\n"
        "\n"
        "Final-Recipient: rfc822; anna.exempel@kund.example\n"
        "Original-Recipient: rfc822;anna.exempel@kund.example\n"
        "Action: failed\n"
        "Status: 5.1.1\n"
        "Remote-MTA: dns; mx.kund.example\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <anna.exempel@kund.example>: Recipient address\n"
        "    rejected\n"
        "\n"
        "--4Xy.1795492260/relay.example\n"
        "Content-Description: Undelivered Message Headers\n"
        "Content-Type: text/rfc822-headers\n"
        "\n"
        "Return-Path: <studs@energi.example>\n"
        "From: Energi <faktura@energi.example>\n"
        "To: Anna Exempel <anna.exempel@kund.example>\n"
        "Subject: Faktura 10002355\n"
        "Message-ID: <" +
        our_id() +
        ">\n"
        "\n"
        "--4Xy.1795492260/relay.example--\n");
}

// The same with the whole message given back.
[[nodiscard]] inline std::string postfix_bounce_with_message() {
    std::string out = with(postfix_bounce(), "text/rfc822-headers", "message/rfc822");
    return with(out, our_id() + ">\r\n\r\n", our_id() + ">\r\n\r\nHej!\r\n\r\n");
}

[[nodiscard]] inline std::string qmail_bounce() {
    return with_crlf(
        "Return-Path: <>\n"
        "Date: 24 Nov 2026 04:51:00 -0000\n"
        "From: MAILER-DAEMON@qmail.example\n"
        "To: studs@energi.example\n"
        "Subject: failure notice\n"
        "\n"
        "Hi. This is the qmail-send program at qmail.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n"
        "\n"
        "<anna.exempel@kund.example>:\n"
        "Sorry, no mailbox here by that name. (#5.1.1)\n"
        "\n"
        "--- Below this line is a copy of the message.\n"
        "\n"
        "Return-Path: <studs@energi.example>\n"
        "From: Energi <faktura@energi.example>\n"
        "Message-ID: <" +
        our_id() +
        ">\n"
        "\n"
        "Ring oss: 450 000 00. Kod: 451 4.7.1\n");
}

[[nodiscard]] inline std::string absence_notice() {
    return with_crlf(
        "Return-Path: <>\n"
        "From: Anna Exempel <anna.exempel@kund.example>\n"
        "To: faktura@energi.example\n"
        "Subject: =?utf-8?Q?Autosvar:_p=C3=A5_semester?=\n"
        "Date: Tue, 24 Nov 2026 05:52:00 +0100\n"
        "Message-ID: <absence-1@kund.example>\n"
        "In-Reply-To: <" +
        our_id() +
        ">\n"
        "Auto-Submitted: auto-replied (vacation)\n"
        "Content-Type: text/plain; charset=iso-8859-1\n"
        "Content-Transfer-Encoding: 8bit\n"
        "\n"
        "Jag \xE4r p\xE5 semester. Felkod: 550 5.1.1\n");
}

[[nodiscard]] inline std::string letter() {
    return with_crlf(
        "Return-Path: <anna.exempel@kund.example>\n"
        "From: Anna Exempel <anna.exempel@kund.example>\n"
        "To: faktura@energi.example\n"
        "Subject: Re: Faktura 10002355\n"
        "Date: Tue, 24 Nov 2026 06:52:00 +0100\n"
        "Message-ID: <letter-1@kund.example>\n"
        "References: <other@kund.example>\n"
        " <" +
        our_id() +
        ">\n"
        "\n"
        "Jag kan inte betala. Vad menas med: 550 5.1.1?\n");
}

}  // namespace brygga::mail::test
