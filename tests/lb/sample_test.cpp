// Bankgirot's own example files, where they lie beside the checkout (BRYGGA_SHARED_DIR). Nothing of them is copied here. Totals
// and findings are those of supplier-payments.md 7.4.
#include <gmock/gmock.h>

#include "formats/registry.hpp"
#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

namespace {

struct sample {
    const char* file;
    std::string version;
    std::uint64_t payments, deductions;
    std::int64_t payments_ore, deductions_ore;
    std::map<std::string, std::uint64_t> rules;  // "LB-R13 warning": how often
};

const sample samples[] = {
    {"leverantorsbetalning_exempelfil_exempel1_sv.txt",
     "TO_BANKGIROT",
     15,
     3,
     4'596'000,
     554'300,
     {{"LB-R09 info", 2}, {"LB-R13 warning", 21}, {"LB-R16 info", 1}, {"LB-R18 info", 1}}},
    {"leverantorsbetalning_exempelfil_avvisade_sv.txt",
     "REJECTED",
     4,
     1,
     8'200'000,
     500'000,
     {{"LB-R13 warning", 2}, {"LB-R16 info", 1}, {"LB-R18 info", 1}}},
};

class lb_sample : public ::testing::TestWithParam<sample> {
 protected:
    void SetUp() override {
        const std::filesystem::path path = std::filesystem::path(BRYGGA_SHARED_DIR) / "samples" / "lb" / GetParam().file;
        if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path << ": set BRYGGA_SHARED_DIR to test the example files";
        bytes_ = file_bytes(path);
    }
    std::string bytes_;
};

TEST_P(lb_sample, has_the_payments_sums_and_findings_of_the_page) {
    read_options options;
    options.policy.profile = sample_profile();
    const logical_file file = read(bytes_, options);
    EXPECT_TRUE(file.accepted());
    EXPECT_EQ(file.version, GetParam().version);
    EXPECT_EQ(file.totals.payments, GetParam().payments);
    EXPECT_EQ(file.totals.deductions, GetParam().deductions);
    EXPECT_EQ(file.totals.payments_ore, GetParam().payments_ore);
    EXPECT_EQ(file.totals.deductions_ore, GetParam().deductions_ore);
    EXPECT_TRUE(file.holds.empty());
    std::map<std::string, std::uint64_t> rules;
    for (const finding& each : file.findings.kept())
        ++rules[std::string(each.rule->id) + " " + std::string(name(each.level))];
    EXPECT_EQ(rules, GetParam().rules);
}

TEST_P(lb_sample, comes_back_from_json_byte_for_byte) {
    const format* lb = find_format("lb");
    for (const bool skips_titles : {false, true}) {
        read_settings with;
        if (skips_titles) with.policy.profile = sample_profile();
        std::string lines, back;
        lb->to_json(bytes_, with, [&](std::string_view part) { lines += part; });
        const auto done = lb->from_json(lines, [&](std::string_view part) { back += part; });
        ASSERT_TRUE(done) << done.error().text;
        EXPECT_EQ(back, bytes_);
    }
}

TEST_P(lb_sample, is_sniffed_with_its_title_line) {
    EXPECT_EQ(sniff(std::string_view(bytes_).substr(0, sniffed_bytes)), find_format("lb"));
}

INSTANTIATE_TEST_SUITE_P(files, lb_sample, ::testing::ValuesIn(samples));

}  // namespace

}  // namespace brygga::supplier_payment::testing
