#include "connectors/filedrop/watch.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace brygga::filedrop {

namespace {

constexpr std::uint32_t changes = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;

class descriptor {
 public:
    explicit descriptor(int number) noexcept : number_(number) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int get() const noexcept { return number_; }

 private:
    int number_;
};

// What happened is read and forgotten: a look finds it all.
void drain(int from) noexcept {
    std::array<char, 4096> block{};
    while (::read(from, block.data(), block.size()) > 0)
        continue;
}

// Adding a watch again is harmless, and finds folders that were missing or have been replaced. A refusal costs only time:
// the next rescan finds what changed.
void add_watches(int inotify, const std::vector<std::filesystem::path>& folders) noexcept {
    for (const std::filesystem::path& folder : folders)
        (void)::inotify_add_watch(inotify, folder.c_str(), changes | IN_ONLYDIR);
}

}  // namespace

result<void> watch(const std::vector<std::filesystem::path>& folders, std::stop_token stop,
                   const std::function<std::chrono::milliseconds()>& look) {
    constexpr std::chrono::milliseconds longest = std::chrono::hours(24);
    const descriptor inotify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (inotify.get() < 0) return tl::unexpected<error>(system_error(errno, "cannot watch folders"));
    const descriptor stopped(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (stopped.get() < 0) return tl::unexpected<error>(system_error(errno, "cannot watch folders"));
    const std::stop_callback wake(stop, [&stopped] { (void)::eventfd_write(stopped.get(), 1); });
    while (!stop.stop_requested()) {
        add_watches(inotify.get(), folders);
        drain(inotify.get());
        const auto timeout = std::clamp(look(), std::chrono::milliseconds(0), longest);
        std::array<pollfd, 2> on = {pollfd{inotify.get(), POLLIN, 0}, pollfd{stopped.get(), POLLIN, 0}};
        if (::poll(on.data(), on.size(), static_cast<int>(timeout.count())) < 0 && errno != EINTR)
            return tl::unexpected<error>(system_error(errno, "cannot wait for changes"));
    }
    return {};
}

}  // namespace brygga::filedrop
