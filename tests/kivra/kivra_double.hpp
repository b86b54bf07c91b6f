// Kivra's sender API on a loopback port over TLS, as kivra.md describes it: logins, tenants, matches, content with duplicate
// control and limits, errors; and failures when it is told to.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "connectors/kivra/client.hpp"

namespace httplib {
class SSLServer;
struct Request;
struct Response;
}  // namespace httplib

namespace brygga::kivra::test {

enum class trouble : std::uint8_t {
    refuses,      // with `status` and `body`, having done nothing
    hangs,        // does what is asked, and answers when nobody waits any more
    half_answer,  // does what is asked, and cuts its answer
    no_key,       // does what is asked, and forgets the key
    retains,      // says that it keeps it for later
};

struct planned {
    std::string path;  // the end of the path that it is for
    trouble how{};
    int status = 0;
    std::string body{};
    std::string retry_after{};
    int times = 1;
};

inline constexpr const char* tenant = "1551a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8";

class kivra_double {
 public:
    explicit kivra_double(client::clock now);
    kivra_double(const kivra_double&) = delete;
    kivra_double& operator=(const kivra_double&) = delete;
    ~kivra_double();

    [[nodiscard]] client_settings settings() const;
    void plan(planned next);
    void revoke_tokens();

    // Whom it knows: identity numbers, e-mail addresses and VAT numbers.
    std::set<std::string> mailboxes{"191212121212", "SE556000461501"};
    std::chrono::seconds token_life{28'800};
    bool codes_as_text = false;
    std::size_t contents_in_a_minute = 50;

    struct letter {
        std::string recipient, key;
        int times = 1;  // that it came
    };
    [[nodiscard]] std::vector<letter> delivered() const;
    [[nodiscard]] std::vector<std::string> requests() const;  // "POST /v1/auth"

 private:
    void log_in(const httplib::Request& asks, httplib::Response& answer);
    void match(const httplib::Request& asks, httplib::Response& answer);
    void take(const httplib::Request& asks, httplib::Response& answer);
    bool comes_in(const httplib::Request& asks, httplib::Response& answer);
    void refuse(httplib::Response& answer, int code, const std::string& retry_after = {}) const;
    std::optional<planned> trouble_for(const std::string& path);
    void spoil(const planned& by, httplib::Response& answer);

    client::clock now_;
    std::unique_ptr<httplib::SSLServer> server_;
    int port_ = 0;
    mutable std::mutex lock_;
    std::condition_variable closing_changed_;
    bool closing_ = false;
    std::vector<planned> plans_;
    std::vector<std::string> requests_;
    std::map<std::string, std::chrono::sys_seconds> tokens_;  // until when
    std::map<std::string, letter> letters_;                   // by content without generated_at
    std::map<std::string, std::deque<std::chrono::sys_seconds>> minute_;
    int count_ = 0;
    std::jthread thread_;
};

}  // namespace brygga::kivra::test
