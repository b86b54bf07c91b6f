#include "mapping/ledger/sqlite/log_head.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mapping/ledger/sqlite/digest.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr mode_t owner_only = 0600;
constexpr std::size_t max_head_file = std::size_t{1} << 20;
constexpr std::size_t hash_digits = 2 * sizeof(hash_bytes);
constexpr auto lock_retry = std::chrono::milliseconds(10);

class descriptor {
 public:
    explicit descriptor(int number) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&&) = delete;
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const noexcept { return number_; }

 private:
    int number_;
};

tl::unexpected<error> failed(std::string_view action) {
    return tl::unexpected(system_error(errno, action));
}

result<std::string> text_of(const std::filesystem::path& path) {
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return failed("open the head of the ledger's log");
    std::string text;
    std::array<char, 4096> block{};
    while (text.size() <= max_head_file) {
        const ssize_t got = ::read(file.number(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed("read the head of the ledger's log");
        if (got == 0) break;
        text.append(block.data(), static_cast<std::size_t>(got));
    }
    return text;
}

result<void> write_all(const descriptor& file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t put = ::write(file.number(), text.data(), text.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return failed("write the head of the ledger's log");
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
}

std::filesystem::path temporary_of(const std::filesystem::path& path) {
    return path.string() + ".tmp";
}

// So that whoever may read or replace the head still may afterwards. Only root gives files away; others may give them to a
// group of theirs.
result<void> take_access(const descriptor& file, const struct stat& like) {
    constexpr mode_t mode_bits = 07777;
    struct stat mine {};
    if (::fstat(file.number(), &mine) != 0) return failed("look at the head of the ledger's log");
    const bool differs = mine.st_uid != like.st_uid || mine.st_gid != like.st_gid;
    if (differs && ::fchown(file.number(), like.st_uid, like.st_gid) != 0) {
        if (::geteuid() == 0) return failed("give the head of the ledger's log to its owner");
        [[maybe_unused]] const int given = ::fchown(file.number(), static_cast<uid_t>(-1), like.st_gid);
    }
    if (::fchmod(file.number(), like.st_mode & mode_bits) != 0) return failed("set the mode of the head of the ledger's log");
    return {};
}

// flock() itself waits without end: a process that was stopped while it held the lock would stop every writer.
result<void> lock(const descriptor& file, std::chrono::steady_clock::time_point give_up) {
    while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        if (errno != EWOULDBLOCK) return failed("lock the head of the ledger's log");
        if (std::chrono::steady_clock::now() >= give_up)
            return fail(error_code::busy, "another process is replacing the head of the ledger's log");
        std::this_thread::sleep_for(lock_retry);
    }
    return {};
}

// The temporary file, locked: who has it is the only one who replaces the head. Another may have renamed the one that was
// waited for, so it is looked at again.
result<descriptor> lock_temporary(const std::filesystem::path& path, int wait_ms) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
    while (true) {
        descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only));
        if (file.number() < 0) return failed("create the head of the ledger's log");
        if (auto locked = lock(file, give_up); !locked) return tl::unexpected(std::move(locked.error()));
        struct stat mine {};
        struct stat there {};
        if (::fstat(file.number(), &mine) != 0) return failed("look at the head of the ledger's log");
        if (::stat(path.c_str(), &there) == 0 && there.st_ino == mine.st_ino && there.st_dev == mine.st_dev) return file;
    }
}

std::string text_of(const log_heads& heads) {
    std::string text;
    for (const auto& [tenant, head] : heads)
        text += fmt::format("{} {} {}\n", head.log_no, head.hash, tenant);
    return text;
}

// What the file says after this head has been reached; nothing when it stays as it is.
result<std::optional<std::string>> advanced(const std::filesystem::path& path, std::string_view tenant, const log_head& now,
                                            const std::function<result<bool>(const log_head&)>& contains) {
    auto heads = read_heads(path);
    if (!heads) return tl::unexpected(std::move(heads.error()));
    if (const auto known = heads->find(tenant); known != heads->end()) {
        const auto there = contains(known->second);
        if (!there) return tl::unexpected(there.error());
        if (!*there)
            return fail(error_code::conflict,
                        fmt::format("the head names row {} of the log, which the ledger does not have", known->second.log_no));
        if (known->second.log_no >= now.log_no) return std::optional<std::string>();
    }
    heads->insert_or_assign(std::string(tenant), now);
    return std::optional(text_of(*heads));
}

