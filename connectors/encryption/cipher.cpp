#include "connectors/encryption/detail/cipher.hpp"

#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace brygga::encryption::detail {

namespace {

constexpr std::string_view purpose = "brygga original, version 1";
constexpr std::size_t nonce_bytes = 12;
using nonce = std::array<std::uint8_t, nonce_bytes>;

tl::unexpected<error> library_failed() {
    return fail(error_code::io, "the encryption library cannot work: no memory, or AES-256-GCM is not to be had");
}

// The number of the block, and whether it is the last one in the last byte.
nonce nonce_of(std::uint64_t number, bool last) noexcept {
    nonce out{};
    for (std::size_t i = nonce_bytes - 1; i-- != 0; number >>= 8U)
        out[i] = static_cast<std::uint8_t>(number);
    out.back() = last ? 1 : 0;
    return out;
}

const std::uint8_t* unsigned_bytes(std::string_view text) noexcept {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

template <class Type, void (*Free)(Type*)>
struct freed_by {
    void operator()(Type* made) const noexcept { Free(made); }
};

OSSL_PARAM octets(const char* name, std::span<const std::uint8_t> bytes) {
    // OpenSSL's parameters have no const form; it does not write to what goes in.
    return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

result<file_key> derive(const secret_key& from, std::span<const std::uint8_t, salt_bytes> salt) {
    const std::unique_ptr<EVP_KDF, freed_by<EVP_KDF, EVP_KDF_free>> algorithm(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    if (!algorithm) return library_failed();
    const std::unique_ptr<EVP_KDF_CTX, freed_by<EVP_KDF_CTX, EVP_KDF_CTX_free>> context(EVP_KDF_CTX_new(algorithm.get()));
    if (!context) return library_failed();
    char digest[] = "SHA256";
    const OSSL_PARAM inputs[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                                 octets(OSSL_KDF_PARAM_KEY, from.bytes()), octets(OSSL_KDF_PARAM_SALT, salt),
                                 octets(OSSL_KDF_PARAM_INFO, {unsigned_bytes(purpose), purpose.size()}),
                                 OSSL_PARAM_construct_end()};
    std::array<std::uint8_t, key_bytes + check_bytes> derived{};
    const bool done = EVP_KDF_derive(context.get(), derived.data(), derived.size(), inputs) == 1;
    file_key out;
    std::copy_n(derived.begin(), key_bytes, out.key.bytes().begin());
    std::copy_n(derived.begin() + key_bytes, check_bytes, out.check.begin());
    OPENSSL_cleanse(derived.data(), derived.size());
    if (!done) return library_failed();
    return out;
}

result<block_cipher> block_cipher::make(const secret_key& key, direction way) {
    const std::unique_ptr<EVP_CIPHER, freed_by<EVP_CIPHER, EVP_CIPHER_free>> algorithm(
        EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    context made(EVP_CIPHER_CTX_new());
    if (!algorithm || !made) return library_failed();
    const int encrypts = way == direction::encrypt ? 1 : 0;
    if (EVP_CipherInit_ex2(made.get(), algorithm.get(), key.bytes().data(), nullptr, encrypts, nullptr) != 1)
        return library_failed();
    return block_cipher(std::move(made));
}

result<void> block_cipher::encrypt(std::uint64_t number, bool last, std::string_view bound, std::span<std::uint8_t> block) {
    const nonce with = nonce_of(number, last);
    const auto size = static_cast<int>(block.size() - tag_bytes);
    std::uint8_t* const tag = block.data() + size;
    int ignored = 0;
    EVP_CIPHER_CTX* const in = context_.get();
    const bool done = EVP_EncryptInit_ex2(in, nullptr, nullptr, with.data(), nullptr) == 1 &&
                      EVP_EncryptUpdate(in, nullptr, &ignored, unsigned_bytes(bound), static_cast<int>(bound.size())) == 1 &&
                      EVP_EncryptUpdate(in, block.data(), &ignored, block.data(), size) == 1 &&
                      EVP_EncryptFinal_ex(in, tag, &ignored) == 1 &&
                      EVP_CIPHER_CTX_ctrl(in, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_bytes), tag) == 1;
    if (!done) return library_failed();
    return {};
}

result<void> block_cipher::decrypt(std::uint64_t number, bool last, std::string_view bound, std::span<std::uint8_t> block) {
    const nonce with = nonce_of(number, last);
    const auto size = static_cast<int>(block.size() - tag_bytes);
    std::uint8_t* const tag = block.data() + size;
    int ignored = 0;
    EVP_CIPHER_CTX* const in = context_.get();
    const bool ready = EVP_DecryptInit_ex2(in, nullptr, nullptr, with.data(), nullptr) == 1 &&
                       EVP_DecryptUpdate(in, nullptr, &ignored, unsigned_bytes(bound), static_cast<int>(bound.size())) == 1 &&
                       EVP_DecryptUpdate(in, block.data(), &ignored, block.data(), size) == 1 &&
                       EVP_CIPHER_CTX_ctrl(in, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_bytes), tag) == 1;
    if (!ready) return library_failed();
    if (EVP_DecryptFinal_ex(in, tag, &ignored) != 1) return fail(error_code::corrupt, "the block does not bear its own tag");
    return {};
}

}  // namespace brygga::encryption::detail
