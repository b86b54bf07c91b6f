#include "formats/mail/addresses.hpp"

#include "formats/core/text.hpp"

namespace brygga::mail {

namespace {

constexpr std::size_t max_label_bytes = 63;
constexpr std::string_view atom_marks = "!#$%&'*+-/=?^_`{|}~";  // RFC 5322 section 3.2.3

bool is_letter_or_digit(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_beyond_ascii(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x80;
}

// Of the control characters U+0080 to U+009F no address has one.
bool has_control(std::string_view utf8) noexcept {
    for (std::size_t at = 0; at + 1 < utf8.size(); ++at)
        if (utf8[at] == '\xC2' && static_cast<unsigned char>(utf8[at + 1]) < 0xA0) return true;
    return false;
}

bool is_dot_atom(std::string_view local) noexcept {
    char before = '.';
    for (const char c : local) {
        if (c == '.' && before == '.') return false;
        if (c != '.' && !is_letter_or_digit(c) && !is_beyond_ascii(c) && atom_marks.find(c) == std::string_view::npos)
            return false;
        before = c;
    }
    return before != '.';
}

bool is_label(std::string_view label) noexcept {
    if (label.empty() || label.size() > max_label_bytes || label.front() == '-' || label.back() == '-') return false;
    for (const char c : label)
        if (c != '-' && !is_letter_or_digit(c) && !is_beyond_ascii(c)) return false;
    return true;
}

bool is_domain(std::string_view domain) noexcept {
    if (domain.find('.') == std::string_view::npos) return false;
    while (true) {
        const std::size_t end = domain.find('.');
        if (!is_label(domain.substr(0, end))) return false;
        if (end == std::string_view::npos) return true;
        domain.remove_prefix(end + 1);
    }
}

}  // namespace

std::string fault_of_address(std::string_view address) {
    if (address.empty()) return "is empty";
    if (address.size() > max_address_bytes) return "is too long";
    if (!is_valid_utf8(address) || has_control(address)) return "holds characters that no address has";
    const std::size_t at = address.rfind('@');
    if (at == std::string_view::npos) return "has no @";
    if (at > max_local_part_bytes) return "is too long before the @";
    if (!is_dot_atom(address.substr(0, at))) return "is not a name in front of the @";
    if (!is_domain(address.substr(at + 1))) return "is not a domain behind the @";
    return {};
}

bool needs_utf8(std::string_view address) noexcept {
    return !is_ascii(address);
}

}  // namespace brygga::mail
