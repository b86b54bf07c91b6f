// camt to BgMax (iso20022-incoming.md section 6.1).
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/convert/camt_to_bgmax.hpp"
#include "tests/camt/converted.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::convert {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The worked example with one text changed into another.
std::string changed(std::string_view version, const std::string& from, const std::string& to) {
    std::string text = camt::worked_example(version);
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the document has no " + from);
    return text.replace(at, from.size(), to);
}

const std::string ocr_strd =
    "<Strd><RfrdDocAmt><RmtdAmt "
    "Ccy=\"SEK\">849.50</RmtdAmt></RfrdDocAmt><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>1000234706</Ref></"
    "CdtrRefInf></Strd>";

TEST(camt_to_bgmax_test, converts_the_worked_example_alike_from_both_versions) {
    const converted made = convert(camt::worked_example("02"));
    EXPECT_THAT(made.lines, ElementsAre("01BGMAX               0120260302163005000000P", "050009912346          SEK",
                                        "200000000000               100023470600000000000008495021            0",
                                        "26Exempelsson Åsa", "27Provgatan 7 LGH 1102               123 45", "28PROVKÖPING",
                                        "200000000000Faktura 10002355 kund 98700000000000012000031            0", "25654",
                                        "26Testström Nils", "27Teststigen 2                       123 46", "28PROVKÖPING",
                                        "15000000000000000000058410000010098232026030200041000000000000204950SEK00000002",
                                        "7000000002000000000000000000000001"));
    EXPECT_THAT(made.notes, IsEmpty());
    EXPECT_EQ(convert(camt::worked_example("08")).bytes, made.bytes);
    // Our own reader takes it; only the bank's serial numbers are missing.
    for (const bgmax::logical_file& file : bgmax::read(made.bytes)) {
        EXPECT_TRUE(file.accepted());
        for (const finding& each : file.findings.kept())
            EXPECT_EQ(each.rule->id, "BGMAX-R44");
    }
}

struct payment_case {
    std::string what, version, from, to;
    std::vector<std::string> expected;  // the lines of the first payment
    std::vector<std::string> notes;
};

void PrintTo(const payment_case& item, std::ostream* out) {
    *out << item.what;
}

class camt_payment_to_bgmax : public testing::TestWithParam<payment_case> {};

TEST_P(camt_payment_to_bgmax, gives_the_records) {
    const payment_case& item = GetParam();
    const converted made = convert(changed(item.version, item.from, item.to));
    EXPECT_EQ(made.error, "");
    ASSERT_GT(made.lines.size(), 2 + item.expected.size());
    EXPECT_EQ(std::vector<std::string>(made.lines.begin() + 2,
                                       made.lines.begin() + 2 + static_cast<std::ptrdiff_t>(item.expected.size())),
              item.expected);
    EXPECT_EQ(made.notes, item.notes);
}

