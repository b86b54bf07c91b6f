#pragma once

#include <csignal>
#include <ctime>
#include <stop_token>
#include <thread>

namespace brygga::command {

// Asks for a stop at the first SIGINT or SIGTERM: the file that is being booked is finished, a transfer is
// cut, and the rest waits for the next start.
class stop_on_signal {
 public:
    stop_on_signal() {
        ::sigemptyset(&signals_);
        ::sigaddset(&signals_, SIGINT);
        ::sigaddset(&signals_, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
        waiter_ = std::jthread([this](const std::stop_token& over) {
            const timespec a_moment{0, 200'000'000};
            while (!over.stop_requested())
                if (::sigtimedwait(&signals_, nullptr, &a_moment) > 0) stop_.request_stop();
        });
    }
    [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
    sigset_t signals_{};
    std::stop_source stop_;
    std::jthread waiter_;
};

}  // namespace brygga::command
