// The writer: the worked example to the byte, the rules that bind what is written, and that our own reader takes every byte.
#include "formats/bankgirot/supplier_payment/writer.hpp"

#include <functional>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "tests/lb/rule_case.hpp"

namespace brygga::supplier_payment::testing {

namespace {

constexpr date monday{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};
constexpr date thursday{std::chrono::year{2026}, std::chrono::November, std::chrono::day{26}};
constexpr date saturday{std::chrono::year{2026}, std::chrono::November, std::chrono::day{28}};
constexpr date new_years_eve{std::chrono::year{2026}, std::chrono::December, std::chrono::day{31}};

sender office(bool allow_money_order = false) {
    return {.written = monday, .bankgiro = "9912346", .allow_money_order = allow_money_order};
}

to_account_out refund() {
    to_account_out out;
    out.amount_ore = 30'050;
    out.pays.day = thursday;
    out.reference = "KREDIT 20261100012";
    out.own_reference = "REFUND-0000001";
    out.account = {"3300", "1212121212"};
    out.statement_text = "ÅTERBET 7001";
    return out;
}

to_bankgiro_out invoice() {
    to_bankgiro_out out;
    out.amount_ore = 100'000;
    out.pays.day = thursday;
    out.reference = "1234567897";
    out.own_reference = "LEV-0000003";
    out.bankgiro = "50501055";
    return out;
}

money_order_out order() {
    money_order_out out;
    out.amount_ore = 12'500;
    out.pays.day = thursday;
    out.reference = "KREDIT 20261100013";
    out.own_reference = "REFUND-0000002";
    out.address = {"Anna Exempel", "", "PROVGATAN 1", "12345", "STORSTAD"};
    return out;
}

credit_out credit_invoice() {
    credit_out out;
    out.amount_ore = 20'000;
    out.reference = "1234500006";
    out.own_reference = "LEV-0000004";
    out.bankgiro = "50501055";
    out.last_day = new_years_eve;
    return out;
}

credit_out deduction(std::int64_t amount_ore) {
    credit_out out;
    out.kind = credit_kind::deduction;
    out.amount_ore = amount_ore;
    out.pays.day = thursday;
    return out;
}

TEST(lb_writer, writes_the_worked_example_to_the_byte) {
    writer out(office(true));
    ASSERT_TRUE(out.open({}));
    EXPECT_EQ(out.to_account(refund())->payee, "0000000018");
    EXPECT_EQ(out.money_order(order())->payee, "0000000026");
    EXPECT_EQ(out.to_bankgiro(invoice())->payee, "0050501055");
    ASSERT_TRUE(out.credit(credit_invoice()));
    ASSERT_TRUE(out.close());
    std::vector<std::string> lines = worked_example("7.1");
    lines.erase(lines.begin());  // the seal
    lines.pop_back();
    EXPECT_EQ(out.bytes(), joined(lines));
}

TEST(lb_writer, computes_the_check_digits_of_the_official_example) {
    EXPECT_EQ(payout_number_field(99001), "0000990010");
    EXPECT_EQ(payout_number_field(99002), "0000990028");
    EXPECT_EQ(payout_number_field(1), "0000000018");
}

// What an attempt is refused for; nothing else in the section changes.
std::string refused_for(const std::function<tl::expected<void, refusal>(writer&)>& attempt, const section_out& section = {}) {
    writer out(office());
    EXPECT_TRUE(out.open(section));
    const std::string before = out.bytes();
    const auto done = attempt(out);
    if (done) return "nothing";
    EXPECT_EQ(out.bytes(), before);
    return std::string(info(done.error().broken).id) + " " + std::string(done.error().field);
}

template <class Item>
std::string refused(const Item& item, const section_out& section = {}) {
    return refused_for(
        [&](writer& out) -> tl::expected<void, refusal> {
            const auto done = [&] {
                if constexpr (std::is_same_v<Item, to_account_out>)
                    return out.to_account(item);
                else if constexpr (std::is_same_v<Item, to_bankgiro_out>)
                    return out.to_bankgiro(item);
                else if constexpr (std::is_same_v<Item, to_plusgiro_out>)
                    return out.to_plusgiro(item);
                else if constexpr (std::is_same_v<Item, money_order_out>)
                    return out.money_order(item);
                else
                    return out.credit(item);
            }();
            if (!done) return tl::unexpected(done.error());
            return {};
        },
        section);
}

template <class Item, class Change>
std::string refused_when(Item item, const Change& change, const section_out& section = {}) {
    change(item);
    return refused(item, section);
}

TEST(lb_writer, refuses_wrong_check_digits) {  // LB-R03
    EXPECT_EQ(refused(invoice()), "nothing");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.bankgiro = "50501056"; }), "LB-R03 bankgiro");
    EXPECT_EQ(refused_when(credit_invoice(), [](auto& item) { item.bankgiro = "123"; }), "LB-R03 bankgiro");
    to_plusgiro_out plusgiro;
    plusgiro.amount_ore = 1;
    plusgiro.pays.at_once = true;
    plusgiro.plusgiro = "1234566";
    EXPECT_EQ(refused(plusgiro), "nothing");
    plusgiro.plusgiro = "1234567";
    EXPECT_EQ(refused(plusgiro), "LB-R03 plusgiro");
    writer other({.written = monday, .bankgiro = "9912345"});
    EXPECT_EQ(other.open({}).error().broken, rule::R03);
}

