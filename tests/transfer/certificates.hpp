// Certificates for tests, each made by openssl when it is first asked for: no key lies in the repository.
#pragma once

#include <cstdint>
#include <filesystem>

namespace brygga::transfer::test {

struct certificate {
    std::filesystem::path chain, key;  // PEM
};

enum class made_out : std::uint8_t {
    to_authority,  // has signed all below but those that signed themselves
    to_server,     // at 127.0.0.1
    to_other_host,
    in_the_past,  // to the server, expired
    by_itself,    // to the server, self-signed
    to_client,
    to_client_locked,  // the same, its key under the passphrase "secret"
    to_stranger,       // a client, self-signed
};

// Of one process; gone at its end.
[[nodiscard]] const certificate& test_certificate(made_out how);

}  // namespace brygga::transfer::test
