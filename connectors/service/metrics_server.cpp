#include "connectors/service/metrics_server.hpp"

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
    std::mutex mutex;
    std::condition_variable_any woken;
    bool ended = false;  // guarded
    std::thread listening;
};

metrics_server::metrics_server(std::unique_ptr<state> made, std::uint16_t port) : state_(std::move(made)), port_(port) {
    state_->listening = std::thread([&on = *state_] {
        on.server.listen_after_bind();
        const std::lock_guard guard(on.mutex);
        on.ended = true;
        on.woken.notify_all();
    });
}

// The library forgets a stop that comes before it listens.
metrics_server::~metrics_server() {
    while (!ended() && !state_->server.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    state_->server.stop();
    state_->listening.join();
}

bool metrics_server::ended() const {
    const std::lock_guard guard(state_->mutex);
    return state_->ended;
}

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

result<void> metrics_server::wait(std::stop_token stop) {
    std::unique_lock guard(state_->mutex);
    state_->woken.wait(guard, std::move(stop), [this] { return state_->ended; });
    if (!state_->ended) return {};
    return fail(error_code::io, "the metrics are no longer served");
}

}  // namespace brygga::service
