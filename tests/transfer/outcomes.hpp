// Shorthand for tests that talk to a server.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "connectors/transfer/remote_files.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::transfer::test {

using files_handle = std::unique_ptr<remote_files>;

// What must have worked, or throws.
template <class T>
T must(outcome<T> value) {
    if (!value) throw std::runtime_error(std::string(info(value.error().what).name) + ": " + value.error().text);
    if constexpr (!std::is_void_v<T>) return std::move(*value);
}

// Of what must have failed.
template <class T>
[[nodiscard]] fault fault_of(const outcome<T>& value) {
    return value ? throw std::runtime_error("no fault") : value.error().what;
}

inline std::string get(remote_files& from, const std::string& path, std::uint64_t offset = 0) {
    auto in = must(from.read(path, offset));
    std::string bytes;
    std::array<char, 10'000> part;
    while (const std::size_t got = must(in->read(part)))
        bytes.append(part.data(), got);
    return bytes;
}

// Bytes that repeat nowhere near.
inline std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t state = 1;
    for (char& each : bytes)
        each = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
    return bytes;
}

// What a failed comparison can print.
inline std::map<std::string, std::string> hashed(std::map<std::string, std::string> files) {
    for (auto& [name, bytes] : files)
        bytes = sha256_hex(bytes);
    return files;
}

}  // namespace brygga::transfer::test