TEST(lb_writer, writes_groups_in_their_order_and_refuses_what_has_none) {  // LB-R01, R04
    writer out(office());
    EXPECT_EQ(out.to_bankgiro(invoice()).error().broken, rule::R01);
    EXPECT_EQ(out.close().error().broken, rule::R01);
    ASSERT_TRUE(out.open({}));
    EXPECT_EQ(out.open({}).error().broken, rule::R01);
    EXPECT_EQ(out.close().error().broken, rule::R01) << "no payment";
    EXPECT_EQ(refused_when(refund(), [](auto& item) { item.advice = {"TEXT"}; }), "LB-R04 address");
    EXPECT_EQ(refused_when(refund(), [](auto& item) { item.address.name = "ANNA"; }), "LB-R04 address");
}

TEST(lb_writer, gives_each_recipient_a_number_of_its_own) {  // LB-R05
    writer out(office());
    ASSERT_TRUE(out.open({}));
    to_account_out other = refund();
    other.account = {"3300", "8112289874"};
    EXPECT_EQ(out.to_account(refund())->payee, "0000000018");
    EXPECT_EQ(out.to_account(other)->payee, "0000000026");
    EXPECT_EQ(out.to_account(refund())->payee, "0000000018");
    ASSERT_TRUE(out.close());
    ASSERT_TRUE(out.open({}));
    EXPECT_EQ(out.to_account(other)->payee, "0000000018") << "numbers hold for a section";
    ASSERT_TRUE(out.close());
    EXPECT_TRUE(findings_of(read(out.bytes())).empty());
}

TEST(lb_writer, refuses_days_that_are_none_for_payments) {  // LB-R06, R20
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.pays.day = saturday; }), "LB-R06 day");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.pays.day = add_days(monday, -3); }), "LB-R06 day");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.pays.day = monday; }), "nothing");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.pays.day.reset(); }), "LB-R06 day");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.pays.at_once = true; }), "LB-R06 day") << "both";
    EXPECT_EQ(refused_when(invoice(),
                           [](auto& item) {
                               item.pays.day = date{std::chrono::year{2070}, std::chrono::January, std::chrono::day{2}};
                           }),
              "LB-R20 day");
    EXPECT_EQ(refused_when(credit_invoice(), [](auto& item) { item.pays.day = thursday; }), "LB-R06 day");
    EXPECT_EQ(refused_when(credit_invoice(), [](auto& item) { item.last_day = add_days(monday, -1); }), "LB-R20 last_day");
    section_out section;
    section.pays.day = thursday;
    EXPECT_EQ(refused(invoice(), section), "LB-R06 day") << "the section has one";
    EXPECT_EQ(refused_when(
                  invoice(), [](auto& item) { item.pays = {}; }, section),
              "nothing");
    section.pays.day = saturday;
    writer out(office());
    EXPECT_EQ(out.open(section).error().broken, rule::R06);
}