INSTANTIATE_TEST_SUITE_P(
    payments, camt_payment_to_bgmax,
    testing::Values(
        payment_case{"no reference",
                     "02",
                     "<RmtInf>" + ocr_strd + "</RmtInf>",
                     "",
                     {"200000000000                         00000000000008495001            0", "26Exempelsson Åsa"},
                     {}},
        payment_case{"free text only",
                     "02",
                     ocr_strd,
                     "<Ustrd>Faktura 10002347 för februari månad</Ustrd><Ustrd>och tack</Ustrd>",
                     {"200000000000Faktura 10002347 för febr00000000000008495031            0", "25uari månad", "25och tack",
                      "26Exempelsson Åsa"},
                     {}},
        payment_case{"references with blanks around",
                     "02",
                     ocr_strd,
                     "<Ustrd>\n  1000234706 \n</Ustrd>",
                     {"200000000000               100023470600000000000008495021            0", "26Exempelsson Åsa"},
                     {}},
        payment_case{"document number with blanks around",
                     "02",
                     ocr_strd,
                     "<Strd><RfrdDocInf><Nb> 1000234706\n</Nb></RfrdDocInf></Strd>",
                     {"200000000000               100023470600000000000008495021            0", "26Exempelsson Åsa"},
                     {}},
        payment_case{"serial number of twelve digits",
                     "02",
                     "EXBK20260302000010",
                     "313149850001",
                     {"200000000000               10002347060000000000000849502131314985000"
                      "10"},
                     {}},
        payment_case{
            "payer's bankgiro",
            "02",
            "<Cdtr><Nm>",
            "<DbtrAcct><Id><Othr><Id>5555551</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></DbtrAcct><Cdtr><Nm>",
            {"200005555551               100023470600000000000008495021            0"},
            {}},
        payment_case{
            "payer's bankgiro of too many digits",
            "02",
            "<Cdtr><Nm>",
            "<DbtrAcct><Id><Othr><Id>12345678901</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></DbtrAcct><Cdtr><Nm>",
            {"200000000000               100023470600000000000008495021            0"},
            {"1.1 not carried: the payer's bankgiro has more than ten digits"}},
        payment_case{"several references with amounts",
                     "02",
                     ocr_strd,
                     "<Strd><RfrdDocAmt><RmtdAmt "
                     "Ccy=\"SEK\">800.00</RmtdAmt></RfrdDocAmt><CdtrRefInf><Ref>1000234706</Ref></CdtrRefInf></Strd>"
                     "<Strd><RfrdDocInf><Nb>nummer 7</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt "
                     "Ccy=\"SEK\">49.50</RmtdAmt></RfrdDocAmt></Strd>",
                     {"200000000000                         00000000000008495001            0",
                      "220000000000               100023470600000000000008000021            0",
                      "220000000000nummer 7                 00000000000000495031            0", "26Exempelsson Åsa"},
                     {}},
        payment_case{
            "several references with amounts that are not the payment",
            "02",
            ocr_strd,
            "<Strd><RfrdDocAmt><RmtdAmt "
            "Ccy=\"SEK\">800.00</RmtdAmt></RfrdDocAmt><CdtrRefInf><Ref>1000234706</Ref></CdtrRefInf></Strd>"
            "<Strd><RfrdDocInf><Nb>nummer 7</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt "
            "Ccy=\"SEK\">59.50</RmtdAmt></RfrdDocAmt></Strd>",
            {"200000000000                         00000000000008495001            0",
             "220000000000               100023470600000000000000000021            0",
             "220000000000nummer 7                 00000000000000000031            0", "26Exempelsson Åsa"},
            {"1.1 not carried: the amounts of the references, which are not all there or do not make the payment (CAMT-R14)"}},
        payment_case{
            "one reference with an amount that is not the payment",
            "02",
            "<RmtdAmt Ccy=\"SEK\">849.50</RmtdAmt>",
            "<RmtdAmt Ccy=\"SEK\">849.00</RmtdAmt>",
            {"200000000000               100023470600000000000008495021            0", "26Exempelsson Åsa"},
            {"1.1 not carried: the amounts of the references, which are not all there or do not make the payment (CAMT-R14)"}},
        payment_case{
            "credit note that does not make the payment",
            "02",
            ocr_strd,
            "<Strd><RfrdDocAmt><RmtdAmt "
            "Ccy=\"SEK\">900.00</RmtdAmt></RfrdDocAmt><CdtrRefInf><Ref>1000234706</Ref></CdtrRefInf></Strd>"
            "<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>K "
            "17</Nb></RfrdDocInf><RfrdDocAmt><CdtNoteAmt Ccy=\"SEK\">50.00</CdtNoteAmt></RfrdDocAmt></Strd>",
            {"200000000000                         00000000000008495001            0", "251000234706", "25K 17",
             "26Exempelsson Åsa"},
            {"1.1 not carried: the amounts of the references, which are not all there or do not make the payment (CAMT-R14)",
             "1.1 changed: references with a credit note were written as text"}},
        payment_case{"additional information of the payment",
                     "02",
                     "</RmtInf>\n        </TxDtls>\n        <TxDtls>",
                     "<Ustrd>och tack</Ustrd></RmtInf><AddtlTxInf>Kvitto 8</AddtlTxInf></TxDtls><TxDtls>",
                     {"200000000000               100023470600000000000008495021            0", "25och tack", "25Kvitto 8",
                      "26Exempelsson Åsa"},
                     {}},
        payment_case{
            "additional information only",
            "02",
            "<RmtInf>" + ocr_strd + "</RmtInf>",
            "<AddtlTxInf>Kvitto 8</AddtlTxInf>",
            {"200000000000                         00000000000008495001            0", "25Kvitto 8", "26Exempelsson Åsa"},
            {}},
        payment_case{"payer's account",
                     "02",
                     "<Cdtr><Nm>",
                     "<DbtrAcct><Id><IBAN>SE4550000000058398257466</IBAN></Id></DbtrAcct><Cdtr><Nm>",
                     {"200000000000               100023470600000000000008495021            0"},
                     {"1.1 not carried: the payer's account, which is no bankgiro"}},
        payment_case{"number of the payer that BgMax has no field for",
                     "02",
                     "</PstlAdr></Dbtr>",
                     "</PstlAdr><Id><OrgId><Othr><Id>549300ABCDEFGH1234YZ</Id></Othr></OrgId></Id></Dbtr>",
                     {"200000000000               100023470600000000000008495021            0", "26Exempelsson Åsa",
                      "27Provgatan 7 LGH 1102               123 45", "28PROVKÖPING",
                      "200000000000Faktura 10002355 kund 98700000000000012000031            0"},
                     {"1.1 not carried: the payer's number is no ten or twelve digits"}},
        payment_case{
            "several references without amounts",
            "02",
            ocr_strd,
            "<Strd><CdtrRefInf><Ref>1000234706</Ref></CdtrRefInf></Strd><Strd><RfrdDocInf><Nb>nummer 7</Nb></RfrdDocInf></Strd>",
            {"200000000000                         00000000000008495001            0",
             "220000000000               100023470600000000000000000021            0",
             "220000000000nummer 7                 00000000000000000031            0"},
            {}},
        payment_case{"credit note taken off",
                     "02",
                     ocr_strd,
                     "<Strd><RfrdDocAmt><RmtdAmt "
                     "Ccy=\"SEK\">900.00</RmtdAmt></RfrdDocAmt><CdtrRefInf><Ref>1000234706</Ref></CdtrRefInf></Strd>"
                     "<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>K "
                     "17</Nb></RfrdDocInf><RfrdDocAmt><CdtNoteAmt Ccy=\"SEK\">50.50</CdtNoteAmt></RfrdDocAmt></Strd>",
                     {"200000000000               100023470600000000000009000021            0", "26Exempelsson Åsa",
                      "27Provgatan 7 LGH 1102               123 45", "28PROVKÖPING",
                      "210000000000K 17                     00000000000000505031            0"},
                     {}},
        payment_case{"credit note taken off in an invoice",
                     "02",
                     "<RmtdAmt Ccy=\"SEK\">849.50</RmtdAmt>",
                     "<CdtNoteAmt Ccy=\"SEK\">50.50</CdtNoteAmt><RmtdAmt Ccy=\"SEK\">900.00</RmtdAmt>",
                     {"200000000000               100023470600000000000009000021            0", "26Exempelsson Åsa",
                      "27Provgatan 7 LGH 1102               123 45", "28PROVKÖPING",
                      "210000000000                         00000000000000505001            0"},
                     {}},
        payment_case{"name of 40 letters",
                     "02",
                     "Exempelsson Åsa",
                     "Åsa Exempelsson Med Ett Mycket Långt Namn Som Går Vidare",
                     {"200000000000               100023470600000000000008495021            0",
                      "26Åsa Exempelsson Med Ett Mycket Långt Namn Som Går Vidare"},
                     {}},
        payment_case{"letters of other languages",
                     "02",
                     "Exempelsson Åsa",
                     "Exempelsson Łukasz",
                     {"200000000000               100023470600000000000008495021            0", "26Exempelsson Lukasz"},
                     {"1.1 changed: letters outside ISO 8859-1 were written as the nearest in it"}},
        payment_case{"a letter that becomes two, and one without a likeness",
                     "02",
                     "Exempelsson Åsa",
                     "Œuvre Ωmega A\xCC\x8Asa Som Har Ett Långt Namn",
                     {"200000000000               100023470600000000000008495021            0",
                      "26OEuvre ?mega Åsa Som Har Ett Långt Namn"},
                     {"1.1 not carried: letters outside ISO 8859-1 were written as '?'",
                      "1.1 changed: letters outside ISO 8859-1 were written as the nearest in it"}},
        payment_case{"document number beside a reference",
                     "02",
                     "<CdtrRefInf>",
                     "<RfrdDocInf><Nb>F 77</Nb></RfrdDocInf><CdtrRefInf>",
                     {"200000000000               100023470600000000000008495021            0", "25F 77", "26Exempelsson Åsa"},
                     {}},
        payment_case{"no name",
                     "02",
                     "Exempelsson Åsa",
                     "NOTPROVIDED",
                     {"200000000000               100023470600000000000008495021            0",
                      "27Provgatan 7 LGH 1102               123 45"},
                     {}},
        payment_case{"foreign address lines",
                     "02",
                     "<PstlAdr><StrtNm>Provgatan 7 LGH 1102</StrtNm><PstCd>123 45</PstCd><TwnNm>PROVKÖPING</TwnNm></PstlAdr>",
                     "<PstlAdr><Ctry>NO</Ctry><AdrLine>Prøvegata 7</AdrLine><AdrLine>c/o Test</AdrLine></PstlAdr>",
                     {"200000000000               100023470600000000000008495021            0",
                      "26Exempelsson Åsa                    c/o Test", "27Prøvegata 7",
                      "28                                                                      NO"},
                     {}},
        payment_case{"organisation number",
                     "02",
                     "</PstlAdr></Dbtr>",
                     "</PstlAdr><Id><OrgId><Othr><Id>16556000-4615</Id></Othr></OrgId></Id></Dbtr>",
                     {"200000000000               100023470600000000000008495021            0", "26Exempelsson Åsa",
                      "27Provgatan 7 LGH 1102               123 45", "28PROVKÖPING", "29005560004615"},
                     {}}),
    [](const auto& item) {
        std::string text;
        for (const char c : item.param.what)
            text += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
        return text;
    });

