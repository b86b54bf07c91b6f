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
#include "tests/inbound/bgmax_text.hpp"

namespace brygga::convert {
namespace {

std::string to_camt(const std::string& bgmax, camt_054_version version = camt_054_version::v08) {
    std::string out;
    const auto done = bgmax_to_camt(
        bgmax, {}, [&](std::string_view bytes) { out += bytes; }, version);
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
        for (const camt_054_version as : {camt_054_version::v02, camt_054_version::v08})
            EXPECT_EQ(to_bgmax(to_camt(bgmax, as)), bgmax) << version;
    }
}

// The first payment of the worked example with one text changed into another.
struct there_and_back_case {
    std::string_view name, version, from, to;
};

class made_from_camt : public testing::TestWithParam<there_and_back_case> {};

TEST_P(made_from_camt, comes_back_byte_for_byte) {
    std::string document = camt::worked_example(GetParam().version);
    const std::size_t at = document.find(GetParam().from);
    ASSERT_NE(at, std::string::npos);
    document.replace(at, GetParam().from.size(), GetParam().to);
    const std::string bgmax = to_bgmax(document);
    EXPECT_NE(bgmax.find("\n20"), std::string::npos) << bgmax;
    for (const camt_054_version as : {camt_054_version::v02, camt_054_version::v08})
        EXPECT_EQ(to_bgmax(to_camt(bgmax, as)), bgmax);
}

constexpr std::string_view remittance_02 =
    "<Strd><RfrdDocAmt><RmtdAmt "
    "Ccy=\"SEK\">849.50</RmtdAmt></RfrdDocAmt><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>1000234706</Ref></"
    "CdtrRefInf></Strd>";
constexpr std::string_view payer_02 =
    "<Nm>Exempelsson Åsa</Nm><PstlAdr><StrtNm>Provgatan 7 LGH 1102</StrtNm><PstCd>123 "
    "45</PstCd><TwnNm>PROVKÖPING</TwnNm></PstlAdr>";

INSTANTIATE_TEST_SUITE_P(
    payments, made_from_camt,
    testing::Values(
        there_and_back_case{"a_name_over_35_characters_without_street", "02", payer_02,
                            "<Nm>Föreningen Exempel Och Prov I Provköping Med Omnejd</Nm>"},
        there_and_back_case{"a_name_with_a_blank_in_column_35", "02", payer_02,
                            "<Nm>Föreningen Exempel Och Prov I Prov och Omnejd</Nm>"},
        there_and_back_case{"a_name_with_a_blank_in_column_36", "02", "<Nm>Exempelsson Åsa</Nm>",
                            "<Nm>Föreningen Exempel Och Prov I Provs och Omnejd</Nm>"},
        there_and_back_case{"address_lines_without_street", "02", payer_02,
                            "<Nm>Exempel</Nm><PstlAdr><AdrLine>Gatan 1</AdrLine><AdrLine>c/o Prov</AdrLine></PstlAdr>"},
        there_and_back_case{"a_text_with_a_blank_behind_column_25", "02", remittance_02,
                            "<Strd><RfrdDocInf><Nb>Faktura 10002355 kund 987 och mer</Nb></RfrdDocInf></Strd>"},
        there_and_back_case{"a_text_with_a_blank_in_column_25", "02", remittance_02,
                            "<Ustrd>Faktura 10002355 kund 98 och 7</Ustrd>"},
        there_and_back_case{
            "a_long_text_of_several_records", "02", remittance_02,
            "<Strd><AddtlRmtInf>Vi betalar härmed fakturorna för januari, februari och mars. Tack.</AddtlRmtInf></Strd>"},
        there_and_back_case{"an_identity_number_with_leading_zeros", "02", "</PstlAdr></Dbtr>",
                            "</PstlAdr><Id><PrvtId><Othr><Id>200002292388</Id></Othr></PrvtId></Id></Dbtr>"},
        there_and_back_case{
            "amounts_that_do_not_make_the_payment", "02", remittance_02,
            "<Strd><RfrdDocInf><Nb>1000234706</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt "
            "Ccy=\"SEK\">9.50</RmtdAmt></RfrdDocAmt></Strd><Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></"
            "Tp><Nb>K1</Nb></RfrdDocInf><RfrdDocAmt><CdtNoteAmt Ccy=\"SEK\">1.00</CdtNoteAmt></RfrdDocAmt></Strd>"},
        there_and_back_case{
            "two_references_one_of_zero", "02", remittance_02,
            "<Strd><RfrdDocInf><Nb>A</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt "
            "Ccy=\"SEK\">849.50</RmtdAmt></RfrdDocAmt></Strd><Strd><RfrdDocInf><Nb>B</Nb></RfrdDocInf><RfrdDocAmt>"
            "<RmtdAmt Ccy=\"SEK\">0.00</RmtdAmt></RfrdDocAmt></Strd>"},
        there_and_back_case{"a_credit_note_of_nobody_known", "02", remittance_02,
                            "<Strd><RfrdDocInf><Nb>A</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt "
                            "Ccy=\"SEK\">900.00</RmtdAmt></RfrdDocAmt></Strd><Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></"
                            "CdOrPrtry></Tp><Nb>K1</Nb></RfrdDocInf><RfrdDocAmt><CdtNoteAmt "
                            "Ccy=\"SEK\">50.50</CdtNoteAmt></RfrdDocAmt></Strd>"},
        there_and_back_case{"a_second_remittance_of_text", "02", "</CdtrRefInf></Strd>",
                            "</CdtrRefInf></Strd><Strd><AddtlRmtInf>mera text</AddtlRmtInf></Strd>"},
        there_and_back_case{"a_free_text_beside_a_remittance_of_text", "02", remittance_02,
                            "<Ustrd>1000234706</Ustrd><Strd><AddtlRmtInf>mera text</AddtlRmtInf></Strd>"},
        there_and_back_case{"a_number_whose_first_25_digits_are_a_reference", "02", remittance_02,
                            "<Strd><RfrdDocInf><Nb>12345678901234567890123400001</Nb></RfrdDocInf></Strd>"},
        there_and_back_case{
            "a_text_that_begins_with_a_reference", "02", remittance_02,
            "<Ustrd>1234567890123456789012340 tack för hjälpen med allt i mars, april och maj</Ustrd><Ustrd>Hej</Ustrd>"},
        there_and_back_case{"several_numbers_one_beginning_with_a_reference", "02", remittance_02,
                            "<Strd><RfrdDocInf><Nb>A</Nb></RfrdDocInf></Strd><Strd><RfrdDocInf>"
                            "<Nb>12345678901234567890123400001</Nb></RfrdDocInf></Strd>"},
        there_and_back_case{"a_document_number_beside_a_reference", "02", "<CdtrRefInf>",
                            "<RfrdDocInf><Nb>F 77</Nb></RfrdDocInf><CdtrRefInf>"}),
    [](const auto& item) { return std::string(item.param.name); });

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

// A deduction becomes a credit note where camt has no debit payments: nothing is out of the ordinary there.
TEST_P(generated_days, break_no_rule_of_version_02) {
    const std::string first = generated(GetParam(), 200);
    const std::string document = to_camt(first, camt_054_version::v02);
    const camt::message_file file = camt::read(document);
    EXPECT_EQ(file.version.number, 2U);
    EXPECT_TRUE(file.accepted());
    for (const finding& each : file.findings.kept())
        ADD_FAILURE() << describe(each);
    const std::string second = to_bgmax(document);
    EXPECT_EQ(to_bgmax(to_camt(second, camt_054_version::v02)), second);
    const auto before = bgmax::read(first);
    const auto after = bgmax::read(second);
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after[0].deposits_ore, before[0].deposits_ore);
    EXPECT_EQ(after[0].sections, before[0].sections);
}

