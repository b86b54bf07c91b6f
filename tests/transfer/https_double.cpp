#include "tests/transfer/https_double.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <csignal>
#include <ctime>
#include <stdexcept>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "connectors/https/detail/answer.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::transfer::test {

namespace {

constexpr std::string_view root = "/api/";
constexpr std::string_view line_end = "\r\n";

std::string answer(int status, const std::string& headers = {}, const std::string& body = {}) {
    return fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(), headers, body);
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned char value = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ec == std::errc()) {
            out += static_cast<char>(value);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string http_time(std::int64_t seconds) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

}  // namespace

struct https_server::request_head {
    std::string method, path;
    std::map<std::string, std::string> headers;  // names in lower case

    [[nodiscard]] std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

// One connection.
class https_server::peer {
 public:
    peer(SSL_CTX* tls, int connection) : tls_(SSL_new(tls), &SSL_free), connection_(connection) {
        SSL_set_fd(tls_.get(), connection);
    }
    bool greet() { return SSL_accept(tls_.get()) == 1; }
    // So that the other side reads why before the line is gone.
    void leave() const {
        ::shutdown(connection_, SHUT_WR);
        std::array<char, 1024> rest;
        while (::read(connection_, rest.data(), rest.size()) > 0) {
        }
    }

    std::optional<request_head> head() {
        std::size_t end = 0;
        while ((end = waiting_.find("\r\n\r\n")) == std::string::npos)
            if (!more()) return std::nullopt;
        request_head out;
        std::string_view text = std::string_view(waiting_).substr(0, end + line_end.size());
        std::string_view first = text.substr(0, text.find(line_end));
        out.method = first.substr(0, first.find(' '));
        first.remove_prefix(out.method.size() + 1);
        out.path = unescaped(first.substr(0, first.find(' ')));
        text.remove_prefix(text.find(line_end) + line_end.size());
        while (!text.empty()) {
            const std::string_view each = text.substr(0, text.find(line_end));
            std::string name(each.substr(0, each.find(": ")));
            std::transform(name.begin(), name.end(), name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            out.headers[name] = each.substr(std::min(each.find(": ") + 2, each.size()));
            text.remove_prefix(each.size() + line_end.size());
        }
        waiting_.erase(0, end + 4);
        return out;
    }
    std::string body(std::size_t size) {
        while (waiting_.size() < size && more()) {
        }
        std::string out = waiting_.substr(0, size);
        waiting_.erase(0, size);
        return out;
    }
    bool say(std::string_view text) {
        return text.empty() || SSL_write(tls_.get(), text.data(), static_cast<int>(text.size())) > 0;
    }
    // As when the process dies.
    void cut() const {
        const linger at_once{1, 0};
        ::setsockopt(connection_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }

 private:
    bool more() {
        std::array<char, 16'384> part;
        const int got = SSL_read(tls_.get(), part.data(), part.size());
        if (got > 0) waiting_.append(part.data(), static_cast<std::size_t>(got));
        return got > 0;
    }

    std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
    int connection_;
    std::string waiting_;
};

https_server::https_server(https_server_options with)
    : with_(std::move(with)), tls_(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free) {
    std::signal(SIGPIPE, SIG_IGN);              // of the double's own writing
    SSL_CTX_set_security_level(tls_.get(), 0);  // or OpenSSL itself refuses what is old
    SSL_CTX_set_min_proto_version(tls_.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(tls_.get(), with_.newest_tls);
    SSL_CTX_set_cipher_list(tls_.get(), "ALL:@SECLEVEL=0");
    const bool good =
        SSL_CTX_use_certificate_chain_file(tls_.get(), with_.shown.chain.c_str()) == 1 &&
        SSL_CTX_use_PrivateKey_file(tls_.get(), with_.shown.key.c_str(), SSL_FILETYPE_PEM) == 1 &&
        SSL_CTX_load_verify_locations(tls_.get(), test_certificate(made_out::to_authority).chain.c_str(), nullptr) == 1;
    if (!good) throw std::runtime_error("no certificate");
    if (with_.wants_certificate) SSL_CTX_set_verify(tls_.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    listener_ = descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_.number(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener_.number(), SOMAXCONN) != 0 ||
        ::getsockname(listener_.number(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no loopback port");
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
}

https_server::~https_server() {
    {
        const std::lock_guard hold(lock_);
        closing_ = true;
        for (const int each : open_)
            ::shutdown(each, SHUT_RDWR);
    }
    changed_.notify_all();
    ::shutdown(listener_.number(), SHUT_RDWR);
    thread_.join();
    talks_.clear();
}

https::settings https_server::settings() const {
    https::settings with;
    with.url = fmt::format("https://127.0.0.1:{}/api", port_);
    with.ca_file = test_certificate(made_out::to_authority).chain;
    return with;
}

std::map<std::string, std::string> https_server::files() const {
    const std::lock_guard hold(lock_);
    std::map<std::string, std::string> found;
    for (const auto& [path, each] : files_)
        found[path] = each.bytes;
    return found;
}

void https_server::put(const std::string& path, const std::string& bytes) {
    const std::lock_guard hold(lock_);
    files_[path] = {bytes, ++clock_s_};
}

void https_server::remove(const std::string& path) {
    const std::lock_guard hold(lock_);
    files_.erase(path);
}

void https_server::play(prank next) {
    const std::lock_guard hold(lock_);
    pranks_.push_back(std::move(next));
}

std::vector<std::string> https_server::requests() const {
    const std::lock_guard hold(lock_);
    return requests_;
}

std::optional<prank> https_server::prank_for(const std::string& method) {
    const std::lock_guard hold(lock_);
    for (prank& each : pranks_)
        if (each.method == method && each.times > 0) {
            --each.times;
            return each;
        }
    return std::nullopt;
}

void https_server::serve() {
    while (true) {
        const int connection = ::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) return;
        ++accepted_;
        const std::lock_guard hold(lock_);
        open_.push_back(connection);
        talks_.emplace_back([this, connection] { talk(connection); });
    }
}

void https_server::talk(int connection) {
    // Of the double's own writing. The client's must not need it.
    sigset_t pipes;
    sigemptyset(&pipes);
    sigaddset(&pipes, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipes, nullptr);
    {
        peer with(tls_.get(), connection);
        if (!with.greet())
            with.leave();
        else
            while (answer_one(with)) {
            }
    }
    const std::lock_guard hold(lock_);
    std::erase(open_, connection);
    ::close(connection);
}

// False: the connection ends.
bool https_server::answer_one(peer& with) {
    auto asked = with.head();
    if (!asked) return false;
    if (asked->path.starts_with(root)) asked->path.erase(0, root.size());
    std::size_t size = 0;
    const std::string length = asked->header("content-length");
    std::from_chars(length.data(), length.data() + length.size(), size);
    {
        const std::lock_guard hold(lock_);
        requests_.push_back(asked->method + " " + asked->path);
    }
    const auto trick = prank_for(asked->method);
    if (trick && trick->how == lie::cut_in_body) {
        static_cast<void>(with.body(size / 2));
        with.cut();
        return false;
    }
    if (asked->header("expect") == "100-continue" && !with.say("HTTP/1.1 100 Continue\r\n\r\n")) return false;
    std::string body = with.body(size);
    if (body.size() != size) return false;
    if (asked->method == "PUT") {
        EXPECT_EQ(asked->header("repr-digest"), https::detail::digest_of(sha256_hex(body)));
    }
    if (!trick) return with.say(done(*asked, body));
    switch (trick->how) {
        case lie::says:
            return with.say(trick->answer);
        case lie::claims:
            return with.say(answer(201));
        case lie::halves:
            return with.say(done(*asked, body.substr(0, size / 2)));
        case lie::garbles:
            std::reverse(body.begin(), body.end());
            return with.say(done(*asked, body));
        case lie::cut_after:
            static_cast<void>(done(*asked, body));
            [[fallthrough]];
        case lie::cut_before:
            with.cut();
            return false;
        case lie::cut_in_answer: {
            const std::string whole = done(*asked, body);
            with.say(std::string_view(whole).substr(0, whole.size() / 2));
            with.cut();
            return false;
        }
        case lie::hangs: {
            std::unique_lock hold(lock_);
            changed_.wait(hold, [this] { return closing_; });
            return false;
        }
        case lie::cut_in_body:
            break;
    }
    return false;
}

std::string https_server::done(const request_head& asked, const std::string& body) {
    const std::lock_guard hold(lock_);
    if (!with_.authorization.empty() && asked.header("authorization") != with_.authorization) return answer(401);
    if (asked.method == "PUT") return put_here(asked, body);
    if (asked.method == "GET" && (asked.path.empty() || asked.path.back() == '/')) return listing(asked.path);
    const auto found = files_.find(asked.path);
    if (found == files_.end()) return asked.method == "HEAD" ? answer(404) : answer(404, {}, "no such file, says the server");
    if (asked.method == "HEAD")
        return fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{}\r\n", found->second.bytes.size(), head_of(found->second));
    if (asked.method == "GET") return got(asked);
    if (asked.method != "DELETE") return answer(405);
    files_.erase(found);
    return "HTTP/1.1 204 Gone\r\n\r\n";
}

std::string https_server::head_of(const file& found) const {
    const std::string hash = with_.tells_hash ? https::detail::digest_of(sha256_hex(found.bytes)) : std::string();
    return fmt::format("Last-Modified: {}\r\n{}", http_time(found.modified_s),
                       hash.empty() ? hash : "Repr-Digest: " + hash + "\r\n");
}

std::string https_server::got(const request_head& asked) const {
    const file& found = files_.at(asked.path);
    const std::string range = asked.header("range");
    std::size_t begin = 0;
    if (range.empty() || !with_.has_ranges) return answer(200, head_of(found), found.bytes);
    std::from_chars(range.data() + range.find('=') + 1, range.data() + range.size(), begin);
    if (begin >= found.bytes.size()) return answer(416, fmt::format("Content-Range: bytes */{}\r\n", found.bytes.size()));
    return answer(
        206,
        fmt::format("Content-Range: bytes {}-{}/{}\r\n{}", begin, found.bytes.size() - 1, found.bytes.size(), head_of(found)),
        found.bytes.substr(begin));
}

std::string https_server::put_here(const request_head& asked, const std::string& body) {
    EXPECT_EQ(asked.header("if-none-match"), "*");
    if (files_.contains(asked.path)) return answer(412);
    files_[asked.path] = {body, ++clock_s_};
    const std::string headers = head_of(files_[asked.path]);
    if (after_put) after_put(*this, asked.path);
    return answer(201, headers);
}

std::string https_server::listing(const std::string& folder) const {
    std::string text;
    for (const auto& [path, each] : files_)
        if (path.starts_with(folder) && path.find('/', folder.size()) == std::string::npos)
            text += fmt::format("{}{{\"name\": \"{}\", \"size\": {}, \"modified\": {}, \"owner\": \"bank\"}}",
                                text.empty() ? "" : ",", path.substr(folder.size()), each.bytes.size(), each.modified_s);
    return answer(200, "Content-Type: application/json\r\n", "[" + text + "]");
}

}  // namespace brygga::transfer::test