// 1200.00 less a debit of 849.50 that names these references.
std::vector<std::string> lines_of_debit(const std::string& remittance) {
    std::string text =
        camt::changed_example("08", {{"2049.50", "350.50"}, {"849.50</Amt><CdtDbtInd>CRDT", "849.50</Amt><CdtDbtInd>DBIT"}});
    const std::size_t at = text.find(ocr_strd);
    if (at == std::string::npos) throw std::runtime_error("the document has no OCR reference");
    const converted made = convert(text.replace(at, ocr_strd.size(), remittance));
    EXPECT_THAT(made.notes, IsEmpty());
    std::vector<std::string> out;
    for (const std::string& each : made.lines)
        if (each.starts_with("21") || (!out.empty() && (each.starts_with("22") || each.starts_with("25"))))
            out.push_back(each);
        else if (!out.empty())
            break;
    return out;
}

std::string credit_note(const std::string& number, const std::string& amounts) {
    return "<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>" + number + "</Nb></RfrdDocInf>" +
           (amounts.empty() ? "" : "<RfrdDocAmt>" + amounts + "</RfrdDocAmt>") + "</Strd>";
}

// Its reference went into a text, and the old system could not know which credit note was used.
TEST(camt_to_bgmax_test, a_debit_that_names_a_credit_note_keeps_its_reference) {
    const std::vector<std::string> expected = {"210000000000K 17                     00000000000008495031            0"};
    EXPECT_EQ(lines_of_debit(credit_note("K 17", "<CdtNoteAmt Ccy=\"SEK\">849.50</CdtNoteAmt>")), expected);
    EXPECT_EQ(lines_of_debit(credit_note("K 17", "<RmtdAmt Ccy=\"SEK\">849.50</RmtdAmt>")), expected);
    EXPECT_EQ(lines_of_debit(credit_note("K 17", "")), expected);
    EXPECT_EQ(lines_of_debit("<Strd><RfrdDocInf><Nb>K 17</Nb></RfrdDocInf><RfrdDocAmt><CdtNoteAmt "
                             "Ccy=\"SEK\">849.50</CdtNoteAmt><RmtdAmt Ccy=\"SEK\">0.00</RmtdAmt></RfrdDocAmt></Strd>"),
              expected);
}

