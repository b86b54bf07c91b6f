#include "formats/bankgirot/seal/mac.hpp"

#include <algorithm>
#include <span>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "formats/bankgirot/seal/detail/alphabet.hpp"
#include "formats/bankgirot/seal/key.hpp"

namespace brygga::seal {

namespace {

constexpr std::size_t block_bytes = 8192;
constexpr std::size_t hash_bytes = 32;
constexpr std::string_view upper_digits = "0123456789ABCDEF";

tl::unexpected<error> library_failed() {
    return fail(error_code::io, "the seal cannot be computed: no memory, or HMAC-SHA-256 is not to be had");
}

const std::uint8_t* unsigned_bytes(std::string_view text) noexcept {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::optional<unsigned> hex_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
    if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A') + 10;
    if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a') + 10;
    return std::nullopt;
}

struct free_algorithm {
    void operator()(EVP_MAC* fetched) const noexcept { EVP_MAC_free(fetched); }
};

}  // namespace

std::string mac::text() const {
    std::string out;
    for (const std::uint8_t each : bytes) {
        out += upper_digits[each >> 4U];
        out += upper_digits[each & 15U];
    }
    return out;
}

bool mac::equals(const mac& other) const noexcept {
    return CRYPTO_memcmp(bytes.data(), other.bytes.data(), bytes.size()) == 0;
}

std::optional<mac> parse_mac(std::string_view digits) noexcept {
    if (digits.size() != mac_digits) return std::nullopt;
    mac out;
    for (std::size_t i = 0; i < mac_bytes; ++i) {
        const auto high = hex_value(digits[2 * i]), low = hex_value(digits[2 * i + 1]);
        if (!high || !low) return std::nullopt;
        out.bytes[i] = static_cast<std::uint8_t>(*high << 4U | *low);
    }
    return out;
}

void authenticator::free_context::operator()(evp_mac_ctx_st* context) const noexcept {
    EVP_MAC_CTX_free(context);  // wipes the key
}

authenticator::authenticator(std::unique_ptr<evp_mac_ctx_st, free_context> context)
    : context_(std::move(context)), block_(block_bytes) {}

result<authenticator> authenticator::begin(const key& with) {
    const std::unique_ptr<EVP_MAC, free_algorithm> algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    if (!algorithm) return library_failed();
    std::unique_ptr<evp_mac_ctx_st, free_context> context(EVP_MAC_CTX_new(algorithm.get()));
    if (!context) return library_failed();
    char digest[] = "SHA256";
    const OSSL_PARAM settings[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
    if (EVP_MAC_init(context.get(), with.bytes_.data(), with.bytes_.size(), settings) != 1) return library_failed();
    return authenticator(std::move(context));
}

result<void> authenticator::hash(std::string_view normalised) {
    if (EVP_MAC_update(context_.get(), unsigned_bytes(normalised), normalised.size()) != 1) return library_failed();
    return {};
}

result<void> authenticator::update(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t size = std::min(bytes.size(), block_.size() - filled_);
        filled_ = static_cast<std::size_t>(detail::normalise(bytes.substr(0, size), block_.data() + filled_) - block_.data());
        bytes.remove_prefix(size);
        if (filled_ < block_.size()) continue;
        if (const auto done = hash({block_.data(), filled_}); !done) return done;
        filled_ = 0;
    }
    return {};
}

result<mac> authenticator::finish() {
    if (const auto done = hash({block_.data(), filled_}); !done) return tl::unexpected<error>(done.error());
    std::array<std::uint8_t, hash_bytes> whole{};
    std::size_t size = 0;
    if (EVP_MAC_final(context_.get(), whole.data(), &size, whole.size()) != 1 || size != whole.size()) return library_failed();
    mac out;
    std::copy_n(whole.begin(), out.bytes.size(), out.bytes.begin());
    return out;
}

}  // namespace brygga::seal
