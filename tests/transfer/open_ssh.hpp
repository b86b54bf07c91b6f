// OpenSSH's own server on a loopback port, unprivileged, for one test: keys and files in a folder of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "connectors/sftp/session.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::transfer::test {

class open_ssh_server {
 public:
    // `key_type` of host and user, as ssh-keygen names it; `more` lines for the server's configuration.
    explicit open_ssh_server(const std::string& key_type = "ed25519", const std::string& more = {});
    open_ssh_server(const open_ssh_server&) = delete;
    open_ssh_server& operator=(const open_ssh_server&) = delete;
    virtual ~open_ssh_server();

    // What logs in there.
    [[nodiscard]] sftp::settings settings() const;
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    // Where a login leads; a test may look and write there itself.
    [[nodiscard]] std::filesystem::path home() const { return folder_.path() / "home"; }
    [[nodiscard]] std::string content(const std::string& name) const;
    void put(const std::string& name, const std::string& bytes);
    void make_folder(const std::string& name);
    void remove(const std::string& name);
    [[nodiscard]] std::vector<std::string> names(const std::string& folder = ".") const;  // sorted

    void new_host_key(const std::string& key_type);
    // kill -9 of every server process that has a connection.
    void kill_connections();
    void freeze_connections();  // until they are killed
    [[nodiscard]] int connections() const noexcept { return accepted_; }
    [[nodiscard]] std::string log() const;

    [[nodiscard]] static std::string fingerprint_of(const std::filesystem::path& public_key);

 protected:
    // `subsystem` serves files: {0} is the server's folder, {1} a folder with the programs of these tests.
    open_ssh_server(const std::string& key_type, const std::string& more, const std::string& subsystem);

    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_.path(); }
    void write_own(const std::string& name, const std::string& text) const;  // in the server's folder, its user's

 private:
    void serve();
    void own(const std::filesystem::path& path) const;

    intake_test::scratch_folder folder_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> accepted_ = 0;
    std::mutex lock_;
    std::vector<pid_t> processes_;
    std::jthread thread_;
};

// Runs a program and waits; throws std::runtime_error unless it ends with 0. Returns what it wrote.
std::string run_program(const std::vector<std::string>& command);

}  // namespace brygga::transfer::test
