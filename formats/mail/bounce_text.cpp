#include "formats/mail/detail/bounce_text.hpp"

#include <algorithm>
#include <array>

namespace brygga::mail::detail {

namespace {

// Of qmail and its descendants, which give no code where the name is unknown to themselves.
constexpr std::array<std::string_view, 2> words_of_failure = {"This is a permanent error", "I've given up"};
constexpr std::array<std::string_view, 5> copied_headers = {"Return-Path:", "Received:", "Message-ID:", "MIME-Version:", "From:"};
// In front of an answer of SMTP that a report quotes; a number of three digits alone may be an amount.
constexpr std::array<std::string_view, 6> quotes = {": ", "<<< ", "(", "[", "smtp; ", "#"};

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_word(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t digits_at(std::string_view text, std::size_t at, std::size_t most) noexcept {
    std::size_t count = 0;
    while (count < most && at + count < text.size() && is_digit(text[at + count]))
        ++count;
    return count;
}

bool is_class(char c) noexcept {
    return c == '2' || c == '4' || c == '5';
}

bool is_reply_code(std::string_view text, std::size_t at) noexcept {
    constexpr std::size_t code_digits = 3;
    return digits_at(text, at, code_digits + 1) == code_digits && is_class(text[at]) && text[at + 1] <= '5' &&
           (at == 0 || (!is_word(text[at - 1]) && text[at - 1] != '.')) &&
           (at + code_digits == text.size() || (!is_word(text[at + code_digits]) && text[at + code_digits] != '.'));
}

int value_of(std::string_view text, std::size_t at) noexcept {
    return (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
}

bool is_quoted(std::string_view text, std::size_t at) noexcept {
    const std::string_view before = text.substr(0, at);
    const bool begins_line = at == 0 || text[at - 1] == '\n';
    return begins_line ||
           std::any_of(quotes.begin(), quotes.end(), [&](std::string_view each) { return before.ends_with(each); });
}

// "5.1.1" that stands alone, and not within a longer number such as an address of the network.
std::string_view status_at(std::string_view text, std::size_t at) noexcept {
    if (at != 0 && (is_word(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == '-')) {
        const bool behind_code = text[at - 1] == '-' && at >= 4 && is_reply_code(text, at - 4);  // "550-5.1.1"
        if (!behind_code) return {};
    }
    const std::string_view found = leading_status(text.substr(at));
    const std::size_t end = at + found.size();
    if (end < text.size() && (is_word(text[end]) || (text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1]))))
        return {};
    return found;
}

// With a code in front, or where only a code stands: "#5.1.1", "(5.1.1)", "550 5.1.1".
bool is_told_as_status(std::string_view text, std::size_t at) noexcept {
    return is_quoted(text, at) || (at >= 4 && is_reply_code(text, at - 4));
}

delivery_action action_of(char status_class) noexcept {
    return status_class == '5' ? delivery_action::failed : delivery_action::delayed;
}

std::optional<evidence> code_at(std::string_view text, std::size_t at) {
    if (text[at] != '4' && text[at] != '5') return std::nullopt;
    if (const std::string_view status = status_at(text, at); !status.empty() && is_told_as_status(text, at))
        return evidence{at, at + status.size(), action_of(text[at]), std::string(status), 0};
    if (!is_reply_code(text, at) || !is_quoted(text, at)) return std::nullopt;
    evidence made{at, at + 3, action_of(text[at]), {}, value_of(text, at)};
    if (at + 4 < text.size()) {
        const std::string_view status = status_at(text, at + 4);
        if (!status.empty() && status.front() == text[at]) {
            made.status = status;
            made.end = at + 4 + status.size();
        }
    }
    return made;
}

bool begins_with(std::string_view text, std::size_t at, std::string_view what) noexcept {
    return text.substr(at, what.size()) == what;
}

}  // namespace

std::optional<evidence> find_evidence(std::string_view text, std::size_t from) {
    for (std::size_t at = from; at < text.size(); ++at) {
        if (is_digit(text[at])) {
            if (auto found = code_at(text, at)) return found;
        } else if (text[at] == 'T' || text[at] == 'I') {
            for (const std::string_view each : words_of_failure)
                if (begins_with(text, at, each)) return evidence{at, at + each.size(), delivery_action::failed, {}, 0};
        }
    }
    return std::nullopt;
}

std::size_t begin_of_copy(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        for (const std::string_view each : copied_headers)
            if (begins_with(text, at, each)) return at;
        const std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos) break;
        at = end + 1;
    }
    return text.size();
}

std::string_view leading_status(std::string_view text) noexcept {
    constexpr std::size_t most_digits = 3;
    if (text.size() < 2 || !is_class(text[0]) || text[1] != '.') return {};
    const std::size_t subject = digits_at(text, 2, most_digits);
    const std::size_t dot = 2 + subject;
    if (subject == 0 || dot >= text.size() || text[dot] != '.') return {};
    const std::size_t detail = digits_at(text, dot + 1, most_digits);
    const std::size_t end = dot + 1 + detail;
    if (detail == 0 || (end < text.size() && is_digit(text[end]))) return {};
    return text.substr(0, end);
}

int first_reply_code(std::string_view text) noexcept {
    for (std::size_t at = 0; at + 2 < text.size(); ++at)
        if (is_digit(text[at]) && is_reply_code(text, at)) return value_of(text, at);
    return 0;
}

}  // namespace brygga::mail::detail
