// Bankgirot's own example file, where it lies beside the checkout (BRYGGA_SHARED_DIR). Nothing of it is copied here.
#include <gmock/gmock.h>

#include "formats/registry.hpp"
#include "tests/bgmax/rule_case.hpp"

namespace brygga::bgmax::testing {

namespace {

class bgmax_sample : public ::testing::Test {
 protected:
    void SetUp() override {
        const std::filesystem::path path =
            std::filesystem::path(BRYGGA_SHARED_DIR) / "samples" / "bgmax" / "official_ocr_checksiffra_langd_sek.txt";
        if (!std::filesystem::exists(path))
            GTEST_SKIP() << "no " << path << ": set BRYGGA_SHARED_DIR to test Bankgirot's example file";
        bytes_ = file_bytes(path);
    }
    std::string bytes_;
};

TEST_F(bgmax_sample, has_the_payments_deductions_and_deposits_that_it_says) {
    struct collector : sink {
        void payment(const payment_view& item) override { (item.is_deduction ? deductions : payments) += item.record.amount_ore; }
        void section_closed(const section_view& section) override { deposits.push_back(section.deposit.amount_ore); }
        std::int64_t payments = 0, deductions = 0;
        std::vector<std::int64_t> deposits;
    } seen;
    const auto files = read(bytes_, {}, &seen);
    ASSERT_EQ(files.size(), 1u);
    EXPECT_EQ(files[0].records.at("20"), 6u);
    EXPECT_EQ(files[0].records.at("21"), 1u);
    EXPECT_EQ(seen.payments, 1'040'000);
    EXPECT_EQ(seen.deductions, 50'000);
    EXPECT_THAT(seen.deposits, ::testing::ElementsAre(190'000, 800'000));
    EXPECT_EQ(files[0].deposits_ore, 990'000);
    EXPECT_TRUE(files[0].accepted());
    for (const rule each : {rule::R20, rule::R30, rule::R32, rule::R33, rule::R37})
        EXPECT_EQ(files[0].findings.count(static_cast<std::size_t>(each)), 0u) << info(each).id;
    EXPECT_GT(files[0].findings.count(static_cast<std::size_t>(rule::R12)), 0u) << "the example has TABs";
}

TEST_F(bgmax_sample, comes_back_from_json_byte_for_byte) {
    const format* bgmax = find_format("bgmax");
    std::string lines, back;
    bgmax->to_json(bytes_, {}, [&](std::string_view part) { lines += part; });
    const auto done = bgmax->from_json(lines, [&](std::string_view part) { back += part; });
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(back, bytes_);
}

TEST_F(bgmax_sample, is_sniffed) {
    EXPECT_EQ(sniff(std::string_view(bytes_).substr(0, sniffed_bytes)), find_format("bgmax"));
}

}  // namespace

}  // namespace brygga::bgmax::testing
