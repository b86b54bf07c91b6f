// Message authentication codes of the seal (bankgiro-seal.md 3.3): the first 128 bits of HMAC-SHA-256 over normalised bytes
// (3.4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

struct evp_mac_ctx_st;  // of OpenSSL

namespace brygga::seal {

class key;

inline constexpr std::size_t mac_bytes = 16;
inline constexpr std::size_t mac_digits = 2 * mac_bytes;

// Of a file, or of eight zeros: the key verification value (KVV), which names a key without telling anything of it.
struct mac {
    std::array<std::uint8_t, mac_bytes> bytes{};

    [[nodiscard]] std::string text() const;  // upper-case hexadecimal digits, as files have it
    // In constant time.
    [[nodiscard]] friend bool operator==(const mac& one, const mac& other) noexcept { return one.equals(other); }

 private:
    [[nodiscard]] bool equals(const mac& other) const noexcept;
};

// 32 hexadecimal digits of either case; nothing for anything else.
[[nodiscard]] std::optional<mac> parse_mac(std::string_view digits) noexcept;

// The MAC of bytes that come in pieces, however they are cut. CR and LF count for nothing; everything else is normalised as 3.4
// says. Errors are io: OpenSSL has no memory.
class authenticator {
 public:
    [[nodiscard]] static result<authenticator> begin(const key& with);
    [[nodiscard]] result<void> update(std::string_view bytes);
    // Of everything; nothing more can be added.
    [[nodiscard]] result<mac> finish();

 private:
    struct free_context {
        void operator()(evp_mac_ctx_st* context) const noexcept;
    };
    explicit authenticator(std::unique_ptr<evp_mac_ctx_st, free_context> context);
    [[nodiscard]] result<void> hash(std::string_view normalised);

    std::unique_ptr<evp_mac_ctx_st, free_context> context_;
    std::vector<char> block_;  // normalised bytes that wait to be hashed
    std::size_t filled_ = 0;
};

}  // namespace brygga::seal
