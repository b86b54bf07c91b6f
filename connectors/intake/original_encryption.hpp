// Encrypting what lies among the originals with the current key: the first time, and when a key is replaced.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/encryption/key.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "formats/core/result.hpp"

namespace brygga::intake {

namespace step {
inline constexpr std::string_view original_encrypted = "original-encrypted";  // durable beside the old one, under another name
inline constexpr std::string_view original_proved = "original-proved";        // read back, with the hash that it must have
inline constexpr std::string_view original_replaced = "original-replaced";    // the old one is gone, its folder not yet durable
}  // namespace step

// In the order in which one original passes them.
inline constexpr std::array<std::string_view, 3> encryption_steps = {step::original_encrypted, step::original_proved,
                                                                     step::original_replaced};

inline constexpr std::size_t max_encryption_faults = 20;  // told one by one

struct encryption_outcome {
    std::uint64_t encrypted{};        // were plain
    std::uint64_t renewed{};          // were encrypted with an older key
    std::uint64_t current{};          // were encrypted with the current key
    std::uint64_t strange{};          // names that no original has: left as they are
    std::uint64_t faults_total{};     // could not be rewritten: left as they are
    std::vector<std::string> faults;  // of these, the first max_encryption_faults
};

// Every original in the folder, one by one: written anew beside the old one, made durable, read back, and only then renamed over
// it. Cut off anywhere, each original is there, whole, as the old one or the new one; the next call goes on. Intakes and readers
// may work meanwhile, if they have the current key too. One original's fault does not stop the others.
// `at_step` may be empty. Errors: invalid_argument when the ring has no current key, busy when another process is at it, what
// the system says of the folder itself.
[[nodiscard]] result<encryption_outcome> encrypt_originals(filedrop::file_system& files, const std::filesystem::path& folder,
                                                           const encryption::key_ring& keys,
                                                           const std::function<void(std::string_view step)>& at_step);

}  // namespace brygga::intake
