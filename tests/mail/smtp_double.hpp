// A mail server on loopback (RFC 5321): it takes what it gets, remembers it, and answers otherwise where a test says so.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/transfer/certificates.hpp"

namespace brygga::mail::test {

enum class sealed : std::uint8_t { never, by_starttls, at_once };

class smtp_double {
 public:
    struct taken {
        std::string from, to, text;  // as it was sent, without the stuffing of dots
    };

    explicit smtp_double(sealed how = sealed::never, transfer::test::made_out shown = transfer::test::made_out::to_server);
    smtp_double(const smtp_double&) = delete;
    smtp_double& operator=(const smtp_double&) = delete;
    ~smtp_double();

    [[nodiscard]] int port() const noexcept { return port_; }

    static constexpr const char* cut = "";  // as an answer: the connection ends without one
    static constexpr const char* silence = "silence";
    static constexpr const char* lost = "lost";  // of ".": it has taken the message, and the connection ends without an answer
    // To the next lines that begin so ("RCPT"; "." is the end of a message; "connect" the connection itself), in place of what
    // would be answered; other plans of them come after.
    void plan(std::string command, std::string answer, int times = 1);
    // AUTH PLAIN with these and nothing before it.
    void ask_for(std::string user, std::string password);

    [[nodiscard]] std::vector<taken> messages() const;
    [[nodiscard]] std::vector<std::string> commands() const;  // of all connections
    [[nodiscard]] std::string heard() const;                  // the same, and the messages' lines
    [[nodiscard]] int connections() const;

 private:
    class line;
    struct planned {
        std::string command, answer;
        int times;
    };
    struct conversation {
        taken now;
        bool is_at_login = false, is_known = false;
    };

    void serve();
    void talk(int with);
    bool take_text(line& with, std::string& into);
    std::string answer(const std::string& said, conversation& at);
    std::string planned_for(const std::string& said, std::string usual);

    sealed how_;
    std::shared_ptr<void> context_;  // SSL_CTX
    int listening_, port_ = 0;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool closing_ = false;
    int connections_ = 0;
    std::string login_, heard_;
    std::vector<planned> plans_;
    std::vector<taken> messages_;
    std::vector<std::string> commands_;
    std::thread thread_;
};

}  // namespace brygga::mail::test
