// One kept original, plain or encrypted, read and written block by block. Internal.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/encryption/encrypted_file.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "connectors/intake/fingerprint.hpp"

namespace brygga::intake::detail {

// FOLDER/<first two digits>/<sha256>
[[nodiscard]] std::filesystem::path place_of(const std::filesystem::path& folder, std::string_view sha256);

class kept_reader {
 public:
    // Errors: not_found, those of encryption::reader, what the system says.
    [[nodiscard]] static result<kept_reader> begin(filedrop::file_system& files, const std::filesystem::path& path,
                                                   std::string_view sha256, const encryption::key_ring& keys);
    [[nodiscard]] bool is_encrypted() const noexcept { return decrypted_.has_value(); }
    // Plain bytes, valid until the next call; nothing at the end.
    [[nodiscard]] result<std::string_view> next();

 private:
    explicit kept_reader(std::unique_ptr<filedrop::open_file> file) : file_(std::move(file)) {}

    std::unique_ptr<filedrop::open_file> file_;
    std::string head_;  // of a plain file, until it is read
    std::vector<char> block_;
    std::optional<encryption::reader> decrypted_;
};

// Of the plain bytes, to the end.
[[nodiscard]] result<fingerprint> fingerprint_of(kept_reader& from);

// Fails with no_space when an original of this size would not leave min_free_bytes in the folder.
[[nodiscard]] result<void> leave_room(filedrop::file_system& files, const std::filesystem::path& folder,
                                      std::uint64_t size_bytes);

// The plain bytes of `from`, a delivered file or a kept one, under the name `to`, durable: encrypted when there is a key. busy
// when they are not those of `is`.
[[nodiscard]] result<void> write_kept(filedrop::file_system& files, kept_reader from, const std::filesystem::path& to,
                                      const fingerprint& is, const encryption::named_key* key);

}  // namespace brygga::intake::detail
