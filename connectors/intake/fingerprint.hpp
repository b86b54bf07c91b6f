// SHA-256 in blocks, for files of any size.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "connectors/filedrop/file_system.hpp"
#include "formats/core/result.hpp"

namespace brygga::intake {

class sha256_sum {
 public:
    sha256_sum();
    ~sha256_sum();
    sha256_sum(const sha256_sum&) = delete;
    sha256_sum& operator=(const sha256_sum&) = delete;

    void add(std::string_view bytes);
    // 64 lower-case digits. Ends the sum: nothing can be added afterwards.
    [[nodiscard]] std::string hex();

 private:
    struct state;
    std::unique_ptr<state> state_;
};

inline constexpr std::size_t file_block_bytes = std::size_t{1} << 20;

struct fingerprint {
    std::string sha256;
    std::uint64_t size_bytes{};

    [[nodiscard]] bool operator==(const fingerprint&) const = default;
};

// Reads the file once, front to back, with one block in memory.
[[nodiscard]] result<fingerprint> fingerprint_of(filedrop::file_system& files, const std::filesystem::path& path);

}  // namespace brygga::intake
