// Writes ZIP archives that are the same bytes each time they are made (print-batch.md 2.3): stored members in the order given,
// one time for all, and nothing that an archive can do without: no data descriptors, extra fields, comments, ZIP64 or folders.
//
//     archive::zip_writer out(to, *archive::dos_time_of(local));
//     if (auto added = out.add("manifest.xml", bytes); !added) return added;
//     return out.finish();
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::archive {

// A time of the clock in steps of two seconds, as members have it.
struct dos_time {
    std::uint16_t day{}, clock{};

    [[nodiscard]] bool operator==(const dos_time&) const = default;
};

// What the clock shows, as if it were UTC; odd seconds are rounded down. Nothing outside of 1980 to 2107.
[[nodiscard]] std::optional<dos_time> dos_time_of(std::chrono::sys_seconds clock) noexcept;

// Beyond these an archive would need ZIP64.
inline constexpr std::uint64_t most_zip_members = 65'534;
inline constexpr std::uint64_t most_zip_bytes = 0xFFFF'FFFE;

struct zip_write_limits {
    std::uint64_t members = most_zip_members;  // no more than most_zip_members
    std::uint64_t bytes = most_zip_bytes;      // of the whole archive, no more than most_zip_bytes
};

// The bytes of each member must be at hand at once, for its check sum stands before them; only the directory is kept in memory.
class zip_writer {
 public:
    zip_writer(std::function<void(std::string_view)> to, dos_time at, const zip_write_limits& within = {});
    zip_writer(const zip_writer&) = delete;
    zip_writer& operator=(const zip_writer&) = delete;

    // Fails with invalid_argument for a name that is no relative path of [A-Za-z0-9._-] between single '/', with already_exists
    // for one that came before, in whatever capitals, with limit_exceeded beyond the limits. What failed has written nothing.
    [[nodiscard]] result<void> add(std::string_view name, std::string_view bytes);
    // The directory. Without it there is no archive. Nothing may be added behind.
    [[nodiscard]] result<void> finish();

    [[nodiscard]] std::uint64_t size() const noexcept { return written_; }  // bytes so far

 private:
    struct entry {
        std::string name;
        std::uint32_t check_sum{}, size{}, offset{};
    };
    void write(std::string_view bytes);
    [[nodiscard]] std::string shared_fields(const entry& item) const;

    std::function<void(std::string_view)> to_;
    dos_time at_;
    zip_write_limits within_;
    std::vector<entry> entries_;
    std::unordered_set<std::string> names_;  // in small letters
    std::uint64_t written_ = 0;
    std::uint64_t directory_ = 0;  // bytes of it so far
    bool finished_ = false;
};

}  // namespace brygga::archive
