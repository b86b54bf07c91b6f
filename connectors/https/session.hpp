// A partner's file server over HTTPS, by libcurl.
//
//     auto server = brygga::https::connect({.url = "https://files.bank.example/api", .token = "...", ...}, stop);
//     auto entries = (*server)->list("out");
//
// File services of banks and print shops have no standard in common. What is spoken here is plain HTTP/1.1 (RFC 9110):
//
//     PUT URL/FOLDER/NAME      If-None-Match: *, Repr-Digest: 2xx when all of it is there under its name and was not before,
//                              412 when the name is taken; whole or not at all
//     HEAD URL/FOLDER/NAME     Content-Length, Last-Modified, and Repr-Digest (RFC 9530) or Digest (RFC 3230) if it can
//     GET URL/FOLDER/NAME      Range: bytes=N-, if it can
//     GET URL/FOLDER/          [{"name": "a.xml", "size": 1234, "modified": 1795176000}, ...], files only, modified as seconds
//                              since 1970 and the same as Last-Modified
//     DELETE URL/FOLDER/NAME
//
// TLS 1.2 or later, always verified; redirections are not followed, the environment's proxies not used.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "connectors/transfer/fault.hpp"
#include "connectors/transfer/remote_files.hpp"

namespace brygga::https {

struct settings {
    std::string url;                // without user, query and fragment
    std::filesystem::path ca_file;  // the authorities that may have signed the server's certificate; the system's if empty
    std::filesystem::path certificate_file;  // ours, for servers that want one; with key_file
    std::filesystem::path key_file;
    std::string passphrase;      // of the key file
    std::string user, password;  // of HTTP Basic; empty for none
    std::string token;           // bearer; empty for none
    std::chrono::milliseconds connect_within{20'000};
    std::chrono::milliseconds answer_within{60'000};  // between any two signs of life
};

inline constexpr std::size_t max_listing_bytes = std::size_t{32} << 20;  // of one folder: too_large beyond

// Why it is no address for settings::url; empty when it is one.
[[nodiscard]] std::string fault_of_url(const std::string& url);

// Asks for the url itself, so that a server that cannot be reached, trusted or logged in to is known before a file is at stake.
// Not thread-safe: one connection, one thread. A stop ends what is waited for (fault::stopped).
[[nodiscard]] transfer::outcome<std::unique_ptr<transfer::remote_files>> connect(const settings& with, std::stop_token stop);

}  // namespace brygga::https
