// brygga run: the service
#include <atomic>
#include <csignal>
#include <memory>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <pthread.h>

#include "connectors/filedrop/file_system.hpp"
#include "connectors/service/service.hpp"
#include "tools/brygga/pipelines.hpp"
#include "tools/brygga/stop_on_signal.hpp"

namespace brygga::command {

namespace {

struct run_command {
    books_options where;
    bool once = false;
};

// Takes the signals of the whole process in the thread that waits for them. To be made before any other thread.
class signals {
 public:
    enum class heard : std::uint8_t { stop, reload, wake };

    signals() : waiter_(::pthread_self()) {
        ::sigemptyset(&all_);
        for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGUSR1})
            ::sigaddset(&all_, each);
        ::pthread_sigmask(SIG_BLOCK, &all_, nullptr);
    }
    [[nodiscard]] heard wait() const {
        const int got = ::sigwaitinfo(&all_, nullptr);
        if (got == SIGINT || got == SIGTERM) return heard::stop;
        return got == SIGHUP ? heard::reload : heard::wake;  // an interrupted wait looks again too
    }
    // Ends a wait, from another thread.
    void wake() const { ::pthread_kill(waiter_, SIGUSR1); }

 private:
    pthread_t waiter_;
    sigset_t all_{};
};

// The service with one configuration, in a thread of its own.
class running {
 public:
    running(const office& at, const signals& hear)
        : thread_([this, &at, &hear] {
              dispatch::options how;
              how.base = at.how;
              ended_ = service::run(at.in.with, *at.in.store, how, stop_.get_token());
              over_ = true;
              hear.wake();
          }) {}
    ~running() { static_cast<void>(stop()); }
    running(const running&) = delete;
    running& operator=(const running&) = delete;

    [[nodiscard]] bool over() const noexcept { return over_; }
    result<void> stop() {
        stop_.request_stop();
        if (thread_.joinable()) thread_.join();
        return ended_;
    }

 private:
    std::stop_source stop_;
    result<void> ended_;
    std::atomic<bool> over_{false};
    std::thread thread_;  // last: it uses the others
};

// With the configuration as it is now; nothing, and the log says why, when the service must go on with the one it has.
std::optional<config::settings> changed_config(const books_options& where, office& at) {
    auto fresh = config::load(where.config);
    std::string why;
    if (!fresh)
        why = fresh.error().text;
    else if (fresh->store != at.in.with.store || fresh->log.file != at.in.with.log.file ||
             fresh->log.shape != at.in.with.log.shape)
        why = "another ledger or log needs a restart";
    if (why.empty()) return std::move(*fresh);
    at.log.write(logging::log_level::error, "reload-refused", {{"text", why}});
    return std::nullopt;
}

exit_code serve(const books_options& where, office& at) {
    const signals hear;
    at.log.write(logging::log_level::info, "service-started", {{"tenants", at.in.with.tenants.size()}});
    auto service = std::make_unique<running>(at, hear);
    for (;;) {
        const signals::heard heard = hear.wait();
        if (heard == signals::heard::stop || service->over()) break;
        if (heard != signals::heard::reload) continue;
        auto fresh = changed_config(where, at);
        if (!fresh) continue;
        if (const auto ended = service->stop(); !ended) break;
        at.in.with = std::move(*fresh);
        at.log.write(logging::log_level::info, "service-reloaded", {{"tenants", at.in.with.tenants.size()}});
        service = std::make_unique<running>(at, hear);
    }
    const auto ended = service->stop();
    at.log.write(ended ? logging::log_level::info : logging::log_level::error, "service-stopped",
                 {{"text", ended ? std::string() : ended.error().text}});
    return ended ? exit_code::clean : complain(ended.error());
}

exit_code run(session& with, const run_command& options) {
    if (with.set_time && !options.once)
        return complain("a clock that stands still cannot keep a schedule: --now goes with --once");
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    std::filesystem::path lock_file = (*at)->in.with.store;
    lock_file += ".run";
    const auto lock = filedrop::take_lock(*(*at)->how.files, lock_file);
    if (!lock && lock.error().code == error_code::busy) return complain("another brygga run works with this ledger");
    if (!lock) return complain(lock.error());
    if (!options.once) return serve(options.where, **at);
    const stop_on_signal stop;
    const exit_code booked = intake_once(with, **at, false, stop.token());
    return worse(booked, dispatch_once(with, **at, stop.token()));
}

}  // namespace

void add_run_command(CLI::App& app, session& with) {
    CLI::App* const command = add_command(
        app, "run", "Run everything as a service: inboxes, partners, schedules", "Operation",
        "  brygga run --config brygga.toml\n"
        "  brygga run --once --config brygga.toml\n"
        "\n"
        "Books what arrives, fetches from and sends to partners by their schedules, until SIGINT or SIGTERM: then the files at\n"
        "hand are finished. SIGHUP reads the configuration again; one with faults is told in the log, and the old one stays in\n"
        "force. A second brygga run on the same ledger is refused; the other commands work beside it.\n"
        "Exit status: 0 stopped as asked, 2 could not go on. --once does everything once, whatever the schedules say, and ends\n"
        "as brygga intake --once and brygga dispatch --once do: the worse of both.");
    const auto options = std::make_shared<run_command>();
    options->where.add_config(*command);
    options->where.add_die_at(*command);
    command->add_flag("--once", options->once, "Fetch, book and send once, and end");
    command->callback([&with, options] { with.chosen = [&with, options] { return run(with, *options); }; });
}

}  // namespace brygga::command
