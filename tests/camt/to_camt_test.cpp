// BgMax to camt.054 and back (iso20022-incoming.md section 6.1).
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "formats/bankgirot/bgmax/generator.hpp"
#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/convert/bgmax_to_camt.hpp"
#include "formats/convert/camt_to_bgmax.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::convert {
namespace {

std::string to_camt(const std::string& bgmax) {
    std::string out;
    const auto done = bgmax_to_camt(bgmax, {}, [&](std::string_view bytes) { out += bytes; });
    return done ? out : "error: " + done.error().text;
}

std::string to_bgmax(const std::string& camt) {
    std::string out;
    const auto done = camt_to_bgmax(camt, {}, [&](std::string_view bytes) { out += bytes; });
    return done ? out : "error: " + done.error().text;
}

std::string generated(std::uint64_t seed, std::uint64_t count) {
    std::string out;
    generate_settings what;
    what.seed = seed;
    what.count = count;
    (void)bgmax::generate(what, [&](std::string_view bytes) { out += bytes; });
    return out;
}

TEST(bgmax_to_camt_test, gives_back_byte_for_byte_what_was_made_from_camt) {
    for (const auto* const version : {"02", "08"}) {
        const std::string bgmax = to_bgmax(camt::worked_example(version));
        EXPECT_EQ(to_bgmax(to_camt(bgmax)), bgmax) << version;
    }
}

class generated_days : public testing::TestWithParam<std::uint64_t> {};

// The first way loses what camt cannot hold; what is left goes there and back unchanged.
TEST_P(generated_days, go_there_and_back) {
    const std::string first = generated(GetParam(), 200);
    const std::string camt = to_camt(first);
    const std::string second = to_bgmax(camt);
    EXPECT_EQ(to_bgmax(to_camt(second)), second);
    // Deposits, amounts and payments are the same as they were.
    const auto before = bgmax::read(first);
    const auto after = bgmax::read(second);
    ASSERT_EQ(after.size(), 1U);
    EXPECT_TRUE(after[0].accepted());
    EXPECT_EQ(after[0].deposits_ore, before[0].deposits_ore);
    EXPECT_EQ(after[0].sections, before[0].sections);
}

TEST_P(generated_days, break_no_rule_of_camt) {
    const std::string document = to_camt(generated(GetParam(), 200));
    const camt::message_file file = camt::read(document);
    EXPECT_TRUE(file.accepted());
    EXPECT_EQ(file.records.at("TxDtls"), 200U);
    for (const finding& each : file.findings.kept())
        EXPECT_EQ(each.rule->id, "CAMT-R32") << describe(each);  // deductions
}

INSTANTIATE_TEST_SUITE_P(seeds, generated_days, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST(bgmax_to_camt_test, is_valid_against_the_schema) {
    const std::filesystem::path schema = std::filesystem::path(BRYGGA_SHARED_DIR) / "schemas/iso20022/camt.054.001.08.xsd";
    if (!std::filesystem::exists(schema)) GTEST_SKIP() << "no schema beside the project";
    if (std::system("command -v xmllint > /dev/null") != 0) GTEST_SKIP() << "xmllint is not installed";
    const auto file = std::filesystem::temp_directory_path() / fmt::format("brygga-to-camt-{}.xml", ::getpid());
    for (const std::string& bgmax : {camt::read_text("fixtures/bgmax/example-7.1.txt"),
                                     camt::read_text("fixtures/bgmax/example-7.2.txt"), generated(3, 300)}) {
        std::ofstream(file, std::ios::binary) << to_camt(bgmax);
        EXPECT_EQ(std::system(fmt::format("xmllint --noout --schema '{}' '{}'", schema.string(), file.string()).c_str()), 0);
    }
    std::filesystem::remove(file);
}

TEST(bgmax_to_camt_test, refuses_what_is_no_message) {
    EXPECT_TRUE(to_camt("01BGMAX").starts_with("error: the file is refused"));
    EXPECT_TRUE(to_camt(generated(1, 1) + generated(2, 1)).starts_with("error: the file holds 2 logical files"));
}

}  // namespace
}  // namespace brygga::convert
