// An HTTPS file server on a loopback port, over OpenSSL, that does what connectors/https/session.hpp describes, and lies when it
// is told to.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <openssl/ssl.h>

#include "connectors/https/session.hpp"
#include "connectors/transfer/tcp.hpp"
#include "tests/transfer/certificates.hpp"

namespace brygga::transfer::test {

enum class lie : std::uint8_t {
    says,         // `answer`, word for word, having done nothing
    claims,       // that it is done, and has done nothing
    halves,       // keeps half of the file, and says that it is done
    garbles,      // keeps other bytes of the same length
    cut_in_body,  // reads half of what is sent
    cut_before,   // reads all of it, does nothing, does not answer
    cut_after,    // does what is asked, does not answer
    cut_in_answer,
    hangs,
};

struct prank {
    std::string method;  // at the next request of this method
    lie how{};
    std::string answer{};
    int times = 1;
};

struct https_server_options {
    certificate shown = test_certificate(made_out::to_server);
    bool wants_certificate = false;  // of the client, signed by the same authority
    int newest_tls = TLS1_3_VERSION;
    std::string authorization{};  // the header that lets in; empty for everybody
    bool tells_hash = false;
    bool has_ranges = true;
};

class https_server {
 public:
    explicit https_server(https_server_options with = {});
    https_server(const https_server&) = delete;
    https_server& operator=(const https_server&) = delete;
    ~https_server();

    // What trusts it. The folder of all is "api".
    [[nodiscard]] https::settings settings() const;
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    // By path below "api": "in/pain.xml".
    [[nodiscard]] std::map<std::string, std::string> files() const;
    void put(const std::string& path, const std::string& bytes);
    void remove(const std::string& path);
    void play(prank next);
    std::function<void(https_server&, const std::string& path)> after_put;  // as a partner that collects does
    [[nodiscard]] int connections() const noexcept { return accepted_; }
    [[nodiscard]] std::vector<std::string> requests() const;  // "PUT in/pain.xml"

 private:
    struct file {
        std::string bytes;
        std::int64_t modified_s{};
    };
    struct request_head;
    class peer;

    void serve();
    void talk(int connection);
    bool answer_one(peer& with);
    std::string done(const request_head& asked, const std::string& body);
    std::string head_of(const file& found) const;
    std::string got(const request_head& asked) const;
    std::string put_here(const request_head& asked, const std::string& body);
    std::string listing(const std::string& folder) const;
    std::optional<prank> prank_for(const std::string& method);

    https_server_options with_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> tls_;
    descriptor listener_;
    std::uint16_t port_ = 0;
    std::atomic<int> accepted_ = 0;
    mutable std::recursive_mutex lock_;
    std::condition_variable_any changed_;
    bool closing_ = false;
    std::map<std::string, file> files_;
    std::vector<prank> pranks_;
    std::vector<std::string> requests_;
    std::vector<int> open_;
    std::vector<std::jthread> talks_;
    std::int64_t clock_s_ = 1'795'176'000;
    std::jthread thread_;
};

}  // namespace brygga::transfer::test
