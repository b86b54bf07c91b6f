// HMAC-SHA-256 (RFC 2104) under one key. Internal to mask.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/core/sha256.hpp"

namespace brygga::layout::detail {

class keyed_hash {
 public:
    using digest = std::array<std::uint8_t, 32>;

    explicit keyed_hash(std::string_view key);
    [[nodiscard]] digest of(std::string_view message);

 private:
    sha256 hash_;
    std::string inner_key_, outer_key_;
};

}  // namespace brygga::layout::detail
