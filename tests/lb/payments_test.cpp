// What the reader hands out: payments with what stands before and after them, rejections, credits, watch and returned orders.
#include <gmock/gmock.h>

#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

namespace {

using ::testing::ElementsAre;

// Every event as one line of text.
struct collector : sink {
    void section_opened(const section_view& section) override {
        lines.push_back("open " + std::string(name(section.layout)) + " " + std::string(section.bankgiro));
    }
    void payment(const payment_view& item) override {
        std::string line = std::to_string(item.at.ordinal) + " TK" + std::string(item.code) + " " +
                           std::string(item.record.payee) + " " + std::to_string(item.record.amount_ore);
        if (item.account != nullptr)
            line += " to " + std::string(item.account->clearing) + "-" + std::string(item.account->account);
        if (item.name != nullptr) line += " name " + item.name->name.utf8();
        if (item.address != nullptr) line += " in " + item.address->town.utf8();
        for (const encoded_text& each : item.texts)
            line += " text " + each.utf8();
        for (const rejection_view& each : item.rejections)
            line += " " + std::string(each.rejected_code) + ":" + std::string(each.record.code);
        if (item.is_rejected()) line += " rejected";
        lines.push_back(line);
        bytes.emplace_back(item.at.bytes);
    }
    void rejection(const section_view&, const rejection_view& item) override {
        lines.push_back("rejection of TK" + std::string(item.rejected_code) + " " + std::string(item.record.code));
    }
    void credit_rest(const credit_rest_view& item) override {
        lines.push_back("rest " + std::to_string(item.record.original_ore) + " " + std::to_string(item.record.remaining_ore));
    }
    void credit_use(const credit_use_view& item) override {
        lines.push_back("used " + std::string(item.record.first_day) + " " + std::to_string(item.record.first_ore));
    }
    void watch_total(const watch_total_view& item) override {
        lines.push_back("watch TK" + std::string(item.code) + " " + std::to_string(item.record.first_ore));
    }
    void watched_day(const watched_day_view& item) override {
        lines.push_back("day " + std::string(item.record.day) + " " + std::string(item.record.code));
    }
    void returned_order(const returned_order_view& item) override {
        lines.push_back("returned " + std::string(item.record.order_number) + " " + std::to_string(item.record.amount_ore));
    }
    void section_closed(const section_view& section) override {
        lines.push_back((section.closed ? "close " : "cut ") + section.totals.payments_ore.text() + " " +
                        section.totals.deductions_ore.text());
    }
    std::vector<std::string> lines, bytes;
};

std::string example(const std::string& name) {
    return joined(worked_example(name));
}

TEST(lb_payments, of_the_worked_example) {
    collector seen;
    const logical_file file = read(example("7.1"), {}, &seen);
    EXPECT_THAT(findings_of(file), ElementsAre("LB-R09 info 5 1-2", "LB-R18 info 1 1-2"));
    EXPECT_THAT(seen.lines, ElementsAre("open TO_BANKGIROT 0009912346", "1 TK14 0000000018 30050 to 3300-001212121212",
                                        "2 TK14 0000000026 12500 name ANNA EXEMPEL in STORSTAD", "3 TK14 0050501055 100000",
                                        "4 TK16 0050501055 20000", "close 142550 20000"));
    EXPECT_EQ(seen.bytes[1].size(), 3 * 82u - 2) << "name, address and payment are one group";
    EXPECT_TRUE(file.seal.opens);
    EXPECT_TRUE(file.seal.closes);
}

TEST(lb_payments, to_bankgirot_with_texts) {
    collector seen;
    static_cast<void>(read(example("to-bankgirot"), {}, &seen));
    EXPECT_THAT(seen.lines,
                ElementsAre("open TO_BANKGIROT 0009912346",
                            "1 TK14 0000000018 30050 to 3300-001212121212 text DIN INBETALNING AV FAKTURA 20261100012 I RETUR",
                            "2 TK14 0050501055 100000", "3 TK16 0050501055 20000", "4 TK54 0001234566 50000 text AVTAL 7001",
                            "close 180050 20000"));
}

TEST(lb_payments, in_a_payment_specification) {
    collector seen;
    static_cast<void>(read(example("specification"), {}, &seen));
    EXPECT_THAT(seen.lines,
                ElementsAre("open PAYMENT_SPECIFICATION 0009912346", "1 TK14 0050501055 100000 name PROVLEVERANTÖREN AB",
                            "2 TK16 0050501055 20000 name PROVLEVERANTÖREN AB", "rest 50000 25000", "used 261112 5000",
                            "3 TK14 0000000018 30050 to 3300-001212121212 name ANNA EXEMPEL", "4 TK54 0001234566 50000",
                            "close 180050 20000"));
}

TEST(lb_payments, that_a_payment_specification_says_were_rejected) {
    std::string bytes = example("specification");
    bytes.insert(bytes.find("1600505010551"), "49MTRV0042\r\n");
    collector seen;
    EXPECT_TRUE(read(bytes, {}, &seen).accepted());
    ASSERT_GT(seen.lines.size(), 2U);
    EXPECT_EQ(seen.lines[1], "1 TK14 0050501055 100000 name PROVLEVERANTÖREN AB 14:0042 rejected");
    EXPECT_EQ(seen.lines[2], "2 TK16 0050501055 20000 name PROVLEVERANTÖREN AB");
}

TEST(lb_payments, in_the_rejected_report) {
    collector seen;
    static_cast<void>(read(example("rejected"), {}, &seen));
    EXPECT_THAT(
        seen.lines,
        ElementsAre("open REJECTED 0009912346", "rejection of TK12 0064",
                    "1 TK14 000000001 30050 to 3300-001212121213 text DIN INBETALNING I RETUR 40:0013 14:0000 25:0000 rejected",
                    "2 TK15 000000001 5000 to 3300-001212121213 15:0000", "3 TK14 0050501056 100000 14:0042 rejected",
                    "close 130050 5000"));
}

TEST(lb_payments, on_watch) {
    collector seen;
    static_cast<void>(read(example("watch"), {}, &seen));
    EXPECT_THAT(seen.lines, ElementsAre("open WATCH 0009912346", "watch TK40 150000", "watch TK41 50000", "watch TK42 0",
                                        "day 261126 00", "day 000000 07", "close 0 0"));
}

TEST(lb_payments, of_returned_money_orders) {
    collector seen;
    const logical_file file = read(example("returned"), {}, &seen);
    EXPECT_THAT(seen.lines, ElementsAre("open RETURNED_MONEY_ORDERS 0009912346", "returned 000004711 12500",
                                        "returned 000004712 7500", "close 20000 0"));
    EXPECT_EQ(file.records, (std::map<std::string, std::uint64_t>{{"1", 1}, {"2", 2}, {"3", 1}}));
}

TEST(lb_payments, of_several_sections_in_one_file) {
    collector seen;
    const logical_file file =
        read(example("to-bankgirot") + example("returned") + example("specification") + example("to-bankgirot"), {}, &seen);
    EXPECT_EQ(file.version, "TO_BANKGIROT RETURNED_MONEY_ORDERS PAYMENT_SPECIFICATION");
    EXPECT_EQ(file.sections, 4u);
    EXPECT_TRUE(findings_of(file).empty());
    EXPECT_EQ(file.totals.payments_ore, 3 * 180'050 + 20'000);
}

// Trimmed lines lie in buffers that later lines take; what was handed out must not have changed under way.
TEST(lb_payments, are_the_same_of_trimmed_lines) {
    for (const char* const each : {"to-bankgirot", "specification", "rejected", "7.1"}) {
        SCOPED_TRACE(each);
        std::string trimmed;
        for (std::string line : worked_example(each)) {
            line.resize(line.find_last_not_of(' ') + 1);
            trimmed += line + "\n";
        }
        collector whole, cut;
        static_cast<void>(read(example(each), {}, &whole));
        static_cast<void>(read(trimmed, {}, &cut));
        EXPECT_EQ(whole.lines, cut.lines);
    }
}

TEST(lb_payments, of_utf_8_and_iso_646) {
    const std::string iso = example("specification");
    collector expected, utf8, swedish;
    static_cast<void>(read(iso, {}, &expected));
    static_cast<void>(read(to_utf8(iso, encoding::iso_8859_1), {}, &utf8));
    read_options options;
    options.force_encoding = encoding::iso_646_se;
    static_cast<void>(read(*from_utf8(to_utf8(iso, encoding::iso_8859_1), encoding::iso_646_se), options, &swedish));
    EXPECT_EQ(utf8.lines, expected.lines);
    EXPECT_EQ(swedish.lines, expected.lines);
}

// The caller may drop what was passed: no view reaches back behind it.
TEST(lb_payments, reach_no_further_back_than_what_was_passed) {
    std::vector<std::string> lines = worked_example("to-bankgirot");
    std::string bytes = lines[0] + "\r\n";
    for (int i = 0; i < 20'000; ++i)
        for (const std::size_t each : {3u, 4u, 5u})
            bytes += lines[each] + "\r\n";
    const char* from = bytes.data();
    std::size_t calls = 0;
    read_options options;
    options.passed = [&](std::size_t passed) {
        ++calls;
        from = bytes.data() + passed;
    };
    struct checked : sink {
        checked(const char*& first, const char* begin) : from(first), start(begin) {}
        void section_opened(const section_view&) override { from = start; }  // the looks at the encoding are over
        void payment(const payment_view& item) override { EXPECT_GE(item.at.bytes.data(), from); }
        const char*& from;
        const char* start;
    } into(from, bytes.data());
    static_cast<void>(read(bytes, options, &into));
    EXPECT_GE(calls, 3u);
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
