#include "connectors/encryption/memory_file.hpp"

#include <csignal>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

namespace brygga::encryption {
namespace {

// A limit of this process, until the end of the scope.
class limited {
 public:
    limited(__rlimit_resource what, rlim_t most) : what_(what) {
        ::getrlimit(what_, &before_);
        rlimit now = before_;
        now.rlim_cur = most;
        ::setrlimit(what_, &now);
    }
    limited(const limited&) = delete;
    limited& operator=(const limited&) = delete;
    ~limited() { ::setrlimit(what_, &before_); }

 private:
    __rlimit_resource what_;
    rlimit before_{};
};

TEST(memory_file, what_was_written_stays_when_it_is_gone) {
    auto file = memory_file::create();
    ASSERT_TRUE(file);
    EXPECT_EQ(file->bytes()->bytes(), "");
    EXPECT_TRUE(file->write("abc"));
    EXPECT_TRUE(file->write(std::string(release_block_bytes, 'x')));
    auto source = [&] {
        const memory_file last = std::move(*file);
        return last.bytes();
    }();
    ASSERT_TRUE(source);
    ASSERT_EQ(source->bytes().size(), release_block_bytes + 3);
    EXPECT_EQ(source->bytes().substr(0, 4), "abcx");
    // Memory that was given back is still there.
    source->release_before(source->bytes().size());
    EXPECT_EQ(source->bytes().substr(0, 4), "abcx");
}

TEST(memory_file, no_descriptor_is_an_error) {
    const int next = ::dup(0);
    ::close(next);
    const limited descriptors(RLIMIT_NOFILE, static_cast<rlim_t>(next));
    const auto file = memory_file::create();
    EXPECT_EQ(file.error().code, error_code::io);
}

TEST(memory_file, no_room_is_an_error) {
    auto file = memory_file::create();
    ASSERT_TRUE(file);
    auto* const before = ::signal(SIGXFSZ, SIG_IGN);
    {
        const limited size(RLIMIT_FSIZE, 4096);
        EXPECT_TRUE(file->write(std::string(4096, 'x')));
        EXPECT_FALSE(file->write("x"));
    }
    ::signal(SIGXFSZ, before);
    EXPECT_EQ(file->bytes()->bytes().size(), 4096U);
}

}  // namespace
}  // namespace brygga::encryption
