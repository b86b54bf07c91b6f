#include "tests/service/smtp_double.hpp"

#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace brygga::service::test {

smtp_double::smtp_double() : listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    auto* const address = reinterpret_cast<sockaddr*>(&here);
    if (::bind(listening_, address, size) != 0 || ::listen(listening_, 4) != 0 || ::getsockname(listening_, address, &size) != 0)
        throw std::runtime_error("no port for the mail server");
    port_ = ntohs(here.sin_port);
    thread_ = std::thread([this] { serve(); });
}

smtp_double::~smtp_double() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
}

std::string smtp_double::heard() const {
    const std::lock_guard guard(mutex_);
    return heard_;
}

void smtp_double::serve() {
    for (;;) {
        const int with = ::accept(listening_, nullptr, nullptr);
        if (with < 0) return;
        talk(with);
        ::close(with);
    }
}

std::string smtp_double::answer(const std::string& line, bool& in_text) const {
    if (in_text && line != ".") return {};
    if (std::exchange(in_text, false)) return "250 taken\r\n";
    if (line.starts_with("RCPT") && refuse_) return "550 nobody here\r\n";
    in_text = line == "DATA";
    return in_text ? "354 go on\r\n" : line == "QUIT" ? "221 bye\r\n" : "250 yes\r\n";
}

void smtp_double::talk(int with) {
    const auto say = [&](const std::string& text) { return ::send(with, text.data(), text.size(), MSG_NOSIGNAL) > 0; };
    if (!say("220 mail.example\r\n")) return;
    std::string line;
    bool in_text = false;
    for (char c = 0; ::recv(with, &c, 1, 0) == 1;) {
        if (c != '\n') {
            line += c;
            continue;
        }
        {
            const std::lock_guard guard(mutex_);
            heard_ += line + '\n';
        }
        if (!line.empty() && line.back() == '\r') line.pop_back();
        const std::string said = answer(line, in_text);
        line.clear();
        if (!said.empty() && !say(said)) return;
    }
}

}  // namespace brygga::service::test
