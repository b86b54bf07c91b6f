// OpenSSL without memory: each of its allocations fails in turn, while a file is sealed and while it is verified. And no memory
// that is given back still holds a key.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/bankgirot/seal/reader.hpp"
#include "formats/bankgirot/seal/writer.hpp"
#include "tests/encryption/memory_hooks.hpp"
#include "tests/seal/reference.hpp"

namespace brygga::seal::testing {

namespace {

namespace memory = encryption::memory;

// Everything that is loaded once is loaded when it has worked once; then each allocation of `work` fails in turn. How often
// that was an error.
template <class Work>
std::size_t fail_each(const Work& work) {
    EXPECT_TRUE(work());
    std::size_t failures = 0;
    for (std::size_t n = 1;; ++n) {
        memory::allocations = 0;
        memory::fails_at = n;
        const bool done = work();
        const bool injected = memory::allocations >= n;
        memory::fails_at = 0;
        if (!injected) return failures;
        failures += done ? 0U : 1U;
        EXPECT_LT(n, 2000U);
    }
}

TEST(seal_out_of_memory, is_an_error_and_nothing_else) {
    ASSERT_TRUE(memory::replaced);
    const auto make_key = [] {
        const auto made = key::from_digits(other_key);
        EXPECT_TRUE(made || made.error().code == error_code::io);
        return made.has_value();
    };
    EXPECT_GT(fail_each(make_key), 2U);

    const key with = key_of(other_key);
    const std::string data = unsealed(example("7.2")), expected = sealed_by_reference(other_key, data);
    const auto seal = [&] {
        std::string out;
        const auto done =
            seal_file(data, with, {.day = *parse_iso_date("2026-11-23")}, [&](std::string_view part) { out += part; });
        EXPECT_TRUE(done ? out == expected : done.error().code == error_code::io);
        return done.has_value();
    };
    EXPECT_GT(fail_each(seal), 2U);

    const auto check = [&] {
        const auto what = verify(expected, std::array{with});
        EXPECT_TRUE(what ? what->is == verdict::ok : what.error().code == error_code::io);
        return what.has_value();
    };
    EXPECT_GT(fail_each(check), 2U);
}

// The key as bytes: its text is the caller's (connectors/secrets).
TEST(seal_wiped_memory, keys_leave_nothing_behind) {
    constexpr std::string_view bytes = "hemlig nyckel 16";
    std::string digits;
    for (const char each : bytes)
        digits += fmt::format("{:02x}", static_cast<unsigned char>(each));
    memory::looked_for = bytes;
    memory::found = 0;
    {
        std::vector<key> keys;
        for (int i = 0; i < 5; ++i)  // the vector grows, and moves them
            keys.push_back(key_of(digits));
        EXPECT_EQ(verify(example("7.2"), keys)->is, verdict::wrong_key);
        std::string out;
        EXPECT_TRUE(seal_file(unsealed(example("7.2")), keys.front(), {.day = *parse_iso_date("2026-11-23")},
                              [&](std::string_view part) { out += part; }));
        EXPECT_EQ(verify(out, keys)->is, verdict::ok);
    }
    memory::looked_for = {};
    EXPECT_EQ(memory::found, 0U);
}

}  // namespace

}  // namespace brygga::seal::testing
