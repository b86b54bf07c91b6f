// What a server writes about its files. Internal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/transfer/fault.hpp"
#include "connectors/transfer/remote_files.hpp"

namespace brygga::https::detail {

// [{"name": "a.xml", "size": 1234, "modified": 1795176000}, ...]; other members are nobody's business. A name that leads
// elsewhere is none of a file in this folder and is left out.
[[nodiscard]] transfer::outcome<std::vector<transfer::remote_entry>> read_listing(std::string_view text);

// The SHA-256 in a Repr-Digest (RFC 9530 section 3) or Digest (RFC 3230) header, as 64 lower-case digits. Empty when there is
// none; bad_answer when there is one that is not 32 bytes in base64.
[[nodiscard]] transfer::outcome<std::string> read_digest(std::string_view header);

// The header's value for a hash of 64 digits.
[[nodiscard]] std::string digest_of(std::string_view sha256);

}  // namespace brygga::https::detail
