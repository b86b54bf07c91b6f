// HMAC-SHA-256 (RFC 2104) under one key.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace brygga::inspection {

class keyed_hash {
 public:
    using digest = std::array<std::uint8_t, 32>;

    explicit keyed_hash(std::string_view key);
    keyed_hash(const keyed_hash&) = delete;
    keyed_hash& operator=(const keyed_hash&) = delete;
    ~keyed_hash();

    [[nodiscard]] digest of(std::string_view message);

 private:
    struct state;
    std::unique_ptr<state> state_;
};

// What stands for a protected person's customer number or facility (protected-identity.md 3.3): "c:0123456789ab".
[[nodiscard]] std::string hashed_id(keyed_hash& hash, std::string_view id);

}  // namespace brygga::inspection
