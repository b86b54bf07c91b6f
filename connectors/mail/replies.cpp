#include "connectors/mail/replies.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace brygga::mail {

using transfer::fault;

namespace {

constexpr std::size_t code_digits = 3;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// "5.1.1", and nothing of what follows.
std::string status_at(std::string_view text) {
    constexpr std::size_t longest = 9;  // 5.999.999
    std::size_t end = 0, points = 0;
    for (; end < std::min(text.size(), longest); ++end) {
        const bool is_point = text[end] == '.' && end != 0 && text[end - 1] != '.';
        if (!is_digit(text[end]) && !is_point) break;
        points += is_point ? 1U : 0U;
    }
    const bool is_status = points == 2 && text[1] == '.' && text[0] >= '2' && text[0] <= '5' && text[end - 1] != '.';
    return is_status ? std::string(text.substr(0, end)) : std::string();
}

// Of "5.1.1" the 1 in the middle: what the refusal is about (RFC 3463 section 3).
char subject_of(std::string_view status) noexcept {
    return status.size() > 2 ? status[2] : '\0';
}

bool is_too_large(const smtp_reply& reply) noexcept {
    return reply.code == 552 || reply.status == "5.2.3" || reply.status == "5.3.4";
}

// Whether it is about whom the message is for.
bool is_about_recipient(const smtp_reply& reply) noexcept {
    switch (subject_of(reply.status)) {
        case '1':  // address
        case '2':  // mailbox
        case '4':  // the way to it
            return true;
        case '3':  // the server
        case '5':  // protocol
        case '6':  // content
        case '7':  // security or policy
            return false;
        default:
            break;
    }
    constexpr std::array of_recipients = {521, 550, 551, 553, 556};  // RFC 5321 section 4.2.2, RFC 7504
    return std::find(of_recipients.begin(), of_recipients.end(), reply.code) != of_recipients.end();
}

std::string_view doing(smtp_stage at) noexcept {
    switch (at) {
        case smtp_stage::greeting:
            return "when it was greeted";
        case smtp_stage::login:
            return "when it was told who we are";
        case smtp_stage::sender:
            return "when it was told of the sender";
        case smtp_stage::recipient:
            return "when it was told of the recipient";
        case smtp_stage::content:
            return "when it was given the message";
    }
    return {};
}

}  // namespace

smtp_reply reply_of(std::string_view line) {
    smtp_reply out;
    const bool has_code = line.size() >= code_digits && std::all_of(line.begin(), line.begin() + code_digits, is_digit) &&
                          (line.size() == code_digits || line[code_digits] == ' ' || line[code_digits] == '-');
    if (!has_code) return out;
    for (const char c : line.substr(0, code_digits))
        out.code = out.code * 10 + (c - '0');
    if (line.size() > code_digits + 1) out.status = status_at(line.substr(code_digits + 1));
    return out;
}

smtp_stage stage_after(std::string_view command, smtp_stage before) noexcept {
    if (command.starts_with("EHLO") || command.starts_with("HELO") || command.starts_with("STARTTLS"))
        return smtp_stage::greeting;
    if (command.starts_with("AUTH")) return smtp_stage::login;
    if (command.starts_with("MAIL")) return smtp_stage::sender;
    if (command.starts_with("RCPT")) return smtp_stage::recipient;
    if (command.starts_with("DATA")) return smtp_stage::content;
    return before;
}

fault fault_of_reply(smtp_stage at, const smtp_reply& reply) noexcept {
    constexpr int for_good = 500;
    if (reply.code < for_good) return fault::try_later;
    constexpr std::array of_login = {530, 534, 535, 538};
    if (at == smtp_stage::login || std::find(of_login.begin(), of_login.end(), reply.code) != of_login.end()) return fault::login;
    if (at == smtp_stage::greeting) return fault::refused_request;
    if (is_too_large(reply)) return fault::no_recipient;
    if (at == smtp_stage::sender) return fault::refused_request;
    return is_about_recipient(reply) ? fault::no_recipient : fault::refused_request;
}

std::string told_at(smtp_stage at, const smtp_reply& reply) {
    return fmt::format("{} ({}{}{})", doing(at), reply.code, reply.status.empty() ? "" : " ", reply.status);
}

}  // namespace brygga::mail
