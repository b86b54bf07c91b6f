// What Bankgirot sends, written from what was read of the worked examples: the same bytes.
#include "formats/bankgirot/autogiro/report_writer.hpp"

#include <gmock/gmock.h>

#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

class rewriting : public sink {
 public:
    void section_opened(const section_view& section) override {
        out.open(section.layout,
                 {section.opening.written.substr(0, 8), section.opening.customer_number, section.opening.bankgiro});
        entry_.clear();
    }
    void payment(const payment_view& item) override {
        enter(item.direction == payment_direction::payout ? "16" : "15", item.entry);
        out.payment(item.direction, item.record);
    }
    void refund(const refund_view& item) override {
        enter("17", item.entry);
        out.refund(item.record);
    }
    void amendment(const amendment_view& item) override { out.amendment(item.code, item.record); }
    void mandate_advice(const advice_view& item) override { out.advice(item.record); }
    void internet_mandate(const internet_mandate_view& item) override {
        out.internet_mandate(item.record, item.texts, item.address, item.town);
    }
    void register_entry(const register_view& item) override { out.register_entry(item.record); }
    void section_closed(const section_view&) override { out.close(); }

    report_writer out;

 private:
    void enter(std::string_view code, const entry_record* entry) {
        if (entry == nullptr) return;
        const std::string key = std::string(code) + std::string(entry->serial);
        if (key == entry_) return;
        entry_ = key;
        out.entry(code, *entry);
    }
    std::string entry_;
};

std::string rewritten(const std::string& bytes) {
    rewriting into;
    static_cast<void>(read(bytes, {}, &into));
    return into.out.bytes();
}

class autogiro_report_writer : public ::testing::TestWithParam<const char*> {};

TEST_P(autogiro_report_writer, writes_the_example_byte_for_byte) {
    const std::string bytes = joined(worked_example(GetParam()));
    EXPECT_EQ(rewritten(bytes), bytes);
}

INSTANTIATE_TEST_SUITE_P(examples, autogiro_report_writer,
                         ::testing::Values("7.2", "7.3", "amendments", "amendments-old", "internet-bank", "register",
                                           "register-old", "rejected", "rejected-old", "specification-old", "watch"));

// It fills reserved columns with zeros, which is allowed and which nobody writes.
TEST(autogiro_report_writer, writes_the_old_mandate_advice_without_its_zeros) {
    std::vector<std::string> lines = worked_example("advice-old");
    const std::string bytes = joined(lines);
    for (const std::size_t line : {1u, 2u})
        lines[line].replace(56, 5, "     ");
    EXPECT_EQ(rewritten(bytes), joined(lines));
}

TEST(autogiro_report_writer, gives_each_specification_a_time_stamp_of_its_own) {
    const std::string bytes = joined(worked_example("7.2"));
    const std::string twice = rewritten(bytes + bytes);
    EXPECT_EQ(twice.substr(0, bytes.size()), bytes);
    EXPECT_EQ(twice.substr(bytes.size() + 24, 20), "20261130061502000002");
    EXPECT_THAT(findings_of(read(twice)), ::testing::IsEmpty());
}

}  // namespace

}  // namespace brygga::autogiro::testing