TEST(camt_to_bgmax_test, a_debit_that_names_several_credit_notes_keeps_them_apart) {
    EXPECT_THAT(lines_of_debit(credit_note("K 17", "<CdtNoteAmt Ccy=\"SEK\">800.00</CdtNoteAmt>") +
                               credit_note("K 18", "<CdtNoteAmt Ccy=\"SEK\">49.50</CdtNoteAmt>")),
                ElementsAre("210000000000                         00000000000008495001            0",
                            "220000000000K 17                     00000000000008000031            0",
                            "220000000000K 18                     00000000000000495031            0"));
}

struct entry_case {
    std::string what, from, to, note;
};

class camt_entry_left_out : public testing::TestWithParam<entry_case> {};

TEST_P(camt_entry_left_out, is_named) {
    const converted made = convert(changed("02", GetParam().from, GetParam().to));
    EXPECT_THAT(made.lines, ElementsAre("01BGMAX               0120260302163005000000P", "7000000000000000000000000000000000"));
    EXPECT_THAT(made.notes, ElementsAre(GetParam().note));
}

INSTANTIATE_TEST_SUITE_P(
    entries, camt_entry_left_out,
    testing::Values(
        entry_case{"pending", ">BOOK<", ">PDNG<", "1.0 left out: not booked (CAMT-R04)"},
        entry_case{"reversal", "<Sts>", "<RvslInd>true</RvslInd><Sts>",
                   "1.0 left out: a reversal, or with returns in it (CAMT-R30)"},
        entry_case{"two_bankgiros", ">9912346<", ">5555551<",
                   "1.0 left out: its payments do not all state one and the same bankgiro"},
        entry_case{"a_payment_without_bankgiro",
                   "<CdtrAcct><Id><Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct>", "",
                   "1.0 left out: its payments do not all state one and the same bankgiro"},
        entry_case{"plusgiro", ">BGNR<", ">PGNR<", "1.0 left out: its payments do not all state one and the same bankgiro"},
        entry_case{"copy", "</CreDtTm>\n      <Acct>", "</CreDtTm><CpyDplctInd>COPY</CpyDplctInd>\n      <Acct>",
                   "1.0 left out: of a copy or duplicate (CAMT-R20)"},
        entry_case{"receipt_taken_back", "CRDT</CdtDbtInd><Sts>", "DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>",
                   "1.0 left out: a receipt that the bank took back, which BgMax cannot say (CAMT-R30)"},
        entry_case{"sum", "Ccy=\"SEK\">849.50</Amt>", "Ccy=\"SEK\">849.00</Amt>",
                   "1.0 left out: its payments do not add up (CAMT-R10)"},
        entry_case{"summary", "<Sum>2049.50<", "<Sum>2049.00<", "1.0 left out: it waits for a person (see brygga check)"}),
    [](const auto& item) { return item.param.what; });

