#include "formats/print/batch/records.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace brygga::print::batch {

namespace {

using words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 2> environments = {"PROD", "TEST"};
constexpr std::array<std::string_view, 2> handlings = {"STANDARD", "PROTECTED"};
constexpr std::array<std::string_view, 4> flows = {"INVOICE", "REMINDER", "COLLECTION", "LETTER"};
constexpr std::array<std::string_view, 5> kinds = {"INVOICE", "CREDIT_INVOICE", "REMINDER", "COLLECTION_NOTICE", "LETTER"};
constexpr std::array<std::string_view, 3> parties = {"PERSON", "ORGANISATION", "OTHER"};
constexpr std::array<std::string_view, 6> channels = {"KIVRA", "MINA_MEDDELANDEN", "E_INVOICE", "EMAIL",
                                                      "PRINT", "PRINT_FORWARDING"};
constexpr std::array<std::string_view, 3> methods = {"SLIP", "AUTOGIRO", "NONE"};
constexpr std::array<std::string_view, 2> accounts = {"BANKGIRO", "PLUSGIRO"};
constexpr std::array<std::string_view, 2> references = {"OCR", "MESSAGE"};
constexpr std::array<std::string_view, 2> postages = {"NORMAL", "ECONOMY"};
constexpr std::array<std::string_view, 3> envelopes = {"AUTO", "C5", "C4"};

constexpr words words_of(environment) noexcept {
    return environments;
}
constexpr words words_of(handling) noexcept {
    return handlings;
}
constexpr words words_of(flow) noexcept {
    return flows;
}
constexpr words words_of(document_kind) noexcept {
    return kinds;
}
constexpr words words_of(party_type) noexcept {
    return parties;
}
constexpr words words_of(channel) noexcept {
    return channels;
}
constexpr words words_of(payment_method) noexcept {
    return methods;
}
constexpr words words_of(account_type) noexcept {
    return accounts;
}
constexpr words words_of(reference_type) noexcept {
    return references;
}
constexpr words words_of(postage) noexcept {
    return postages;
}
constexpr words words_of(envelope) noexcept {
    return envelopes;
}

template <class Code>
std::string_view word_of(Code code) noexcept {
    return words_of(code)[static_cast<std::size_t>(code)];
}

}  // namespace

std::string_view name(environment code) noexcept {
    return word_of(code);
}
std::string_view name(handling code) noexcept {
    return word_of(code);
}
std::string_view name(flow code) noexcept {
    return word_of(code);
}
std::string_view name(document_kind code) noexcept {
    return word_of(code);
}
std::string_view name(party_type code) noexcept {
    return word_of(code);
}
std::string_view name(channel code) noexcept {
    return word_of(code);
}
std::string_view name(payment_method code) noexcept {
    return word_of(code);
}
std::string_view name(account_type code) noexcept {
    return word_of(code);
}
std::string_view name(reference_type code) noexcept {
    return word_of(code);
}
std::string_view name(postage code) noexcept {
    return word_of(code);
}
std::string_view name(envelope code) noexcept {
    return word_of(code);
}

template <class Code>
std::optional<Code> parse_code(std::string_view text) noexcept {
    const words all = words_of(Code{});
    const auto found = std::find(all.begin(), all.end(), text);
    if (found == all.end()) return std::nullopt;
    return static_cast<Code>(found - all.begin());
}

template std::optional<environment> parse_code<environment>(std::string_view) noexcept;
template std::optional<handling> parse_code<handling>(std::string_view) noexcept;
template std::optional<flow> parse_code<flow>(std::string_view) noexcept;
template std::optional<document_kind> parse_code<document_kind>(std::string_view) noexcept;
template std::optional<party_type> parse_code<party_type>(std::string_view) noexcept;
template std::optional<channel> parse_code<channel>(std::string_view) noexcept;
template std::optional<payment_method> parse_code<payment_method>(std::string_view) noexcept;
template std::optional<account_type> parse_code<account_type>(std::string_view) noexcept;
template std::optional<reference_type> parse_code<reference_type>(std::string_view) noexcept;
template std::optional<postage> parse_code<postage>(std::string_view) noexcept;
template std::optional<envelope> parse_code<envelope>(std::string_view) noexcept;

bool is_mailbox(channel code) noexcept {
    return code == channel::kivra || code == channel::mina_meddelanden;
}

bool is_digital(channel code) noexcept {
    return code != channel::print && code != channel::print_forwarding;
}

bool document::has_channel(channel code) const noexcept {
    return std::find(channels.begin(), channels.end(), code) != channels.end();
}

}  // namespace brygga::print::batch
