#include "mapping/ledger/model.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/ledger/manual_clock.hpp"

namespace brygga::ledger {
namespace {

TEST(row_ids, text_form_is_crockford_base_32_and_sorts_as_the_numbers) {
    EXPECT_EQ(format_id(0), "0000000000000");
    EXPECT_EQ(format_id(31), "000000000000Z");
    EXPECT_EQ(format_id(32), "0000000000010");
    EXPECT_EQ(format_id(INT64_MAX), "7ZZZZZZZZZZZZ");
}

TEST(row_ids, confusable_letters_are_read) {
    EXPECT_EQ(parse_id("000000000001O"), 32);
    EXPECT_EQ(parse_id("000000000000i"), 1);
    EXPECT_EQ(parse_id("000000000000L"), 1);
    EXPECT_EQ(parse_id("000000000000z"), 31);
}

TEST(row_ids, other_text_is_refused) {
    for (const std::string_view bad : {"", "1", "000000000000U", "8000000000000", "00000000000000", "00000000000-1"})
        EXPECT_EQ(parse_id(bad), std::nullopt) << bad;
}

RC_GTEST_PROP(row_ids, round_trip_and_order, ()) {
    const auto a = *rc::gen::inRange<row_id>(0, INT64_MAX);
    const auto b = *rc::gen::inRange<row_id>(0, INT64_MAX);
    RC_ASSERT(parse_id(format_id(a)) == a);
    RC_ASSERT((a < b) == (format_id(a) < format_id(b)));
}

TEST(row_ids, rise_when_the_clock_stands_still_or_steps_back) {
    manual_clock time;
    id_generator ids(time);
    const row_id first = ids.next();
    EXPECT_EQ(first, (time.now_ms - 1'577'836'800'000) << 22);
    EXPECT_EQ(ids.next(), first + 1);
    time.now_ms -= 5000;
    EXPECT_EQ(ids.next(), first + 2);
    time.now_ms += 6000;
    EXPECT_EQ(ids.next(), first + (row_id{1000} << 22));
}

TEST(row_ids, continue_after_what_is_stored) {
    manual_clock time;
    id_generator ids(time);
    const row_id stored = (row_id{1} << 62) + 5;
    ids.continue_after(stored);
    EXPECT_EQ(ids.next(), stored + 1);
    ids.continue_after(7);
    EXPECT_EQ(ids.next(), stored + 2);
}

TEST(invoice_parts, lines_are_summed_per_utility_and_supply_point_in_the_given_order) {
    invoice item;
    item.lines = {{utility::RE, "R1", "a", 100, {}},
                  {utility::EL, "E2", "b", 200, {}},
                  {utility::EL, "E1", "c", 300, {}},
                  {utility::EL, "E2", "d", 5, {}},
                  {utility::VA, "V1", "e", -50, {}}};
    const auto parts = parts_of(item);
    ASSERT_EQ(parts.size(), 4U);
    const std::vector<std::tuple<std::uint16_t, utility, std::string, std::int64_t>> expected = {
        {std::uint16_t{1}, utility::EL, "E1", 300},
        {std::uint16_t{2}, utility::EL, "E2", 205},
        {std::uint16_t{3}, utility::VA, "V1", -50},
        {std::uint16_t{4}, utility::RE, "R1", 100}};
    for (std::size_t i = 0; i < parts.size(); ++i)
        EXPECT_EQ(std::tuple(parts[i].part_no, parts[i].kind, parts[i].supply_point, parts[i].amount_ore), expected[i]);
}

TEST(invoice_parts, rounding_belongs_to_the_largest_part_and_on_a_tie_to_the_first) {
    invoice item;
    item.rounding_ore = -32;
    item.lines = {{utility::VA, "V1", "", 500, {}}, {utility::EL, "E1", "", 532, {}}};
    EXPECT_EQ(parts_of(item)[0].amount_ore, 500);
    item.lines = {{utility::RE, "R1", "", 500, {}}, {utility::FI, "F1", "", 500, {}}};
    EXPECT_EQ(parts_of(item)[0].kind, utility::FI);
    EXPECT_EQ(parts_of(item)[0].amount_ore, 468);
    EXPECT_EQ(parts_of(item)[1].amount_ore, 500);
}

TEST(invoice_parts, no_lines_no_parts) {
    EXPECT_TRUE(parts_of(invoice{}).empty());
}

TEST(names, are_read_back) {
    for (std::uint8_t i = 0; i < 5; ++i) {
        const auto code = static_cast<utility>(i);
        EXPECT_EQ(parse_utility(name(code)), code);
    }
    for (std::uint8_t i = 0; i < 6; ++i) {
        const auto code = static_cast<account>(i);
        EXPECT_EQ(parse_account(name(code)), code);
    }
    EXPECT_EQ(name(entry_kind::correction), "correction");
    EXPECT_EQ(name(file_outcome::rejected), "rejected");
    EXPECT_EQ(parse_utility("el"), std::nullopt);
    EXPECT_EQ(parse_account(""), std::nullopt);
}

}  // namespace
}  // namespace brygga::ledger
