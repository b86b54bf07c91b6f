// A partner's file server as the pipelines use it, behind an interface that a test can make fail at any call (STYLE 11).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "connectors/transfer/fault.hpp"

namespace brygga::transfer {

struct remote_facts {
    bool regular = false;  // no folder, link or device
    std::uint64_t size_bytes{};
    std::int64_t modified_s{};  // since 1970, the server's clock
    std::string sha256{};       // as the server tells it, 64 lower-case digits; empty when it does not
};

// As far as one can see without reading. A hash counts when both have one.
[[nodiscard]] bool same_version(const remote_facts& a, const remote_facts& b) noexcept;

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

// How a file gets there whole, one of two ways.
// First: it grows under one name, and gets another when all of it is there.
class staged_upload {
 public:
    virtual ~staged_upload() = default;
    // For writing from `offset` on; 0 makes the file, or empties what is there.
    [[nodiscard]] virtual outcome<std::unique_ptr<remote_writer>> write(const std::string& path, std::uint64_t offset) = 0;
    // Some servers replace `to`, others refuse: the caller looks first.
    [[nodiscard]] virtual outcome<void> rename(const std::string& from, const std::string& to) = 0;
};

// Second: the server takes all of it under its name in one request, or nothing.
class whole_upload {
 public:
    virtual ~whole_upload() = default;
    // Called before each part is sent; after the `last` the server has all bytes. What it fails with ends the upload, and put()
    // fails with it. Called once for an empty file.
    using before_part = std::function<outcome<void>(bool last)>;
    // The hash that the server tells of what it took; empty when it tells none. Faults: name_taken when the name is not free, and
    // nothing was touched; unanswered when the server may have taken the file. After any other it has not. `sha256` of the bytes
    // is told to the server.
    [[nodiscard]] virtual outcome<std::string> put(const std::string& path, std::string_view bytes, const std::string& sha256,
                                                   const before_part& before) = 0;
};

using upload_way = std::variant<staged_upload*, whole_upload*>;

inline constexpr std::size_t max_remote_entries = 100'000;  // in one folder: too_large beyond

// Paths are the server's, folders separated by a slash.
class remote_files {
 public:
    virtual ~remote_files() = default;
    // In no order. not_found when there is no such folder.
    [[nodiscard]] virtual outcome<std::vector<remote_entry>> list(const std::string& folder) = 0;
    // Of the name itself: a link is not followed. Nothing when the name is free.
    [[nodiscard]] virtual outcome<std::optional<remote_facts>> facts(const std::string& path) = 0;
    // For reading from `offset` on.
    [[nodiscard]] virtual outcome<std::unique_ptr<remote_reader>> read(const std::string& path, std::uint64_t offset) = 0;
    [[nodiscard]] virtual outcome<void> remove(const std::string& path) = 0;
    // Never null; lives as long as this.
    [[nodiscard]] virtual upload_way uploads() noexcept = 0;
};

// Of all its bytes, as 64 lower-case digits.
[[nodiscard]] outcome<std::string> sha256_of(remote_files& from, const std::string& path);

// "in" and "a.txt" make "in/a.txt"; an empty folder is where the login leads.
[[nodiscard]] std::string joined(std::string_view folder, std::string_view name);

}  // namespace brygga::transfer
