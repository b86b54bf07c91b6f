// A folder of its own for each test, gone afterwards.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

namespace brygga::intake_test {

class scratch_folder {
 public:
    scratch_folder() {
        // Hundreds of ledgers are made durable: in memory that takes seconds, on a disk minutes.
        const std::filesystem::path memory = "/dev/shm";
        const bool has_memory = ::access(memory.c_str(), W_OK | X_OK) == 0;
        std::string pattern = (has_memory ? memory : std::filesystem::path(testing::TempDir())) / "brygga-intake-XXXXXX";
        if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
        EXPECT_FALSE(path_.empty());
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
    std::filesystem::path path_;
};

inline void put(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string get(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

// Where logs of tests go, for the scan that looks for personal data in them.
inline std::filesystem::path test_logs() {
    const char* const given = std::getenv("BRYGGA_TEST_LOGS");
    std::filesystem::path folder =
        given != nullptr ? std::filesystem::path(given) : std::filesystem::path(BRYGGA_BINARY_DIR) / "test-logs";
    std::filesystem::create_directories(folder);
    return folder;
}

}  // namespace brygga::intake_test
