#include "connectors/filedrop/inbox.hpp"

#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/intake/scratch_folder.hpp"
#include "tests/ledger/manual_clock.hpp"

namespace brygga::filedrop {
namespace {

using intake_test::get;
using intake_test::put;
using std::chrono::milliseconds;

TEST(temporary_name_test, knows_names_of_transfers_under_way) {
    for (const std::string_view name :
         {"a.part", "a.PART", "a.partial", "a.filepart", "a.tmp", "a.Temp", "a.crdownload", "a.txt~", ".part"})
        EXPECT_TRUE(is_temporary_name(name)) << name;
    for (const std::string_view name : {"part", "a.parts", "a.tmp.txt", "temp", "a", ""})
        EXPECT_FALSE(is_temporary_name(name)) << name;
}

class inbox_test : public testing::Test {
 protected:
    void SetUp() override {
        std::filesystem::create_directory(inbox_);
        std::filesystem::create_directory(work_);
    }
    [[nodiscard]] candidate only() {
        const auto look = look_into(files_, inbox_);
        EXPECT_TRUE(look && look->candidates.size() == 1);
        return look->candidates.at(0);
    }
    [[nodiscard]] std::vector<std::string> in(const std::filesystem::path& folder) { return files_.list(folder).value(); }

    intake_test::scratch_folder scratch_;
    std::filesystem::path inbox_ = scratch_.path() / "inbox";
    std::filesystem::path work_ = scratch_.path() / "work";
    file_system& files_ = posix_file_system();
    ledger::manual_clock clock_;
    claim_source ids_{clock_, [] { return 7U; }};
};

TEST_F(inbox_test, sees_regular_files_only) {
    for (const auto* const name : {"b.txt", "a b\n.txt", "\xE5.txt", ".hidden", "c.part", "d.tmp"})
        put(inbox_ / name, "x");
    std::filesystem::create_directory(inbox_ / "folder");
    put(scratch_.path() / "outside", "secret");
    std::filesystem::create_symlink(scratch_.path() / "outside", inbox_ / "link.txt");
    ASSERT_EQ(::mkfifo((inbox_ / "pipe").c_str(), 0600), 0);
    const auto look = look_into(files_, inbox_);
    ASSERT_TRUE(look);
    std::vector<std::string> names;
    for (const candidate& each : look->candidates)
        names.push_back(each.name);
    EXPECT_EQ(names, (std::vector<std::string>{"a b\n.txt", "b.txt", "\xE5.txt"}));
    EXPECT_EQ(look->not_regular, (std::vector<std::string>{"link.txt", "pipe"}));
    EXPECT_TRUE(look->failures.empty());
    EXPECT_EQ(look_into(files_, scratch_.path() / "none").error().code, error_code::not_found);
}

TEST_F(inbox_test, a_claim_renames_keeps_the_bytes_and_locks) {
    put(inbox_ / "a b.txt", "bytes");
    auto claimed = claim(files_, inbox_, work_, only(), ids_);
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->name.escaped, "a%20b.txt");
    EXPECT_EQ(in(inbox_), std::vector<std::string>{});
    EXPECT_EQ(in(work_), std::vector<std::string>{claimed->name.text()});
    EXPECT_EQ(get(claimed->path), "bytes");
    EXPECT_EQ(reclaim(files_, work_, claimed->name).error().code, error_code::busy);
    const claimed_name name = claimed->name;
    claimed->lock.reset();
    const auto again = reclaim(files_, work_, name);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->path, claimed->path);
}

TEST_F(inbox_test, a_file_that_changed_since_the_look_is_left) {
    put(inbox_ / "a", "1");
    const candidate seen = only();
    put(inbox_ / "a", "12");
    EXPECT_EQ(claim(files_, inbox_, work_, seen, ids_).error().code, error_code::busy);
    EXPECT_EQ(in(inbox_), std::vector<std::string>{"a"});
}

