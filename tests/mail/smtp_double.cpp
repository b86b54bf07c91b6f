#include "tests/mail/smtp_double.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "formats/core/base64.hpp"

namespace brygga::mail::test {

namespace {

constexpr auto longest_silence = std::chrono::seconds(20);

std::shared_ptr<void> context_with(const transfer::test::certificate& shown) {
    std::shared_ptr<SSL_CTX> out(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    if (!out || SSL_CTX_use_certificate_chain_file(out.get(), shown.chain.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(out.get(), shown.key.c_str(), SSL_FILETYPE_PEM) != 1)
        throw std::runtime_error("no TLS for the mail server");
    return out;
}

}  // namespace

// What is said over one connection, plain or under TLS.
class smtp_double::line {
 public:
    explicit line(int with) : with_(with) {}

    bool seal(void* context) {
        sealed_.reset(SSL_new(static_cast<SSL_CTX*>(context)));
        return sealed_ && SSL_set_fd(sealed_.get(), with_) == 1 && SSL_accept(sealed_.get()) == 1;
    }
    [[nodiscard]] bool is_sealed() const noexcept { return sealed_ != nullptr; }

    bool say(const std::string& text) {
        const auto size = static_cast<int>(text.size());
        if (sealed_) return SSL_write(sealed_.get(), text.data(), size) == size;
        return ::send(with_, text.data(), text.size(), MSG_NOSIGNAL) == size;
    }
    // With its CRLF.
    bool hear(std::string& into) {
        into.clear();
        for (char c = 0; take(c);) {
            into += c;
            if (c == '\n') return true;
        }
        return false;
    }

 private:
    struct free_ssl {
        void operator()(SSL* one) const noexcept { SSL_free(one); }
    };
    bool take(char& c) {
        if (next_ == read_) {
            const long got =
                sealed_ ? SSL_read(sealed_.get(), buffer_, sizeof buffer_) : ::recv(with_, buffer_, sizeof buffer_, 0);
            if (got <= 0) return false;
            next_ = 0;
            read_ = static_cast<std::size_t>(got);
        }
        c = buffer_[next_++];
        return true;
    }

    int with_;
    std::unique_ptr<SSL, free_ssl> sealed_;
    char buffer_[1 << 14];
    std::size_t next_ = 0, read_ = 0;
};

smtp_double::smtp_double(sealed how, transfer::test::made_out shown)
    : how_(how), listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to connections that are cut
    if (how != sealed::never) context_ = context_with(transfer::test::test_certificate(shown));
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
    {
        const std::lock_guard guard(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
}

void smtp_double::plan(std::string command, std::string answer, int times) {
    const std::lock_guard guard(mutex_);
    plans_.push_back({std::move(command), std::move(answer), times});
}

void smtp_double::ask_for(std::string user, std::string password) {
    const std::lock_guard guard(mutex_);
    login_ = in_base64(std::string(1, '\0') + user + std::string(1, '\0') + password);
}

std::vector<smtp_double::taken> smtp_double::messages() const {
    const std::lock_guard guard(mutex_);
    return messages_;
}

std::vector<std::string> smtp_double::commands() const {
    const std::lock_guard guard(mutex_);
    return commands_;
}

std::string smtp_double::heard() const {
    const std::lock_guard guard(mutex_);
    return heard_;
}

int smtp_double::connections() const {
    const std::lock_guard guard(mutex_);
    return connections_;
}

void smtp_double::serve() {
    for (;;) {
        const int with = ::accept(listening_, nullptr, nullptr);
        if (with < 0) return;
        {
            const std::lock_guard guard(mutex_);
            ++connections_;
        }
        talk(with);
        ::close(with);
    }
}

std::string smtp_double::planned_for(const std::string& said, std::string usual) {
    std::unique_lock guard(mutex_);
    const auto found =
        std::find_if(plans_.begin(), plans_.end(), [&](const planned& each) { return said.starts_with(each.command); });
    if (found == plans_.end()) return usual;
    std::string out = found->answer;
    if (--found->times == 0) plans_.erase(found);
    if (out != silence) return out.empty() ? out : out + "\r\n";
    changed_.wait_for(guard, longest_silence, [this] { return closing_; });
    return {};
}

std::string smtp_double::answer(const std::string& said, conversation& at) {
    if (said.starts_with("EHLO")) {
        at.is_known = false;
        const std::string login = login_.empty() ? "" : "250-AUTH PLAIN\r\n";
        return "250-mail.example\r\n" + std::string(how_ == sealed::by_starttls ? "250-STARTTLS\r\n" : "") + login +
               "250 8BITMIME\r\n";
    }
    if (said == "AUTH PLAIN") {
        at.is_at_login = true;
        return "334 \r\n";
    }
    if (std::exchange(at.is_at_login, false)) {
        at.is_known = said == login_;
        return at.is_known ? "235 2.7.0 welcome\r\n" : "535 5.7.8 not you\r\n";
    }
    if (said.starts_with("MAIL FROM:")) {
        if (!login_.empty() && !at.is_known) return "530 5.7.0 who are you\r\n";
        at.now = {said.substr(10), {}, {}};
    }
    if (said.starts_with("RCPT TO:")) at.now.to += said.substr(8);
    if (said == "STARTTLS") return "220 2.0.0 go on\r\n";
    return said == "DATA" ? "354 go on\r\n" : said == "QUIT" ? "221 bye\r\n" : "250 2.0.0 yes\r\n";
}

// Until the dot.
bool smtp_double::take_text(line& with, std::string& into) {
    for (std::string part; with.hear(part);) {
        const std::lock_guard guard(mutex_);
        heard_ += part;
        if (part == ".\r\n") return true;
        into += part.starts_with('.') ? part.substr(1) : part;
    }
    return false;
}

void smtp_double::talk(int with) {
    line to(with);
    if (how_ == sealed::at_once && !to.seal(context_.get())) return;
    const std::string greeting = planned_for("connect", "220 mail.example\r\n");
    if (greeting.empty() || !to.say(greeting)) return;
    conversation at;
    for (std::string said; to.hear(said);) {
        {
            const std::lock_guard guard(mutex_);
            heard_ += said;
        }
        if (said.ends_with("\r\n")) said.resize(said.size() - 2);
        {
            const std::lock_guard guard(mutex_);
            commands_.push_back(said);
        }
        std::string says = planned_for(said, answer(said, at));
        if (says.empty() || !to.say(says)) return;
        if (said == "STARTTLS" && says.starts_with("220") && !to.seal(context_.get())) return;
        if (said == "DATA" && says.starts_with("354")) {
            if (!take_text(to, at.now.text)) return;
            says = planned_for(".", "250 2.0.0 taken\r\n");
            const bool is_lost = says.starts_with(lost);
            if (is_lost || says.starts_with("250")) {
                const std::lock_guard guard(mutex_);
                messages_.push_back(std::exchange(at.now, {}));
            }
            if (is_lost || says.empty() || !to.say(says)) return;
        }
    }
}

}  // namespace brygga::mail::test
