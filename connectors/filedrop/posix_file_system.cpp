#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "connectors/filedrop/file_system.hpp"

namespace brygga::filedrop {

namespace {

constexpr mode_t new_file_mode = 0640;
constexpr mode_t everybodys_file_mode = 0644;
constexpr mode_t new_folder_mode = 0750;
constexpr std::int64_t ns_per_second = 1'000'000'000;

tl::unexpected<error> last_error(std::string_view action) {
    return tl::unexpected<error>(system_error(errno, action));
}

file_facts facts_of(const struct stat& status) {
    file_facts facts;
    if (S_ISREG(status.st_mode))
        facts.kind = file_kind::regular;
    else if (S_ISDIR(status.st_mode))
        facts.kind = file_kind::folder;
    else if (S_ISLNK(status.st_mode))
        facts.kind = file_kind::link;
    else
        facts.kind = file_kind::other;
    facts.size_bytes = static_cast<std::uint64_t>(status.st_size);
    facts.modified_ns = std::int64_t{status.st_mtim.tv_sec} * ns_per_second + status.st_mtim.tv_nsec;
    facts.changed_ns = std::int64_t{status.st_ctim.tv_sec} * ns_per_second + status.st_ctim.tv_nsec;
    facts.device = status.st_dev;
    facts.inode = status.st_ino;
    facts.permissions = status.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
    return facts;
}

class posix_file final : public open_file {
 public:
    explicit posix_file(int descriptor) noexcept : descriptor_(descriptor) {}
    posix_file(const posix_file&) = delete;
    posix_file& operator=(const posix_file&) = delete;
    ~posix_file() override { ::close(descriptor_); }

    result<std::size_t> read(std::span<char> into) override {
        for (;;) {
            const ssize_t got = ::read(descriptor_, into.data(), into.size());
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno != EINTR) return last_error("cannot read the file");
        }
    }

    result<void> write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return last_error("cannot write the file");
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }

    result<void> sync() override {
        if (::fsync(descriptor_) != 0) return last_error("cannot make the file durable");
        return {};
    }

    result<void> lock() override {
        while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) return fail(error_code::busy, "the file is locked by somebody else");
            if (errno != EINTR) return last_error("cannot lock the file");
        }
        return {};
    }

    result<file_facts> facts() override {
        struct stat status {};
        if (::fstat(descriptor_, &status) != 0) return last_error("cannot look at the open file");
        return facts_of(status);
    }

    result<void> let_everybody_read() override {
        if (::fchmod(descriptor_, everybodys_file_mode) != 0) return last_error("cannot let everybody read the file");
        return {};
    }

 private:
    int descriptor_;
};

class folder_reader {
 public:
    explicit folder_reader(const std::filesystem::path& folder) : stream_(::opendir(folder.c_str())) {}
    folder_reader(const folder_reader&) = delete;
    folder_reader& operator=(const folder_reader&) = delete;
    ~folder_reader() {
        if (stream_ != nullptr) ::closedir(stream_);
    }
    [[nodiscard]] DIR* get() const noexcept { return stream_; }

 private:
    DIR* stream_;
};

// Where the file system cannot rename without replacing (NFS): a second name, then the first one goes. When an earlier
// attempt was cut off between the two, both names are the same file.
result<void> link_and_unlink(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::link(from.c_str(), to.c_str()) != 0) {
        if (errno != EEXIST) return last_error("cannot rename the file");
        struct stat old_name {};
        struct stat new_name {};
        if (::lstat(from.c_str(), &old_name) != 0) return last_error("cannot rename the file");
        if (::lstat(to.c_str(), &new_name) != 0) return last_error("cannot rename the file");
        if (old_name.st_dev != new_name.st_dev || old_name.st_ino != new_name.st_ino)
            return tl::unexpected<error>(system_error(EEXIST, "cannot rename the file"));
    }
    if (::unlink(from.c_str()) != 0) return last_error("cannot rename the file");
    return {};
}

class posix_files final : public file_system {
 public:
    result<std::vector<std::string>> list(const std::filesystem::path& folder) override {
        const folder_reader reader(folder);
        if (reader.get() == nullptr) return last_error("cannot list the folder");
        std::vector<std::string> names;
        for (;;) {
            errno = 0;
            const dirent* const entry = ::readdir(reader.get());
            if (entry == nullptr) break;
            const std::string_view name = entry->d_name;
            if (name != "." && name != "..") names.emplace_back(name);
        }
        if (errno != 0) return last_error("cannot list the folder");
        std::sort(names.begin(), names.end());
        return names;
    }

    result<file_facts> facts(const std::filesystem::path& path) override {
        struct stat status {};
        if (::lstat(path.c_str(), &status) != 0) return last_error("cannot look at the file");
        return facts_of(status);
    }

    result<std::unique_ptr<open_file>> open(const std::filesystem::path& path) override {
        return opened(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, "cannot open the file");
    }

    result<std::unique_ptr<open_file>> create(const std::filesystem::path& path) override {
        return opened(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, "cannot create the file");
    }

    result<std::unique_ptr<open_file>> append(const std::filesystem::path& path) override {
        return opened(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, "cannot write to the file");
    }

    result<void> rename_new(const std::filesystem::path& from, const std::filesystem::path& to) override {
        if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
        if (errno == EINVAL || errno == ENOSYS) return link_and_unlink(from, to);
        return last_error("cannot rename the file");
    }

    result<void> rename_over(const std::filesystem::path& from, const std::filesystem::path& to) override {
        if (::rename(from.c_str(), to.c_str()) != 0) return last_error("cannot rename the file");
        return {};
    }

    result<void> remove(const std::filesystem::path& path) override {
        if (::unlink(path.c_str()) != 0) return last_error("cannot remove the file");
        return {};
    }

    result<void> make_folder(const std::filesystem::path& path) override {
        std::filesystem::path sofar;
        for (const std::filesystem::path& part : path) {
            sofar /= part;
            if (::mkdir(sofar.c_str(), new_folder_mode) == 0 || errno == EEXIST) continue;
            // A parent on a file system that we may not write is no fault when it is there.
            const int refused = errno;
            struct stat status {};
            if (::stat(sofar.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) continue;
            return tl::unexpected<error>(system_error(refused, "cannot make the folder"));
        }
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0) return last_error("cannot make the folder");
        if (!S_ISDIR(status.st_mode)) return fail(error_code::already_exists, "cannot make the folder: a file has that name");
        return {};
    }

    result<void> sync_folder(const std::filesystem::path& folder) override {
        const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0) return last_error("cannot make the folder durable");
        const posix_file closes(descriptor);
        // Some file systems cannot sync a folder and say so with EINVAL: there is nothing more to do on them.
        if (::fsync(descriptor) != 0 && errno != EINVAL) return last_error("cannot make the folder durable");
        return {};
    }

    result<std::uint64_t> free_bytes(const std::filesystem::path& path) override {
        struct statvfs status {};
        if (::statvfs(path.c_str(), &status) != 0) return last_error("cannot ask for free space");
        return std::uint64_t{status.f_bavail} * status.f_frsize;
    }

 private:
    static result<std::unique_ptr<open_file>> opened(const std::filesystem::path& path, int flags, std::string_view action) {
        const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, new_file_mode);
        if (descriptor < 0) return last_error(action);
        return std::make_unique<posix_file>(descriptor);
    }
};

}  // namespace

file_system& posix_file_system() {
    static posix_files instance;
    return instance;
}

}  // namespace brygga::filedrop
