#include "formats/core/byte_source.hpp"

#include <array>
#include <fstream>
#include <string>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace brygga {
namespace {

class byte_source_test : public testing::Test {
 protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "/byte-source-XXXXXX";
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::filesystem::path file(std::string_view content) const {
        const std::filesystem::path path = folder_ / "in.txt";
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    std::filesystem::path folder_;
};

std::string pattern_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>('a' + i % 23);
    return bytes;
}

// A pipe whose writing end is fed by a thread, so that it may carry more than the kernel buffers.
struct fed_pipe {
    explicit fed_pipe(const std::string& content) {
        EXPECT_EQ(::pipe(ends.data()), 0);
        feeder = std::thread([this, &content] {
            std::size_t sent = 0;
            while (sent < content.size()) {
                const ssize_t n = ::write(ends[1], content.data() + sent, content.size() - sent);
                if (n <= 0) break;
                sent += static_cast<std::size_t>(n);
            }
            ::close(ends[1]);
        });
    }
    ~fed_pipe() {
        std::array<char, 65536> rest{};
        while (::read(ends[0], rest.data(), rest.size()) > 0)
            continue;
        feeder.join();
        ::close(ends[0]);
    }
    fed_pipe(const fed_pipe&) = delete;
    fed_pipe& operator=(const fed_pipe&) = delete;

    std::array<int, 2> ends{};
    std::thread feeder;
};

TEST_F(byte_source_test, regular_file) {
    const result<byte_source> source = byte_source::open(file("01BGMAX\r\n70\r\n"));
    ASSERT_TRUE(source);
    EXPECT_EQ(source->bytes(), "01BGMAX\r\n70\r\n");
}

TEST_F(byte_source_test, empty_file) {
    const result<byte_source> source = byte_source::open(file(""));
    ASSERT_TRUE(source);
    EXPECT_TRUE(source->bytes().empty());
    EXPECT_NE(source->bytes().data(), nullptr);
}

TEST_F(byte_source_test, folder_is_an_error) {
    const result<byte_source> source = byte_source::open(folder_);
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, error_code::invalid_argument);
    EXPECT_EQ(source.error().text, "cannot read " + folder_.string() + ": it is a folder");
}

TEST_F(byte_source_test, missing_file) {
    const result<byte_source> source = byte_source::open(folder_ / "absent");
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, error_code::not_found);
}

TEST_F(byte_source_test, no_permission) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
    const std::filesystem::path path = file("secret");
    std::filesystem::permissions(path, std::filesystem::perms::none);
    const result<byte_source> source = byte_source::open(path);
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, error_code::permission_denied);
}

TEST_F(byte_source_test, closed_descriptor) {
    const result<byte_source> source = byte_source::from_descriptor(-1, "standard input");
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, error_code::io);
    EXPECT_TRUE(source.error().text.starts_with("cannot read standard input: "));
}

TEST_F(byte_source_test, pipe_is_spooled) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{3} << 20}) {
        const std::string content = pattern_bytes(size);
        const fed_pipe pipe(content);
        const result<byte_source> source = byte_source::from_descriptor(pipe.ends[0], "standard input");
        ASSERT_TRUE(source);
        EXPECT_TRUE(source->bytes() == content) << size;
    }
}

TEST_F(byte_source_test, named_pipe) {
    const std::filesystem::path path = folder_ / "fifo";
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    std::thread feeder([&path] { std::ofstream(path) << "through a named pipe"; });
    const result<byte_source> source = byte_source::open(path);
    feeder.join();
    ASSERT_TRUE(source);
    EXPECT_EQ(source->bytes(), "through a named pipe");
}

TEST_F(byte_source_test, spool_limit) {
    const std::string content = pattern_bytes(1000);
    {
        const fed_pipe pipe(content);
        EXPECT_TRUE(byte_source::from_descriptor(pipe.ends[0], "standard input", 1000));
    }
    const fed_pipe pipe(content);
    const result<byte_source> source = byte_source::from_descriptor(pipe.ends[0], "standard input", 999);
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, error_code::limit_exceeded);
}

TEST_F(byte_source_test, descriptor_stays_with_the_caller) {
    const int descriptor = ::open(file("content").c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_GE(descriptor, 0);
    const result<byte_source> source = byte_source::from_descriptor(descriptor, "in");
    ASSERT_EQ(::close(descriptor), 0);
    ASSERT_TRUE(source);
    EXPECT_EQ(source->bytes(), "content");
}

TEST_F(byte_source_test, released_pages_are_read_again) {
    const std::string content = pattern_bytes(3 * release_block_bytes + 4097);
    result<byte_source> source = byte_source::open(file(content));
    ASSERT_TRUE(source);
    EXPECT_TRUE(source->bytes() == content);
    for (std::size_t offset = 0; offset < content.size() + 10 * release_block_bytes; offset += 1'000'003)
        source->release_before(offset);
    source->release_before(0);
    EXPECT_TRUE(source->bytes() == content);
}

TEST_F(byte_source_test, moves) {
    result<byte_source> first = byte_source::open(file("first"));
    ASSERT_TRUE(first);
    byte_source moved = std::move(*first);
    EXPECT_EQ(moved.bytes(), "first");
    EXPECT_TRUE(first->bytes().empty());
    result<byte_source> second = byte_source::open(file("second"));
    ASSERT_TRUE(second);
    moved = std::move(*second);
    EXPECT_EQ(moved.bytes(), "second");
}

}  // namespace
}  // namespace brygga