TEST(camt_to_bgmax_test, a_receiving_bankgiro_of_too_many_digits_is_left_out_and_named) {
    std::string text = camt::worked_example("08");
    for (std::size_t at = text.find(">9912346<"); at != std::string::npos; at = text.find(">9912346<"))
        text.replace(at, 9, ">12345678901234<");
    const auto done = camt_to_bgmax(text, {}, [](std::string_view) {});
    ASSERT_TRUE(done);
    EXPECT_EQ(done->sections, 0U);
    ASSERT_EQ(done->notes.size(), 1U);
    EXPECT_EQ(done->notes[0].what, "left out: the bankgiro has too many digits");
}

TEST(camt_to_bgmax_test, an_amount_beyond_the_digits_of_bgmax_is_left_out_and_named) {
    std::string text = camt::worked_example("02");
    for (const auto& [from, to] :
         {std::pair<std::string, std::string>{">849.50<", ">10000000000000000.00<"}, {">2049.50<", ">10000000000001200.00<"}})
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from))
            text.replace(at, from.size(), to);
    const converted made = convert(text);
    EXPECT_EQ(made.error, "");
    EXPECT_THAT(made.notes, ElementsAre("1.0 left out: an amount has more digits than BgMax"));
}

TEST(camt_to_bgmax_test, takes_the_clock_as_written_but_for_utc) {
    const auto start_of = [](const std::string& moment) {
        std::string text = camt::worked_example("02");
        for (std::size_t at = text.find("2026-03-02T16:30:05+01:00"); at != std::string::npos;
             at = text.find("2026-03-02T16:30:05+01:00"))
            text.replace(at, 25, moment);
        const converted made = convert(text);
        return made.lines.empty() ? made.error : made.lines[0].substr(24, 20);
    };
    EXPECT_EQ(start_of("2026-07-02T16:30:05+01:00"), "20260702163005000000");
    EXPECT_EQ(start_of("2026-03-02T16:30:05Z"), "20260302173005000000");
    EXPECT_EQ(start_of("2026-07-02T23:30:05Z"), "20260703013005000000");
    EXPECT_EQ(start_of("2026-03-02T16:30:05.123"), "20260302163005000000");
    EXPECT_EQ(start_of(" 2026-03-02T16:30:05\n"), "20260302163005000000");
    EXPECT_EQ(start_of("2026-03-02"), "the message has no creation time (CreDtTm) that can be read");
}

