#include "connectors/service/alarm_hook.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace brygga::service {

namespace {

using std::chrono::milliseconds;
using steady = std::chrono::steady_clock;

constexpr milliseconds between_looks{20};

// Of our environment, the program gets these: the rest may hold secrets of the service.
constexpr std::array<const char*, 5> told_variables = {"PATH", "LANG", "LC_ALL", "TZ", "HOME"};

// The text as a file in memory: a program that reads nothing cannot make us wait.
class input_file {
 public:
    explicit input_file(const std::string& text) : number_(::memfd_create("brygga-alarm", MFD_CLOEXEC)) {
        written_ = number_ >= 0 && ::pwrite(number_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    }
    input_file(const input_file&) = delete;
    input_file& operator=(const input_file&) = delete;
    ~input_file() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] bool written() const noexcept { return written_; }
    [[nodiscard]] int number() const noexcept { return number_; }

 private:
    int number_;
    bool written_ = false;
};

std::vector<std::string> told_environment() {
    std::vector<std::string> out;
    for (const char* const name : told_variables)
        if (const char* const value = std::getenv(name)) out.push_back(fmt::format("{}={}", name, value));
    return out;
}

// As the system wants it: pointers, the last one null. The interface is older than const.
std::vector<char*> pointers_to(const std::vector<std::string>& words) {
    std::vector<char*> out;
    for (const std::string& each : words)
        out.push_back(const_cast<char*>(each.c_str()));
    out.push_back(nullptr);
    return out;
}

// Signals that the service takes itself are the program's own again.
result<pid_t> spawn(const std::vector<std::string>& words, int input) {
    const std::vector<std::string> variables = told_environment();
    const std::vector<char*> arguments = pointers_to(words), environment = pointers_to(variables);
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    for (const int each : {STDOUT_FILENO, STDERR_FILENO})
        ::posix_spawn_file_actions_addopen(&files, each, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t how;
    ::posix_spawnattr_init(&how);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&how, &none);
    ::posix_spawnattr_setsigdefault(&how, &all);
    ::posix_spawnattr_setpgroup(&how, 0);
    ::posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    pid_t id = 0;
    const int failed = ::posix_spawnp(&id, arguments.front(), &files, &how, arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&how);
    ::posix_spawn_file_actions_destroy(&files);
    if (failed != 0) return tl::unexpected<error>(system_error(failed, "cannot start the program"));
    return id;
}

}  // namespace

result<void> run_hook(const std::vector<std::string>& words, const std::string& input, milliseconds within,
                      const std::stop_token& stop) {
    const input_file text(input);
    if (!text.written()) return fail(error_code::io, "cannot write the program's input");
    const auto id = spawn(words, text.number());
    if (!id) return tl::unexpected(id.error());
    const auto until = steady::now() + within;
    int status = 0;
    for (;;) {
        const pid_t ended = ::waitpid(*id, &status, WNOHANG);
        if (ended == *id) break;
        if (ended < 0 && errno != EINTR) return tl::unexpected<error>(system_error(errno, "cannot wait for the program"));
        if (steady::now() > until || stop.stop_requested()) {
            ::kill(-*id, SIGKILL);  // with what it started
            ::waitpid(*id, &status, 0);
            return fail(error_code::busy, stop.stop_requested() ? "the program was killed, for the service ends"
                                                                : "the program did not end in time and was killed");
        }
        std::this_thread::sleep_for(between_looks);
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    return fail(error_code::io, WIFEXITED(status) ? fmt::format("the program ended with status {}", WEXITSTATUS(status))
                                                  : fmt::format("the program was ended by signal {}", WTERMSIG(status)));
}

}  // namespace brygga::service
