#include "formats/print/kivra/webhook.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "formats/core/base64.hpp"
#include "formats/core/check_digit.hpp"

namespace brygga::kivra {

namespace {

constexpr std::size_t mac_bytes = 32;
constexpr std::string_view prefix = "whsec_", version = "v1,";

using mac = std::array<unsigned char, mac_bytes>;

std::optional<std::chrono::sys_seconds> seconds_of(std::string_view text) {
    std::int64_t seconds = 0;
    // A number of 18 digits fits, and so does the difference to any clock.
    if (!all_digits(text) || text.size() > 18) return std::nullopt;
    static_cast<void>(std::from_chars(text.data(), text.data() + text.size(), seconds));
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

std::optional<mac> mac_of(std::string_view signed_text, const webhook_secret& secret) {
    mac made{};
    unsigned int size = 0;
    const auto* const bytes = reinterpret_cast<const unsigned char*>(signed_text.data());
    if (HMAC(EVP_sha256(), secret.bytes().data(), static_cast<int>(secret.bytes().size()), bytes, signed_text.size(), made.data(),
             &size) == nullptr ||
        size != mac_bytes)
        return std::nullopt;
    return made;
}

// Whether one of the signatures of the header is `expected`.
bool is_among(std::string_view signatures, const mac& expected) {
    while (!signatures.empty()) {
        const std::size_t end = std::min(signatures.find(' '), signatures.size());
        const std::string_view each = signatures.substr(0, end);
        signatures.remove_prefix(std::min(end + 1, signatures.size()));
        if (!each.starts_with(version)) continue;
        const auto told = from_base64(each.substr(version.size()));
        if (told && told->size() == mac_bytes && CRYPTO_memcmp(told->data(), expected.data(), mac_bytes) == 0) return true;
    }
    return false;
}

}  // namespace

result<webhook_secret> webhook_secret::from_text(std::string_view text) {
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
    webhook_secret made;
    auto bytes = from_base64(text);
    if (!bytes || bytes->empty()) return fail(error_code::invalid_content, "the secret of Kivra's webhook is no Base64");
    made.bytes_ = std::move(*bytes);
    OPENSSL_cleanse(bytes->data(), bytes->size());
    return made;
}

webhook_secret::~webhook_secret() {
    OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

std::string_view name(webhook_verdict verdict) noexcept {
    switch (verdict) {
        case webhook_verdict::genuine:
            return "genuine";
        case webhook_verdict::header_missing:
            return "header missing";
        case webhook_verdict::no_timestamp:
            return "no timestamp";
        case webhook_verdict::too_old:
            return "too old";
        case webhook_verdict::too_new:
            return "too new";
        case webhook_verdict::wrong_signature:
            return "wrong signature";
    }
    return "unknown";
}

webhook_verdict verify_webhook(const webhook_headers& headers, std::string_view raw_body, std::span<const webhook_secret> secrets,
                               std::chrono::sys_seconds now, std::chrono::seconds tolerance) {
    if (headers.id.empty() || headers.timestamp.empty() || headers.signature.empty()) return webhook_verdict::header_missing;
    const auto sent = seconds_of(headers.timestamp);
    if (!sent) return webhook_verdict::no_timestamp;
    if (now - *sent > tolerance) return webhook_verdict::too_old;
    if (*sent - now > tolerance) return webhook_verdict::too_new;
    const std::string signed_text = fmt::format("{}.{}.{}", headers.id, headers.timestamp, raw_body);
    for (const webhook_secret& each : secrets)
        if (const auto expected = mac_of(signed_text, each); expected && is_among(headers.signature, *expected))
            return webhook_verdict::genuine;
    return webhook_verdict::wrong_signature;
}

}  // namespace brygga::kivra
