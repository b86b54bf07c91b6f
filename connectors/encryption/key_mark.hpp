// FOLDER/keys/<id>: an encrypted file without content for each key that was ever used in the folder. A key that does not open its
// mark is another one under the same id: it is found out before anything is encrypted with it, and not a year later.
#pragma once

#include <filesystem>
#include <string_view>

#include "connectors/encryption/key.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "formats/core/result.hpp"

namespace brygga::encryption {

// Of one key; success when it has left no mark yet. invalid_config when it is not the one that did.
[[nodiscard]] result<void> check_key_mark(filedrop::file_system& files, const std::filesystem::path& folder,
                                          const named_key& key);

// Durable when it returns. Harmless to repeat, and by two processes at once when `writer` differs: the first one's stays, and
// the other's key must open it.
[[nodiscard]] result<void> leave_key_mark(filedrop::file_system& files, const std::filesystem::path& folder, const named_key& key,
                                          std::string_view writer);

}  // namespace brygga::encryption
