#include "formats/core/sha256.hpp"

#include <cassert>

#include <openssl/evp.h>

namespace brygga {

namespace {

// Looked up once: a look-up by name costs as much as hashing a kilobyte.
const EVP_MD* algorithm() {
    static EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    assert(fetched != nullptr && "OpenSSL has SHA-256");
    return fetched;
}

}  // namespace

struct sha256::state {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    bool begun = false;

    void begin() {
        if (begun) return;
        [[maybe_unused]] const int done = EVP_DigestInit_ex2(context, algorithm(), nullptr);
        assert(done == 1);
        begun = true;
    }
};

sha256::sha256() : state_(std::make_unique<state>()) {}

sha256::~sha256() {
    EVP_MD_CTX_free(state_->context);
}

void sha256::add(std::string_view bytes) {
    state_->begin();
    [[maybe_unused]] const int done = EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
    assert(done == 1);
}

std::array<std::uint8_t, 32> sha256::bytes() {
    state_->begin();
    std::array<std::uint8_t, 32> digest{};
    unsigned size = 0;
    [[maybe_unused]] const int done = EVP_DigestFinal_ex(state_->context, digest.data(), &size);
    assert(done == 1 && size == digest.size());
    state_->begun = false;
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
