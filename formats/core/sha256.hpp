// SHA-256 of bytes that come in pieces: fingerprints of files, identities of records, links of a hash chain.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace brygga {

class sha256 {
public:
    sha256();
    sha256(const sha256&) = delete;
    sha256& operator=(const sha256&) = delete;
    ~sha256();

    void add(std::string_view bytes);
    // The digest of all bytes added; the object then begins anew.
    [[nodiscard]] std::array<std::uint8_t, 32> bytes();
    [[nodiscard]] std::string hex();  // as 64 lower-case digits

private:
    struct state;
    std::unique_ptr<state> state_;
};

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace brygga
