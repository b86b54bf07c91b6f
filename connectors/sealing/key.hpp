// Seal keys (formats/bankgirot/seal) from where they are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "connectors/filedrop/file_system.hpp"
#include "connectors/secrets/secret.hpp"
#include "formats/bankgirot/seal/key.hpp"
#include "formats/core/result.hpp"

namespace brygga::sealing {

// Everybody can seal with the key that Bankgirot published for tests: it proves nothing in production.
enum class test_key : std::uint8_t { refused, allowed };

// The key as its source has it now, which must give the KVV of the bank's letter where that is known. Errors say what is wrong
// with the source and never what stands in it: invalid_content when it is no key (SEAL-R01), or not that of the KVV (SEAL-R02);
// invalid_argument for the published test key where it is refused; permission_denied when others may read its file; io when
// OpenSSL has no memory; and those of secrets::read.
[[nodiscard]] result<seal::key> read_key(const secrets::secret_source& from, const std::optional<seal::mac>& kvv,
                                         test_key published, filedrop::file_system& files);

}  // namespace brygga::sealing
