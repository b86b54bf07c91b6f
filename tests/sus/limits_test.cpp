// The limits of reading SUS, on both sides, and that no view reaches back to what is passed.
#include "tests/rule_cases/limits.hpp"

#include <gmock/gmock.h>

#include "tests/rule_cases/generated.hpp"
#include "tests/sus/rule_case.hpp"

namespace brygga::sus::testing {

namespace {

const auto read_sus = [](const std::string& bytes) { return read(bytes); };

TEST(sus_limits, of_holds_hold_every_section) {
    const std::vector<std::string> example = worked_example("accounts");
    std::string held = example[2];
    held.replace(141, 15, "000000000000000");
    rule_cases::expect_holds_beyond_to_hold_every_section({example[0], held, example.back()}, rule::LB_R07, read_sus);
}

TEST(sus_limits, of_unknown_codes_count_those_beyond_as_other) {
    rule_cases::expect_codes_beyond_to_count_as_other(worked_example("accounts")[0], rule::LB_R19, read_sus);
}

// Amounts of 15 digits and their sums stay exact, beyond 64 bits.
TEST(sus_limits, of_sums_are_those_of_the_file_format) {
    const std::vector<std::string> example = worked_example("accounts");
    std::string largest = example[2];
    largest.replace(141, 15, "999999999999999");
    std::string bytes = example[0] + "\r\n";
    for (int i = 0; i != 20'000; ++i)
        bytes += largest + "\r\n";
    EXPECT_EQ(read(bytes).payments_ore.text(), "19999999999999980000");
}

struct words_sink : sink {
    void payment(const payment_view& item) override {
        words += item.record.identification.utf8() + "|" + std::string(item.record.civic_number) + "|" + item.record.name.utf8();
        if (item.address != nullptr) words += "|" + item.address->street.utf8() + "|" + item.address->town.utf8();
        words += "\n" + std::string(item.bytes) + "\n";
    }
    std::string words;
};

TEST(sus_limits, of_what_is_passed_hold_for_every_view) {
    const auto read_with = [](const std::string& bytes, const read_options& options, sink* into) {
        return read(bytes, options, into);
    };
    const std::string bytes = rule_cases::made("sus", rule_cases::settings_of("", 20'000));
    rule_cases::expect_no_view_of_what_is_passed<words_sink>(bytes, read_options{}, read_with);
}

}  // namespace

}  // namespace brygga::sus::testing
