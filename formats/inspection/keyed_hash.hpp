// HMAC-SHA-256 (RFC 2104) under one key. Internal to mask.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
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

}  // namespace brygga::inspection
