#include "connectors/encryption/memory_file.hpp"

#include <cerrno>
#include <utility>

#include <sys/mman.h>
#include <unistd.h>

namespace brygga::encryption {

namespace {

// What /proc shows of it.
constexpr const char* shown_name = "brygga-original";

tl::unexpected<error> no_memory() {
    return tl::unexpected<error>(system_error(errno, "cannot keep the decrypted file in memory"));
}

}  // namespace

memory_file::memory_file(memory_file&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

memory_file::~memory_file() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

result<memory_file> memory_file::create() {
    const int descriptor = ::memfd_create(shown_name, MFD_CLOEXEC);
    if (descriptor < 0) return no_memory();
    return memory_file(descriptor);
}

result<void> memory_file::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return no_memory();
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

result<byte_source> memory_file::bytes() const {
    return byte_source::from_descriptor(descriptor_, "the decrypted file");
}

}  // namespace brygga::encryption
