#include "connectors/intake/original_store.hpp"

#include <string>

#include <gtest/gtest.h>

#include "formats/core/sha256.hpp"
#include "tests/intake/faulty_files.hpp"
#include "tests/intake/scratch_folder.hpp"

namespace brygga::intake {
namespace {

using intake_test::get;
using intake_test::put;

// The published digest of "abc" (FIPS 180-2).
constexpr std::string_view abc_sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

class original_store_test : public testing::Test {
 protected:
    [[nodiscard]] std::filesystem::path place(const fingerprint& is) const {
        return folder_ / is.sha256.substr(0, 2) / is.sha256;
    }
    [[nodiscard]] std::size_t count_files() const {
        std::size_t files = 0;
        for (const auto& each : std::filesystem::recursive_directory_iterator(folder_))
            files += each.is_regular_file() ? 1U : 0U;
        return files;
    }

    intake_test::scratch_folder scratch_;
    std::filesystem::path folder_ = scratch_.path() / "originals";
    std::filesystem::path in_ = scratch_.path() / "in";
    filedrop::file_system& files_ = filedrop::posix_file_system();
    std::unique_ptr<original_store> store_ = open_folder_store(files_, folder_);
};

TEST_F(original_store_test, keeps_bytes_under_their_hash_once) {
    put(in_, "abc");
    const auto is = fingerprint_of(files_, in_);
    ASSERT_TRUE(is);
    EXPECT_EQ(is->sha256, abc_sha256);
    EXPECT_EQ(is->size_bytes, 3U);
    EXPECT_EQ(store_->open(*is).error().code, error_code::not_found);
    EXPECT_TRUE(store_->keep(in_, *is, "K1"));
    EXPECT_TRUE(store_->keep(in_, *is, "K2"));
    EXPECT_EQ(get(place(*is)), "abc");
    EXPECT_EQ(count_files(), 1U);
    EXPECT_EQ(store_->open(*is)->bytes(), "abc");
}

TEST_F(original_store_test, copies_more_than_one_block_and_nothing) {
    for (const std::size_t size : {std::size_t{0}, file_block_bytes, 2 * file_block_bytes + 1}) {
        const std::string bytes(size, 'x');
        put(in_, bytes);
        const auto is = fingerprint_of(files_, in_);
        ASSERT_TRUE(is);
        EXPECT_EQ(is->sha256, sha256_hex(bytes));
        ASSERT_TRUE(store_->keep(in_, *is, "K"));
        EXPECT_EQ(store_->open(*is)->bytes(), bytes);
    }
}

TEST_F(original_store_test, a_file_that_changed_meanwhile_is_not_kept) {
    put(in_, "abc");
    const auto is = fingerprint_of(files_, in_);
    for (const auto* const changed : {"abd", "ab", "abcd"}) {
        put(in_, changed);
        EXPECT_EQ(store_->keep(in_, *is, "K").error().code, error_code::busy) << changed;
        EXPECT_EQ(store_->open(*is).error().code, error_code::not_found);
        EXPECT_EQ(count_files(), 0U);
    }
}

TEST_F(original_store_test, a_damaged_copy_is_seen_and_replaced) {
    put(in_, "abc");
    const auto is = fingerprint_of(files_, in_);
    ASSERT_TRUE(store_->keep(in_, *is, "K"));
    for (const auto* const damaged : {"ab", "abd"}) {
        put(place(*is), damaged);
        EXPECT_EQ(store_->open(*is).error().code, error_code::corrupt) << damaged;
        EXPECT_TRUE(store_->keep(in_, *is, "K"));
        EXPECT_EQ(store_->open(*is)->bytes(), "abc") << damaged;
    }
}

TEST_F(original_store_test, refuses_before_the_disk_is_full) {
    put(in_, "abc");
    const auto is = fingerprint_of(files_, in_);
    intake_test::faulty_files disk;
    const auto store = open_folder_store(disk, folder_);
    for (const std::uint64_t free : {std::uint64_t{0}, min_free_bytes, min_free_bytes + 2}) {
        disk.free_space = free;
        EXPECT_EQ(store->keep(in_, *is, "K").error().code, error_code::no_space) << free;
    }
    disk.free_space = min_free_bytes + 3;
    EXPECT_TRUE(store->keep(in_, *is, "K"));
}

// Whatever call fails, nothing half-written is ever under the final name, and a repetition leaves only the copy.
TEST_F(original_store_test, a_failure_anywhere_can_be_repeated) {
    put(in_, "abc");
    const auto is = fingerprint_of(files_, in_);
    for (const auto moment : {intake_test::fault_moment::before, intake_test::fault_moment::after}) {
        bool failed = true;
        for (std::size_t n = 1; failed; ++n) {
            std::filesystem::remove_all(folder_);
            intake_test::faulty_files faulty;
            faulty.fail_at = n;
            faulty.moment = moment;
            failed = !open_folder_store(faulty, folder_)->keep(in_, *is, "K");
            const auto kept = store_->open(*is);
            EXPECT_TRUE(!kept || kept->bytes() == "abc");
            EXPECT_TRUE(store_->keep(in_, *is, "K"));
            EXPECT_EQ(count_files(), 1U) << "call " << n;
            ASSERT_LT(n, 40U);
        }
    }
}

}  // namespace
}  // namespace brygga::intake
