// Published camt messages, where they lie beside the checkout (BRYGGA_SHARED_DIR). Nothing of them is copied here; the numbers
// were counted by another reader.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/iso20022/camt/reader.hpp"

namespace brygga::camt {
namespace {

struct sample {
    std::string_view file;
    message_version version;
    std::string_view container;
    std::uint64_t entries, payments;
    std::int64_t credits_ore, debits_ore;
    std::string_view details;             // of the payments: amount, currency, direction
    std::vector<std::string_view> rules;  // broken by the example itself: a batch of two holds three, and page 2 comes alone
};

const sample samples[] = {
    {"genkgo_camt053.v2.minimal.xml", {message_kind::statement, 2}, "Stmt", 1, 1, 885, 0, "8.85 EUR CRDT", {}},
    {"genkgo_camt054.v8.xml",
     {message_kind::notification, 8},
     "Ntfctn",
     1,
     3,
     0,
     20'000'000,
     "3.10 CHF CRDT; 3.20 CHF CRDT; 3.20 CHF CRDT",
     {"CAMT-R10", "CAMT-R10", "CAMT-R10", "CAMT-R11", "CAMT-R23"}},
};

class payment_lines : public sink {
 public:
    void payment(const payment_view& item) override {
        text += fmt::format("{}{} {} {}", text.empty() ? "" : "; ", format_decimal_amount(item.amount_ore), item.currency,
                            item.credit ? "CRDT" : "DBIT");
    }
    std::string text;
};

class camt_samples : public testing::TestWithParam<sample> {};

TEST_P(camt_samples, hold_what_stands_in_them) {
    const sample& each = GetParam();
    const auto path = std::filesystem::path(BRYGGA_SHARED_DIR) / "samples" / "camt" / each.file;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path << ": set BRYGGA_SHARED_DIR to test published examples";
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    payment_lines lines;
    const message_file file = read(bytes, {}, &lines);
    EXPECT_TRUE(file.accepted());
    EXPECT_EQ(file.version.kind, each.version.kind);
    EXPECT_EQ(file.version.number, each.version.number);
    EXPECT_EQ(file.containers.size(), 1U);
    EXPECT_EQ(file.records.at(std::string(each.container)), 1U);
    EXPECT_EQ(file.records.at("Ntry"), each.entries);
    EXPECT_EQ(file.records.at("TxDtls"), each.payments);
    EXPECT_EQ(file.credits_ore, each.credits_ore);
    EXPECT_EQ(file.debits_ore, each.debits_ore);
    EXPECT_EQ(lines.text, each.details);
    std::vector<std::string_view> rules;
    for (const finding& told : file.findings.kept())
        rules.push_back(told.rule->id);
    EXPECT_EQ(rules, each.rules);
}

INSTANTIATE_TEST_SUITE_P(published, camt_samples, testing::ValuesIn(samples),
                         [](const auto& item) { return std::string(format_id(item.param.version.kind)).replace(4, 1, "_"); });

}  // namespace
}  // namespace brygga::camt
