// What is written to Bankgirot: the worked example byte for byte, and every refusal with the rule that it names.
#include "formats/bankgirot/autogiro/writer.hpp"

#include <gmock/gmock.h>

#include "tests/autogiro/rule_case.hpp"

namespace brygga::autogiro::testing {

namespace {

constexpr date day_of(int month, unsigned day, int year = 2026) {
    return date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}, std::chrono::day{day}};
}

sender usual_sender() {
    return {.written = day_of(11, 23), .customer_number = "471117", .bankgiro = "9912346", .payouts_allowed = true};
}

payment_out usual_payment() {
    return {.day = day_of(11, 30), .payer_number = "7001", .amount_ore = 134'550, .reference = "2026110001234567"};
}

change_out usual_change(std::string_view code) {
    return {.code = code,
            .payer_number = "7001",
            .day = day_of(11, 30),
            .amount_ore = 134'550,
            .new_day = day_of(12, 7),
            .reference = "2026110001234567"};
}

TEST(autogiro_writer, writes_worked_example_7_1_but_for_its_seal) {
    writer out(usual_sender());
    ASSERT_TRUE(out.new_mandate({"7001", "8901003232323232", "191212121212"}));
    ASSERT_TRUE(out.new_mandate({"3331022", {}, {}}));
    ASSERT_TRUE(out.answer_mandate({"7002", {}, {}}, false));
    ASSERT_TRUE(out.cancel_mandate("7003"));
    ASSERT_TRUE(out.change_payer_number("7004", "7104"));
    ASSERT_TRUE(out.payment(usual_payment()));
    ASSERT_TRUE(out.payment({.day = day_of(12, 1),
                             .period = '1',
                             .recurrences = 12,
                             .payer_number = "3331022",
                             .amount_ore = 89'900,
                             .reference = "HYRA"}));
    ASSERT_TRUE(
        out.payment({.day = std::nullopt, .payer_number = "7004", .amount_ore = 25'000, .reference = "2026110004567890"}));
    ASSERT_TRUE(out.payment({.direction = payment_direction::payout,
                             .day = day_of(11, 30),
                             .payer_number = "7001",
                             .amount_ore = 4'050,
                             .reference = "ÅTERBETALNING"}));
    ASSERT_TRUE(out.change(usual_change("25")));
    change_out moved = usual_change("29");
    moved.amount_ore = 4'050;
    moved.direction = payment_direction::payout;
    moved.reference = "ÅTERBETALNING";
    ASSERT_TRUE(out.change(moved));
    std::vector<std::string> expected = worked_example("7.1");
    expected.erase(expected.begin());
    expected.pop_back();
    EXPECT_EQ(out.bytes(), joined(expected));
    EXPECT_EQ(out.replaced_characters(), 0u);
}

TEST(autogiro_writer, makes_what_the_reader_finds_nothing_in) {
    writer out(usual_sender());
    ASSERT_TRUE(out.answer_mandate({"0000000000007002", {}, {}}, true));
    ASSERT_TRUE(out.new_mandate({"9999999999999999", "8901003232323232", "005599001236"}));
    payment_out item = usual_payment();
    item.amount_ore = largest_amount_ore;
    item.period = '8';
    ASSERT_TRUE(out.payment(item));
    item.reference.clear();
    ASSERT_TRUE(out.payment(item));
    for (const char* code : {"23", "24", "25", "26", "27", "28", "29"})
        ASSERT_TRUE(out.change(usual_change(code)));
    const logical_file file = read(out.bytes());
    EXPECT_THAT(findings_of(file), ::testing::IsEmpty());
    EXPECT_EQ(file.sections, 3u);
    EXPECT_EQ(file.collections.approved_ore, 2 * largest_amount_ore);
}

TEST(autogiro_writer, opens_a_section_for_each_kind_and_can_be_drained) {
    writer whole(usual_sender()), drained(usual_sender());
    std::string parts;
    for (const bool mandate : {true, false, true, false}) {
        for (writer* const out : {&whole, &drained})
            ASSERT_TRUE(mandate ? out->cancel_mandate("7003") : out->payment(usual_payment()));
        parts += drained.bytes();
        drained.bytes().clear();
    }
    EXPECT_EQ(parts, whole.bytes());
    EXPECT_EQ(read(parts).sections, 4u);
}

// AG-R21: what ISO 8859-1 or the seal lacks is written as something near it, and counted; nothing is dropped.
TEST(autogiro_writer, replaces_characters_and_counts_them) {
    struct : sink {
        void payment(const payment_view& item) override { reference = item.record.reference.utf8(); }
        std::string reference;
    } seen;
    const std::map<std::string, std::pair<std::string, std::uint64_t>> cases = {
        {"Hyra – nov", {"Hyra - nov", 1}}, {"”El” ‘24’", {"'El' '24'", 4}}, {"Åre é ü", {"Åre é ü", 0}}, {"Łódź", {"Lodz", 3}},
        {"1\r\n09", {"1  09", 2}},
    };
    for (const auto& [asked, expected] : cases) {
        writer out(usual_sender());
        payment_out item = usual_payment();
        item.reference = asked;
        ASSERT_TRUE(out.payment(item)) << asked;
        EXPECT_THAT(findings_of(read(out.bytes(), {}, &seen)), ::testing::IsEmpty());
        EXPECT_EQ(seen.reference, expected.first);
        EXPECT_EQ(out.replaced_characters(), expected.second) << asked;
    }
}

struct refused {
    const char* name;
    const char* rule_id;
    const char* field;
    outcome (*ask)(writer&);
};

template <auto Change>
outcome pay(writer& out) {
    payment_out item = usual_payment();
    Change(item);
    return out.payment(item);
}
template <auto Change>
outcome alter(writer& out, const char* code) {
    change_out item = usual_change(code);
    Change(item);
    return out.change(item);
}

const refused refusals[] = {
    {"no_payer_number", "AG-R24", "payer_number", [](writer& w) { return w.cancel_mandate(""); }},
    {"payer_number_of_17_digits", "AG-R24", "payer_number", [](writer& w) { return w.cancel_mandate("12345678901234567"); }},
    {"payer_number_with_a_letter", "AG-R24", "payer_number",
     [](writer& w) {
         return w.answer_mandate({"70O1", {}, {}}, true);
     }},
    {"payer_number_zero", "AG-R24", "payer_number",
     [](writer& w) {
         return w.answer_mandate({"000", {}, {}}, false);
     }},
    {"new_mandate_without_number", "AG-R24", "payer_number",
     [](writer& w) {
         return w.new_mandate({"", "8901003232323232", "191212121212"});
     }},
    {"bankgiro_with_a_wrong_check_digit", "AG-R24", "payer_number",
     [](writer& w) {
         return w.new_mandate({"3331023", {}, {}});
     }},
    {"account_of_15_digits", "AG-R24", "account",
     [](writer& w) {
         return w.new_mandate({"7001", "890100323232323", "191212121212"});
     }},
    {"account_with_a_hyphen", "AG-R24", "account",
     [](writer& w) {
         return w.new_mandate({"7001", "8901-03232323232", "191212121212"});
     }},
    {"identity_of_10_digits", "AG-R24", "identity",
     [](writer& w) {
         return w.new_mandate({"7001", "8901003232323232", "1212121212"});
     }},
    {"account_without_identity", "AG-R24", "identity",
     [](writer& w) {
         return w.new_mandate({"7001", "8901003232323232", {}});
     }},
    {"change_from_no_number", "AG-R24", "payer_number", [](writer& w) { return w.change_payer_number("", "7104"); }},
    {"change_to_no_number", "AG-R24", "new_payer_number", [](writer& w) { return w.change_payer_number("7004", "7104 "); }},
    {"change_to_the_same_number", "AG-R15", "new_payer_number",
     [](writer& w) { return w.change_payer_number("7004", "0007004"); }},
    {"payment_without_number", "AG-R24", "payer_number", pay<[](payment_out& p) { p.payer_number.clear(); }>},
    {"no_amount", "AG-R09", "amount_ore", pay<[](payment_out& p) { p.amount_ore = 0; }>},
    {"negative_amount", "AG-R09", "amount_ore", pay<[](payment_out& p) { p.amount_ore = -1; }>},
    {"amount_of_13_digits", "AG-R09", "amount_ore", pay<[](payment_out& p) { p.amount_ore = largest_amount_ore + 1; }>},
    {"period_9", "AG-R13", "period", pay<[](payment_out& p) { p.period = '9'; }>},
    {"period_blank", "AG-R13", "period", pay<[](payment_out& p) { p.period = ' '; }>},
    {"recurrences_of_one_payment", "AG-R13", "recurrences", pay<[](payment_out& p) { p.recurrences = 1; }>},
    {"thousand_recurrences", "AG-R13", "recurrences", pay<[](payment_out& p) {
         p.period = '1';
         p.recurrences = 1000;
     }>},
    {"day_in_the_past", "AG-R17", "payment_day", pay<[](payment_out& p) { p.day = day_of(11, 20); }>},
    {"saturday", "AG-R17", "payment_day", pay<[](payment_out& p) { p.day = day_of(11, 28); }>},
    {"day_beyond_the_watch_period", "AG-R17", "payment_day", pay<[](payment_out& p) { p.day = day_of(11, 25, 2027); }>},
    {"no_day_of_the_calendar", "AG-R17", "payment_day", pay<[](payment_out& p) { p.day = date{}; }>},
    {"reference_that_is_no_utf_8", "AG-R21", "reference", pay<[](payment_out& p) { p.reference = "\xC5TER"; }>},
    {"reference_of_17_characters", "AG-R21", "reference", pay<[](payment_out& p) { p.reference = "20261100012345678"; }>},
    {"reference_of_17_letters", "AG-R21", "reference", pay<[](payment_out& p) { p.reference = "ÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅÅ"; }>},
    {"reference_in_chinese", "AG-R21", "reference", pay<[](payment_out& p) { p.reference = "電気"; }>},
    {"reference_with_a_control_character", "AG-R21", "reference", pay<[](payment_out& p) { p.reference = "1\x01"; }>},
    {"change_code_22", "AG-R24", "code", [](writer& w) { return alter<[](change_out&) {}>(w, "22"); }},
    {"change_code_82", "AG-R24", "code", [](writer& w) { return alter<[](change_out&) {}>(w, "82"); }},
    {"change_without_number", "AG-R24", "payer_number",
     [](writer& w) { return alter<[](change_out& c) { c.payer_number.clear(); }>(w, "23"); }},
    {"change_without_day", "AG-R08", "payment_day",
     [](writer& w) { return alter<[](change_out& c) { c.day = date{}; }>(w, "24"); }},
    {"move_into_the_past", "AG-R17", "new_day",
     [](writer& w) { return alter<[](change_out& c) { c.new_day = day_of(11, 20); }>(w, "26"); }},
    {"move_to_no_day", "AG-R17", "new_day", [](writer& w) { return alter<[](change_out& c) { c.new_day = date{}; }>(w, "27"); }},
    {"change_of_nothing", "AG-R09", "amount_ore",
     [](writer& w) { return alter<[](change_out& c) { c.amount_ore = 0; }>(w, "25"); }},
    {"change_with_a_long_reference", "AG-R21", "reference",
     [](writer& w) { return alter<[](change_out& c) { c.reference = "20261100012345678"; }>(w, "29"); }},
};

class autogiro_writer_refuses : public ::testing::TestWithParam<refused> {};

TEST_P(autogiro_writer_refuses, and_leaves_nothing_behind) {
    writer out(usual_sender());
    const outcome done = GetParam().ask(out);
    ASSERT_FALSE(done);
    EXPECT_EQ(info(done.error().broken).id, GetParam().rule_id);
    EXPECT_EQ(done.error().field, GetParam().field);
    EXPECT_FALSE(done.error().expected.empty());
    EXPECT_EQ(out.bytes(), "");
    ASSERT_TRUE(out.payment(usual_payment()));
    EXPECT_THAT(findings_of(read(out.bytes())), ::testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(requests, autogiro_writer_refuses, ::testing::ValuesIn(refusals),
                         [](const auto& each) { return each.param.name; });

// A day that was fit says nothing of another, nor one that was refused.
TEST(autogiro_writer, looks_at_each_day) {
    writer out(usual_sender());
    payment_out item = usual_payment();
    for (int round = 0; round < 2; ++round) {
        item.day = day_of(11, 30);
        EXPECT_TRUE(out.payment(item));
        item.day = day_of(11, 28);
        EXPECT_FALSE(out.payment(item));
        item.day = day_of(12, 1);
        EXPECT_TRUE(out.payment(item));
    }
    EXPECT_NE(out.bytes().find("\r\n8220261201"), std::string::npos);
}

TEST(autogiro_writer, keeps_to_the_agreement) {
    sender from = usual_sender();
    from.payouts_allowed = false;
    from.watch_days = 7;
    writer out(from);
    payment_out item = usual_payment();
    EXPECT_TRUE(out.payment(item));  // seven days ahead
    item.day = day_of(12, 1);
    EXPECT_EQ(out.payment(item).error().broken, rule::R17);
    item = usual_payment();
    item.direction = payment_direction::payout;
    EXPECT_EQ(out.payment(item).error().broken, rule::R16);
}

TEST(autogiro_payer_numbers, are_compared_without_leading_zeros) {
    EXPECT_EQ(payer_number_field("7001"), "0000000000007001");
    EXPECT_EQ(payer_number_field("0000"), std::nullopt);
    EXPECT_EQ(payer_number_key("0000000000007001"), "7001");
    EXPECT_EQ(payer_number_key("0000000000000000"), "0");
}

}  // namespace

}  // namespace brygga::autogiro::testing
