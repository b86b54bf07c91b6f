// Where a secret comes from, as the configuration names it: {file = "..."}, {environment = "..."} or {credential = "..."}.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/filedrop/file_system.hpp"
#include "formats/core/result.hpp"

namespace brygga::secrets {

inline constexpr std::size_t max_secret_bytes = 4096;

// One of them, or none: no secret.
struct secret_source {
    std::filesystem::path file;  // its first line
    std::string variable;        // of the environment
    std::string credential;      // the first line of this file in the folder that systemd names by CREDENTIALS_DIRECTORY

    [[nodiscard]] bool given() const noexcept { return !file.empty() || !variable.empty() || !credential.empty(); }
};

// The memory is wiped when it is destroyed.
class secret_text {
 public:
    secret_text() = default;
    secret_text(secret_text&& other) noexcept;
    secret_text& operator=(secret_text&& other) noexcept;
    ~secret_text() { wipe(); }

    [[nodiscard]] std::string_view text() const noexcept { return {bytes_.data(), size_}; }
    // From a file that everybody on the machine may read, or its group may write.
    [[nodiscard]] bool is_exposed() const noexcept { return exposed_; }

 private:
    friend result<secret_text> read(const secret_source& from, filedrop::file_system& files);
    void wipe() noexcept;

    std::vector<char> bytes_;
    std::size_t size_ = 0;
    bool exposed_ = false;
};

// As it is now; empty when no source is given. Errors say what is wrong with the source and never what stands in it:
// not_found when the variable or the folder of credentials is not set, limit_exceeded, otherwise what the system says of the
// file.
[[nodiscard]] result<secret_text> read(const secret_source& from, filedrop::file_system& files);

}  // namespace brygga::secrets
