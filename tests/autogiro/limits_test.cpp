// The named limits of reader.hpp, on both sides: what is within is read as ever, what is beyond is told and waits.
#include <gmock/gmock.h>

#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

using ::testing::IsEmpty;

TEST(autogiro_limits, of_texts_hold_a_section) {
    for (const std::size_t more : {0u, 1u, 500u}) {
        std::vector<std::string> lines = worked_example("internet-bank");
        lines.insert(lines.begin() + 2, max_payer_texts - 1 + more, lines[2]);  // one stands there
        std::string records = std::to_string(6 + max_payer_texts - 1 + more);
        records.insert(0, 7 - records.size(), '0');
        lines.back().replace(14, 7, records);
        struct : sink {
            void internet_mandate(const internet_mandate_view& item) override {
                texts += item.texts.size();
                last = item.town.town.utf8() + last;
            }
            std::size_t texts = 0;
            std::string last;
        } seen;
        const logical_file file = read(joined(lines), {}, &seen);
        EXPECT_TRUE(file.accepted());
        EXPECT_EQ(seen.texts, max_payer_texts);
        EXPECT_EQ(seen.last, "STORSTAD");
        EXPECT_EQ(file.findings.total(), more);
        EXPECT_EQ(file.findings.count(static_cast<std::size_t>(rule::R03)), more);
        EXPECT_EQ(file.holds.size(), more);
        if (more != 0) {
            EXPECT_EQ(holds_of(file).front(), "AG-R03 section 1");
        }
    }
}

TEST(autogiro_limits, of_holds_hold_every_section) {
    const std::vector<std::string> example = worked_example("7.1");
    std::string held = example[8];
    held.replace(31, 12, "000000000000");
    for (const std::size_t more : {0u, 1u, 2u}) {
        std::string bytes = example[1] + "\r\n";
        for (std::size_t i = 0; i != bankgirot::max_holds + more; ++i)
            bytes += held + "\r\n";
        bytes += joined({example[1], held});
        // The last one is in a section of its own; it counts among those beyond.
        const logical_file file = read(bytes);
        EXPECT_TRUE(file.accepted());
        ASSERT_EQ(file.holds.size(), bankgirot::max_holds + 1);
        EXPECT_EQ(file.holds[bankgirot::max_holds - 1], (hold_mark{1, bankgirot::max_holds, rule::R09}));
        EXPECT_EQ(file.holds.back(), (hold_mark{0, 0, rule::R09}));
        EXPECT_EQ(file.findings.total(), bankgirot::max_holds + more + 1);
    }
}

TEST(autogiro_limits, of_unknown_codes_count_those_beyond_as_other) {
    std::vector<std::string> lines = {worked_example("7.1")[1]};
    for (char first = 'A'; first <= 'F'; ++first)
        for (char second = 'a'; second < 'a' + 20; ++second)
            lines.push_back(std::string{first, second} + std::string(78, ' '));
    const logical_file file = read(joined(lines));
    EXPECT_EQ(file.records.size(), 1u + 100u + 1u);
    EXPECT_EQ(file.records.at("other"), 20u);
    EXPECT_EQ(file.findings.count(static_cast<std::size_t>(rule::R03)), 120u);
}

// Amounts of 12 digits and their sums stay exact beyond 64 bits.
TEST(autogiro_limits, of_sums_are_those_of_the_file_format) {
    const std::vector<std::string> example = worked_example("7.1");
    std::string largest = example[8];
    largest.replace(31, 12, "999999999999");
    std::string bytes = example[1] + "\r\n";
    for (int i = 0; i != 1'000; ++i)
        bytes += largest + "\r\n";
    EXPECT_EQ(read(bytes).collections.approved_ore.text(), "999999999999000");
    EXPECT_THAT(findings_of(read(bytes)), IsEmpty());
}

}  // namespace

}  // namespace brygga::autogiro::testing