TEST(lb_writer, refuses_amounts_and_deductions_beyond_the_payments) {  // LB-R02, R07
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.amount_ore = 0; }), "LB-R07 amount_ore");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.amount_ore = -1; }), "LB-R07 amount_ore");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.amount_ore = largest_amount_ore; }), "nothing");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.amount_ore = largest_amount_ore + 1; }), "LB-R07 amount_ore");
    writer out(office());
    ASSERT_TRUE(out.open({}));
    EXPECT_EQ(out.credit(deduction(1)).error().broken, rule::R03) << "no payment before it";
    ASSERT_TRUE(out.to_account(refund()));
    EXPECT_EQ(out.credit(deduction(30'051)).error().broken, rule::R07);
    ASSERT_TRUE(out.credit(deduction(30'000)));
    EXPECT_EQ(out.credit(deduction(51)).error().broken, rule::R07);
    ASSERT_TRUE(out.credit(deduction(50)));
    ASSERT_TRUE(out.credit(credit_invoice())) << "a watched credit waits for invoices to come";
    to_bankgiro_out largest = invoice();
    largest.amount_ore = largest_amount_ore;
    ASSERT_TRUE(out.to_bankgiro(largest));
    EXPECT_EQ(out.to_bankgiro(largest).error().broken, rule::R02) << "a sum of 13 digits";
    ASSERT_TRUE(out.close());
    EXPECT_TRUE(findings_of(read(out.bytes())).empty());
}

TEST(lb_writer, asks_for_an_ocr_reference_where_the_payee_does) {  // LB-R08
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.ocr.level = ocr_level::hard; }), "nothing");
    const auto free_text = [](ocr_level level) {
        return [level](to_bankgiro_out& item) {
            item.reference = "FAKTURA 4711";
            item.ocr.level = level;
        };
    };
    EXPECT_EQ(refused_when(invoice(), free_text(ocr_level::none)), "nothing");
    EXPECT_EQ(refused_when(invoice(), free_text(ocr_level::soft)), "nothing") << "the payer may go on with a message";
    for (const ocr_level level : {ocr_level::hard, ocr_level::variable_length, ocr_level::fixed_length})
        EXPECT_EQ(refused_when(invoice(), free_text(level)), "LB-R08 reference");
}

TEST(lb_writer, refuses_money_orders_unless_they_are_allowed) {  // LB-R09
    EXPECT_EQ(refused(order()), "LB-R09 payee");
    writer out(office(true));
    ASSERT_TRUE(out.open({}));
    EXPECT_TRUE(out.money_order(order()));
}

TEST(lb_writer, cuts_no_text_but_advice_and_tells_of_that) {  // LB-R12
    const auto of_size = [](std::size_t size) { return std::string(size, 'A'); };
    EXPECT_EQ(refused_when(invoice(), [&](auto& item) { item.reference = of_size(25); }), "nothing");
    EXPECT_EQ(refused_when(invoice(), [&](auto& item) { item.reference = of_size(26); }), "LB-R12 reference");
    EXPECT_EQ(refused_when(invoice(), [&](auto& item) { item.own_reference = of_size(21); }), "LB-R12 own_reference");
    EXPECT_EQ(refused_when(refund(), [&](auto& item) { item.statement_text = "ÅTERBET 70012"; }), "LB-R12 statement_text");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.reference = "€"; }), "LB-R12 reference");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.reference = "A\tB"; }), "LB-R12 reference");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.reference = "A\r\nB"; }), "LB-R12 reference");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.reference = "\xC2\x85"; }), "LB-R12 reference");
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.reference = "\xD6"; }), "LB-R12 reference") << "no UTF-8";
    EXPECT_EQ(refused_when(invoice(), [](auto& item) { item.advice = {"€"}; }), "LB-R12 advice");
    writer out(office());
    ASSERT_TRUE(out.open({}));
    to_bankgiro_out item = invoice();
    item.advice = {of_size(50), of_size(51), "Ö" + of_size(50)};
    EXPECT_EQ(out.to_bankgiro(item)->cut_advice, 2u);
    section_out section;
    section.fixed_text = of_size(51);
    writer other(office());
    EXPECT_EQ(other.open(section).error().broken, rule::R12);
}

