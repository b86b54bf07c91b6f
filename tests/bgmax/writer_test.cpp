#include "formats/bankgirot/bgmax/writer.hpp"

#include <gmock/gmock.h>

#include "tests/bgmax/rule_case.hpp"

namespace brygga::bgmax::testing {

namespace {

using ::testing::HasSubstr;

payment_out usual_payment() {
    payment_out item;
    item.reference = "1000234706";
    item.amount_ore = 84'950;
    item.code = reference_code::ocr;
    item.serial = "314985000010";
    item.name = "Exempelsson Åsa";
    item.street = "Provgatan 7 LGH 1102";
    item.postcode = "123 45";
    item.town = "PROVKÖPING";
    return item;
}

const deposit_out usual_deposit{"5841000001009823", "20260302", "00041", ""};

void begin(writer& out) {
    ASSERT_TRUE(out.start("20260302163005123456", marker::production));
    ASSERT_TRUE(out.opening("9912346", "SEK"));
}

TEST(bgmax_writer, writes_worked_example_7_1) {
    writer out;
    begin(out);
    ASSERT_TRUE(out.payment(usual_payment()));
    payment_out second;
    second.reference = "Faktura 10002355 kund 987";
    second.amount_ore = 120'000;
    second.code = reference_code::text;
    second.serial = "314985000020";
    second.information = {"654"};
    second.name = "Testström Nils";
    second.street = "Teststigen 2";
    second.postcode = "123 46";
    second.town = "PROVKÖPING";
    ASSERT_TRUE(out.payment(second));
    ASSERT_TRUE(out.deposit(usual_deposit));
    ASSERT_TRUE(out.end());
    EXPECT_EQ(out.bytes(), joined(worked_example("7.1")));
}

TEST(bgmax_writer, writes_worked_example_7_2) {
    writer out;
    ASSERT_TRUE(out.start("20260303164512000731", marker::production));
    ASSERT_TRUE(out.opening("9912346", "SEK"));
    payment_out item;
    item.payer_bankgiro = "3783511";
    item.reference = "1000235505";
    item.amount_ore = 1'000'000;
    item.code = reference_code::ocr;
    item.by = channel::supplier_payment;
    item.serial = "314986000010";
    item.name = "Fiktiva Fastigheter AB";
    item.organisation_number = "5599001236";
    ASSERT_TRUE(out.payment(item));
    item.is_deduction = true;
    item.reference = "1000236305";
    item.amount_ore = 250'000;
    item.serial = "314986000020";
    item.deduction = deduction_code::part;
    ASSERT_TRUE(out.payment(item));
    item = {};
    item.payer_bankgiro = "0059990010";
    item.reference = "1000237105 1000238905";
    item.amount_ore = 400'000;
    item.code = reference_code::text;
    item.by = channel::supplier_payment;
    item.serial = "314986000030";
    item.references = {{"1000237105"}, {"1000238905"}};
    item.information = {"Betalning avser 1000237105 1000238905"};
    item.name = "Brf Övningen";
    item.extra_name = "c/o Provförvaltning";
    item.street = "Box 12";
    item.postcode = "12301";
    item.town = "PROVKÖPING";
    item.organisation_number = "7699004565";
    ASSERT_TRUE(out.payment(item));
    ASSERT_TRUE(out.deposit({"5841000001009823", "20260303", "00042", ""}));
    ASSERT_TRUE(out.opening("0009912346", "SEK"));
    item = {};
    item.amount_ore = 140'000;
    item.by = channel::slip;
    item.serial = "314986000041";
    item.image = '1';
    item.references = {{"1000234706", reference_code::ocr, 100'000, false},
                       {"8988777", reference_code::registered_wrong, 90'000, false},
                       {"1000239705", reference_code::ocr, 50'000, true}};
    item.name = "Mallgren Eva";
    item.street = "Övningsgränd 4";
    item.postcode = "123 47";
    item.town = "TESTÅS";
    ASSERT_TRUE(out.payment(item));
    ASSERT_TRUE(out.deposit({"5841000001009823", "20260303", "00043", ""}));
    ASSERT_TRUE(out.end());
    EXPECT_EQ(out.bytes(), joined(worked_example("7.2")));
}

TEST(bgmax_writer, writes_worked_example_7_3_with_references_on_the_left) {
    writer out;
    ASSERT_TRUE(out.start("20260330061500000042", marker::test));
    ASSERT_TRUE(out.opening("9912346", "SEK"));
    payment_out item;
    item.code = reference_code::ocr;
    item.by = channel::autogiro;
    item.image = ' ';
    item.reference = "1002347";
    item.amount_ore = 31'200;
    ASSERT_TRUE(out.payment(item));
    item.reference = "1002355";
    item.amount_ore = 45'800;
    ASSERT_TRUE(out.payment(item));
    ASSERT_TRUE(out.deposit({"5841000001009823", "20260330", "00044", ""}));
    ASSERT_TRUE(out.end());
    EXPECT_EQ(out.bytes(), joined(worked_example("7.3")));
}

TEST(bgmax_writer, makes_what_the_reader_finds_nothing_in) {
    writer out;
    begin(out);
    payment_out item = usual_payment();
    item.information = {"  indented", std::string(50, 'x')};
    item.country = "Finland";
    item.country_code = "FI";
    ASSERT_TRUE(out.payment(item));
    item = usual_payment();
    item.town.clear();  // TK27 is followed by a blank TK28
    ASSERT_TRUE(out.payment(item));
    item = usual_payment();
    item.amount_ore = 999'999'999'999'000'000;
    ASSERT_TRUE(out.payment(item));
    ASSERT_TRUE(out.deposit(usual_deposit));
    ASSERT_TRUE(out.end());
    const auto files = read(out.bytes());
    EXPECT_THAT(findings_of(files), ::testing::IsEmpty());
    EXPECT_EQ(files.front().deposits_ore, 999'999'999'999'169'900);
}

TEST(bgmax_writer, can_be_drained_between_sections) {
    const auto write = [](bool drain) {
        std::string all;
        writer out;
        begin(out);
        for (int section = 0; section < 3; ++section) {
            EXPECT_TRUE(section == 0 || out.opening("9912346", "SEK"));
            EXPECT_TRUE(out.payment(usual_payment()));
            EXPECT_TRUE(out.deposit(usual_deposit));
            if (!drain) continue;
            all += out.bytes();
            out.bytes().clear();
        }
        EXPECT_TRUE(out.end());
        return all + out.bytes();
    };
    EXPECT_EQ(write(true), write(false));
    EXPECT_EQ(read(write(true)).front().findings.total(), 0u);
}

struct refusal {
    const char* what;
    void (*change)(payment_out&);
    const char* names;
};

class bgmax_writer_refuses : public ::testing::TestWithParam<refusal> {};

TEST_P(bgmax_writer_refuses, what_bgmax_cannot_hold) {
    writer out;
    begin(out);
    payment_out item = usual_payment();
    GetParam().change(item);
    const auto done = out.payment(item);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, error_code::invalid_argument);
    EXPECT_THAT(done.error().text, HasSubstr(GetParam().names));
    EXPECT_THAT(done.error().text, ::testing::Not(HasSubstr("Exempelsson"))) << "personal data in an error text";
}

INSTANTIATE_TEST_SUITE_P(
    payments, bgmax_writer_refuses,
    ::testing::Values(refusal{"negative_amount", [](payment_out& p) { p.amount_ore = -1; }, "amount"},
                      refusal{"amount_of_19_digits", [](payment_out& p) { p.amount_ore = 1'000'000'000'000'000'000; }, "amount"},
                      refusal{"part_of_19_digits",
                              [](payment_out& p) {
                                  p.references = {{"1000234706", reference_code::ocr, INT64_MAX, false}};
                              },
                              "amount"},
                      refusal{"reference_of_26", [](payment_out& p) { p.reference = std::string(26, '1'); }, "reference"},
                      refusal{"short_serial", [](payment_out& p) { p.serial = "31498500001"; }, "serial number"},
                      refusal{"serial_with_letter", [](payment_out& p) { p.serial = "31498500001O"; }, "serial number"},
                      refusal{"payer_of_11_digits", [](payment_out& p) { p.payer_bankgiro = "00009912346"; }, "payer bankgiro"},
                      refusal{"payer_with_hyphen", [](payment_out& p) { p.payer_bankgiro = "991-2346"; }, "payer bankgiro"},
                      refusal{"long_name", [](payment_out& p) { p.name = "Exempelsson " + std::string(24, 'x'); }, "name"},
                      refusal{"name_outside_iso_8859_1", [](payment_out& p) { p.name = "Exempelsson Łukasz"; }, "ISO 8859-1"},
                      refusal{"name_that_is_no_utf_8", [](payment_out& p) { p.name = "Exempelsson \xC5sa"; }, "ISO 8859-1"},
                      refusal{"name_with_line_end", [](payment_out& p) { p.name = "Exempelsson\r\n70"; }, "control character"},
                      refusal{"reference_with_tab", [](payment_out& p) { p.reference = "1000\t4706"; }, "control character"},
                      refusal{"long_information", [](payment_out& p) { p.information = {std::string(51, 'x')}; }, "information"},
                      refusal{"long_postcode", [](payment_out& p) { p.postcode = "1234567890"; }, "address"},
                      refusal{"long_country_code", [](payment_out& p) { p.country_code = "SWE"; }, "country code"},
                      refusal{"organisation_number_of_12", [](payment_out& p) { p.organisation_number = "165599001236"; },
                              "organisation number"}),
    [](const auto& each) { return each.param.what; });

TEST(bgmax_writer, refuses_fields_of_the_envelope) {
    writer out;
    EXPECT_FALSE(out.start("20260302", marker::production));
    EXPECT_FALSE(out.start("2026030216300512345X", marker::production));
    EXPECT_FALSE(out.opening("123456", "SEK"));
    EXPECT_FALSE(out.opening("991-2346", "SEK"));
    EXPECT_FALSE(out.opening("9912346", "SEKR"));
    begin(out);
    EXPECT_FALSE(out.deposit({"58411009823", "20260302", "00041", ""}));
    EXPECT_FALSE(out.deposit({"5841000001009823", "260302", "00041", ""}));
    EXPECT_FALSE(out.deposit({"5841000001009823", "20260302", "41", ""}));
    EXPECT_FALSE(out.deposit({"5841000001009823", "20260302", "00041", "KD"}));
}

TEST(bgmax_writer, refuses_a_deposit_that_its_payments_do_not_allow) {
    writer negative;
    begin(negative);
    payment_out item = usual_payment();
    item.is_deduction = true;
    ASSERT_TRUE(negative.payment(item));
    EXPECT_FALSE(negative.deposit(usual_deposit));
    writer large;
    begin(large);
    item = usual_payment();
    item.amount_ore = 999'999'999'999'999'999;
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE(large.payment(item));  // beyond 64 bits
    EXPECT_FALSE(large.deposit(usual_deposit));
}

// A refused payment leaves nothing behind: what follows is still a right file.
TEST(bgmax_writer, forgets_a_payment_that_it_refused) {
    writer out;
    begin(out);
    payment_out item = usual_payment();
    item.town = std::string(36, 'x');
    ASSERT_FALSE(out.payment(item));
    item = usual_payment();
    item.references = {{"1000234706"}, {std::string(26, '1')}};
    ASSERT_FALSE(out.payment(item));
    ASSERT_TRUE(out.payment(usual_payment()));
    ASSERT_TRUE(out.deposit(usual_deposit));
    ASSERT_TRUE(out.end());
    const auto files = read(out.bytes());
    EXPECT_THAT(findings_of(files), ::testing::IsEmpty());
    EXPECT_EQ(files.front().records.at("20"), 1u);
}

}  // namespace

}  // namespace brygga::bgmax::testing
