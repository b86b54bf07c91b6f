// The search behind diff: right for any two sequences, shortest below its limit, and linear above it.
#include "formats/inspection/edit_script.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace brygga::inspection {

namespace {

record_key key_of(std::uint32_t value) {
    record_key out{};
    for (std::size_t i = 0; i < 4; ++i)
        out[i] = static_cast<std::uint8_t>(value >> (8 * i));
    return out;
}

std::vector<record_key> keys_of(const std::vector<std::uint32_t>& values) {
    std::vector<record_key> out;
    for (const std::uint32_t each : values)
        out.push_back(key_of(each));
    return out;
}

// The number of common records, after every run was seen to be one, in order.
std::size_t common_records(const std::vector<record_key>& before, const std::vector<record_key>& after) {
    std::size_t x = 0;
    std::size_t y = 0;
    std::size_t common = 0;
    for (const common_run& run : common_runs(before, after)) {
        EXPECT_GE(run.before, x);
        EXPECT_GE(run.after, y);
        for (std::size_t i = 0; i < run.size; ++i)
            EXPECT_EQ(before[run.before + i], after[run.after + i]);
        x = run.before + run.size;
        y = run.after + run.size;
        common += run.size;
    }
    EXPECT_EQ(x, before.size());
    EXPECT_EQ(y, after.size());
    return common;
}

std::size_t longest_common_subsequence(const std::vector<record_key>& a, const std::vector<record_key>& b) {
    std::vector<std::size_t> row(b.size() + 1, 0);
    for (const record_key& each : a) {
        std::size_t diagonal = 0;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = each == b[j] ? diagonal + 1 : std::max(row[j], above);
            diagonal = above;
        }
    }
    return row.back();
}

RC_GTEST_PROP(edit_script, is_the_shortest, ()) {
    const auto letters = rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0, 4));
    const auto before = keys_of(*letters);
    const auto after = keys_of(*letters);
    RC_ASSERT(common_records(before, after) == longest_common_subsequence(before, after));
}

std::vector<std::uint32_t> ascending(std::uint32_t size) {
    std::vector<std::uint32_t> out(size);
    for (std::uint32_t i = 0; i < size; ++i)
        out[i] = i;
    return out;
}

// Half of max_edit_distance records changed: each is one deletion and one insertion.
TEST(edit_script, at_its_limit_it_is_still_the_shortest) {
    const auto before = ascending(10'000);
    auto after = before;
    for (std::size_t i = 0; i < max_edit_distance / 2; ++i)
        after[i * 7] += 1'000'000;
    EXPECT_EQ(common_records(keys_of(before), keys_of(after)), before.size() - max_edit_distance / 2);
}

TEST(edit_script, beyond_its_limit_the_records_that_both_have_once_are_still_found) {
    const auto before = ascending(100'000);
    auto after = before;
    for (std::size_t i = 0; i < after.size(); i += 2)
        after[i] += 1'000'000;
    after.erase(after.begin() + 50'001, after.begin() + 50'051);
    EXPECT_EQ(common_records(keys_of(before), keys_of(after)), 50'000u - 25u);
}

// Every third record is the same one, as town records are: only their neighbours say which is which.
TEST(edit_script, beyond_its_limit_repeated_records_are_found_between_the_others) {
    auto before = ascending(30'000);
    for (std::size_t i = 2; i < before.size(); i += 3)
        before[i] = 7'000'000;
    auto after = before;
    for (std::size_t i = 0; i < after.size(); i += 12)
        after[i] += 1'000'000;
    EXPECT_EQ(common_records(keys_of(before), keys_of(after)), before.size() - 2500u);
}

TEST(edit_script, beyond_its_limit_a_moved_block_is_found_once) {
    auto before = ascending(30'000);
    auto after = before;
    std::rotate(after.begin() + 5'000, after.begin() + 25'000, after.begin() + 28'000);
    EXPECT_EQ(common_records(keys_of(before), keys_of(after)), 27'000u);
}

TEST(edit_script, nothing_in_common) {
    EXPECT_EQ(common_records(keys_of(ascending(5000)), keys_of({})), 0u);
    EXPECT_EQ(common_records({}, {}), 0u);
    auto other = ascending(5000);
    for (auto& each : other)
        each += 1'000'000;
    EXPECT_EQ(common_records(keys_of(ascending(5000)), keys_of(other)), 0u);
}

}  // namespace

}  // namespace brygga::inspection
