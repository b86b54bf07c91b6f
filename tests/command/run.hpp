// Runs a shell command in a folder of its own and keeps what it printed.
#pragma once

#include <filesystem>
#include <string>

namespace brygga::command::testing {

struct run_result {
    std::string out, err;
    int exit_code{};        // 128 + signal when it was killed
    long peak_memory_kb{};  // of the shell and its children
};

// PATH finds the command under test first; the environment has nothing else of ours. Killed after a minute.
[[nodiscard]] run_result run_in(const std::filesystem::path& folder, const std::string& shell_command);

class scratch_folder {
 public:
    scratch_folder();
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;
    ~scratch_folder();
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
    std::filesystem::path path_;
};

[[nodiscard]] std::string bytes_of(const std::filesystem::path& file);

}  // namespace brygga::command::testing
