// The files of fixtures/bgmax beyond what fixtures of any format must show (tests/rule_cases/fixtures_test.cpp).
#include <gmock/gmock.h>

#include "formats/registry.hpp"
#include "tests/bgmax/rule_case.hpp"

namespace brygga::bgmax::testing {

namespace {

std::filesystem::path folder() {
    return std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / "bgmax";
}

TEST(bgmax_fixtures, are_sniffed_by_their_first_record) {
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
        const std::string bytes = file_bytes(entry.path());
        if (entry.path().extension() == ".json" || entry.path().extension() == ".md") continue;
        const bool begins = bytes.substr(0, 200).find("01BGMAX") < 20;
        EXPECT_EQ(sniff(std::string_view(bytes).substr(0, sniffed_bytes)) == find_format("bgmax"), begins) << entry.path();
    }
}

// The worked examples of bgmax.md section 7, in the page's own words.
TEST(bgmax_worked_example, one_ocr_payment_and_one_whose_text_runs_over) {
    struct collector : sink {
        void payment(const payment_view& item) override {
            references.push_back(item.record.reference.utf8());
            for (const encoded_text& text : item.information)
                references.back() += text.utf8();
            names.push_back(item.name.name.utf8());
            streets.push_back(item.street.street.utf8());
            towns.push_back(item.town.town.utf8());
        }
        std::vector<std::string> references, names, streets, towns;
    } seen;
    const auto files = read(file_bytes(folder() / "example-7.1.txt"), {}, &seen);
    EXPECT_THAT(findings_of(files), ::testing::ElementsAre("BGMAX-R11 info 1 46-80"));
    EXPECT_EQ(files.front().payments_ore, 204950);
    EXPECT_EQ(files.front().deposits_ore, 204950);
    EXPECT_THAT(seen.references, ::testing::ElementsAre("               1000234706", "Faktura 10002355 kund 987654"));
    EXPECT_THAT(seen.names, ::testing::ElementsAre("Exempelsson Åsa", "Testström Nils"));
    EXPECT_THAT(seen.streets, ::testing::ElementsAre("Provgatan 7 LGH 1102", "Teststigen 2"));
    EXPECT_THAT(seen.towns, ::testing::ElementsAre("PROVKÖPING", "PROVKÖPING"));
}

TEST(bgmax_worked_example, deduction_several_references_and_a_slip_split_by_bankgirot) {
    struct collector : sink {
        void payment(const payment_view& item) override {
            std::int64_t parts_ore = 0;
            for (const extra_reference& each : item.extras)
                parts_ore += each.negative ? -each.record.amount_ore : each.record.amount_ore;
            parts.push_back(parts_ore);
            ordinals.push_back({item.section_no, item.ordinal, item.section_ordinal});
            if (item.is_deduction) deduction = item.record.deduction;
        }
        void section_closed(const section_view& section) override { nets.push_back(section.net_ore.text()); }
        std::vector<std::int64_t> parts;
        std::vector<std::vector<std::uint32_t>> ordinals;
        std::vector<std::string> nets;
        deduction_code deduction{};
    } seen;
    const auto files = read(file_bytes(folder() / "example-7.2.txt"), {}, &seen);
    EXPECT_THAT(findings_of(files), ::testing::ElementsAre("BGMAX-R11 info 1 46-80"));
    EXPECT_EQ(files.front().payments_ore, 1'540'000);
    EXPECT_EQ(files.front().deductions_ore, 250'000);
    EXPECT_EQ(files.front().deposits_ore, 1'290'000);
    EXPECT_THAT(seen.nets, ::testing::ElementsAre("1150000", "140000"));
    EXPECT_THAT(seen.parts, ::testing::ElementsAre(0, 0, 0, 140'000));
    EXPECT_EQ(seen.deduction, deduction_code::part);
    EXPECT_EQ(seen.ordinals, (std::vector<std::vector<std::uint32_t>>{{1, 1, 1}, {1, 2, 2}, {1, 3, 3}, {2, 4, 1}}));
}

TEST(bgmax_worked_example, autogiro_test_file_is_refused_in_production_alone) {
    const std::string bytes = file_bytes(folder() / "example-7.3.txt");
    const auto production = read(bytes);
    EXPECT_THAT(findings_of(production), ::testing::ElementsAre("BGMAX-R05 error 1 45-45 marker", "BGMAX-R11 info 1 46-80"));
    EXPECT_FALSE(production.front().accepted());
    read_options options;
    options.context = read_context{};
    options.context->test_system = true;
    const auto test = read(bytes, options);
    EXPECT_THAT(findings_of(test), ::testing::ElementsAre("BGMAX-R11 info 1 46-80"));
    EXPECT_TRUE(test.front().accepted());
    EXPECT_EQ(test.front().kind, marker::test);
    EXPECT_EQ(test.front().deposits_ore, 77'000);
}

}  // namespace

}  // namespace brygga::bgmax::testing
