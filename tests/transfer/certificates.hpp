// Certificates for tests, made by openssl when they are first asked for: no key lies in the repository.
#pragma once

#include <filesystem>

namespace brygga::transfer::test {

struct certificate {
    std::filesystem::path chain, key;  // PEM
};

// Of one process; gone at its end.
struct certificates {
    std::filesystem::path authority;  // has signed all but the self-signed and the stranger
    certificate server;               // for 127.0.0.1
    certificate other_host, expired, self_signed;
    certificate client, stranger;
    std::filesystem::path locked_key;  // the client's, under the passphrase "secret"
};

[[nodiscard]] const certificates& test_certificates();

}  // namespace brygga::transfer::test
