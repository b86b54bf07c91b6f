// What an HTTPS server answers (RFC 9110 section 15), and why libcurl got no answer, as faults of the transfer.
#pragma once

#include <string_view>

#include "connectors/transfer/fault.hpp"

namespace brygga::https {

// Of an answer that is not the one asked for; a 2xx as such is a bad answer.
[[nodiscard]] transfer::fault fault_of_status(long status) noexcept;

// Of a CURLcode. Debian 12's libcurl (7.88) is sorted: with the header of a newer one the codes that it adds do not compile until
// they are sorted; one that only the loaded library knows is not_supported, and final.
[[nodiscard]] transfer::fault fault_of_code(int code) noexcept;

// Of a code that says little, by what libcurl says in English besides: TLS or the connection failed, which may be an alert that
// our certificate is not taken; or the protocol is not supported, which may be an answer that is no HTTP.
[[nodiscard]] transfer::fault refined(transfer::fault by_code, std::string_view text) noexcept;

}  // namespace brygga::https
