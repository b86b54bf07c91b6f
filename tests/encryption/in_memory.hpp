// Files in memory, keys, and the encrypted form of some bytes.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "connectors/encryption/encrypted_file.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::encryption {

// Gives at most `piece` bytes at a time.
class file_in_memory final : public filedrop::open_file {
 public:
    explicit file_in_memory(std::string bytes = {}, std::size_t piece = std::string::npos)
        : content(std::move(bytes)), piece_(piece) {}

    result<std::size_t> read(std::span<char> into) override {
        if (++calls == fail_at) return fail(error_code::io, "injected");
        const std::size_t got = std::min({into.size(), content.size() - at_, piece_});
        std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(at_), got, into.begin());
        at_ += got;
        return got;
    }
    result<void> write(std::string_view bytes) override {
        if (++calls == fail_at) return fail(error_code::io, "injected");
        content.append(bytes);
        return {};
    }
    result<void> sync() override { return {}; }
    result<void> lock() override { return {}; }
    result<filedrop::file_facts> facts() override { return filedrop::file_facts{}; }
    result<void> let_everybody_read() override { return {}; }

    std::string content;
    std::size_t calls = 0, fail_at = 0;  // 1-based number of the call that fails, 0 = none

 private:
    std::size_t piece_;
    std::size_t at_ = 0;
};

inline named_key key_of(std::string id, char fill) {
    named_key out{std::move(id), {}};
    std::fill(out.key.bytes().begin(), out.key.bytes().end(), static_cast<std::uint8_t>(fill));
    return out;
}

inline key_ring two_keys() {
    return {{key_of("old", 'o'), key_of("new", 'n')}, "new"};
}

inline std::string encrypted(std::string_view plain, const named_key& key = key_of("new", 'n')) {
    file_in_memory file;
    auto into = writer::begin(file, key, {sha256_hex(plain), plain.size()});
    EXPECT_TRUE(into && into->add(plain) && into->finish());
    return file.content;
}

// All of it, or the first error.
inline result<std::string> decrypted_from(file_in_memory& file, const key_ring& keys = two_keys()) {
    const auto head = read_head(file);
    if (!head) return tl::unexpected<error>(head.error());
    auto from = reader::begin(file, *head, keys);
    if (!from) return tl::unexpected<error>(from.error());
    std::string out;
    for (;;) {
        const auto block = from->next();
        if (!block) return tl::unexpected<error>(block.error());
        if (block->empty()) return out;
        out.append(*block);
    }
}

inline result<std::string> decrypted(std::string bytes, const key_ring& keys = two_keys()) {
    file_in_memory file(std::move(bytes));
    return decrypted_from(file, keys);
}

// Of no pattern that a swap of blocks could leave unchanged.
inline std::string some_bytes(std::size_t size) {
    std::string out(size, '\0');
    std::uint32_t state = 1;
    for (char& each : out) {
        state = state * 1664525U + 1013904223U;
        each = static_cast<char>(state >> 24U);
    }
    return out;
}

}  // namespace brygga::encryption
