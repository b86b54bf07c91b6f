#include "connectors/filedrop/watch.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "tests/intake/scratch_folder.hpp"

namespace brygga::filedrop {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
constexpr milliseconds never{600'000};

// Runs watch() in a thread and lets a test wait for the n-th look.
class watching {
 public:
    watching(const std::vector<std::filesystem::path>& folders, milliseconds until_next)
        : thread_([this, folders, until_next](const std::stop_token& stop) {
              ended_ = watch(folders, stop, [this, until_next] {
                           const std::lock_guard guard(mutex_);
                           ++looks_;
                           changed_.notify_all();
                           return until_next;
                       }).has_value();
          }) {}

    [[nodiscard]] bool looked(int times) {
        std::unique_lock guard(mutex_);
        return changed_.wait_for(guard, seconds(20), [&] { return looks_ >= times; });
    }
    [[nodiscard]] bool stop() {
        thread_.request_stop();
        thread_.join();
        return ended_;
    }

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int looks_ = 0;
    std::atomic<bool> ended_{false};
    std::jthread thread_;
};

TEST(watch_test, looks_at_once_after_each_delivery_and_ends_when_stopped) {
    const intake_test::scratch_folder folder;
    watching on({folder.path()}, never);
    ASSERT_TRUE(on.looked(1));
    intake_test::put(folder.path() / "a.part", "x");
    ASSERT_TRUE(on.looked(2));
    std::filesystem::rename(folder.path() / "a.part", folder.path() / "a");
    ASSERT_TRUE(on.looked(3));
    EXPECT_TRUE(on.stop());
}

TEST(watch_test, looks_again_after_the_time_that_the_look_before_gave) {
    watching on({"/nonexistent/folder"}, milliseconds(5));
    EXPECT_TRUE(on.looked(4));
    EXPECT_TRUE(on.stop());
}

TEST(watch_test, finds_a_folder_that_was_made_after_the_start) {
    const intake_test::scratch_folder folder;
    const auto late = folder.path() / "late";
    watching on({late}, milliseconds(20));
    ASSERT_TRUE(on.looked(2));
    std::filesystem::create_directory(late);
    EXPECT_TRUE(on.looked(5));
    EXPECT_TRUE(on.stop());
}

}  // namespace
}  // namespace brygga::filedrop