TEST_F(inbox_test, a_file_that_vanished_or_became_a_link_is_not_claimed) {
    put(inbox_ / "a", "1");
    const candidate seen = only();
    std::filesystem::rename(inbox_ / "a", scratch_.path() / "outside");
    EXPECT_EQ(claim(files_, inbox_, work_, seen, ids_).error().code, error_code::not_found);
    std::filesystem::create_symlink(scratch_.path() / "outside", inbox_ / "a");
    EXPECT_FALSE(claim(files_, inbox_, work_, seen, ids_));
    EXPECT_EQ(in(work_), std::vector<std::string>{});
}

TEST_F(inbox_test, of_many_claimers_each_file_has_one) {
    constexpr int file_count = 40;
    for (int i = 0; i < file_count; ++i)
        put(inbox_ / ("f" + std::to_string(i)), "x");
    const auto look = look_into(files_, inbox_);
    ASSERT_TRUE(look);
    std::array<int, 4> got{};
    std::vector<std::thread> claimers;
    for (int& count : got)
        claimers.emplace_back([&] {
            claim_source ids(ledger::system_clock());
            std::vector<claimed_file> mine;
            for (const candidate& each : look->candidates)
                if (auto claimed = claim(files_, inbox_, work_, each, ids)) mine.push_back(std::move(*claimed));
            count = static_cast<int>(mine.size());
        });
    for (std::thread& each : claimers)
        each.join();
    EXPECT_EQ(got[0] + got[1] + got[2] + got[3], file_count);
    EXPECT_EQ(in(work_).size(), std::size_t{file_count});
    EXPECT_TRUE(in(inbox_).empty());
}

struct look_at {
    ledger::timestamp_ms now{};
    std::uint64_t size{};
    ledger::timestamp_ms modified{};
    settle_state expected{};
};
struct settle_case {
    std::string what;
    std::vector<look_at> looks;
};

void PrintTo(const settle_case& item, std::ostream* out) {
    *out << item.what;
}

class settling_test : public testing::TestWithParam<settle_case> {};

TEST_P(settling_test, waits_as_long_as_it_should) {
    settling tracker({milliseconds(100), milliseconds(1000)});
    for (const look_at& each : GetParam().looks) {
        candidate item{"a", {}};
        item.facts.size_bytes = each.size;
        item.facts.modified_ns = each.modified * 1'000'000;
        EXPECT_EQ(tracker.note({item}, each.now).at(0), each.expected) << "at " << each.now;
    }
}

constexpr settle_state whole = settle_state::whole;
constexpr settle_state growing = settle_state::growing;
constexpr settle_state empty = settle_state::empty_waits;

INSTANTIATE_TEST_SUITE_P(
    looks, settling_test,
    testing::Values(
        settle_case{"an old file needs a second look only", {{5000, 9, 10, growing}, {5001, 9, 10, whole}}},
        settle_case{"a fresh file waits for the quiet time",
                    {{5000, 9, 4990, growing}, {5089, 9, 4990, growing}, {5090, 9, 4990, whole}}},
        settle_case{"growth starts the wait anew",
                    {{5000, 9, 5000, growing}, {5090, 12, 5090, growing}, {5150, 12, 5090, growing}, {5190, 12, 5090, whole}}},
        settle_case{"growth under a time set to the past",
                    {{5000, 9, 10, growing}, {5050, 12, 10, growing}, {5060, 12, 10, whole}}},
        settle_case{"a time in the future counts from the first look",
                    {{5000, 9, 90000, growing}, {5099, 9, 90000, growing}, {5100, 9, 90000, whole}}},
        settle_case{"an empty file waits longer",
                    {{5000, 0, 4990, empty}, {5200, 0, 4990, empty}, {5989, 0, 4990, empty}, {5990, 0, 4990, whole}}},
        settle_case{"an empty file that fills", {{5000, 0, 5000, empty}, {5500, 4, 5500, growing}, {5600, 4, 5500, whole}}}));

TEST(settling_memory_test, a_file_that_was_gone_starts_anew) {
    settling tracker({milliseconds(0), milliseconds(0)});
    const candidate item{"a", {}};
    EXPECT_EQ(tracker.note({item}, 1).at(0), empty);
    EXPECT_EQ(tracker.note({}, 2).size(), 0U);
    EXPECT_EQ(tracker.note({item}, 3).at(0), empty);
    EXPECT_EQ(tracker.note({item}, 4).at(0), whole);
}

}  // namespace
}  // namespace brygga::filedrop
