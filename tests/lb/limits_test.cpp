// The named limits of reader.hpp, on both sides: what is within is read as ever, what is beyond is counted and stays in the file.
#include "tests/rule_cases/limits.hpp"

#include <gmock/gmock.h>

#include "tests/lb/generated.hpp"
#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

namespace {

using ::testing::IsEmpty;

const auto read_lb = [](const std::string& bytes) { return read(bytes); };

struct extras_sink : sink {
    void payment(const payment_view& item) override {
        texts = std::max(texts, item.texts.size());
        rejections = std::max(rejections, item.rejections.size());
        lines =
            std::max<std::size_t>(lines, static_cast<std::size_t>(std::count(item.at.bytes.begin(), item.at.bytes.end(), '\n')));
    }
    void rejection(const section_view&, const rejection_view&) override { ++outside; }
    std::size_t texts = 0, rejections = 0, lines = 0, outside = 0;
};

TEST(lb_limits, of_texts_keep_those_within_and_the_bytes_of_all) {
    for (const std::size_t more : {0u, 1u, 500u}) {
        std::vector<std::string> lines = worked_example("to-bankgirot");
        lines.insert(lines.begin() + 5, max_payment_extras - 1 + more, lines[5]);  // one stands there
        extras_sink seen;
        const logical_file file = read(joined(lines), {}, &seen);
        EXPECT_THAT(findings_of(file), IsEmpty());
        EXPECT_EQ(seen.texts, max_payment_extras);
        EXPECT_EQ(seen.lines, max_payment_extras + 1 + more) << "TK40, TK14 and every TK25";
    }
}

TEST(lb_limits, of_rejections_keep_those_within) {
    for (const std::size_t more : {0u, 1u, 500u}) {
        std::vector<std::string> lines = worked_example("rejected");
        const std::string rejection = lines[lines.size() - 2];
        lines.insert(lines.end() - 1, max_payment_extras - 1 + more, rejection);
        extras_sink seen;
        EXPECT_TRUE(read(joined(lines), {}, &seen).accepted());
        EXPECT_EQ(seen.rejections, max_payment_extras);
    }
}

TEST(lb_limits, of_holds_hold_every_section) {
    const std::vector<std::string> example = worked_example("to-bankgirot");
    std::string held = example[6];
    held.replace(37, 12, "000000000000");
    rule_cases::expect_holds_beyond_to_hold_every_section({example[0], held, example.back()}, rule::R07, read_lb);
}

TEST(lb_limits, of_unknown_codes_count_those_beyond_as_other) {
    rule_cases::expect_codes_beyond_to_count_as_other(worked_example("to-bankgirot")[0], rule::R19, read_lb);
}

// Amounts of 12 digits and their sums stay exact, beyond what TK29 can say.
TEST(lb_limits, of_sums_are_those_of_the_file_format) {
    const std::vector<std::string> example = worked_example("to-bankgirot");
    std::string largest = example[6];
    largest.replace(37, 12, "999999999999");
    std::string bytes = example[0] + "\r\n";
    for (int i = 0; i != 1'000; ++i)
        bytes += largest + "\r\n";
    EXPECT_EQ(read(bytes).totals.payments_ore.text(), "999999999999000");
}

// What one payment says, in words.
std::string words_of(const payment_view& item) {
    std::string out =
        item.record.reference.utf8() + "|" + std::string(item.record.payee) + "|" + item.record.own_reference.utf8();
    if (item.account != nullptr) out += "|" + std::string(item.account->account) + "|" + item.account->statement_text.utf8();
    if (item.name != nullptr) out += "|" + item.name->name.utf8();
    if (item.address != nullptr) out += "|" + item.address->street.utf8() + "|" + item.address->town.utf8();
    for (const encoded_text& each : item.texts)
        out += "|" + each.utf8();
    return out + "\n" + std::string(item.at.bytes) + "\n";
}

struct words_sink : sink {
    void payment(const payment_view& item) override { words += words_of(item); }
    std::string words;
};

TEST(lb_limits, of_what_is_passed_hold_for_every_view) {
    const std::vector<std::string> example = worked_example("to-bankgirot");
    // Payments of one recipient, whose TK40 stands megabytes before the last of them.
    std::string of_one_recipient = joined({example[0], example[3]});
    while (of_one_recipient.size() < (std::size_t{3} << 20))
        of_one_recipient += example[4] + "\r\n";
    const auto read_with = [](const std::string& bytes, const read_options& options, sink* into) {
        return read(bytes, options, into);
    };
    for (const std::string& bytes : {made(settings_of("payments", 60'000)), of_one_recipient + example.back() + "\r\n"})
        rule_cases::expect_no_view_of_what_is_passed<words_sink>(bytes, read_options{}, read_with);
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
