// The named limits of reader.hpp, on both sides: what is within is read as ever, what is beyond is told and waits.
#include "tests/rule_cases/limits.hpp"

#include <gmock/gmock.h>

#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

using ::testing::IsEmpty;

const auto read_autogiro = [](const std::string& bytes) { return read(bytes); };

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
    rule_cases::expect_holds_beyond_to_hold_every_section({example[1], held, ""}, rule::R09, read_autogiro);
}

TEST(autogiro_limits, of_unknown_codes_count_those_beyond_as_other) {
    rule_cases::expect_codes_beyond_to_count_as_other(worked_example("7.1")[1], rule::R03, read_autogiro);
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
