#include "connectors/transfer/tcp.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace brygga::transfer {

namespace {

using clock = std::chrono::steady_clock;

// Readable once a stop is asked for.
class stop_bell {
 public:
    explicit stop_bell(const std::stop_token& stop)
        : bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), on_stop_(stop, [this] {
              const std::uint64_t once = 1;
              static_cast<void>(::write(bell_.number(), &once, sizeof once));  // cannot fail: it is rung once
          }) {}
    [[nodiscard]] int number() const noexcept { return bell_.number(); }

 private:
    descriptor bell_;
    std::stop_callback<std::function<void()>> on_stop_;
};

// What the system says of a connection that is being made; 0 when it stands, ECANCELED for a stop.
int wait_until_connected(int socket, clock::time_point until, const stop_bell& bell) {
    std::array<pollfd, 2> ready = {pollfd{socket, POLLOUT, 0}, pollfd{bell.number(), POLLIN, 0}};
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now()).count();
        if (left <= 0) return ETIMEDOUT;
        const int found = ::poll(ready.data(), ready.size(), static_cast<int>(std::min<std::int64_t>(left, 1'000'000)));
        if (found < 0 && errno != EINTR) return errno;
        if (found > 0 && ready[1].revents != 0) return ECANCELED;
        if (found > 0) break;
    }
    int why = 0;
    socklen_t size = sizeof why;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &why, &size) != 0 ? errno : why;
}

struct free_addresses {
    void operator()(addrinfo* all) const noexcept { ::freeaddrinfo(all); }
};

int connect_one(const addrinfo& to, clock::time_point until, const stop_bell& bell, descriptor& into) {
    descriptor made(::socket(to.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, to.ai_protocol));
    if (made.number() < 0) return errno;
    if (::connect(made.number(), to.ai_addr, to.ai_addrlen) != 0) {
        if (errno != EINPROGRESS) return errno;
        if (const int why = wait_until_connected(made.number(), until, bell)) return why;
    }
    const int yes = 1;
    // Many small requests wait for each other; and a dead partner is noticed. Neither is needed for a right result.
    static_cast<void>(::setsockopt(made.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes));
    static_cast<void>(::setsockopt(made.number(), SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes));
    into = std::move(made);
    return 0;
}

}  // namespace

fault fault_of_connect(int number) noexcept {
    switch (number) {
        case ECONNREFUSED:
            return fault::refused_connection;
        case ETIMEDOUT:
            return fault::timed_out;
        case ECANCELED:
            return fault::stopped;
        case EMFILE:
        case ENFILE:
        case ENOBUFS:
        case ENOMEM:
            return fault::ours;
        default:
            return fault::unreachable;
    }
}

descriptor& descriptor::operator=(descriptor&& other) noexcept {
    if (this == &other) return *this;
    if (number_ >= 0) ::close(number_);
    number_ = other.release();
    return *this;
}

descriptor::~descriptor() {
    if (number_ >= 0) ::close(number_);
}

int descriptor::release() noexcept {
    return std::exchange(number_, -1);
}

outcome<descriptor> connect_tcp(const std::string& host, std::uint16_t port, std::chrono::milliseconds limit,
                                const std::stop_token& stop) {
    const clock::time_point until = clock::now() + limit;
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
    addrinfo* first = nullptr;
    if (const int why = ::getaddrinfo(host.c_str(), fmt::format("{}", port).c_str(), &wanted, &first); why != 0)
        return failed(fault::name_lookup, fmt::format("no address of the host: {}", ::gai_strerror(why)));
    const std::unique_ptr<addrinfo, free_addresses> all(first);
    const stop_bell bell(stop);
    int why = EHOSTUNREACH;
    for (const addrinfo* each = all.get(); each != nullptr && why != ECANCELED; each = each->ai_next) {
        descriptor made;
        why = connect_one(*each, until, bell, made);
        if (why == 0) return made;
    }
    return failed(fault_of_connect(why), fmt::format("cannot connect to the host: {}", std::generic_category().message(why)));
}

watchdog::watchdog(int connection, std::stop_token stop)
    : connection_(::fcntl(connection, F_DUPFD_CLOEXEC, 0)),
      thread_([this](const std::stop_token& end) { watch(end); }),
      on_stop_(std::move(stop), [this] { bark(fault::stopped); }) {}

watchdog::~watchdog() = default;

void watchdog::expect_within(std::chrono::milliseconds limit) {
    const std::lock_guard hold(lock_);
    deadline_ = clock::now() + limit;
    if (deadline_ < wakes_at_) changed_.notify_all();
}

void watchdog::relax() {
    const std::lock_guard hold(lock_);
    deadline_ = clock::time_point::max();
}

std::optional<fault> watchdog::barked() const {
    const std::lock_guard hold(lock_);
    return barked_;
}

void watchdog::bark(fault why) {
    const std::lock_guard hold(lock_);
    if (barked_) return;
    barked_ = why;
    ::shutdown(connection_.number(), SHUT_RDWR);
}

// Sleeps through requests that are answered in time: it wakes at the deadline that stood when it fell asleep.
void watchdog::watch(const std::stop_token& end) {
    std::unique_lock hold(lock_);
    while (!end.stop_requested() && !barked_) {
        wakes_at_ = deadline_;
        const auto earlier = [this] { return deadline_ < wakes_at_; };
        if (wakes_at_ == clock::time_point::max())
            changed_.wait(hold, end, earlier);
        else
            changed_.wait_until(hold, end, wakes_at_, earlier);
        if (clock::now() < deadline_ || end.stop_requested() || barked_) continue;
        barked_ = fault::timed_out;
        ::shutdown(connection_.number(), SHUT_RDWR);
    }
}

}  // namespace brygga::transfer
