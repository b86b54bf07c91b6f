#include "connectors/encryption/key.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <openssl/crypto.h>

namespace brygga::encryption {

namespace {

constexpr std::size_t hex_characters = 2 * key_bytes;
constexpr std::size_t base64_characters = 44;  // the last one pads
constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr unsigned bits_of_hex = 4, bits_of_base64 = 6, bits_of_byte = 8;

std::optional<unsigned> hex_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
    if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a') + 10;
    if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A') + 10;
    return std::nullopt;
}

std::optional<unsigned> base64_value(char digit) noexcept {
    const std::size_t at = base64_alphabet.find(digit);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned>(at);
}

// Bits that are left over at the end must be zero: one key has one text in each notation.
template <class ValueOf>
std::optional<secret_key> from_digits(std::string_view text, unsigned bits_each, ValueOf value_of) {
    secret_key out;
    unsigned pending = 0, bits = 0;
    std::size_t filled = 0;
    for (const char each : text) {
        const auto value = value_of(each);
        if (!value) return std::nullopt;
        pending = (pending << bits_each) | *value;
        bits += bits_each;
        if (bits < bits_of_byte) continue;
        bits -= bits_of_byte;
        out.bytes()[filled++] = static_cast<std::uint8_t>(pending >> bits);
        pending &= (1U << bits) - 1;
    }
    if (pending != 0) return std::nullopt;
    return out;
}

}  // namespace

secret_key::~secret_key() {
    OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

std::optional<secret_key> parse_key(std::string_view text) {
    if (text.size() == hex_characters) return from_digits(text, bits_of_hex, hex_value);
    if (text.size() != base64_characters || text.back() != '=') return std::nullopt;
    text.remove_suffix(1);
    return from_digits(text, bits_of_base64, base64_value);
}

const named_key* key_ring::find(std::string_view id) const noexcept {
    const auto at = std::find_if(keys_.begin(), keys_.end(), [&](const named_key& each) { return each.id == id; });
    return at == keys_.end() ? nullptr : &*at;
}

result<named_key> read_key(const key_source& of, filedrop::file_system& files) {
    const auto failed = [&](error_code code, std::string_view why) {
        return fail(code, fmt::format("the key {} of the originals: {}", of.id, why));
    };
    const auto secret = secrets::read(of.from, files);
    if (!secret) return failed(secret.error().code, secret.error().text);
    if (secret->is_exposed())
        return failed(error_code::permission_denied, "others than its owner and group may read its file: chmod 600 mends it");
    const auto key = parse_key(secret->text());
    if (!key)
        return failed(error_code::invalid_content,
                      "its source does not hold 32 bytes as 64 hexadecimal digits or 44 characters of Base64");
    return named_key{of.id, *key};
}

result<key_ring> read_keys(const std::optional<key_settings>& which, filedrop::file_system& files) {
    if (!which) return key_ring();
    std::vector<named_key> keys;
    for (const key_source& each : which->keys) {
        auto key = read_key(each, files);
        if (!key) return tl::unexpected<error>(key.error());
        keys.push_back(std::move(*key));
    }
    key_ring out(std::move(keys), which->current);
    if (out.current() == nullptr)
        return fail(error_code::invalid_argument, fmt::format("there is no key {} of the originals", which->current));
    return out;
}

}  // namespace brygga::encryption
