// Sealing into a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "connectors/filedrop/file_system.hpp"
#include "formats/bankgirot/seal/writer.hpp"
#include "formats/core/result.hpp"

namespace brygga::sealing {

// Writes the sealed file to `to`, which is emptied first, makes it durable, and reads it back from there with our own reader.
// When the data are refused, or anything fails, nothing is left at `to` (as far as the system lets it be removed). Errors: those
// of seal::seal_file; corrupt when what lies there is not what was written; otherwise what the system said.
[[nodiscard]] result<seal::sealed> write_sealed(filedrop::file_system& files, std::string_view data, const seal::key& with,
                                                const seal::seal_options& options, const std::filesystem::path& to);

}  // namespace brygga::sealing
