#include "tests/command/run.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace brygga::command::testing {

namespace {

// In the child: never returns.
[[noreturn]] void become_shell(const std::filesystem::path& folder, const std::string& shell_command, const std::string& out,
                               const std::string& err) {
    const int in_file = ::open("/dev/null", O_RDONLY);
    const int out_file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int err_file = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (::chdir(folder.c_str()) != 0 || ::dup2(in_file, 0) < 0 || ::dup2(out_file, 1) < 0 || ::dup2(err_file, 2) < 0)
        ::_exit(126);
    const std::string path = fmt::format("PATH={}:/usr/bin:/bin", std::filesystem::path(BRYGGA_COMMAND).parent_path().string());
    const std::string fixtures = fmt::format("FIXTURES={}/fixtures", BRYGGA_SOURCE_DIR);
    const std::array<const char*, 6> environment{path.c_str(), fixtures.c_str(), "LC_ALL=C", "TZ=UTC", "TERM=xterm", nullptr};
    const std::array<const char*, 7> arguments{"timeout", "-k", "1", "60", "/bin/sh", "-c", nullptr};
    std::array<const char*, 8> with_command{};
    std::copy(arguments.begin(), arguments.end() - 1, with_command.begin());
    with_command[6] = shell_command.c_str();
    ::execve("/usr/bin/timeout", const_cast<char* const*>(with_command.data()), const_cast<char* const*>(environment.data()));
    ::_exit(127);
}

}  // namespace

run_result run_in(const std::filesystem::path& folder, const std::string& shell_command) {
    const scratch_folder kept;
    const std::string out = (kept.path() / "out").string();
    const std::string err = (kept.path() / "err").string();
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) become_shell(folder, shell_command, out, err);
    int status = 0;
    struct rusage used {};
    if (::wait4(child, &status, 0, &used) != child) throw std::runtime_error("cannot wait");
    run_result result;
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.peak_memory_kb = used.ru_maxrss;
    result.out = bytes_of(out);
    result.err = bytes_of(err);
    return result;
}

scratch_folder::scratch_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "brygga-command-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a scratch folder");
    path_ = name;
}

scratch_folder::~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace brygga::command::testing
