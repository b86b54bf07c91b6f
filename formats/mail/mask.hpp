// Personal data of a message replaced by other of its kind, each at its place (DESIGN section 5).
#pragma once

#include <string_view>

#include "formats/format.hpp"

namespace brygga::mail {

// Words and numbers of headers and texts are replaced under the key: addresses, names, subjects. What says what became of the
// message stays: boundaries, types, dates, Message-IDs of ours, actions, statuses and codes. What is encoded as base64 is
// blanked, so that a text bounce in base64 says nothing any more. No line changes its size.
void mask(std::string_view bytes, std::string_view key, const output& to);

// Whether the value of a header or field, its name in small letters, tells nothing of persons.
[[nodiscard]] bool is_open_header(std::string_view name) noexcept;

}  // namespace brygga::mail
