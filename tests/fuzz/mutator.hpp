// Seeded changes of the bytes of some files, for tests that read anything.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace brygga::fuzz {

// Deterministic (splitmix64): the same mutations everywhere. The corpus outlives it.
class mutator {
 public:
    explicit mutator(const std::vector<std::string>& corpus) : corpus_(corpus) {}

    std::string next() {
        std::string bytes = pick();
        for (std::uint64_t changes = 1 + below(6); changes != 0; --changes)
            change(bytes);
        return bytes;
    }

 private:
    std::uint64_t random() noexcept {
        state_ += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t limit) noexcept { return limit == 0 ? 0 : random() % limit; }
    const std::string& pick() noexcept { return corpus_[below(corpus_.size())]; }

    char byte() noexcept {
        constexpr std::string_view telling =
            "\t\r\n \x1A"
            "0129\xC3\xA5\xEF\xBB\xBF\x84\xE5";
        return below(3) == 0 ? static_cast<char>(random() & 0xFF) : telling[below(telling.size())];
    }

    void change(std::string& bytes) {
        const std::size_t at = below(bytes.size() + 1);
        switch (below(5)) {
            case 0:
                if (at < bytes.size()) bytes[at] = byte();
                break;
            case 1:
                bytes.insert(at, 1 + below(9), byte());
                break;
            case 2:
                bytes.erase(at, 1 + below(90));
                break;
            case 3:
                bytes.insert(at, pick().substr(0, 400));
                break;
            default:
                bytes.resize(at);
                break;
        }
    }

    const std::vector<std::string>& corpus_;
    std::uint64_t state_ = 1;
};

}  // namespace brygga::fuzz