// Without it the rename may be lost with the power, though not before the commit: the head would only lag behind.
result<void> flush_folder_of(const std::filesystem::path& path) {
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0 || ::fsync(opened.number()) != 0) return failed("flush the folder of the ledger's log head");
    return {};
}

result<void> replace(const std::filesystem::path& path, const std::filesystem::path& temporary, const descriptor& file,
                     std::string_view text) {
    struct stat before {};
    if (::stat(path.c_str(), &before) != 0) return failed("look at the head of the ledger's log");
    if (::ftruncate(file.number(), 0) != 0) return failed("write the head of the ledger's log");
    if (auto taken = take_access(file, before); !taken) return taken;
    if (auto written = write_all(file, text); !written) return written;
    if (::fdatasync(file.number()) != 0) return failed("write the head of the ledger's log");
    if (::rename(temporary.c_str(), path.c_str()) != 0) return failed("replace the head of the ledger's log");
    return flush_folder_of(path);
}

result<void> advance(const std::filesystem::path& path, std::string_view tenant, const log_head& now, int wait_ms,
                     const std::function<result<bool>(const log_head&)>& contains) {
    const std::filesystem::path temporary = temporary_of(path);
    const auto file = lock_temporary(temporary, wait_ms);
    if (!file) return tl::unexpected(file.error());
    const auto text = advanced(path, tenant, now, contains);
    result<void> done;
    if (!text)
        done = tl::unexpected(text.error());
    else if (*text)
        done = replace(path, temporary, *file, **text);
    if (!done || !*text) ::unlink(temporary.c_str());  // while it is locked: who waits for it looks again
    return done;
}

// What somebody can do about a head that could not be kept.
std::string remedy_for(error_code code, const std::filesystem::path& path) {
    switch (code) {
        case error_code::not_found:
        case error_code::corrupt:
            return "put it back from a backup, or make it an empty file to start anew from here";
        case error_code::conflict:
            return "the log was cut or an older ledger restored: verify the ledger, and empty the file when it is explained";
        case error_code::permission_denied:
            return fmt::format(
                "let the user of this process write {0} and {0}.tmp, and the folder; the next commit keeps it again",
                path.string());
        case error_code::invalid_argument:
        case error_code::invalid_config:
        case error_code::invalid_content:
        case error_code::limit_exceeded:
        case error_code::already_exists:
        case error_code::no_space:
        case error_code::busy:
        case error_code::io:
            return "the next commit keeps it again when this has passed";
    }
    return {};
}

}  // namespace

std::filesystem::path head_path(const std::string& database_path) {
    return database_path + ".head";  // NAME.db and NAME.txt beside each other have two heads
}

result<log_heads> read_heads(const std::filesystem::path& path) {
    auto text = text_of(path);
    if (!text) return tl::unexpected(std::move(text.error()));
    const auto unreadable = [] { return fail(error_code::corrupt, "the head of the ledger's log is not what was written"); };
    if (text->size() > max_head_file) return unreadable();
    log_heads heads;
    for (std::string_view rest = *text; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) return unreadable();
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        log_head head;
        const auto number = std::from_chars(line.data(), line.data() + line.size(), head.log_no);
        const auto digits = static_cast<std::size_t>(number.ptr - line.data());
        if (number.ec != std::errc() || line.size() < digits + hash_digits + 3) return unreadable();
        head.hash = line.substr(digits + 1, hash_digits);
        if (line[digits] != ' ' || line[digits + 1 + hash_digits] != ' ') return unreadable();
        heads.insert_or_assign(std::string(line.substr(digits + hash_digits + 2)), std::move(head));
    }
    return heads;
}

result<void> make_heads(const std::filesystem::path& path, const std::string& database_path) {
    const descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only));
    if (file.number() < 0 && errno == EEXIST) return {};
    if (file.number() < 0) return failed("create the head of the ledger's log");
    struct stat database {};
    if (::stat(database_path.c_str(), &database) != 0) return failed("look at the ledger's database");
    return take_access(file, database);
}

result<void> advance_head(const std::filesystem::path& path, std::string_view tenant, const log_head& now, int wait_ms,
                          const std::function<result<bool>(const log_head&)>& contains) {
    auto done = advance(path, tenant, now, wait_ms, contains);
    if (done) return done;
    const error& why = done.error();
    return fail(why.code, fmt::format("{} was not kept: {}; {}", path.string(), why.text, remedy_for(why.code, path)));
}

}  // namespace brygga::ledger::sqlite