TEST(camt_to_bgmax_test, takes_the_time_of_the_message_where_that_of_the_container_cannot_be_read) {
    const converted made =
        convert(changed("02", "<Id>EX-0001-1</Id><CreDtTm>2026-03-02T16:30:05+01:00<", "<Id>EX-0001-1</Id><CreDtTm>soon<"));
    EXPECT_EQ(made.error, "");
    EXPECT_EQ(made.lines.at(0).substr(24, 20), "20260302163005000000");
}

// As it is booked (CAMT-R15 trusts the payments where both are told).
TEST(camt_to_bgmax_test, takes_the_bankgiro_of_the_entry_reference_where_no_payment_tells_one) {
    std::string text = camt::worked_example("02");
    const std::string account =
        "<CdtrAcct><Id><Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct>";
    for (std::size_t at = text.find(account); at != std::string::npos; at = text.find(account))
        text.erase(at, account.size());
    const converted made = convert(text);
    EXPECT_THAT(made.notes, ElementsAre());
    EXPECT_EQ(made.lines.at(1).substr(0, 12), "050009912346");
}

TEST(camt_to_bgmax_test, trusts_accounts_that_are_no_bankgiro_more_than_the_entry_reference) {
    const std::string bankgiro = "<Id><Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id>";
    const std::string iban = "<Id><IBAN>SE4550000000058398257466</IBAN></Id>";
    struct account_case {
        std::string version, account;
    };
    for (const account_case& each :
         {account_case{"02", "<Id><Othr><Id>1234566</Id><SchmeNm><Prtry>PGNR</Prtry></SchmeNm></Othr></Id>"},
          account_case{"02", iban},
          account_case{"02", "<Id><Othr><Id>58411009823</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id>"},
          account_case{"08", iban + "<Prxy><Tp><Prtry>PGNR</Prtry></Tp><Id>1234566</Id></Prxy>"}}) {
        const converted made = convert(camt::changed_example(each.version, {{bankgiro, each.account}}));
        EXPECT_THAT(made.notes, ElementsAre("1.0 left out: not to a bankgiro")) << each.account;
        EXPECT_EQ(made.lines.size(), 2U) << each.account;
    }
}

TEST(camt_to_bgmax_test, refuses_what_is_refused) {
    EXPECT_NE(convert("<Document/>").error, "");
    EXPECT_NE(convert(changed("02", "CRDT</CdtDbtInd><Sts>", "X</CdtDbtInd><Sts>")).error, "");
}

}  // namespace
}  // namespace brygga::convert
