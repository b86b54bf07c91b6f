#include "connectors/filedrop/claim.hpp"

#include <algorithm>
#include <random>

#include "formats/core/text.hpp"

namespace brygga::filedrop {

namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";
constexpr char cut_mark = '~';
constexpr std::string_view separator = "__";
constexpr unsigned random_bits = 22;
constexpr ledger::timestamp_ms epoch_ms = 1577836800000;  // 2020-01-01T00:00:00Z, as the ledger's ids

bool stands_for_itself(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

void append_escaped(std::string& out, char c) {
    const auto value = static_cast<unsigned char>(c);
    out += '%';
    out += hex_digits[value >> 4U];
    out += hex_digits[value & 15U];
}

std::optional<unsigned char> hex_value(std::string_view two) noexcept {
    if (two.size() != 2) return std::nullopt;
    const std::size_t high = hex_digits.find(two[0]);
    const std::size_t low = hex_digits.find(two[1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned char>(high * 16 + low);
}

// Bytes of the UTF-8 character that begins here, 0 when none does.
std::size_t utf8_length(std::string_view text) noexcept {
    for (std::size_t size = 1; size <= std::min<std::size_t>(4, text.size()); ++size)
        if (is_valid_utf8(text.substr(0, size))) return size;
    return 0;
}

bool is_control(std::string_view character) noexcept {
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return first < 0x20 || first == 0x7F;
    return character.size() == 2 && first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

}  // namespace

std::uint32_t machine_random() {
    thread_local std::random_device device;
    return device();
}

std::string escape_name(std::string_view name) {
    if (name.empty()) return "%";
    const std::size_t last_point = name.ends_with(receipt_ending) ? name.rfind('.') : 0;
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const std::size_t before = out.size();
        if (stands_for_itself(name[i]) && (name[i] != '.' || (i != 0 && i != last_point)))
            out += name[i];
        else
            append_escaped(out, name[i]);
        const bool last = i + 1 == name.size();
        if (out.size() <= max_escaped_name - (last ? 0 : 1)) continue;
        out.resize(before);
        out += cut_mark;
        return out;
    }
    return out;
}

std::string unescape_name(std::string_view escaped) {
    if (escaped == "%") return {};
    std::string out;
    for (std::size_t i = 0; i < escaped.size(); ++i) {
        const auto value = escaped[i] == '%' ? hex_value(escaped.substr(i + 1, 2)) : std::nullopt;
        if (value) {
            out += static_cast<char>(*value);
            i += 2;
        } else {
            out += escaped[i];
        }
    }
    return out;
}

std::string readable_name(std::string_view delivered) {
    std::string out;
    while (!delivered.empty()) {
        const std::size_t size = utf8_length(delivered);
        if (size == 0 || is_control(delivered.substr(0, size))) {
            append_escaped(out, delivered[0]);
            delivered.remove_prefix(1);
        } else {
            out += delivered.substr(0, size);
            delivered.remove_prefix(size);
        }
    }
    return out;
}

std::optional<claimed_name> parse_claimed_name(std::string_view text) {
    if (text.size() <= claim_characters + separator.size()) return std::nullopt;
    const std::string_view claim = text.substr(0, claim_characters);
    if (!time_of_claim(claim) || text.substr(claim_characters, separator.size()) != separator) return std::nullopt;
    return claimed_name{std::string(claim), std::string(text.substr(claim_characters + separator.size()))};
}

claim_source::claim_source(ledger::clock& time, std::function<std::uint32_t()> random)
    : time_(&time), random_(random ? std::move(random) : machine_random) {}

std::string claim_source::next() {
    const ledger::timestamp_ms elapsed = std::max<ledger::timestamp_ms>(time_->now() - epoch_ms, 0);
    const ledger::row_id chance = random_() & ((1U << random_bits) - 1U);
    last_ = std::max(last_ + 1, (elapsed << random_bits) | chance);
    return ledger::format_id(last_);
}

std::optional<ledger::timestamp_ms> time_of_claim(std::string_view claim) {
    const std::optional<ledger::row_id> id = ledger::parse_id(claim);
    // Only the form we write ourselves: parse_id also reads what people type.
    if (!id || ledger::format_id(*id) != claim) return std::nullopt;
    return (*id >> random_bits) + epoch_ms;
}

}  // namespace brygga::filedrop
