#include "connectors/service/metrics_server.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <httplib.h>

#include "connectors/service/exposition.hpp"

namespace brygga::service {

namespace {

constexpr const char* loopback = "127.0.0.1";
constexpr time_t most_seconds = 5;  // that a question or an answer may take
constexpr std::size_t most_request_bytes = 4096;
constexpr std::chrono::seconds between_looks{1};  // whether it still listens

// The library's own lets two processes share a port.
void share_nothing(socket_t socket) {
    const int yes = 1;
    static_cast<void>(::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
}

}  // namespace

void metrics_page::set(std::string text) {
    const std::lock_guard guard(mutex_);
    text_ = std::move(text);
}

std::string metrics_page::get() const {
    const std::lock_guard guard(mutex_);
    return text_;
}

struct metrics_server::state {
    httplib::Server server;
};

metrics_server::metrics_server(std::unique_ptr<state> made, std::uint16_t port) : state_(std::move(made)), port_(port) {}
metrics_server::~metrics_server() = default;

result<std::unique_ptr<metrics_server>> metrics_server::open(std::uint16_t port, const metrics_page& page) {
    auto made = std::make_unique<state>();
    httplib::Server& server = made->server;
    server.new_task_queue = [] { return new httplib::ThreadPool(1); };  // who owns it is the library's rule
    server.set_socket_options(share_nothing);
    server.set_keep_alive_max_count(1);
    server.set_read_timeout(most_seconds);
    server.set_write_timeout(most_seconds);
    server.set_payload_max_length(most_request_bytes);
    server.Get("/metrics", [&page](const httplib::Request&, httplib::Response& answer) {
        answer.set_content(page.get(), std::string(exposition_type).c_str());
    });
    int bound = port;
    if (port == 0)
        bound = server.bind_to_any_port(loopback);
    else if (!server.bind_to_port(loopback, port))
        bound = -1;
    if (bound < 0) return fail(error_code::busy, fmt::format("port {} of {} is not free for the metrics", port, loopback));
    return std::unique_ptr<metrics_server>(new metrics_server(std::move(made), static_cast<std::uint16_t>(bound)));
}

// The library forgets a stop that comes before it listens.
result<void> metrics_server::serve(std::stop_token stop) {
    std::atomic<bool> ended{false};
    std::thread listening([&] {
        state_->server.listen_after_bind();
        ended = true;
    });
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock guard(mutex);
    while (!ended && !stop.stop_requested())
        woken.wait_for(guard, stop, between_looks, [&] { return ended.load(); });
    while (!ended && !state_->server.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    state_->server.stop();
    listening.join();
    if (stop.stop_requested()) return {};
    return fail(error_code::io, "the metrics are no longer served");
}

}  // namespace brygga::service
