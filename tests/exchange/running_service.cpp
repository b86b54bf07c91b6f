#include "tests/exchange/running_service.hpp"

#include <chrono>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace brygga::exchange::test {

bool soon(const std::function<bool()>& holds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

process::process(const std::filesystem::path& folder, const std::function<void()>& before) : id_(::fork()) {
    if (id_ != 0) return;
    const int out = ::open((folder / "run.out").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (::chdir(folder.c_str()) != 0 || ::dup2(out, 1) < 0 || ::dup2(out, 2) < 0) ::_exit(126);
    before();
    ::execl(BRYGGA_COMMAND, BRYGGA_COMMAND, "run", "--config", "brygga.toml", nullptr);
    ::_exit(127);
}

process::~process() {
    if (id_ > 0) static_cast<void>(end(SIGKILL));
}

void process::signal(int which) const {
    ::kill(id_, which);
}

int process::end(int with) {
    signal(with);
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::string running_service::content(const std::string& name) const {
    const auto file = folder.path() / name;
    return std::filesystem::exists(file) ? intake_test::get(file) : std::string();
}

bool running_service::says(const std::string& name, const std::string& what) const {
    return soon([&] { return content(name).find(what) != std::string::npos; });
}

void running_service::configure_top(const std::string& top, const std::string& more) {
    configure(more);
    std::string text = content("brygga.toml");
    text.replace(text.find("[[tenant]]"), 0, top);
    intake_test::put(folder.path() / "brygga.toml", text);
}

}  // namespace brygga::exchange::test
