// E-mail addresses, as far as we send to them (RFC 5322 section 3.4.1, RFC 6531): a dot-atom at a domain name. Quoted local parts
// and address literals are refused: no customer has one, and software disagrees on them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace brygga::mail {

inline constexpr std::size_t max_local_part_bytes = 64,
                             max_address_bytes = 254;  // RFC 5321 section 4.5.3.1, and its erratum 1690

// Why it is no address, without the address itself; empty when it is one. UTF-8 is taken on both sides of the @.
[[nodiscard]] std::string fault_of_address(std::string_view address);

// Whether it can only be written in UTF-8, so that each server on the way must know SMTPUTF8.
[[nodiscard]] bool needs_utf8(std::string_view address) noexcept;

}  // namespace brygga::mail
