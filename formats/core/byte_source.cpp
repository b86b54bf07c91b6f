#include "formats/core/byte_source.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace brygga {

namespace {

constexpr std::size_t spool_block_bytes = std::size_t{1} << 20;

class descriptor_owner {
 public:
    explicit descriptor_owner(int descriptor) noexcept : descriptor_(descriptor) {}
    descriptor_owner(descriptor_owner&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    descriptor_owner& operator=(descriptor_owner&&) = delete;
    ~descriptor_owner() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int get() const noexcept { return descriptor_; }

 private:
    int descriptor_;
};

tl::unexpected<error> read_failure(int error_number, std::string_view name) {
    return tl::unexpected<error>(system_error(error_number, fmt::format("cannot read {}", name)));
}

tl::unexpected<error> spool_failure(int error_number, std::string_view name) {
    return tl::unexpected<error>(
        system_error(error_number, fmt::format("cannot keep the bytes of {} in a temporary file", name)));
}

// A file that only its descriptor reaches: nothing is left behind when the process dies.
result<descriptor_owner> unnamed_file(std::string_view name) {
    std::string path = std::string(P_tmpdir) + "/brygga-spool-XXXXXX";
    descriptor_owner file(::mkostemp(path.data(), O_CLOEXEC));
    if (file.get() < 0 || ::unlink(path.c_str()) != 0) return spool_failure(errno, name);
    return file;
}

bool write_all(int descriptor, const char* data, std::size_t size) noexcept {
    while (size != 0) {
        const ssize_t written = ::write(descriptor, data, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        data += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

// Copies to the end of `from`; the number of bytes.
result<std::uint64_t> spool(int from, int to, std::string_view name, std::uint64_t limit_bytes) {
    std::vector<char> block(spool_block_bytes);
    std::uint64_t total = 0;
    for (;;) {
        const ssize_t got = ::read(from, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return read_failure(errno, name);
        if (got == 0) return total;
        total += static_cast<std::uint64_t>(got);
        if (total > limit_bytes)
            return fail(error_code::limit_exceeded, fmt::format("{} is larger than {} bytes", name, limit_bytes));
        if (!write_all(to, block.data(), static_cast<std::size_t>(got))) return spool_failure(errno, name);
    }
}

}  // namespace

result<byte_source> byte_source::open(const std::filesystem::path& path) {
    const descriptor_owner file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return read_failure(errno, path.string());
    return from_descriptor(file.get(), path.string());
}

result<byte_source> byte_source::from_descriptor(int descriptor, std::string_view name, std::uint64_t spool_limit_bytes) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return read_failure(errno, name);
    if (S_ISDIR(status.st_mode)) return fail(error_code::invalid_argument, fmt::format("cannot read {}: it is a folder", name));
    if (S_ISREG(status.st_mode)) return map(descriptor, static_cast<std::uint64_t>(status.st_size), name);
    const result<descriptor_owner> file = unnamed_file(name);
    if (!file) return tl::unexpected<error>(file.error());
    const result<std::uint64_t> size = spool(descriptor, file->get(), name, spool_limit_bytes);
    if (!size) return tl::unexpected<error>(size.error());
    return map(file->get(), *size, name);
}

result<byte_source> byte_source::map(int descriptor, std::uint64_t size, std::string_view name) {
    if (size == 0) return byte_source("", 0);
    static_assert(sizeof(std::size_t) == sizeof(std::uint64_t), "a file may be larger than 4 GB");
    const auto length = static_cast<std::size_t>(size);
    void* const address = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (address == MAP_FAILED) return read_failure(errno, name);
    ::madvise(address, length, MADV_SEQUENTIAL);  // advice: a refusal changes nothing but speed
    return byte_source(static_cast<const char*>(address), length);
}

void byte_source::unmap() noexcept {
    if (size_ != 0) ::munmap(const_cast<char*>(data_), size_);
}

byte_source::byte_source(byte_source&& other) noexcept
    : data_(std::exchange(other.data_, "")), size_(std::exchange(other.size_, 0)), released_(std::exchange(other.released_, 0)) {}

byte_source& byte_source::operator=(byte_source&& other) noexcept {
    if (this == &other) return *this;
    unmap();
    data_ = std::exchange(other.data_, "");
    size_ = std::exchange(other.size_, 0);
    released_ = std::exchange(other.released_, 0);
    return *this;
}

byte_source::~byte_source() {
    unmap();
}

void byte_source::release_before(std::size_t offset) noexcept {
    if (offset > size_) offset = size_;
    if (offset < released_) released_ = offset / release_block_bytes * release_block_bytes;  // a new pass begins here
    if (offset - released_ < release_block_bytes) return;
    const std::size_t passed = (offset - released_) / release_block_bytes * release_block_bytes;
    ::madvise(const_cast<char*>(data_) + released_, passed, MADV_DONTNEED);  // advice: a refusal costs only memory
    released_ += passed;
}

}  // namespace brygga
