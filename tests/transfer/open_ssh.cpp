#include "tests/transfer/open_ssh.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" char** environ;  // NOLINT: as unistd.h says

namespace brygga::transfer::test {

namespace {

constexpr uid_t nobody = 65534;

std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

// Programs of these tests where the server's user may run them: the build's folder may be closed to it.
class open_programs {
 public:
    open_programs() {
        std::string made = (std::filesystem::temp_directory_path() / "brygga-programs-XXXXXX").string();
        if (::mkdtemp(made.data()) == nullptr) throw std::runtime_error("no folder for programs");
        folder_ = made;
        std::filesystem::copy_file(BRYGGA_SFTP_LIAR, folder_ / "sftp_liar");
        std::filesystem::copy_file(BRYGGA_SHELL_FOR_NOBODY, folder_ / "shell_for_nobody.so");
        std::filesystem::permissions(folder_, std::filesystem::perms(0755));
    }
    open_programs(const open_programs&) = delete;
    open_programs& operator=(const open_programs&) = delete;
    ~open_programs() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
    std::filesystem::path folder_;
};

const std::filesystem::path& program_folder() {
    static const open_programs programs;
    return programs.folder();
}

std::string user_name() {
    const passwd* const found = ::getpwuid(::geteuid() == 0 ? nobody : ::geteuid());
    return found == nullptr ? "nobody" : found->pw_name;
}

std::vector<char*> arguments(const std::vector<std::string>& command) {
    std::vector<char*> all;
    for (const std::string& each : command)
        all.push_back(const_cast<char*>(each.c_str()));
    all.push_back(nullptr);
    return all;
}

}  // namespace

std::string run_program(const std::vector<std::string>& command) {
    FILE* const from = ::popen(fmt::format("{} 2>&1", fmt::join(command, " ")).c_str(), "r");
    std::string out;
    for (int each = std::fgetc(from); each != EOF; each = std::fgetc(from))
        out += static_cast<char>(each);
    if (::pclose(from) != 0) throw std::runtime_error(command.front() + ": " + out);
    return out;
}

open_ssh_server::open_ssh_server(const std::string& key_type, const std::string& more)
    : open_ssh_server(key_type, more, "internal-sftp -d {0}/home") {}

open_ssh_server::open_ssh_server(const std::string& key_type, const std::string& more, const std::string& subsystem) {
    const std::filesystem::path& at = folder_.path();
    std::filesystem::create_directory(home());
    run_program({"ssh-keygen", "-q", "-t", key_type, "-N", "''", "-f", (at / "user").string()});
    std::filesystem::copy_file(at / "user.pub", at / "authorized_keys");
    write(at / "sshd_config",
          fmt::format("HostKey {0}/host\nPidFile none\nUsePAM yes\nStrictModes no\n"
                      "AuthorizedKeysFile {0}/authorized_keys\nPasswordAuthentication no\n"
                      "KbdInteractiveAuthentication no\nLogLevel VERBOSE\n{1}\n"
                      "Subsystem sftp {2}\n",
                      at.string(), more, fmt::format(fmt::runtime(subsystem), at.string(), program_folder().string())));
    write(at / "log", "");
    new_host_key(key_type);
    for (const char* const each : {".", "home", "authorized_keys", "sshd_config", "log"})
        own(at / each);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, SOMAXCONN) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no loopback port");
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
}

open_ssh_server::~open_ssh_server() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    kill_connections();
    for (const pid_t each : processes_)
        ::waitpid(each, nullptr, 0);
}

void open_ssh_server::own(const std::filesystem::path& path) const {
    if (::geteuid() == 0 && ::chown(path.c_str(), nobody, nobody) != 0) throw std::runtime_error("chown " + path.string());
}

// As inetd does: one server process for each connection, so that none has to guess a free port.
void open_ssh_server::serve() {
    const std::string config = (folder_.path() / "sshd_config").string();
    std::vector<std::string> command = {"/usr/sbin/sshd", "-i", "-e", "-f", config};
    if (::geteuid() == 0)
        command.insert(command.begin(), {"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/env",
                                         "LD_PRELOAD=" + (program_folder() / "shell_for_nobody.so").string()});
    while (true) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) return;
        posix_spawn_file_actions_t files;
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_adddup2(&files, connection, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&files, connection, STDOUT_FILENO);
        ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, (folder_.path() / "log").c_str(), O_WRONLY | O_APPEND, 0);
        posix_spawnattr_t how;
        ::posix_spawnattr_init(&how);
        ::posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP);  // the server's child is killed with it
        pid_t process = 0;
        if (::posix_spawn(&process, command.front().c_str(), &files, &how, arguments(command).data(), environ) == 0) {
            const std::lock_guard hold(lock_);
            processes_.push_back(process);
            ++accepted_;
        }
        ::posix_spawnattr_destroy(&how);
        ::posix_spawn_file_actions_destroy(&files);
        ::close(connection);
    }
}

sftp::settings open_ssh_server::settings() const {
    sftp::settings with;
    with.host = "127.0.0.1";
    with.port = port_;
    with.user = user_name();
    with.host_keys = {fingerprint_of(folder_.path() / "host.pub")};
    with.key_file = folder_.path() / "user";
    return with;
}

std::string open_ssh_server::content(const std::string& name) const {
    return text_of(home() / name);
}

void open_ssh_server::put(const std::string& name, const std::string& bytes) {
    write(home() / name, bytes);
    own(home() / name);
}

void open_ssh_server::write_own(const std::string& name, const std::string& text) const {
    write(folder_.path() / name, text);
    own(folder_.path() / name);
}

void open_ssh_server::make_folder(const std::string& name) {
    std::filesystem::create_directory(home() / name);
    own(home() / name);
}

void open_ssh_server::remove(const std::string& name) {
    std::filesystem::remove(home() / name);
}

std::vector<std::string> open_ssh_server::names(const std::string& folder) const {
    std::vector<std::string> found;
    for (const auto& each : std::filesystem::directory_iterator(home() / folder))
        found.push_back(each.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
}

void open_ssh_server::new_host_key(const std::string& key_type) {
    const std::filesystem::path key = folder_.path() / "host";
    std::filesystem::remove(key);
    std::filesystem::remove(folder_.path() / "host.pub");
    run_program({"ssh-keygen", "-q", "-t", key_type, "-N", "''", "-f", key.string()});
    own(key);
}

void open_ssh_server::kill_connections() {
    const std::lock_guard hold(lock_);
    for (const pid_t each : processes_)
        ::kill(-each, SIGKILL);
}

void open_ssh_server::freeze_connections() {
    const std::lock_guard hold(lock_);
    for (const pid_t each : processes_)
        ::kill(-each, SIGSTOP);
}

std::string open_ssh_server::log() const {
    return text_of(folder_.path() / "log");
}

std::string open_ssh_server::fingerprint_of(const std::filesystem::path& public_key) {
    std::istringstream words(run_program({"ssh-keygen", "-l", "-f", public_key.string()}));
    std::string bits, fingerprint;
    words >> bits >> fingerprint;
    return fingerprint;
}

}  // namespace brygga::transfer::test
