#include "mapping/ledger/model.hpp"

#include <algorithm>
#include <array>

namespace brygga::ledger {

namespace {

constexpr std::array<std::string_view, 5> utility_names = {"EL", "FV", "FI", "VA", "RE"};
constexpr std::array<std::string_view, 6> channel_names = {"bank", "network", "mailbox", "email", "print", "forwarding"};
constexpr std::array<std::string_view, 8> account_names = {"bank",     "receivable", "credit_note", "advance",
                                                           "suspense", "billing",    "difference",  "payout"};
constexpr std::array<std::string_view, 9> entry_kind_names = {"invoice", "credit_note", "payment",    "deduction", "advance_use",
                                                              "match",   "correction",  "difference", "payout"};
constexpr std::array<std::string_view, 3> outcome_names = {"archived", "held", "rejected"};

template <class Enum, std::size_t count>
std::optional<Enum> parse_name(const std::array<std::string_view, count>& names, std::string_view text) noexcept {
    for (std::size_t i = 0; i < count; ++i)
        if (names[i] == text) return static_cast<Enum>(i);
    return std::nullopt;
}

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t id_characters = 13;
constexpr unsigned bits_per_character = 5;

// The letters that people confuse with digits are read as these; lower case is read as upper case.
std::optional<std::uint64_t> digit_of(char letter) noexcept {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    if (letter == 'O') letter = '0';
    if (letter == 'I' || letter == 'L') letter = '1';
    const std::size_t at = crockford.find(letter);
    if (at == std::string_view::npos) return std::nullopt;
    return at;
}

}  // namespace

std::string_view name(channel code) noexcept {
    return channel_names[static_cast<std::size_t>(code)];
}
std::optional<channel> parse_channel(std::string_view text) noexcept {
    return parse_name<channel>(channel_names, text);
}
std::string_view name(utility code) noexcept {
    return utility_names[static_cast<std::size_t>(code)];
}
std::optional<utility> parse_utility(std::string_view text) noexcept {
    return parse_name<utility>(utility_names, text);
}
std::string_view name(account code) noexcept {
    return account_names[static_cast<std::size_t>(code)];
}
std::optional<account> parse_account(std::string_view text) noexcept {
    return parse_name<account>(account_names, text);
}
std::string_view name(entry_kind code) noexcept {
    return entry_kind_names[static_cast<std::size_t>(code)];
}
std::string_view name(file_outcome code) noexcept {
    return outcome_names[static_cast<std::size_t>(code)];
}

std::string format_id(row_id id) {
    std::string text(id_characters, '0');
    auto rest = static_cast<std::uint64_t>(id);
    for (std::size_t i = id_characters; i-- > 0; rest >>= bits_per_character)
        text[i] = crockford[rest & 31U];
    return text;
}

std::optional<row_id> parse_id(std::string_view text) noexcept {
    if (text.size() != id_characters) return std::nullopt;
    std::uint64_t value = 0;
    for (const char letter : text) {
        const auto digit = digit_of(letter);
        if (!digit) return std::nullopt;
        // An id has 63 bits, so its first character is at most 7.
        if (value >> (63U - bits_per_character)) return std::nullopt;
        value = (value << bits_per_character) | *digit;
    }
    return static_cast<row_id>(value);
}

std::vector<invoice_part> parts_of(const invoice& item) {
    std::vector<invoice_part> parts;
    for (const invoice_line& line : item.lines) {
        const auto same = std::find_if(parts.begin(), parts.end(), [&](const invoice_part& part) {
            return part.kind == line.kind && part.supply_point == line.supply_point;
        });
        if (same != parts.end())
            same->amount_ore += line.amount_ore;
        else
            parts.push_back({0, line.kind, line.supply_point, line.amount_ore});
    }
    std::sort(parts.begin(), parts.end(), [](const invoice_part& a, const invoice_part& b) {
        return a.kind != b.kind ? a.kind < b.kind : a.supply_point < b.supply_point;
    });
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i].part_no = static_cast<std::uint16_t>(i + 1);
    if (!parts.empty()) {
        const auto largest = std::max_element(
            parts.begin(), parts.end(), [](const invoice_part& a, const invoice_part& b) { return a.amount_ore < b.amount_ore; });
        largest->amount_ore += item.rounding_ore;
    }
    return parts;
}

}  // namespace brygga::ledger
