// The named limits of reader.hpp, on both sides: what is within is read as ever, what is beyond is told and waits or is refused.
#include <gmock/gmock.h>

#include "tests/bgmax/rule_case.hpp"

namespace brygga::bgmax::testing {

namespace {

using ::testing::ElementsAre;

constexpr std::string_view payer_columns = "20";

std::string digits(std::uint64_t value, std::size_t width) {
    const std::string text = std::to_string(value);
    return std::string(width - text.size(), '0') + text;
}

// TK20 or TK21 of 1.00 by bank, without a reference.
std::string payment_line(std::string_view code, std::uint64_t payer, std::uint64_t serial) {
    std::string out =
        std::string(code) + digits(payer, 10) + std::string(25, ' ') + digits(100, 18) + "01" + digits(serial, 12) + "0";
    if (code == "21") out += "0";
    out.resize(80, ' ');
    return out + "\r\n";
}

// Example 7.1's start and opening, these payments, and a deposit and end record that fit them.
std::string file_of(const std::string& payments, std::uint64_t received, std::uint64_t deducted) {
    const std::vector<std::string> lines = worked_example("7.1");
    std::string deposit = lines[11];
    deposit.replace(50, 18, digits((received - deducted) * 100, 18)).replace(71, 8, digits(received + deducted, 8));
    std::string end = lines[12];
    end.replace(2, 16, digits(received, 8) + digits(deducted, 8));
    return joined({lines[0], lines[1]}) + payments + joined({deposit, end});
}

struct counter : sink {
    void payment(const payment_view& item) override {
        information += item.information.size();
        extras += item.extras.size();
        for ([[maybe_unused]] const std::string_view line : item.lines)
            ++lines;
    }
    std::size_t information = 0, extras = 0, lines = 0;
};

TEST(bgmax_limits, of_one_payment_refuse_the_file) {
    for (const std::size_t more : {0u, 1u, 1000u}) {
        std::string payment = payment_line("20", 0, 1);
        std::string information = "25x";
        information.resize(80, ' ');
        for (std::size_t i = 0; i != max_payment_records + more; ++i)
            payment += information + "\r\n";
        counter seen;
        const auto files = read(file_of(payment, 1, 0), {}, &seen);
        EXPECT_EQ(files[0].accepted(), more == 0);
        EXPECT_EQ(files[0].findings.count(static_cast<std::size_t>(rule::R20)), more == 0 ? 0u : 1u);
        EXPECT_EQ(files[0].records.at("25"), max_payment_records + more);
        EXPECT_EQ(seen.information, max_payment_records);
        EXPECT_EQ(seen.lines, 1 + max_payment_records + more);
    }
}

TEST(bgmax_limits, of_payers_hold_a_section_with_deductions) {
    for (const bool deducts : {false, true})
        for (const std::size_t more : {0u, 1u}) {
            std::string payments;
            std::uint64_t payer = 0;
            while (payer != max_section_payers + more) {
                ++payer;
                payments += payment_line("20", payer, payer);
            }
            if (deducts) payments += payment_line("21", 1, payer + 1);
            const auto files = read(file_of(payments, payer, deducts ? 1 : 0));
            EXPECT_TRUE(files[0].accepted());
            const std::string expected = deducts && more != 0 ? "BGMAX-R36 section 1" : "";
            EXPECT_EQ(holds_of(files).empty() ? "" : holds_of(files)[0], expected);
            EXPECT_LE(files[0].holds.size(), 1u);
        }
}

TEST(bgmax_limits, of_waiting_deductions_hold_those_beyond) {
    std::string payments;
    for (std::uint64_t i = 0; i != max_waiting_deductions + 2; ++i)
        payments += payment_line("21", 9, i + 1);
    for (std::uint64_t i = 0; i != max_waiting_deductions + 2; ++i)
        payments += payment_line("20", 9, i + 100'000);
    const auto files = read(file_of(payments, max_waiting_deductions + 2, max_waiting_deductions + 2));
    EXPECT_TRUE(files[0].accepted());
    EXPECT_THAT(holds_of(files), ElementsAre("BGMAX-R50 section 1 payment " + std::to_string(max_waiting_deductions + 1),
                                             "BGMAX-R50 section 1 payment " + std::to_string(max_waiting_deductions + 2)));
}

TEST(bgmax_limits, of_holds_hold_every_section) {
    std::string held = "23" + digits(0, 10) + std::string(25, ' ') + digits(0, 18) + "01" + digits(1, 12) + "0";
    held.resize(80, ' ');
    for (const std::size_t more : {0u, 1u, 2u}) {
        std::string payments;
        const std::string line = payment_line("20", 0, 1) + held + "\r\n";
        for (std::size_t i = 0; i != max_holds + more; ++i)
            payments += line;
        std::string bytes = file_of(payments, max_holds + more, 0);
        bytes.replace(bytes.rfind("\r\n70") + 2 + 18, 8, digits(max_holds + more, 8));
        const auto files = read(bytes);
        EXPECT_TRUE(files[0].accepted());
        ASSERT_EQ(files[0].holds.size(), max_holds + (more == 0 ? 0u : 1u));
        EXPECT_EQ(files[0].holds.back().section_no, more == 0 ? 1u : 0u);
        EXPECT_EQ(files[0].holds.back().broken, rule::R47);
    }
}

TEST(bgmax_limits, of_logical_files_refuse_what_stands_beyond) {
    const std::string one = joined(worked_example("7.1"));
    std::string bytes;
    for (std::size_t i = 0; i != max_logical_files; ++i)
        bytes += one;
    EXPECT_EQ(read(bytes).size(), max_logical_files);
    const auto files = read(bytes + one + one);
    ASSERT_EQ(files.size(), max_logical_files + 1);
    EXPECT_TRUE(files[max_logical_files - 1].accepted());
    EXPECT_FALSE(files.back().accepted());
    EXPECT_EQ(files.back().offset, bytes.size());
    EXPECT_EQ(files.back().size, 2 * one.size());
    EXPECT_EQ(files.back().first_line, 13 * max_logical_files + 1);
    EXPECT_THAT(findings_of({files.back()}), ElementsAre("BGMAX-R01 error 65001 1-22"));
}

TEST(bgmax_limits, of_findings_over_all_logical_files_count_those_beyond) {
    std::string bytes;
    for (int i = 0; i < 3000; ++i)
        bytes += "01BGMAX\r\n";
    const auto files = read(bytes);
    ASSERT_EQ(files.size(), 3000u);
    std::size_t kept = 0;
    for (const logical_file& file : files) {
        kept += file.findings.kept().size();
        EXPECT_EQ(file.findings.total(), files[0].findings.total());
        EXPECT_FALSE(file.accepted());
        EXPECT_EQ(file.findings.kept().front().level, severity::error);
    }
    // Beyond the limit only why each file is refused.
    EXPECT_LT(kept, max_kept_findings + 2 * files.size());
}

// The lines of a payment are its own, whatever stands between them.
TEST(bgmax_payment_lines, leave_out_blank_lines_and_keep_unknown_ones) {
    struct collector : sink {
        void payment(const payment_view& item) override {
            EXPECT_EQ(item.lines.front().substr(0, 2), payer_columns);
            for (const std::string_view line : item.lines)
                codes += std::string(line.substr(0, 2)) + " ";
            codes += "| ";
        }
        std::string codes;
    } seen;
    std::vector<std::string> lines = worked_example("7.1");
    lines.insert(lines.begin() + 3, {"", "24 unknown", " \t "});
    static_cast<void>(read(joined(lines), {}, &seen));
    EXPECT_EQ(seen.codes, "20 24 26 27 28 | 20 25 26 27 28 | ");
}

// BGMAX-R12 to R14 name the section that their line belongs to: TK05 the one that it opens, TK01 and TK70 none.
TEST(bgmax_sections_of_findings, are_those_of_the_line) {
    std::vector<std::string> lines = worked_example("7.2");
    for (std::string& line : lines)
        line.resize(72);
    for (std::string& line : lines)
        line += "\t";
    std::map<std::string, std::set<std::uint32_t>> sections;
    const auto files = read(joined(lines));
    for (const finding& each : files[0].findings.kept())
        if (each.rule == &info(rule::R12)) sections[each.record].insert(each.section);
    EXPECT_EQ(sections["01"], std::set<std::uint32_t>{0});
    EXPECT_EQ(sections["05"], (std::set<std::uint32_t>{1, 2}));
    EXPECT_EQ(sections["20"], (std::set<std::uint32_t>{1, 2}));
    EXPECT_EQ(sections["70"], std::set<std::uint32_t>{0});
}

}  // namespace

}  // namespace brygga::bgmax::testing
