// The limits of reading SUS, on both sides, and that no view reaches back to what is passed.
#include <gmock/gmock.h>

#include "formats/bankgirot/sus/generator.hpp"
#include "tests/sus/rule_case.hpp"

namespace brygga::sus::testing {

namespace {

TEST(sus_limits, of_holds_hold_every_section) {
    const std::vector<std::string> example = worked_example("accounts");
    std::string held = example[2];
    held.replace(141, 15, "000000000000000");
    for (const std::size_t more : {0u, 1u, 2u}) {
        std::string bytes = example[0] + "\r\n";
        for (std::size_t i = 0; i != bankgirot::max_holds + more; ++i)
            bytes += held + "\r\n";
        bytes += example.back() + "\r\n" + joined({example[0], held, example.back()});
        const logical_file file = read(bytes);
        EXPECT_TRUE(file.accepted());
        ASSERT_GT(file.holds.size(), bankgirot::max_holds);
        EXPECT_EQ(file.holds[bankgirot::max_holds - 1], (hold_mark{1, bankgirot::max_holds, rule::LB_R07}));
        EXPECT_NE(std::find(file.holds.begin(), file.holds.end(), (hold_mark{0, 0, rule::LB_R07})), file.holds.end());
        EXPECT_EQ(file.findings.count(static_cast<std::size_t>(rule::LB_R07)), bankgirot::max_holds + more + 1);
    }
}

TEST(sus_limits, of_unknown_codes_count_those_beyond_as_other) {
    std::vector<std::string> lines = {worked_example("accounts")[0]};
    for (char first = 'A'; first <= 'F'; ++first)
        for (char second = 'a'; second < 'a' + 20; ++second)
            lines.push_back(std::string{first, second} + std::string(178, ' '));
    const logical_file file = read(joined(lines));
    EXPECT_EQ(file.records.size(), 1u + 100u + 1u);
    EXPECT_EQ(file.records.at("other"), 20u);
    EXPECT_EQ(file.findings.count(static_cast<std::size_t>(rule::LB_R19)), 120u);
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

// Bytes that are passed may be gone: here they are overwritten at once.
TEST(sus_limits, of_what_is_passed_hold_for_every_view) {
    generate_settings settings;
    settings.count = 20'000;
    std::string bytes;
    ASSERT_TRUE(generate(settings, [&](std::string_view part) { bytes += part; }));
    ASSERT_GT(bytes.size(), std::size_t{3} << 20);
    words_sink plain;
    const std::vector<std::string> findings = findings_of(read(bytes, {}, &plain));
    std::string vanishing = bytes;
    std::size_t before = 0, calls = 0;
    read_options options;
    options.force_encoding = encoding::iso_8859_1;  // otherwise the bytes are looked at more than once
    options.passed = [&](std::size_t size) {
        EXPECT_GE(size, before);
        std::fill(vanishing.begin() + static_cast<std::ptrdiff_t>(before), vanishing.begin() + static_cast<std::ptrdiff_t>(size),
                  'Z');
        before = size;
        ++calls;
    };
    words_sink seen;
    EXPECT_EQ(findings_of(read(vanishing, options, &seen)), findings);
    EXPECT_TRUE(seen.words == plain.words);
    EXPECT_GE(calls, 2u);
    EXPECT_GT(before, bytes.size() / 2);
}

}  // namespace

}  // namespace brygga::sus::testing
