// SHA-256 over fields, each written with its length, so that no two lists of fields give the same bytes.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/evp.h>

namespace brygga::ledger::sqlite {

using hash_bytes = std::array<std::uint8_t, 32>;

[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string to_hex(const hash_bytes& hash);
[[nodiscard]] inline std::string_view as_view(const hash_bytes& hash) noexcept {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

class digest {
 public:
    digest();
    digest(const digest& other);
    digest& operator=(const digest& other);
    digest(digest&&) noexcept = default;
    digest& operator=(digest&&) noexcept = default;
    ~digest() = default;

    digest& add(std::string_view field);
    digest& add(std::int64_t field);
    digest& add_nothing();  // NULL: neither an empty text nor a number
    digest& add(char field) { return add(std::string_view(&field, 1)); }

    // The hash of everything added; the digest starts again from nothing.
    [[nodiscard]] hash_bytes finish();

 private:
    struct free_context {
        void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
    };
    void restart();
    void flush();

    std::unique_ptr<EVP_MD_CTX, free_context> context_;
    std::string pending_;  // small fields are gathered: a call into the library costs more than hashing them
};

}  // namespace brygga::ledger::sqlite
