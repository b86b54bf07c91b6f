// brygga run: the service
#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include <pthread.h>

#include "connectors/filedrop/file_system.hpp"
#include "connectors/service/memory.hpp"
#include "connectors/service/service.hpp"
#include "tools/brygga/pipelines.hpp"
#include "tools/brygga/stop_on_signal.hpp"

namespace brygga::command {

namespace {

using std::chrono::milliseconds;

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
    running(const office& at, service::memory& knows, const signals& hear)
        : thread_([this, &at, &knows, &hear] {
              dispatch::options how;
              how.base = at.how;
              ended_ = service::run(at.in.with, *at.in.store, how, knows, stop_.get_token());
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

// The service from its start to its end, with one configuration after the other.
class serving {
 public:
    serving(const books_options& where, office& at, const signals& hear)
        : where_(where), at_(at), hear_(hear), knows_(&at.log, timing::moment(milliseconds(at.how.time->now()))) {}

    exit_code run() {
        auto metrics = knows_.open_metrics(at_.in.with);
        if (!metrics) return ended(tl::unexpected(metrics.error()));
        begin("service-started", std::move(*metrics));
        for (;;) {
            const signals::heard heard = hear_.wait();
            if (heard == signals::heard::stop || (service_->over() && !fall_back())) return ended(service_->stop());
            if (heard == signals::heard::reload) reload();
        }
    }

 private:
    // Within so long a new configuration shows whether it can run; what fails later is no reason to go back to an older one.
    static constexpr auto trial = std::chrono::minutes(1);

    // A configuration with all that it needs.
    struct change {
        config::settings with;
        std::unique_ptr<service::metrics_server> metrics;
    };
    struct replaced {
        config::settings with;
        std::chrono::steady_clock::time_point at;
    };

    // What is made stays when something else fails; what is in force is not touched.
    [[nodiscard]] result<change> changed() const {
        auto fresh = config::load(where_.config);
        if (!fresh) return tl::unexpected(fresh.error());
        if (fresh->store != at_.in.with.store) return fail(error_code::invalid_config, "another ledger needs a restart");
        if (fresh->layouts != at_.in.with.layouts) return fail(error_code::invalid_config, "other layouts need a restart");
        if (auto sound = check_seal_keys(*fresh); !sound) return tl::unexpected(sound.error());
        if (auto made = config::init_folders(*fresh, *at_.how.files); !made) return tl::unexpected(made.error());
        auto metrics = knows_.open_metrics(*fresh);
        if (!metrics) return tl::unexpected(metrics.error());
        if (auto opened = at_.log.reopen(fresh->log); !opened) return tl::unexpected(opened.error());
        return change{std::move(*fresh), std::move(*metrics)};
    }

    void reload() {
        auto next = changed();
        if (!next) {
            reopen_log();  // whoever moved the old file away wants a new one
            return tell(logging::log_level::error, "reload-refused", next.error().text);
        }
        static_cast<void>(service_->stop());
        before_ = replaced{std::exchange(at_.in.with, std::move(next->with)), std::chrono::steady_clock::now()};
        begin("service-reloaded", std::move(next->metrics));
    }

    // To the configuration before this one, when this one has just come and cannot run. False when there is no way back.
    [[nodiscard]] bool fall_back() {
        const auto why = service_->stop();
        if (why || !before_ || std::chrono::steady_clock::now() - before_->at > trial) return false;
        tell(logging::log_level::error, "reload-failed", why.error().text);
        auto metrics = knows_.open_metrics(before_->with);
        if (!metrics) return false;
        at_.in.with = std::move(before_->with);
        before_.reset();
        reopen_log();
        begin("service-fell-back", std::move(*metrics));
        return true;
    }

    void begin(std::string_view event, std::unique_ptr<service::metrics_server> metrics) {
        at_.log.write(logging::log_level::info, event, {{"tenants", at_.in.with.tenants.size()}});
        knows_.change_to(at_.in.with, std::move(metrics), *at_.how.files);
        service_ = std::make_unique<running>(at_, knows_, hear_);
    }

    exit_code ended(const result<void>& how) {
        tell(how ? logging::log_level::info : logging::log_level::error, "service-stopped", how ? "" : how.error().text);
        return how ? exit_code::clean : complain(how.error());
    }

    void reopen_log() {
        if (const auto opened = at_.log.reopen(at_.in.with.log); !opened)
            tell(logging::log_level::error, "log-not-opened", opened.error().text);
    }
    void tell(logging::log_level level, std::string_view event, std::string_view text) {
        at_.log.write(level, event, {{"text", text}});
    }

    const books_options& where_;
    office& at_;
    const signals& hear_;
    service::memory knows_;
    std::optional<replaced> before_;
    std::unique_ptr<running> service_;
};

exit_code run(session& with, const run_command& options) {
    if (with.set_time && !options.once)
        return complain("a clock that stands still cannot keep a schedule: --now goes with --once");
    // Before anything that takes time: a reload meanwhile would end the process.
    std::optional<signals> hear;
    if (!options.once) hear.emplace();
    const auto at = open_office(options.where, with);
    if (!at) return complain(at.error());
    std::filesystem::path lock_file = (*at)->in.with.store;
    lock_file += ".run";
    const auto lock = filedrop::take_lock(*(*at)->how.files, lock_file);
    if (!lock && lock.error().code == error_code::busy) return complain("another brygga run works with this ledger");
    if (!lock) return complain(lock.error());
    if (hear) return serving(options.where, **at, *hear).run();
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
        "Books what arrives, fetches from and sends to partners by their schedules, until SIGINT or SIGTERM: then the file that\n"
        "is being booked is finished, and a transfer is cut and goes on at the next start. SIGHUP opens the log anew, at its "
        "new\n"
        "level, and reads the configuration again, making its folders as brygga init does; one with faults, or that cannot run,\n"
        "is told in the log (reload-refused, reload-failed), and the old one stays in force. A second brygga run on the same\n"
        "ledger is refused; the other commands work beside it.\n"
        "An alarm is told when it begins and when it is over, also when a new configuration ends it. A restart forgets what was\n"
        "told: what holds is told again as it begins, and what ended meanwhile is not told; brygga status and the metrics say\n"
        "what holds.\n"
        "Exit status: 0 stopped as asked, 2 could not go on. --once does everything once, whatever the schedules say, and ends\n"
        "as brygga intake --once and brygga dispatch --once do: the worse of both.");
    const auto options = std::make_shared<run_command>();
    options->where.add_config(*command);
    options->where.add_die_at(*command);
    command->add_flag("--once", options->once, "Fetch, book and send once, and end");
    command->callback([&with, options] { with.chosen = [&with, options] { return run(with, *options); }; });
}

}  // namespace brygga::command
