#include "formats/mail/message_ids.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/text.hpp"
#include "formats/inspection/keyed_hash.hpp"
#include "formats/mail/addresses.hpp"

namespace brygga::mail {

namespace {

constexpr std::string_view mark = "brygga.";
constexpr std::size_t max_id_bytes = mark.size() + max_token_bytes + 1 + tag_digits + 1 + max_address_bytes;
constexpr std::string_view purpose = "brygga message id 1";  // the same key may have another use

bool is_letter_or_digit(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_tag_digit(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}
char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool same_domain(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && text.size() <= max_token_bytes && std::all_of(text.begin(), text.end(), is_letter_or_digit);
}

// In a time that does not tell where they differ.
bool same_tag(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    unsigned differs = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        differs |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
    return differs == 0;
}

struct id_parts {
    std::string_view token, tag, domain;
};

std::optional<id_parts> parts_of(std::string_view id) noexcept {
    if (!id.starts_with(mark)) return std::nullopt;
    id.remove_prefix(mark.size());
    const std::size_t dot = id.find('.'), at = id.find('@');
    if (at == std::string_view::npos || dot >= at) return std::nullopt;
    const id_parts made{id.substr(0, dot), id.substr(dot + 1, at - dot - 1), id.substr(at + 1)};
    const bool has_tag = made.tag.size() == tag_digits && std::all_of(made.tag.begin(), made.tag.end(), is_tag_digit);
    if (!is_token(made.token) || !has_tag || made.domain.empty()) return std::nullopt;
    return made;
}

std::size_t end_of_id(std::string_view text, std::size_t from) noexcept {
    const std::size_t most = std::min(text.size(), from + max_id_bytes);
    while (from != most && (is_letter_or_digit(text[from]) || text[from] == '.' || text[from] == '-' || text[from] == '@'))
        ++from;
    while (text[from - 1] == '.')  // of the sentence that it ends
        --from;
    return from;
}

}  // namespace

result<message_ids> message_ids::under(std::string key, std::string domain) {
    if (key.size() < min_message_key_bytes)
        return fail(error_code::invalid_argument,
                    fmt::format("a key of message ids has at least {} bytes", min_message_key_bytes));
    if (!is_ascii(domain) || !fault_of_address("a@" + domain).empty())
        return fail(error_code::invalid_argument, "message ids need a domain name of ASCII letters");
    return message_ids(std::move(key), std::move(domain));
}

std::string message_ids::tag_of(std::string_view token) const {
    inspection::keyed_hash hash(key_);
    const auto digest = hash.of(fmt::format("{}\n{}", purpose, token));
    std::string out;
    for (std::size_t i = 0; i < tag_digits / 2; ++i)
        out += fmt::format("{:02x}", digest[i]);
    return out;
}

result<std::string> message_ids::make(std::string_view token) const {
    if (!is_token(token))
        return fail(error_code::invalid_argument,
                    fmt::format("what a message id names has 1 to {} letters and digits", max_token_bytes));
    return fmt::format("{}{}.{}@{}", mark, token, tag_of(token), domain_);
}

std::optional<std::string> message_ids::parse(std::string_view id) const {
    const auto parts = parts_of(id);
    if (!parts || !same_domain(parts->domain, domain_) || !same_tag(parts->tag, tag_of(parts->token))) return std::nullopt;
    return std::string(parts->token);
}

std::vector<std::string> ids_in(std::string_view text, std::size_t most) {
    std::vector<std::string> found;
    for (std::size_t at = text.find(mark); at != std::string_view::npos && found.size() < most; at = text.find(mark, at + 1)) {
        if (at != 0 && is_letter_or_digit(text[at - 1])) continue;
        std::string id(text.substr(at, end_of_id(text, at) - at));
        if (parts_of(id) && std::find(found.begin(), found.end(), id) == found.end()) found.push_back(std::move(id));
    }
    return found;
}

}  // namespace brygga::mail
