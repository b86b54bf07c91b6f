// Delivered files kept byte for byte under their own hash. A folder today; the interface leaves room for an object store.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "connectors/filedrop/file_system.hpp"
#include "connectors/intake/fingerprint.hpp"
#include "formats/core/byte_source.hpp"
#include "formats/core/result.hpp"

namespace brygga::intake {

class original_store {
 public:
    virtual ~original_store() = default;
    // Keeps the bytes of `from`; durable when it returns. Harmless to repeat, and by two processes at once; `key` (a claim
    // id) must differ between writers. Errors: busy when the bytes are not (or no longer) those of `is`, no_space before
    // anything is written when the copy would not leave min_free_bytes, otherwise what the system said.
    [[nodiscard]] virtual result<void> keep(const std::filesystem::path& from, const fingerprint& is, std::string_view key) = 0;
    // not_found when it was never kept; corrupt when it no longer holds the bytes of `is`: it is read once to know.
    [[nodiscard]] virtual result<byte_source> open(const fingerprint& is) = 0;
};

// Room that a copy leaves for the ledger, receipts and the log.
inline constexpr std::uint64_t min_free_bytes = std::uint64_t{16} << 20;

// FOLDER/<first two digits>/<sha256>; a copy is written under FOLDER/tmp/<key>, verified while it is written, made durable
// and renamed.
[[nodiscard]] std::unique_ptr<original_store> open_folder_store(filedrop::file_system& files, std::filesystem::path folder);

}  // namespace brygga::intake
