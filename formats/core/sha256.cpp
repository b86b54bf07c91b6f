#include "formats/core/sha256.hpp"

#include <cassert>

#include <openssl/evp.h>

namespace brygga {

struct sha256::state {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const EVP_MD* algorithm = EVP_sha256();

    void begin() {
        [[maybe_unused]] const int done = EVP_DigestInit_ex(context, algorithm, nullptr);
        assert(done == 1 && "OpenSSL has SHA-256");
    }
};

sha256::sha256() : state_(std::make_unique<state>()) {
    state_->begin();
}

sha256::~sha256() {
    EVP_MD_CTX_free(state_->context);
}

void sha256::add(std::string_view bytes) {
    [[maybe_unused]] const int done = EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
    assert(done == 1);
}

std::array<std::uint8_t, 32> sha256::bytes() {
    std::array<std::uint8_t, 32> digest{};
    unsigned size = 0;
    [[maybe_unused]] const int done = EVP_DigestFinal_ex(state_->context, digest.data(), &size);
    assert(done == 1 && size == digest.size());
    state_->begin();
    return digest;
}

std::string sha256::hex() {
    constexpr std::string_view alphabet = "0123456789abcdef";
    std::string out;
    for (const std::uint8_t each : bytes()) {
        out += alphabet[each >> 4u];
        out += alphabet[each & 15u];
    }
    return out;
}

std::string sha256_hex(std::string_view bytes) {
    sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

}  // namespace brygga
