// What a field of a file can tell about a person; decides masking.
#pragma once

#include <cstdint>

namespace brygga {

// own_account is the file owner's: no secret in a finding, but replaced when a file is masked to be shared.
enum class privacy : std::uint8_t { open, name, address, identity, account, own_account, reference, free_text };

}  // namespace brygga
