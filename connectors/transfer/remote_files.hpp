// A partner's file server as the pipelines use it, behind an interface that a test can make fail at any call (STYLE 11).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/transfer/fault.hpp"

namespace brygga::transfer {

struct remote_facts {
    bool regular = false;  // no folder, link or device
    std::uint64_t size_bytes{};
    std::int64_t modified_s{};  // since 1970, the server's clock

    [[nodiscard]] bool operator==(const remote_facts&) const noexcept = default;
};

struct remote_entry {
    std::string name;  // without folder, never "." or "..", never with a slash
    remote_facts facts;
};

class remote_writer {
 public:
    virtual ~remote_writer() = default;
    // All of it or an error.
    [[nodiscard]] virtual outcome<void> write(std::string_view bytes) = 0;
    // Makes durable what the server can make durable, and closes. Without it the file may be short.
    [[nodiscard]] virtual outcome<void> finish() = 0;
};

class remote_reader {
 public:
    virtual ~remote_reader() = default;
    // Bytes read, 0 at the end.
    [[nodiscard]] virtual outcome<std::size_t> read(std::span<char> into) = 0;
};

inline constexpr std::size_t max_remote_entries = 100'000;  // in one folder: too_large beyond

// Paths are the server's, folders separated by a slash.
class remote_files {
 public:
    virtual ~remote_files() = default;
    // In no order. not_found when there is no such folder.
    [[nodiscard]] virtual outcome<std::vector<remote_entry>> list(const std::string& folder) = 0;
    // Of the name itself: a link is not followed. Nothing when the name is free.
    [[nodiscard]] virtual outcome<std::optional<remote_facts>> facts(const std::string& path) = 0;
    // For writing from `offset` on; 0 makes the file, or empties what is there.
    [[nodiscard]] virtual outcome<std::unique_ptr<remote_writer>> write(const std::string& path, std::uint64_t offset) = 0;
    // For reading from `offset` on.
    [[nodiscard]] virtual outcome<std::unique_ptr<remote_reader>> read(const std::string& path, std::uint64_t offset) = 0;
    // Some servers replace `to`, others refuse: the caller looks first.
    [[nodiscard]] virtual outcome<void> rename(const std::string& from, const std::string& to) = 0;
    [[nodiscard]] virtual outcome<void> remove(const std::string& path) = 0;
};

// Of all its bytes, as 64 lower-case digits.
[[nodiscard]] outcome<std::string> sha256_of(remote_files& from, const std::string& path);

// "in" and "a.txt" make "in/a.txt"; an empty folder is where the login leads.
[[nodiscard]] std::string joined(std::string_view folder, std::string_view name);

}  // namespace brygga::transfer
