// The seal key (sigillnyckel) that a customer number shares with Bankgirot (bankgiro-seal.md 3.7).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "formats/bankgirot/seal/mac.hpp"
#include "formats/core/result.hpp"

namespace brygga::seal {

// Of the key that Bankgirot published for tests.
[[nodiscard]] mac published_test_kvv() noexcept;

// 16 bytes that nothing prints and that are wiped when they are destroyed. Its KVV is no secret.
class key {
 public:
    // Exactly 32 hexadecimal digits of either case. Errors: invalid_content (SEAL-R01), which never tells what was given;
    // io when OpenSSL has no memory.
    [[nodiscard]] static result<key> from_digits(std::string_view digits);
    // The one that Bankgirot published for tests: everybody can seal with it.
    [[nodiscard]] static result<key> published_test_key();

    key(const key&) = default;
    key& operator=(const key&) = default;
    ~key();

    [[nodiscard]] const mac& kvv() const noexcept { return kvv_; }
    [[nodiscard]] bool is_published_test_key() const noexcept;

 private:
    friend class authenticator;
    key() = default;

    std::array<std::uint8_t, mac_bytes> bytes_{};
    mac kvv_;
};

}  // namespace brygga::seal
