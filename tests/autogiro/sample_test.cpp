// Bankgirot's own example files, where they lie beside the checkout (BRYGGA_SHARED_DIR). Nothing of them is copied here. Totals
// are those of autogiro.md 7.4.
#include <gmock/gmock.h>

#include "formats/registry.hpp"
#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

struct sample {
    const char* file;
    std::string version;
    std::map<std::string, std::uint64_t> records;
    std::int64_t collections_ore, payouts_ore, refunds_ore, failed_collections_ore, failed_payouts_ore;
    std::vector<std::string> rules;
};

const sample samples[] = {
    {"autogiro_exempelfil-betalningsunderlag_sv.txt",
     "TO_BANKGIROT",
     {{"01", 1}, {"82", 5}, {"32", 4}},
     745075,
     51000,
     0,
     0,
     0,
     {"AG-R22", "AG-R26"}},
    {"autogiro_exempelfil_bet-spec-o-tk_sv.txt",
     "PAYSPEC_NEW",
     {{"01", 1}, {"15", 1}, {"82", 8}, {"16", 1}, {"32", 4}, {"17", 2}, {"77", 2}, {"09", 1}},
     1500000,
     300000,
     70000,
     900000,
     100000,
     {"AG-R22"}},
    {"autogiro_exempelfil_medgivandeunderlag_sv.txt",
     "TO_BANKGIROT",
     {{"01", 1}, {"04", 8}, {"03", 2}, {"05", 3}},
     0,
     0,
     0,
     0,
     0,
     {"AG-R22", "AG-R26"}},
    {"autogiro_exempelfiler_medgivandeavisering_sv.txt",
     "MANDADV_NEW",
     {{"01", 1}, {"73", 10}, {"09", 1}},
     0,
     0,
     0,
     0,
     0,
     {"AG-R22", "AG-R26"}},
    {"autogiro_gl_betalningsspec-stoppadebetalningar-tackningskontroll_fran-bankgirot-medgivanden-bankgironummer_exempelfil_sv."
     "txt",
     "PAYSPEC_OLD",
     {{"01", 1}, {"82", 14}, {"32", 1}, {"09", 1}},
     376400,
     0,
     0,
     171100,
     1687400,
     {}},
    {"autogiro_gl_medgivandeunderlag_till-bankgirot-medgivanden-bankgironummer_exempelfil_sv.txt",
     "TO_BANKGIROT",
     {{"01", 1}, {"04", 3}, {"03", 1}},
     0,
     0,
     0,
     0,
     0,
     {"AG-R26"}},
};

class autogiro_sample : public ::testing::TestWithParam<sample> {
 protected:
    void SetUp() override {
        const std::filesystem::path path = std::filesystem::path(BRYGGA_SHARED_DIR) / "samples" / "autogiro" / GetParam().file;
        if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path << ": set BRYGGA_SHARED_DIR to test the example files";
        bytes_ = file_bytes(path);
    }
    std::string bytes_;
};

TEST_P(autogiro_sample, has_the_records_sums_and_findings_of_the_page) {
    read_options options;
    options.policy.profile = sample_profile();
    const logical_file file = read(bytes_, options);
    EXPECT_TRUE(file.accepted());
    EXPECT_EQ(file.version, GetParam().version);
    EXPECT_EQ(file.records, GetParam().records);
    EXPECT_EQ(file.collections.approved_ore, GetParam().collections_ore);
    EXPECT_EQ(file.payouts.approved_ore, GetParam().payouts_ore);
    EXPECT_EQ(file.refunds.approved_ore, GetParam().refunds_ore);
    EXPECT_EQ(file.collections.failed_ore, GetParam().failed_collections_ore);
    EXPECT_EQ(file.payouts.failed_ore, GetParam().failed_payouts_ore);
    std::vector<std::string> rules;
    for (const finding& each : file.findings.kept())
        rules.emplace_back(each.rule->id);
    EXPECT_EQ(rules, GetParam().rules);
}

TEST_P(autogiro_sample, comes_back_from_json_byte_for_byte) {
    const format* autogiro = find_format("autogiro");
    for (const bool skips_titles : {false, true}) {
        read_settings with;
        if (skips_titles) with.policy.profile = sample_profile();
        std::string lines, back;
        autogiro->to_json(bytes_, with, [&](std::string_view part) { lines += part; });
        const auto done = autogiro->from_json(lines, [&](std::string_view part) { back += part; });
        ASSERT_TRUE(done) << done.error().text;
        EXPECT_EQ(back, bytes_);
    }
}

TEST_P(autogiro_sample, is_sniffed_with_its_title_line) {
    EXPECT_EQ(sniff(std::string_view(bytes_).substr(0, sniffed_bytes)), find_format("autogiro"));
}

INSTANTIATE_TEST_SUITE_P(files, autogiro_sample, ::testing::ValuesIn(samples));

}  // namespace

}  // namespace brygga::autogiro::testing
