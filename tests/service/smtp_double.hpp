// A mail server on loopback that takes whatever it gets, and remembers it.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>

namespace brygga::service::test {

class smtp_double {
 public:
    smtp_double();
    smtp_double(const smtp_double&) = delete;
    smtp_double& operator=(const smtp_double&) = delete;
    ~smtp_double();

    [[nodiscard]] int port() const noexcept { return port_; }
    [[nodiscard]] std::string heard() const;
    void refuse_recipients() { refuse_ = true; }

 private:
    void serve();
    void talk(int with);
    [[nodiscard]] std::string answer(const std::string& line, bool& in_text) const;

    int listening_, port_ = 0;
    std::atomic<bool> refuse_{false};
    mutable std::mutex mutex_;
    std::string heard_;
    std::thread thread_;
};

}  // namespace brygga::service::test