struct netting_case {
    std::string_view name, payments;
    std::string_view expected;  // amount of each payment, and what it is for: +part, -credit note
};

// The payments of a message as a line of text.
class payment_lines : public camt::sink {
 public:
    void payment(const camt::payment_view& item) override {
        text += fmt::format("{}{}", text.empty() ? "" : "; ", format_decimal_amount(item.amount_ore));
        for (const camt::part& each : item.parts) {
            text += fmt::format(" {}{}", each.credit_note ? '-' : '+', each.reference);
            if (each.amount_ore) text += fmt::format(":{}", format_decimal_amount(*each.amount_ore));
        }
    }
    std::string text;
};

class netted : public testing::TestWithParam<netting_case> {};

TEST_P(netted, deductions_stand_in_an_earlier_payment_of_the_payer) {
    const std::string bgmax = inbound::test::bgmax_bytes("written 2026-03-02 P\nsection 9912346\n" +
                                                         std::string(GetParam().payments) + "deposit 2026-03-02 00041\nend\n");
    std::string document;
    const auto done = bgmax_to_camt(
        bgmax, {}, [&](std::string_view bytes) { document += bytes; }, camt_054_version::v02);
    if (GetParam().expected == "left out") {
        EXPECT_FALSE(done.has_value());
        EXPECT_EQ(document, "");
        return;
    }
    ASSERT_TRUE(done.has_value()) << done.error().text;
    payment_lines lines;
    const camt::message_file file = camt::read(document, {}, &lines);
    EXPECT_EQ(file.findings.total(), 0U);
    EXPECT_EQ(done->sections_with_deductions, 0U);
    EXPECT_EQ(done->sections_left_out, 0U);
    EXPECT_EQ(lines.text, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    sections, netted,
    testing::Values(
        netting_case{"one", "pay 10.00 ref=1000234706 code=2 payer=3783511\ndeduct 2.50 ref=1000236305 code=2 payer=3783511\n",
                     "7.50 +1000234706:10.00 -1000236305:2.50"},
        netting_case{"to_nothing", "pay 10.00 ref=A code=3 payer=3783511\ndeduct 10.00 ref=B code=3 payer=3783511\n",
                     "0.00 +A:10.00 -B:10.00"},
        netting_case{"the_nearest_that_is_large_enough",
                     "pay 10.00 ref=A code=3 payer=3783511\npay 5.00 ref=B code=3 payer=3783511\n"
                     "pay 1.00 ref=C code=3 payer=3783511\npay 50.00 ref=D code=3 payer=57237273\n"
                     "deduct 4.00 ref=E code=3 payer=3783511\ndeduct 4.00 ref=F code=3 payer=3783511\n",
                     "6.00 +A:10.00 -F:4.00; 1.00 +B:5.00 -E:4.00; 1.00 +C:1.00; 50.00 +D:50.00"},
        netting_case{"a_payment_without_reference", "pay 10.00 code=0 payer=3783511\ndeduct 2.00 code=0 payer=3783511\n",
                     "8.00 +:10.00 -:2.00"},
        netting_case{"a_divided_payment",
                     "pay 10.00 code=0 payer=3783511\n+ 6.00 ref=A code=3\n+ 4.00 ref=B code=3\n"
                     "deduct 2.00 ref=C code=3 payer=3783511\n",
                     "8.00 +A:6.00 +B:4.00 -C:2.00"},
        netting_case{"a_divided_deduction",
                     "pay 10.00 ref=A code=3 payer=3783511\ndeduct 3.00 code=0 payer=3783511\n+ 2.00 ref=B code=3\n+ 1.00 ref=C "
                     "code=3\n",
                     "7.00 +A:10.00 -B:2.00 -C:1.00"},
        netting_case{"a_deduction_that_lists_numbers",
                     "pay 10.00 ref=A code=3 payer=3783511\ndeduct 3.00 code=0 payer=3783511\n+ 0.00 ref=B code=3\n+ 0.00 ref=C "
                     "code=3\n",
                     "7.00 +A:10.00 -B:3.00 -C"},
        netting_case{"a_payment_that_lists_numbers_carries_none",
                     "pay 10.00 code=0 payer=3783511\n+ 0.00 ref=A code=3\n+ 0.00 ref=B code=3\n"
                     "deduct 2.00 ref=C code=3 payer=3783511\n",
                     "left out"},
        netting_case{"none_large_enough",
                     "pay 10.00 ref=A code=3 payer=3783511\npay 10.00 ref=B code=3 payer=3783511\n"
                     "deduct 11.00 ref=C code=3 payer=3783511\n",
                     "left out"},
        netting_case{"none_earlier", "deduct 1.00 ref=B code=3 payer=3783511\npay 10.00 ref=A code=3 payer=3783511\n",
                     "left out"},
        netting_case{"of_the_same_serial_number",
                     "pay 10.00 ref=A code=3 serial=313149850000\npay 9.00 ref=B code=3 serial=313149850010\n"
                     "deduct 1.00 ref=C code=3 serial=313149850000\n",
                     "9.00 +A:10.00 -C:1.00; 9.00 +B:9.00"},
        netting_case{"right_behind_a_payment_of_nobody_known",
                     "pay 10.00 ref=A code=3 channel=4\ndeduct 1.00 ref=B code=3 channel=4\n", "9.00 +A:10.00 -B:1.00"},
        netting_case{"behind_another_payment",
                     "pay 10.00 ref=A code=3 channel=4\npay 5.00 ref=C code=3 payer=3783511\n"
                     "deduct 1.00 ref=B code=3 channel=4\n",
                     "left out"},
        netting_case{"nobody_knows_whose", "pay 10.00 ref=A code=3\ndeduct 1.00 ref=B code=3\n", "left out"}),
    [](const auto& item) { return std::string(item.param.name); });

// Credits of each kind, in payments of each kind.
constexpr std::string_view netted_section =
    "written 2026-03-02 P\nsection 9912346\npay 10.00 code=0 payer=3783511\n+ 6.00 ref=A code=3\n+ 4.00 ref=B code=3\n"
    "deduct 2.00 code=0 payer=3783511\n+ 0.00 ref=C code=3\n+ 0.00 ref=D code=3\npay 5.00 code=0 payer=57237273\n"
    "text Faktura 1\ndeduct 5.00 code=0 payer=57237273\ndeposit 2026-03-02 00041\nend\n";

class in_version : public testing::TestWithParam<camt_054_version> {};

TEST_P(in_version, is_valid_against_the_schema) {
    const std::filesystem::path schema = std::filesystem::path(BRYGGA_SHARED_DIR) /
                                         fmt::format("schemas/iso20022/camt.054.001.{:02}.xsd", static_cast<int>(GetParam()));
    if (!std::filesystem::exists(schema)) GTEST_SKIP() << "no schema beside the project";
    if (std::system("command -v xmllint > /dev/null") != 0) GTEST_SKIP() << "xmllint is not installed";
    const auto file = std::filesystem::temp_directory_path() /
                      fmt::format("brygga-to-camt-{}-{}.xml", ::getpid(), static_cast<int>(GetParam()));
    for (const std::string& bgmax :
         {camt::read_text("fixtures/bgmax/example-7.1.txt"), camt::read_text("fixtures/bgmax/example-7.2.txt"), generated(3, 300),
          inbound::test::bgmax_bytes(netted_section)}) {
        std::ofstream(file, std::ios::binary) << to_camt(bgmax, GetParam());
        EXPECT_EQ(std::system(fmt::format("xmllint --noout --schema '{}' '{}'", schema.string(), file.string()).c_str()), 0);
    }
    std::filesystem::remove(file);
}

INSTANTIATE_TEST_SUITE_P(versions, in_version, testing::Values(camt_054_version::v02, camt_054_version::v08));

// A remittance without reference and amount is text: it divides nothing.
TEST(camt_to_bgmax_text, leaves_the_reference_of_the_payment_in_its_record) {
    std::string document = camt::worked_example("02");
    const std::string_view end = "</CdtrRefInf></Strd>";
    document.insert(document.find(end) + end.size(), "<Strd><AddtlRmtInf>mera text</AddtlRmtInf></Strd>");
    EXPECT_TRUE(camt::findings_of(document, camt::with_receivers()).empty());
    const std::string bgmax = to_bgmax(document);
    EXPECT_EQ(bgmax.find("\n22"), std::string::npos);
    EXPECT_NE(bgmax.find("\n200000000000               100023470600000000000008495021"), std::string::npos) << bgmax;
    EXPECT_NE(bgmax.find("\n25mera text "), std::string::npos);
}

TEST(bgmax_to_camt_test, refuses_what_is_no_message) {
    EXPECT_TRUE(to_camt("01BGMAX").starts_with("error: the file is refused"));
    EXPECT_TRUE(to_camt(generated(1, 1) + generated(2, 1)).starts_with("error: the file holds 2 logical files"));
}

}  // namespace
}  // namespace brygga::convert
