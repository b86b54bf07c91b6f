// The files of fixtures/bgmax and what must be said of them: NAME.expect.json beside NAME holds one JSON object per logical file,
// as `brygga check --json` prints it (DESIGN section 12). With BRYGGA_UPDATE_FIXTURES set in the environment the test writes
// these files anew, for a person to read the difference.
#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>

#include "formats/registry.hpp"
#include "tests/bgmax/rule_case.hpp"
#include "tools/brygga/report_json.hpp"

namespace brygga::bgmax::testing {

namespace {

std::filesystem::path folder() {
    return std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures" / "bgmax";
}

std::vector<std::filesystem::path> fixtures() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::directory_iterator(folder()))
        if (entry.path().extension() != ".json" && entry.path().extension() != ".md") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::string reports_of(const std::filesystem::path& file) {
    const format* bgmax = find_format("bgmax");
    std::string out;
    bgmax->check(file_bytes(file), {}, [&](const check_report& report) {
        out += command::report_json(file.filename().string(), *bgmax, {}, report, false);
    });
    return out;
}

class bgmax_fixture : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(bgmax_fixture, is_read_as_the_file_beside_it_says) {
    std::filesystem::path expected = GetParam();
    expected += ".expect.json";
    const std::string reports = reports_of(GetParam());
    if (std::getenv("BRYGGA_UPDATE_FIXTURES") != nullptr) std::ofstream(expected, std::ios::binary) << reports;
    EXPECT_EQ(reports, file_bytes(expected));
}

TEST_P(bgmax_fixture, comes_back_from_json_byte_for_byte) {
    const format* bgmax = find_format("bgmax");
    const std::string bytes = file_bytes(GetParam());
    std::string lines;
    bgmax->to_json(bytes, {}, [&](std::string_view part) { lines += part; });
    std::string back;
    const auto done = bgmax->from_json(lines, [&](std::string_view part) { back += part; });
    ASSERT_TRUE(done) << done.error().text;
    EXPECT_EQ(back, bytes);
}

TEST_P(bgmax_fixture, is_sniffed_by_its_first_record) {
    const std::string bytes = file_bytes(GetParam());
    const bool begins = bytes.substr(0, 200).find("01BGMAX") < 20;
    EXPECT_EQ(sniff(std::string_view(bytes).substr(0, sniffed_bytes)) == find_format("bgmax"), begins);
}

std::string fixture_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
    std::string out = info.param.stem().string();
    for (char& c : out)
        if (c == '-' || c == '.') c = '_';
    return out;
}

INSTANTIATE_TEST_SUITE_P(files, bgmax_fixture, ::testing::ValuesIn(fixtures()), fixture_name);

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
