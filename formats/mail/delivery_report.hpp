// What became of a message of ours, by what came back: a delivery status notification (RFC 3464 within RFC 6522), a bounce in
// plain words, an automatic answer, or a letter that a person must read.
//
//     const mail::report_file file = mail::read_report(bytes, {.ids = &ours});
//     if (file.content.outcome == mail::delivery_outcome::failed && file.content.token) send_by_paper(*file.content.token);
//
// Anybody can write a bounce: act only on what `token` names, for that has a tag of ours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/mail/message_ids.hpp"

namespace brygga::mail {

enum class report_form : std::uint8_t {
    delivery_status,  // a delivery status notification
    text_bounce,      // of a mail server, in its own words
    automatic,        // an absence notice, a read receipt: of a program, and not about delivery
    other,            // a person wrote it, or nobody can tell
};

enum class delivery_outcome : std::uint8_t {
    failed,            // for good: it has not arrived and will not
    delayed,           // the server tries on
    delivered,         // the last server that reports has taken it: delivered, relayed or expanded
    automatic_answer,  // says nothing of delivery
    other,             // a person must look
};

// RFC 3464 section 2.3.3.
enum class delivery_action : std::uint8_t { failed, delayed, delivered, relayed, expanded };

[[nodiscard]] std::string_view name(report_form code) noexcept;
[[nodiscard]] std::string_view name(delivery_outcome code) noexcept;
[[nodiscard]] std::string_view name(delivery_action code) noexcept;

struct recipient_report {
    std::optional<delivery_action> action;  // none where it is missing or unknown
    std::string status;                     // "5.1.1" (RFC 3463); empty where it is missing or none
    int reply_code = 0;                     // of SMTP, 550; 0 where none is told
    std::string address;                    // personal; final, else original; may be empty
    std::string diagnostic;                 // personal; the server's words

    [[nodiscard]] bool operator==(const recipient_report&) const = default;
};

// Texts are UTF-8.
struct delivery_report {
    report_form form = report_form::other;
    delivery_outcome outcome = delivery_outcome::other;
    std::string id;                    // of the report, without < and >
    std::vector<std::string> named;    // Message-IDs of what it may be about, the most certain first, each once
    std::optional<std::string> token;  // of the first of them that report_options::ids knows
    std::vector<recipient_report> recipients;
    std::string subject, text;  // personal; the text at most max_shown_text_bytes, for who must read it

    [[nodiscard]] bool operator==(const delivery_report&) const = default;
};

inline constexpr std::size_t max_recipients = 1'000, max_named = 20;
inline constexpr std::size_t max_shown_text_bytes = std::size_t{64} << 10;

struct report_options {
    rule_policy policy{};
    const message_ids* ids = nullptr;  // without it, MAIL-R03 is not evaluated
};

struct report_file {
    delivery_report content;
    finding_list findings;  // none holds a word of the message but what is marked as personal

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// Any bytes. Attached messages are not read but for their Message-ID.
[[nodiscard]] report_file read_report(std::string_view bytes, const report_options& options = {});

}  // namespace brygga::mail
