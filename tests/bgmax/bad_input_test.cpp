// Input that no bank sends on purpose: nothing crashes, everything is told.
#include <chrono>

#include <gmock/gmock.h>

#include "formats/registry.hpp"
#include "tests/bgmax/rule_case.hpp"

namespace brygga::bgmax::testing {

namespace {

using ::testing::Contains;

std::string through_json(const std::string& bytes) {
    const format* bgmax = find_format("bgmax");
    std::string lines, back;
    bgmax->to_json(bytes, {}, [&](std::string_view part) { lines += part; });
    const auto done = bgmax->from_json(lines, [&](std::string_view part) { back += part; });
    EXPECT_TRUE(done) << done.error().text;
    return back;
}

std::uint64_t count(const std::vector<logical_file>& files, rule which) {
    std::uint64_t out = 0;
    for (const logical_file& file : files)
        out += file.findings.count(static_cast<std::size_t>(which));
    return out;
}

class truncated : public ::testing::TestWithParam<const char*> {};

// A file cut anywhere is refused, by BGMAX-R01 while its first record is not there and by BGMAX-R04 from then on, until only
// blanks are missing.
TEST_P(truncated, anywhere_is_refused) {
    const std::string whole = joined(worked_example(GetParam()));
    const std::size_t complete = whole.rfind("\r\n70") + 2 + 34;  // TK70 up to its last counter
    read_options options;
    options.context = read_context{};
    options.context->test_system = true;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const std::string prefix = whole.substr(0, size);
        const auto files = read(prefix, options);
        ASSERT_EQ(files.size(), 1u) << size;
        ASSERT_EQ(files[0].accepted(), size >= complete) << size;
        const bool opened = size >= 7;
        ASSERT_EQ(count(files, rule::R01), opened ? 0u : 1u) << size;
        const bool end_seen = size >= complete - 32;
        ASSERT_EQ(count(files, rule::R04), opened && !end_seen ? 1u : 0u) << size;
        ASSERT_EQ(through_json(prefix), prefix) << size;
    }
}

INSTANTIATE_TEST_SUITE_P(examples, truncated, ::testing::Values("7.1", "7.2", "7.3"),
                         [](const auto& each) { return "example_" + std::string(1, each.param[2]); });

// Whatever an earlier part of a file says stays said when more of it arrives: verdicts on records do not depend on what follows.
TEST(bgmax_prefix, has_the_payments_of_the_whole_file_so_far) {
    struct collector : sink {
        void payment(const payment_view& item) override {
            seen.push_back(std::string(item.record.serial) + " " + std::to_string(item.record.amount_ore));
        }
        std::vector<std::string> seen;
    };
    const std::vector<std::string> lines = worked_example("7.2");
    collector whole;
    ASSERT_EQ(read(joined(lines), {}, &whole).size(), 1u);
    for (std::size_t count_of_lines = 1; count_of_lines <= lines.size(); ++count_of_lines) {
        collector part;
        ASSERT_EQ(read(joined({lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(count_of_lines)}), {}, &part).size(),
                  1u);
        ASSERT_LE(part.seen.size(), whole.seen.size());
        EXPECT_TRUE(std::equal(part.seen.begin(), part.seen.end(), whole.seen.begin())) << count_of_lines;
    }
}

TEST(bgmax_bad_input, of_one_line_of_ten_megabytes) {
    std::vector<std::string> lines = worked_example("7.1");
    lines[3] += std::string(std::size_t{10} << 20, 'x');
    const std::string bytes = joined(lines);
    const auto files = read(bytes);
    EXPECT_THAT(findings_of(files), ::testing::ElementsAre("BGMAX-R13 warning 4 81-60000"));
    EXPECT_LT(files[0].findings.kept()[0].found.size(), max_finding_text + 4);
    EXPECT_EQ(through_json(bytes), bytes);
    EXPECT_THAT(findings_of(read(std::string(std::size_t{10} << 20, '2'))), ::testing::ElementsAre("BGMAX-R01 error 1 1-22"));
    EXPECT_THAT(findings_of(read("01BGMAX" + std::string(std::size_t{10} << 20, ' '))), Contains("BGMAX-R04 error 1 1-2"));
}

TEST(bgmax_bad_input, of_ten_megabytes_of_unknown_codes_is_counted_within_bounds) {
    std::string bytes = "01BGMAX               0120260302163005123456P\r\n";
    for (unsigned i = 0; i < 100'000; ++i) {
        bytes += static_cast<char>('A' + i % 26);
        bytes += static_cast<char>('!' + i % 90);
        bytes += "\r\n";
    }
    const auto files = read(bytes);
    EXPECT_LE(files[0].records.size(), 110u);
    std::uint64_t counted = 0;
    for (const auto& [code, number] : files[0].records)
        counted += number;
    EXPECT_EQ(counted, 100'001u);
}

TEST(bgmax_bad_input, of_a_million_bad_records_keeps_a_thousand_findings_and_counts_all) {
    std::vector<std::string> lines = worked_example("7.1");
    std::string bad = lines[2];
    bad.replace(57, 12, "31498500001O");
    std::string bytes = lines[0] + "\r\n" + lines[1] + "\r\n";
    for (int i = 0; i < 20'000; ++i)
        bytes += bad + "\r\n";
    const auto files = read(bytes);
    // Why the file is refused does not drown in the warnings.
    ASSERT_EQ(files[0].findings.kept().size(), default_finding_cap + 1);
    EXPECT_EQ(files[0].findings.kept().back().rule->id, "BGMAX-R04");
    EXPECT_EQ(count(files, rule::R44), 20'000u);
    EXPECT_TRUE(files[0].findings.full());
    EXPECT_FALSE(files[0].accepted());  // BGMAX-R04, beyond the cap
    EXPECT_EQ(count(files, rule::R04), 1u);
}

// Holds are complete also where findings are capped.
TEST(bgmax_bad_input, of_many_held_payments_holds_each) {
    std::vector<std::string> lines = worked_example("7.2");
    std::string bytes = lines[0] + "\r\n" + lines[1] + "\r\n";
    std::string bad = lines[9];
    bad[68] = '9';  // another serial number than its payment
    for (int i = 0; i < 3'000; ++i)
        bytes += lines[8] + "\r\n" + bad + "\r\n";
    const auto files = read(bytes);
    EXPECT_EQ(files[0].holds.size(), 3'000u);
    EXPECT_EQ(files[0].holds.back().ordinal, 3'000u);
    EXPECT_EQ(files[0].holds.back().broken, rule::R45);
}

// Twenty payments of eighteen nines: beyond 64 bits, exactly.
TEST(bgmax_bad_input, of_amounts_that_overflow_64_bits_is_summed_exactly) {
    std::vector<std::string> lines = worked_example("7.1");
    std::string payment = lines[2];
    payment.replace(37, 18, "999999999999999999");
    std::string deduction = payment;
    deduction.replace(0, 2, "21");
    deduction[70] = '0';
    std::string bytes = lines[0] + "\r\n" + lines[1] + "\r\n";
    for (int i = 0; i < 20; ++i)
        bytes += payment + "\r\n";
    bytes += deduction + "\r\n";
    std::string deposit = lines[11];
    deposit.replace(50, 18, "999999999999999999").replace(71, 8, "00000021");
    bytes += deposit + "\r\n" + "7000000020000000010000000000000001" + std::string(46, ' ') + "\r\n";
    struct collector : sink {
        void section_closed(const section_view& section) override { net = section.net_ore.text(); }
        std::string net;
    } seen;
    const auto files = read(bytes, {}, &seen);
    EXPECT_EQ(files[0].payments_ore.text(), "19999999999999999980");
    EXPECT_EQ(files[0].deductions_ore.text(), "999999999999999999");
    EXPECT_EQ(seen.net, "18999999999999999981");
    EXPECT_EQ(files[0].payments_ore.value(), std::nullopt);
    EXPECT_THAT(findings_of(files), ::testing::ElementsAre("BGMAX-R32 hold 24 51-68 amount_ore"));
    ASSERT_EQ(files[0].findings.kept().size(), 1u);
    EXPECT_EQ(files[0].findings.kept()[0].expected, "18999999999999999981 öre, the sum of the section");
    const format* bgmax = find_format("bgmax");
    bgmax->check(bytes, {}, [](const check_report& report) {
        EXPECT_EQ(report.sums_ore.at("payments"), "19999999999999999980");
        EXPECT_EQ(report.sums_ore.at("deductions"), "999999999999999999");
    });
}

// Payers far below zero within a section, whose net still fits.
TEST(bgmax_bad_input, of_a_payer_below_64_bits_is_held) {
    std::vector<std::string> lines = worked_example("7.2");
    std::string payment = lines[2];
    payment.replace(37, 18, "999999999999999999");
    std::string deduction = lines[5];
    deduction.replace(37, 18, "999999999999999999");
    std::string other = payment;
    other.replace(2, 10, "0059990010");
    std::string bytes = lines[0] + "\r\n" + lines[1] + "\r\n" + payment + "\r\n";
    for (int i = 0; i < 12; ++i)
        bytes += deduction + "\r\n" + other + "\r\n";
    std::string deposit = lines[16];
    deposit.replace(50, 18, "999999999999999999").replace(71, 8, "00000025");
    bytes += deposit + "\r\n" + "7000000013000000120000000000000001" + std::string(46, ' ') + "\r\n";
    EXPECT_THAT(findings_of(read(bytes)), ::testing::ElementsAre("BGMAX-R36 hold 28 51-68"));
}

TEST(bgmax_bad_input, of_every_single_byte_is_refused) {
    for (unsigned byte = 0; byte < 256; ++byte) {
        const std::string bytes(1, static_cast<char>(byte));
        const bool blank = std::string_view(" \t\r\n\x1A").find(bytes) != std::string_view::npos;
        EXPECT_THAT(findings_of(read(bytes)), Contains(blank ? "BGMAX-R01 error 1" : "BGMAX-R01 error 1 1-22")) << byte;
        EXPECT_EQ(through_json(bytes), bytes) << byte;
    }
}

// Bytes that mean something in any column of every record: reading never fails, JSON gives the file back. JSON, which is slower,
// tries one of them at each place.
TEST(bgmax_bad_input, of_any_byte_at_any_place_is_read_and_given_back) {
    const std::string whole = joined(worked_example("7.2"));
    const std::string meaningful("\0\t\n\r\x1A 09A\x80\xC3\xE5\xFF", 13);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string bytes = whole;
        for (const char byte : meaningful) {
            bytes[at] = byte;
            const auto files = read(bytes);
            ASSERT_FALSE(files.empty());
            ASSERT_EQ(files.front().accepted(), files.front().findings.count(severity::error) == 0);
        }
        bytes[at] = meaningful[at % meaningful.size()];
        ASSERT_EQ(through_json(bytes), bytes) << "at " << at;
    }
}

// Personal data stands in `found` alone, marked, so that who shows it can mask it.
TEST(bgmax_bad_input, never_puts_personal_data_into_texts_for_everybody) {
    std::vector<std::string> lines = worked_example("7.2");
    lines[4].replace(2, 12, "008112289875");  // an identity number with a wrong check digit
    lines[2].replace(2, 10, "00037835X1");
    lines[2].replace(12, 25, "Exempelsson Frida        ");
    const auto files = read(joined(lines));
    std::size_t personal = 0;
    for (const finding& each : files[0].findings.kept()) {
        personal += each.personal ? 1 : 0;
        const std::string shown = describe(each);
        for (const char* secret : {"8112289875", "37835X1", "Exempelsson", "Frida"}) {
            EXPECT_EQ(shown.find(secret), std::string::npos) << shown;
            EXPECT_EQ(each.expected.find(secret), std::string::npos) << each.expected;
        }
    }
    EXPECT_EQ(personal, 3u);
}

}  // namespace

}  // namespace brygga::bgmax::testing