TEST(lb_writer, refuses_accounts_that_are_none) {  // LB-R13
    EXPECT_EQ(refused_when(refund(), [](auto& item) { item.account.clearing = "33000"; }), "LB-R13 account");
    EXPECT_EQ(refused_when(refund(), [](auto& item) { item.account.account = ""; }), "LB-R13 account");
    EXPECT_EQ(refused_when(refund(), [](auto& item) { item.account.account = "121212-121"; }), "LB-R13 account");
    EXPECT_EQ(refused_when(refund(), [](auto& item) { item.account.account = "1212121213"; }), "LB-R13 account");
    EXPECT_EQ(refused_when(order(), [](auto& item) { item.address.postcode = "123 45"; }), "LB-R09 payee");
    const auto address = [](to_account_out& item) { item.address = {"ANNA", "", "PROVGATAN 1", "123 45", "STORSTAD"}; };
    EXPECT_EQ(refused_when(refund(), address), "LB-R13 postcode");
}

std::string any_text(std::size_t most) {
    static const std::vector<std::string> letters = {"A", "b", "Z", "0", "9", " ", "å", "Ö", "é", "ß", "ÿ", "/", "~", "X"};
    std::string out;
    for (std::size_t left = *rc::gen::inRange<std::size_t>(0, most + 1); left != 0; --left)
        out += *rc::gen::elementOf(letters);
    return out;
}

void any_payment(writer& out) {
    const auto fill = [](payment_out& item) {
        item.amount_ore = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
        item.pays.day = *rc::gen::element(monday, thursday);
        item.reference = any_text(25);
        item.own_reference = any_text(20);
        for (int lines = *rc::gen::inRange(0, 3); lines != 0; --lines)
            item.advice.push_back(any_text(60));
    };
    const postal_address address{"N" + any_text(34), any_text(33), "S" + any_text(34), "12345", "T" + any_text(19)};
    const int kind = *rc::gen::inRange(0, 4);
    if (kind == 0) {
        to_account_out item = refund();
        fill(item);
        item.account.account = *rc::gen::element<std::string>("1212121212", "8112289874");
        item.statement_text = any_text(12);
        item.salary = *rc::gen::arbitrary<bool>();
        item.address = address;
        RC_ASSERT(out.to_account(item).has_value());
    } else if (kind == 1) {
        to_bankgiro_out item = invoice();
        fill(item);
        RC_ASSERT(out.to_bankgiro(item).has_value());
    } else if (kind == 2) {
        to_plusgiro_out item;
        fill(item);
        item.plusgiro = "1234566";
        RC_ASSERT(out.to_plusgiro(item).has_value());
    } else {
        credit_out item = credit_invoice();
        fill(item);
        item.pays = {};
        RC_ASSERT(out.credit(item).has_value());
    }
}

RC_GTEST_PROP(lb_writer_property, its_own_reader_takes_every_byte_without_a_finding, ()) {
    writer out(office());
    for (int sections = *rc::gen::inRange(1, 3); sections != 0; --sections) {
        section_out section;
        section.fixed_text = any_text(50);
        section.reference_heading = any_text(25);
        RC_ASSERT(out.open(section).has_value());
        for (int payments = *rc::gen::inRange(1, 8); payments != 0; --payments)
            any_payment(out);
        RC_ASSERT(out.close().has_value());
    }
    RC_ASSERT(out.bytes().size() % 82 == 0u);
    const logical_file file = read(out.bytes());
    RC_ASSERT(findings_of(file) == std::vector<std::string>());
    RC_ASSERT(file.in == encoding::iso_8859_1);
}

}  // namespace

}  // namespace brygga::supplier_payment::testing
