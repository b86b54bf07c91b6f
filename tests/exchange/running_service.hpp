// brygga run as a process of its own, for two companies and one bank.
#pragma once

#include <functional>
#include <string>

#include <sys/types.h>

#include "tests/exchange/two_companies.hpp"

namespace brygga::exchange::test {

// True when it came true within a time in which everything does.
[[nodiscard]] bool soon(const std::function<bool()>& holds);

class process {
 public:
    // `before` is done in the new process before it becomes brygga.
    explicit process(
        const std::filesystem::path& folder, const std::function<void()>& before = [] {});
    process(const process&) = delete;
    process& operator=(const process&) = delete;
    ~process();

    [[nodiscard]] pid_t id() const noexcept { return id_; }
    void signal(int which) const;
    // Exit status, or 128 + signal.
    int end(int with);

 private:
    pid_t id_;
};

class running_service : public two_companies {
 protected:
    [[nodiscard]] std::string log() const { return content("brygga.log"); }
    // Empty when there is none.
    [[nodiscard]] std::string content(const std::string& name) const;
    [[nodiscard]] bool logged(const std::string& what) const { return says("brygga.log", what); }
    [[nodiscard]] bool says(const std::string& name, const std::string& what) const;
    // In the configuration, before the first company; `more` is added at its end.
    void configure_top(const std::string& top, const std::string& more = {});
};

}  // namespace brygga::exchange::test
