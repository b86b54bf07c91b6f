// A TCP connection within a time, and a watch over it: libraries that wait for an answer for ever are woken by closing the line.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "connectors/transfer/fault.hpp"

namespace brygga::transfer {

// An open file descriptor; closes it.
class descriptor {
 public:
    explicit descriptor(int number = -1) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(other.release()) {}
    descriptor& operator=(descriptor&& other) noexcept;
    ~descriptor();

    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] int release() noexcept;  // the caller closes it

 private:
    int number_;
};

// Of what connect(2) fails with.
[[nodiscard]] fault fault_of_connect(int number) noexcept;

// Tries the addresses of the host one by one, until a stop.
[[nodiscard]] outcome<descriptor> connect_tcp(const std::string& host, std::uint16_t port, std::chrono::milliseconds limit,
                                              const std::stop_token& stop);

// Shuts the connection down when an answer takes too long or a stop is asked for. One per connection; its thread sleeps.
class watchdog {
 public:
    // Keeps a second descriptor of the same connection.
    watchdog(int connection, std::stop_token stop);
    watchdog(const watchdog&) = delete;
    watchdog& operator=(const watchdog&) = delete;
    ~watchdog();

    // The next answer may take so long; each call starts anew.
    void expect_within(std::chrono::milliseconds limit);
    void relax();  // nothing is asked for now

    // Why it shut the connection down: timed_out or stopped; nothing when it did not.
    [[nodiscard]] std::optional<fault> barked() const;

 private:
    void watch(const std::stop_token& end);
    void bark(fault why);

    descriptor connection_;
    mutable std::mutex lock_;
    std::condition_variable_any changed_;
    // time_point::max(): nothing is asked for, nobody to wake.
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
    std::chrono::steady_clock::time_point wakes_at_ = std::chrono::steady_clock::time_point::max();
    std::optional<fault> barked_;
    std::jthread thread_;
    std::stop_callback<std::function<void()>> on_stop_;
};

}  // namespace brygga::transfer
