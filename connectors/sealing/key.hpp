// Seal keys (formats/bankgirot/seal) from where they are kept, as the configuration names them:
//
//     [[tenant.seal_key]]
//     customer = "471117"                              # the customer number that the bank issued the key to
//     secret = {file = "secrets/seal-471117.key"}      # connectors/secrets/secret.hpp; mode 0600, 0400 or 0640
//     kvv = "1C53FD715A183AC598D3FEF45719C96F"         # from the same letter
//     valid_from = "2026-12-01"                        # two keys may overlap while a key changes
//
// What is sent is sealed with the customer's key of the day; what comes is verified with whichever key its KVV names.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/filedrop/file_system.hpp"
#include "connectors/secrets/secret.hpp"
#include "formats/bankgirot/seal/key.hpp"
#include "formats/core/date.hpp"
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

struct key_settings {
    std::string customer;
    secrets::secret_source from;
    seal::mac kvv;
    std::optional<date> valid_from, valid_until;  // both included; for sealing only

    [[nodiscard]] bool is_valid_on(date day) const noexcept;
};

// The same of a key of the configuration; its KVV names it in errors, all of which are invalid_config: they are of the moment.
[[nodiscard]] result<seal::key> read_key(const key_settings& of, test_key published, filedrop::file_system& files);

// All of them or the first error: a file that is sealed with the one that is missing would pass for one of an unknown key.
[[nodiscard]] result<std::vector<seal::key>> read_keys(std::span<const key_settings> all, test_key published,
                                                       filedrop::file_system& files);

// With which the customer's files of this day are sealed: of those that are valid then the one that became so last. Null when
// there is none.
[[nodiscard]] const key_settings* key_of_day(std::span<const key_settings> all, std::string_view customer, date day) noexcept;

}  // namespace brygga::sealing
