// The keys that kept originals are encrypted with, as the configuration names them:
//
//     [encryption]
//     current = "2026"                                           # what is kept from now on is encrypted with this key
//     [[encryption.key]]
//     id = "2026"                                                # a-z 0-9 and hyphen; stands in the clear in each encrypted file
//     secret = {credential = "originals-2026"}                   # connectors/secrets/secret.hpp
//     [[encryption.key]]                                         # older ones, for as long as something is encrypted with them
//     id = "2025"
//     secret = {file = "secrets/originals-2025.key"}             # mode 0600, 0400 or 0640: nobody else may read it
//
// A secret is 32 random bytes as 64 hexadecimal digits or in Base64 (44 characters): `openssl rand -hex 32`.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/filedrop/file_system.hpp"
#include "connectors/secrets/secret.hpp"
#include "formats/core/result.hpp"

namespace brygga::encryption {

inline constexpr std::size_t key_bytes = 32;
inline constexpr std::size_t max_key_id_bytes = 32;

// Wiped when it is destroyed.
class secret_key {
 public:
    secret_key() = default;
    secret_key(const secret_key&) = default;
    secret_key& operator=(const secret_key&) = default;
    ~secret_key();

    [[nodiscard]] std::span<std::uint8_t, key_bytes> bytes() noexcept { return bytes_; }
    [[nodiscard]] std::span<const std::uint8_t, key_bytes> bytes() const noexcept { return bytes_; }

 private:
    std::array<std::uint8_t, key_bytes> bytes_{};
};

// Nothing when it is neither of the two notations.
[[nodiscard]] std::optional<secret_key> parse_key(std::string_view text);

struct named_key {
    std::string id;
    secret_key key;
};

struct key_source {
    std::string id;
    secrets::secret_source from;
};

struct key_settings {
    std::string current;           // id of one of them
    std::vector<key_source> keys;  // each id once
};

class key_ring {
 public:
    // Without keys: nothing is encrypted, and nothing that is can be read.
    key_ring() = default;
    key_ring(std::vector<named_key> keys, std::string current) : keys_(std::move(keys)), current_(std::move(current)) {}
    // Null without keys.
    [[nodiscard]] const named_key* current() const noexcept { return find(current_); }
    // Null when it has none of this id.
    [[nodiscard]] const named_key* find(std::string_view id) const noexcept;
    [[nodiscard]] std::span<const named_key> keys() const noexcept { return keys_; }

 private:
    std::vector<named_key> keys_;
    std::string current_;
};

// The key as its source has it now. Errors name the id and say what is wrong with the source, never what stands in it:
// invalid_content when it is no key, permission_denied when others may read its file, and those of secrets::read.
[[nodiscard]] result<named_key> read_key(const key_source& of, filedrop::file_system& files);

// All of them, or the first error: an older key that cannot be read would be missed when it is needed most. Without settings
// a ring without keys.
[[nodiscard]] result<key_ring> read_keys(const std::optional<key_settings>& which, filedrop::file_system& files);

}  // namespace brygga::encryption
