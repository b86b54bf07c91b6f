#include "tools/brygga/terminal.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "formats/inspection/printable.hpp"

namespace brygga::command {

namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} << 10;
constexpr std::size_t large_file_bytes = std::size_t{32} << 20;

int write_all(int descriptor, std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

// Read by the signal handler, which can neither allocate nor format.
std::array<char, 600> shortened_message{};
std::size_t shortened_size = 0;

extern "C" void on_bus_error(int) {
    static_cast<void>(!::write(2, shortened_message.data(), shortened_size));
    ::_exit(2);
}

}  // namespace

void standard_output::write(std::string_view bytes) {
    if (buffer_.size() + bytes.size() > buffer_bytes) flush();
    if (bytes.size() < buffer_bytes) {
        buffer_ += bytes;
        return;
    }
    if (const int failed = write_all(descriptor_, bytes); failed != 0) throw output_failure{failed};
}

void standard_output::flush() {
    const int failed = write_all(descriptor_, buffer_);
    buffer_.clear();
    if (failed != 0) throw output_failure{failed};
}

std::string counted(std::uint64_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

bool colours_wanted() {
    const char* const refused = std::getenv("NO_COLOR");
    const char* const terminal = std::getenv("TERM");
    if (refused != nullptr && *refused != '\0') return false;
    if (terminal == nullptr || std::string_view(terminal) == "dumb") return false;
    return ::isatty(1) == 1;
}

progress::progress(std::string name, std::size_t size)
    : name_(inspection::printable(name)), size_(size), visible_(size >= large_file_bytes && ::isatty(2) == 1) {}

progress::~progress() {
    if (visible_ && shown_percent_ <= 100) static_cast<void>(write_all(2, "\r\x1B[K"));
}

void progress::at(std::size_t offset) {
    if (!visible_) return;
    const auto percent = static_cast<unsigned>(offset / (size_ / 100));
    if (percent == shown_percent_) return;
    shown_percent_ = std::min(percent, 100u);
    static_cast<void>(write_all(2, fmt::format("\r{}: {} %\x1B[K", name_, shown_percent_)));
}

void prepare_process() {
    for (const int descriptor : {0, 1, 2})
        if (::fcntl(descriptor, F_GETFD) < 0)
            static_cast<void>(::open("/dev/null", O_RDONLY));  // writing to it fails, as it should
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGCHLD, SIG_DFL);  // a parent that ignores it would keep from us how our children end
    reading("a file");
    struct sigaction action {};
    action.sa_handler = on_bus_error;
    ::sigaction(SIGBUS, &action, nullptr);
}

void reading(std::string_view name) {
    const std::string text = fmt::format("brygga: cannot read {}: it was shortened, or its disk failed, while it was read\n",
                                         inspection::printable(name.substr(0, 400)));
    shortened_size = std::min(text.size(), shortened_message.size());
    std::memcpy(shortened_message.data(), text.data(), shortened_size);
}

}  // namespace brygga::command
