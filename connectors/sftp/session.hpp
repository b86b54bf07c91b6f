// One SFTP connection to a partner's server, over libssh.
//
//     auto server = brygga::sftp::connect({.host = "sftp.example.se", .user = "energi", .host_keys = {"SHA256:..."}, ...}, stop);
//     auto entries = (*server)->list("out");
//
// libssh and not libcurl: Debian 12's libcurl stands on a libssh2 that signs with an RSA key by SHA-1 only, which OpenSSH has
// refused since 8.8, and it tells neither the size of a remote file nor why a server said no.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/transfer/fault.hpp"
#include "connectors/transfer/remote_files.hpp"

namespace brygga::sftp {

struct settings {
    std::string host;
    std::uint16_t port = 22;
    std::string user;
    // "SHA256:" and 43 characters of base64, as `ssh-keygen -lf` prints them. Several while a partner changes its key; never
    // none: a key that is not among them ends the connection before the user is named.
    std::vector<std::string> host_keys;
    std::filesystem::path key_file;  // private key; empty for none
    std::string passphrase;          // of the key file
    std::string password;            // empty for none; asked for after the key when the server wants both
    std::chrono::milliseconds connect_within{20'000};
    std::chrono::milliseconds answer_within{60'000};  // each answer
};

// "SHA256:" and 43 characters of base64.
[[nodiscard]] bool is_fingerprint(std::string_view text) noexcept;

// Not thread-safe: one connection, one thread. A stop ends what is waited for (fault::stopped).
[[nodiscard]] transfer::outcome<std::unique_ptr<transfer::remote_files>> connect(const settings& with, std::stop_token stop);

}  // namespace brygga::sftp
