// Delivered files kept byte for byte under their own hash. A folder today; the interface leaves room for an object store.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/encryption/key.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/core/result.hpp"

namespace brygga::intake {

// An encrypted original whose key is missing or another one is invalid_config everywhere; the text names the key's id.
class original_store {
 public:
    virtual ~original_store() = default;
    // Keeps the bytes of `from`; durable when it returns. Harmless to repeat, and by two processes at once; `key` (a claim
    // id) must differ between writers. Errors: busy when the bytes are not (or no longer) those of `is`, no_space before
    // anything is written when the copy would not leave min_free_bytes, otherwise what the system said.
    [[nodiscard]] virtual result<void> keep(const std::filesystem::path& from, const fingerprint& is, std::string_view key) = 0;
    // not_found when it was never kept; corrupt when it no longer holds the bytes of `is`: it is read once to know. One that
    // is encrypted is in memory, whole, as long as the source lives (encryption/memory_file.hpp).
    [[nodiscard]] virtual result<byte_source> open(const fingerprint& is) = 0;
    // That open() would succeed, with one block in memory.
    [[nodiscard]] virtual result<void> prove(const fingerprint& is) = 0;
    // Whether anything lies in its place; its bytes are not looked at.
    [[nodiscard]] virtual result<bool> is_kept(const fingerprint& is) = 0;
    // The ledger must know why before. Gone when it returns, and perhaps back when the machine loses power then; nothing there is
    // success. Errors: invalid_argument for what is no hash, otherwise what the system said.
    [[nodiscard]] virtual result<void> remove(const fingerprint& is) = 0;
};

// Room that a copy leaves for the ledger, receipts and the log.
inline constexpr std::uint64_t min_free_bytes = std::uint64_t{16} << 20;

// FOLDER/<first two digits>/<sha256>; a copy is written under FOLDER/tmp/<key>, verified while it is written, made durable
// and renamed. It is encrypted when the ring has a current key (encryption/encrypted_file.hpp); plain and encrypted ones are
// read side by side.
[[nodiscard]] std::unique_ptr<original_store> open_folder_store(filedrop::file_system& files, std::filesystem::path folder,
                                                                encryption::key_ring keys = {});

// The keys as they are now, each the one that was used in the folder before. Errors: those of encryption::read_keys and
// encryption::check_key_mark.
[[nodiscard]] result<encryption::key_ring> read_original_keys(filedrop::file_system& files, const std::filesystem::path& folder,
                                                              const std::optional<encryption::key_settings>& keys);
// The store with them.
[[nodiscard]] result<std::unique_ptr<original_store>> open_originals(filedrop::file_system& files,
                                                                     const std::filesystem::path& folder,
                                                                     const std::optional<encryption::key_settings>& keys);

// What lies in the folder by its names.
struct kept_names {
    std::vector<std::string> sha256s;  // sorted
    std::uint64_t strange{};           // names that no original has
};
[[nodiscard]] result<kept_names> list_originals(filedrop::file_system& files, const std::filesystem::path& folder);

// Held by whoever rewrites or removes originals: one process at a time. Fails with busy at once.
[[nodiscard]] result<std::unique_ptr<filedrop::open_file>> lock_originals(filedrop::file_system& files,
                                                                          const std::filesystem::path& folder);

}  // namespace brygga::intake
