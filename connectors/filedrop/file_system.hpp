// The file system as the pipelines use it, behind an interface that a test can make fail at any call (STYLE 11).
//
// Error texts name the operation and what the system said, never the path: names of delivered files can hold personal
// data, and texts end in logs. The caller adds what a person needs (claim id, folder of the configuration).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"

namespace brygga::filedrop {

enum class file_kind : std::uint8_t { regular, folder, link, other };

// What stat says; two looks at an undisturbed file are equal.
struct file_facts {
    file_kind kind{};
    std::uint64_t size_bytes{};
    std::int64_t modified_ns{};  // since 1970, the file system's clock
    std::uint64_t device{}, inode{};
    std::uint32_t permissions{};  // the nine bits of user, group and others
    std::int64_t changed_ns{};    // since 1970: written, renamed or given away; unlike modified_ns nobody sets it

    // Whether it is as it was: a rename of ours changes no more than changed_ns.
    [[nodiscard]] bool operator==(const file_facts& other) const noexcept {
        return kind == other.kind && size_bytes == other.size_bytes && modified_ns == other.modified_ns &&
               device == other.device && inode == other.inode && permissions == other.permissions;
    }
};

// An open file. Closes, and releases its lock, when it is destroyed or its process dies.
class open_file {
 public:
    virtual ~open_file() = default;
    // Bytes read, 0 at the end.
    [[nodiscard]] virtual result<std::size_t> read(std::span<char> into) = 0;
    // All of it or an error.
    [[nodiscard]] virtual result<void> write(std::string_view bytes) = 0;
    [[nodiscard]] virtual result<void> sync() = 0;
    // Exclusive and advisory (flock), on the file itself: it stays through a rename. Fails with busy at once when another
    // open file, of this process or another, has it.
    [[nodiscard]] virtual result<void> lock() = 0;
    [[nodiscard]] virtual result<file_facts> facts() = 0;
    // Mode 0644 whatever the umask: for what holds no personal data.
    [[nodiscard]] virtual result<void> let_everybody_read() = 0;
};

class file_system {
 public:
    virtual ~file_system() = default;
    // Names in a folder, sorted by bytes, without "." and "..".
    [[nodiscard]] virtual result<std::vector<std::string>> list(const std::filesystem::path& folder) = 0;
    // Of the name itself: a link is not followed. not_found when there is nothing.
    [[nodiscard]] virtual result<file_facts> facts(const std::filesystem::path& path) = 0;
    // For reading. Never waits for a pipe's writer and does not follow a link (io).
    [[nodiscard]] virtual result<std::unique_ptr<open_file>> open(const std::filesystem::path& path) = 0;
    // For writing; empties what is there. Mode 0640 less the umask.
    [[nodiscard]] virtual result<std::unique_ptr<open_file>> create(const std::filesystem::path& path) = 0;
    // For writing behind what is there; makes the file when there is none.
    [[nodiscard]] virtual result<std::unique_ptr<open_file>> append(const std::filesystem::path& path) = 0;
    // Never replaces: already_exists when `to` is there.
    [[nodiscard]] virtual result<void> rename_new(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
    // Replaces `to` in one step.
    [[nodiscard]] virtual result<void> rename_over(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
    [[nodiscard]] virtual result<void> remove(const std::filesystem::path& path) = 0;
    // With its parents; a folder that is there already is success.
    [[nodiscard]] virtual result<void> make_folder(const std::filesystem::path& path) = 0;
    // Makes the names in a folder durable.
    [[nodiscard]] virtual result<void> sync_folder(const std::filesystem::path& folder) = 0;
    // Bytes that this process may still write on the file system of `path`.
    [[nodiscard]] virtual result<std::uint64_t> free_bytes(const std::filesystem::path& path) = 0;
};

// The machine's own.
[[nodiscard]] file_system& posix_file_system();

enum class if_there : std::uint8_t { replace, refuse };
enum class readers : std::uint8_t { our_group, everybody };

// Writes under `.NAME.KEY.tmp` beside `path`, makes it durable and renames it to `path` (refuse: already_exists); the
// folder too is durable afterwards. The same key writes to the same temporary name, so that a repetition after a crash
// leaves nothing behind.
[[nodiscard]] result<void> write_durably(file_system& files, const std::filesystem::path& path, std::string_view key,
                                         std::string_view bytes, if_there then, readers who = readers::our_group);

// Held until it is destroyed or its process dies. The file is made when there is none, and stays. Fails with busy at once.
[[nodiscard]] result<std::unique_ptr<open_file>> take_lock(file_system& files, const std::filesystem::path& path);

// The whole file; limit_exceeded when it is larger.
[[nodiscard]] result<std::string> read_all(file_system& files, const std::filesystem::path& path, std::size_t limit_bytes);

// False for not_found; other errors stay errors.
[[nodiscard]] result<bool> exists(file_system& files, const std::filesystem::path& path);

// Durable move that never replaces: rename_new, then both folders made durable.
[[nodiscard]] result<void> move_durably(file_system& files, const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace brygga::filedrop
