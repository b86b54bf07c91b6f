// OpenSSL without memory: each of its allocations fails in turn, while a file is encrypted and while it is decrypted.
#include "tests/encryption/in_memory.hpp"
#include "tests/encryption/memory_hooks.hpp"

namespace brygga::encryption {
namespace {

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

TEST(out_of_memory, is_an_error_and_nothing_else) {
    ASSERT_TRUE(memory::replaced);
    const std::string plain(1000, 'x');
    const content is{sha256_hex(plain), plain.size()};
    const named_key key = key_of("new", 'n');
    const auto encrypt = [&] {
        file_in_memory file;
        auto into = writer::begin(file, key, is);
        const auto added = into ? into->add(plain) : result<void>(tl::unexpected<error>(into.error()));
        const auto finished = added ? into->finish() : added;
        EXPECT_TRUE(finished || finished.error().code == error_code::io);
        memory::fails_at = 0;
        EXPECT_TRUE(!finished || *decrypted(file.content) == plain);
        return finished.has_value();
    };
    EXPECT_GT(fail_each(encrypt), 2U);
    const std::string bytes = encrypted(plain, key);
    const auto decrypt = [&] {
        const auto back = decrypted(bytes);
        EXPECT_TRUE(back ? *back == plain : back.error().code == error_code::io);
        return back.has_value();
    };
    EXPECT_GT(fail_each(decrypt), 2U);
}

}  // namespace
}  // namespace brygga::encryption
