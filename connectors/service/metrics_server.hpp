// Gives the newest metrics to who asks on this machine: GET /metrics.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "formats/core/result.hpp"

namespace brygga::service {

// The newest page; written by one thread, read by others.
class metrics_page {
 public:
    void set(std::string text);
    [[nodiscard]] std::string get() const;

 private:
    mutable std::mutex mutex_;
    std::string text_;
};

// Answers from when it is opened until it is destroyed, in a thread of its own. `page` must outlive it.
class metrics_server {
 public:
    // Of 127.0.0.1; `port` 0: any free one. Fails with busy when it is taken.
    [[nodiscard]] static result<std::unique_ptr<metrics_server>> open(std::uint16_t port, const metrics_page& page);
    metrics_server(const metrics_server&) = delete;
    metrics_server& operator=(const metrics_server&) = delete;
    ~metrics_server();

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    // Until a stop. Fails when it does not answer any more.
    [[nodiscard]] result<void> wait(std::stop_token stop);

 private:
    struct state;
    metrics_server(std::unique_ptr<state> made, std::uint16_t port);
    [[nodiscard]] bool ended() const;

    std::unique_ptr<state> state_;
    std::uint16_t port_;
};

}  // namespace brygga::service
