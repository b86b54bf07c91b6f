// AES-256-GCM of the blocks of one file, by OpenSSL. Internal.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <openssl/evp.h>

#include "connectors/encryption/key.hpp"

namespace brygga::encryption::detail {

inline constexpr std::size_t tag_bytes = 16;
inline constexpr std::size_t check_bytes = 16;
inline constexpr std::size_t salt_bytes = 32;

// What HKDF (RFC 5869) with SHA-256 makes of a key and the salt of one file.
struct file_key {
    secret_key key;
    std::array<std::uint8_t, check_bytes> check{};  // tells the key without telling anything about it
};
// io when OpenSSL has no memory.
[[nodiscard]] result<file_key> derive(const secret_key& from, std::span<const std::uint8_t, salt_bytes> salt);

enum class direction : std::uint8_t { encrypt, decrypt };

class block_cipher {
 public:
    [[nodiscard]] static result<block_cipher> make(const secret_key& key, direction way);

    // `block` holds the bytes and room for the tag behind them, which is filled. Each number once under one key.
    [[nodiscard]] result<void> encrypt(std::uint64_t number, bool last, std::string_view bound, std::span<std::uint8_t> block);
    // `block` holds the encrypted bytes and their tag. corrupt when they are not those that were written there: what stands
    // in `block` is then of no use.
    [[nodiscard]] result<void> decrypt(std::uint64_t number, bool last, std::string_view bound, std::span<std::uint8_t> block);

 private:
    struct free_context {
        void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
    };
    using context = std::unique_ptr<EVP_CIPHER_CTX, free_context>;
    explicit block_cipher(context made) noexcept : context_(std::move(made)) {}

    context context_;
};

}  // namespace brygga::encryption::detail
