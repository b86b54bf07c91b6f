#include "mapping/ledger/sqlite/log_head.hpp"

#include <array>
#include <cerrno>
#include <charconv>
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

// The temporary file, locked: who has it is the only one who replaces the head. Another may have renamed the one that was
// waited for, so it is looked at again.
result<descriptor> lock_temporary(const std::filesystem::path& path) {
    while (true) {
        descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only));
        if (file.number() < 0) return failed("create the head of the ledger's log");
        int locked = ::flock(file.number(), LOCK_EX);
        while (locked != 0 && errno == EINTR)
            locked = ::flock(file.number(), LOCK_EX);
        if (locked != 0) return failed("lock the head of the ledger's log");
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
    if (!heads && heads.error().code == error_code::not_found) return std::optional<std::string>();
    if (!heads) return tl::unexpected(std::move(heads.error()));
    if (const auto known = heads->find(tenant); known != heads->end()) {
        if (known->second.log_no >= now.log_no) return std::optional<std::string>();
        const auto there = contains(known->second);
        if (!there) return tl::unexpected(there.error());
        if (!*there) return std::optional<std::string>();
    }
    heads->insert_or_assign(std::string(tenant), now);
    return std::optional(text_of(*heads));
}

result<void> replace(const std::filesystem::path& path, const std::filesystem::path& temporary, const descriptor& file,
                     std::string_view text) {
    if (::ftruncate(file.number(), 0) != 0) return failed("write the head of the ledger's log");
    if (auto written = write_all(file, text); !written) return written;
    if (::fdatasync(file.number()) != 0) return failed("write the head of the ledger's log");
    if (::rename(temporary.c_str(), path.c_str()) != 0) return failed("replace the head of the ledger's log");
    return {};
}

}  // namespace

std::filesystem::path head_path(const std::string& database_path) {
    return std::filesystem::path(database_path).replace_extension(".head");
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

result<void> make_heads(const std::filesystem::path& path) {
    const descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only));
    if (file.number() < 0 && errno != EEXIST) return failed("create the head of the ledger's log");
    return {};
}

result<void> advance_head(const std::filesystem::path& path, std::string_view tenant, const log_head& now,
                          const std::function<result<bool>(const log_head&)>& contains) {
    const std::filesystem::path temporary = temporary_of(path);
    const auto file = lock_temporary(temporary);
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

}  // namespace brygga::ledger::sqlite
