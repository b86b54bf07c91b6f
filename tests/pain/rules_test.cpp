// P1-R01 and P1-R02 with pain.001 that pass them and that break them: changes to the fixture in both versions.
#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pain/batches.hpp"

namespace brygga::pain {
namespace {

using testing::ElementsAre;

using changes = std::vector<std::pair<std::string, std::string>>;

struct rule_case {
    std::string what, version;
    changes made;
    std::vector<std::string> expected;
};

void PrintTo(const rule_case& item, std::ostream* out) {
    *out << item.what;
}

class pain_rules : public testing::TestWithParam<rule_case> {};

TEST_P(pain_rules, find_what_they_must) {
    std::string text = example("001." + GetParam().version);
    for (const auto& [from, to] : GetParam().made)
        text = changed(std::move(text), from, to);
    EXPECT_EQ(short_findings(read(text).findings), GetParam().expected);
}

const std::string first = "PmtInf[1]/CdtTrfTxInf[1]";
const std::string second = "PmtInf[1]/CdtTrfTxInf[2]";
const std::string refund_id = "<InstrId>REFUND-0000001</InstrId>";
const std::string refund_end = "<EndToEndId>REFUND-0000001</EndToEndId>";
const std::string refund_amount = "<Amt><InstdAmt Ccy=\"SEK\">300.50</InstdAmt></Amt>";
const std::string debtor = "<Dbtr><Nm>Provstad Energi AB</Nm></Dbtr>";
const std::string ustrd = "<Ustrd>ÅTERBET 7001</Ustrd>";

INSTANTIATE_TEST_SUITE_P(
    well_formed, pain_rules,
    testing::Values(
        rule_case{"nothing in version 03", "03", {}, {}}, rule_case{"nothing in version 09", "09", {}, {}},
        rule_case{"P1-R01 cut", "03", {{"</PmtInf>\n    <PmtInf>", "</PmtInf>\n    "}}, {"error P1-R01 "}},
        rule_case{"P1-R01 other message", "03", {{"pain.001.001.03", "pain.008.001.02"}}, {"error P1-R01 "}},
        rule_case{"P1-R01 the answer", "03", {{"pain.001.001.03", "pain.002.001.03"}}, {"error P1-R01 "}},
        rule_case{
            "P1-R01 other namespace", "03", {{"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03", "urn:prov"}}, {"error P1-R01 "}},
        rule_case{"P1-R01 other root", "03", {{"Document", "Dokument"}}, {"error P1-R01 "}},
        rule_case{
            "P1-R01 no namespace", "03", {{" xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"", ""}}, {"error P1-R01 "}},
        rule_case{"P1-R01 newer version", "09", {{"pain.001.001.09", "pain.001.001.11"}}, {"warning P1-R01 "}},
        rule_case{"P1-R01 document type", "03", {{"<Document", "<!DOCTYPE Document><Document"}}, {"error P1-R01 "}},
        rule_case{
            "P1-R01 answer below Document", "03", {{"CstmrCdtTrfInitn", "CstmrPmtStsRpt"}}, {"error P1-R01 ", "error P1-R01 "}},
        rule_case{"P1-R01 nothing below Document", "03", {{"CstmrCdtTrfInitn", "Prov"}}, {"error P1-R01 "}}));

INSTANTIATE_TEST_SUITE_P(
    totals, pain_rules,
    testing::Values(
        rule_case{"no sums are no fault", "03", {{"<CtrlSum>1750.50</CtrlSum>", ""}, {"<NbOfTxs>1</NbOfTxs>", ""}}, {}},
        rule_case{"five decimals", "03", {{"1750.50", "1750.50000"}}, {}},
        rule_case{"P1-R01 number of the message", "03", {{"<NbOfTxs>3<", "<NbOfTxs>4<"}}, {"error P1-R01 GrpHdr/NbOfTxs"}},
        rule_case{"P1-R01 number that is none", "03", {{"<NbOfTxs>3<", "<NbOfTxs>three<"}}, {"error P1-R01 GrpHdr/NbOfTxs"}},
        rule_case{"P1-R01 sum of the message", "03", {{"1750.50", "1750.51"}}, {"error P1-R01 GrpHdr/CtrlSum"}},
        rule_case{"P1-R01 sum that is none", "03", {{"1750.50", "1750,50"}}, {"error P1-R01 GrpHdr/CtrlSum"}},
        rule_case{"P1-R01 number of a group", "03", {{"<NbOfTxs>2<", "<NbOfTxs>1<"}}, {"error P1-R01 PmtInf[1]/NbOfTxs"}},
        rule_case{"P1-R01 sum of a group", "09", {{"<CtrlSum>450.00<", "<CtrlSum>450.01<"}}, {"error P1-R01 PmtInf[2]/CtrlSum"}},
        rule_case{"P1-R01 amount", "03", {{">300.50<", ">300,50<"}}, {"error P1-R01 " + first + "/Amt/InstdAmt"}},
        rule_case{"P1-R01 amount beyond oere", "03", {{">300.50<", ">300.505<"}}, {"error P1-R01 " + first + "/Amt/InstdAmt"}},
        rule_case{"P1-R01 amount with a sign", "03", {{">300.50<", ">-300.50<"}}, {"error P1-R01 " + first + "/Amt/InstdAmt"}},
        rule_case{"P1-R01 no currency",
                  "03",
                  {{"<InstdAmt Ccy=\"SEK\">300.50", "<InstdAmt>300.50"}},
                  {"error P1-R01 " + first + "/Amt/InstdAmt"}},
        rule_case{"P1-R01 payment day", "03", {{"2026-11-26", "2026-11-31"}}, {"error P1-R01 PmtInf[1]/ReqdExctnDt"}},
        rule_case{"P1-R01 words behind the payment day",
                  "03",
                  {{">2026-11-26<", ">2026-11-26 at noon<"}},
                  {"error P1-R01 PmtInf[1]/ReqdExctnDt"}},
        rule_case{"time zone behind the payment day", "03", {{">2026-11-26<", ">2026-11-26+01:00<"}}, {}},
        rule_case{"payment moment", "09", {{"<Dt>2026-11-26</Dt>", "<DtTm>2026-11-26T10:00:00.000Z</DtTm>"}}, {}},
        rule_case{"P1-R01 payment method",
                  "03",
                  {{"01-P1</PmtInfId><PmtMtd>TRF", "01-P1</PmtInfId><PmtMtd>DD"}},
                  {"error P1-R01 PmtInf[1]/PmtMtd"}},
        rule_case{"P1-R01 group id twice", "03", {{"01-P2", "01-P1"}}, {"error P1-R01 PmtInf[2]/PmtInfId"}}));

INSTANTIATE_TEST_SUITE_P(
    structure, pain_rules,
    testing::Values(
        rule_case{"elements between that the schema has", "03", {{"<Cdtr><Nm>Bo", "<ChrgBr>SHAR</ChrgBr><Cdtr><Nm>Bo"}}, {}},
        rule_case{"P1-R01 no message id", "03", {{"<MsgId>REFUND-20261123-01</MsgId>", ""}}, {"error P1-R01 GrpHdr"}},
        rule_case{"P1-R01 empty message id",
                  "03",
                  {{"<MsgId>REFUND-20261123-01</MsgId>", "<MsgId></MsgId>"}},
                  {"error P1-R01 GrpHdr/MsgId"}},
        rule_case{"P1-R01 no payment day",
                  "09",
                  {{"<ReqdExctnDt><Dt>2026-11-26</Dt></ReqdExctnDt>", ""}},
                  {"error P1-R01 PmtInf[1]/ReqdExctnDt", "error P1-R01 PmtInf[1]"}},
        rule_case{"P1-R01 no id of the payment",
                  "03",
                  {{"<EndToEndId>LEV-0000003</EndToEndId>", ""}},
                  {"error P1-R01 " + second + "/PmtId"}},
        rule_case{"P1-R01 no bank of ours",
                  "03",
                  {{"<DbtrAgt><FinInstnId><BIC>XXXXSESS</BIC></FinInstnId></DbtrAgt>", ""}},
                  {"error P1-R01 PmtInf[1]", "error P1-R01 PmtInf[2]"}},
        rule_case{"P1-R01 message id after the moment",
                  "03",
                  {{"<MsgId>REFUND-20261123-01</MsgId><CreDtTm>2026-11-23T10:00:00</CreDtTm>",
                    "<CreDtTm>2026-11-23T10:00:00</CreDtTm><MsgId>REFUND-20261123-01</MsgId>"}},
                  {"error P1-R01 GrpHdr", "error P1-R01 GrpHdr"}},
        rule_case{"P1-R01 text before the amount",
                  "03",
                  {{refund_amount, ""}, {"<RmtInf>" + ustrd, refund_amount + "<RmtInf>" + ustrd}},
                  {"error P1-R01 " + first, "error P1-R01 " + first}},
        rule_case{"P1-R01 two ids", "03", {{refund_id, refund_id + refund_id}}, {"error P1-R01 " + first + "/PmtId"}},
        rule_case{"P1-R01 two accounts",
                  "03",
                  {{"<IBAN>SE3550000000054910000003</IBAN></Id><Ccy>",
                    "<IBAN>SE3550000000054910000003</IBAN><Othr><Id>1</Id></Othr></Id><Ccy>"}},
                  {"error P1-R01 PmtInf[1]/DbtrAcct/Id", "error P1-R01 PmtInf[2]/DbtrAcct/Id"}},
        rule_case{"P1-R01 id of 36 characters",
                  "03",
                  {{"<InstrId>REFUND-0000001", "<InstrId>REFUND-0000001-0000000000000000000000"}},
                  {"error P1-R01 " + first + "/PmtId/InstrId"}},
        rule_case{
            "P1-R01 unknown element", "03", {{refund_id, refund_id + "<Prov>1</Prov>"}}, {"warning P1-R01 " + first + "/PmtId"}},
        rule_case{"P1-R01 BIC of version 03 in 09",
                  "09",
                  {{"BICFI>", "BIC>"}},
                  {"warning P1-R01 PmtInf[1]/DbtrAgt/FinInstnId", "warning P1-R01 PmtInf[2]/DbtrAgt/FinInstnId"}},
        rule_case{"P1-R01 payment day of version 09 in 03",
                  "03",
                  {{"<ReqdExctnDt>2026-11-26<", "<ReqdExctnDt><Dt>2026-11-26</Dt><"}},
                  {"error P1-R01 PmtInf[1]/ReqdExctnDt"}},
        rule_case{"P1-R01 no choice made",
                  "09",
                  {{"<ReqdExctnDt><Dt>2026-11-26</Dt>", "<ReqdExctnDt>"}},
                  {"error P1-R01 PmtInf[1]/ReqdExctnDt", "error P1-R01 PmtInf[1]/ReqdExctnDt"}}));

const std::string created = ">2026-11-23T10:00:00<";
const std::string payee_address = first + "/Cdtr/PstlAdr";
std::string payee(const std::string& address) {
    return "<Nm>Anna Exempel</Nm><PstlAdr>" + address + "</PstlAdr>";
}

INSTANTIATE_TEST_SUITE_P(
    types, pain_rules,
    testing::Values(
        rule_case{"a moment with a zone", "03", {{created, ">2026-11-23T10:00:00.250+01:00<"}}, {}},
        rule_case{"P1-R01 yesterday", "03", {{created, ">yesterday<"}}, {"error P1-R01 GrpHdr/CreDtTm"}},
        rule_case{"P1-R01 a moment without seconds", "03", {{created, ">2026-11-23T10:00<"}}, {"error P1-R01 GrpHdr/CreDtTm"}},
        rule_case{"P1-R01 hour 25", "03", {{created, ">2026-11-23T25:00:00<"}}, {"error P1-R01 GrpHdr/CreDtTm"}},
        rule_case{"P1-R01 a zone of words", "03", {{created, ">2026-11-23T10:00:00CET<"}}, {"error P1-R01 GrpHdr/CreDtTm"}},
        rule_case{
            "P1-R01 a point without a digit", "03", {{created, ">2026-11-23T10:00:00.Z<"}}, {"error P1-R01 GrpHdr/CreDtTm"}},
        rule_case{"P1-R01 ja",
                  "03",
                  {{"01-P1</PmtInfId><PmtMtd>TRF</PmtMtd>", "01-P1</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>ja</BtchBookg>"}},
                  {"error P1-R01 PmtInf[1]/BtchBookg"}},
        rule_case{"an indicator in white space",
                  "03",
                  {{"01-P1</PmtInfId><PmtMtd>TRF</PmtMtd>", "01-P1</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg> 1 </BtchBookg>"}},
                  {}},
        rule_case{"P1-R01 BIC",
                  "03",
                  {{"XXXXSESS", "zz"}},
                  {"error P1-R01 PmtInf[1]/DbtrAgt/FinInstnId/BIC", "error P1-R01 PmtInf[2]/DbtrAgt/FinInstnId/BIC"}},
        rule_case{"P1-R01 BIC with a digit in front in version 03",
                  "03",
                  {{"XXXXSESS", "X1XXSESS"}},
                  {"error P1-R01 PmtInf[1]/DbtrAgt/FinInstnId/BIC", "error P1-R01 PmtInf[2]/DbtrAgt/FinInstnId/BIC"}},
        rule_case{"BIC with a digit in front in version 09", "09", {{"XXXXSESS", "X1XXSESS"}}, {}},
        rule_case{"P1-R01 our IBAN with blanks",
                  "03",
                  {{"<IBAN>SE3550000000054910000003</IBAN></Id><Ccy>", "<IBAN>SE35 5000 0000 0549 1000 0003</IBAN></Id><Ccy>"}},
                  {"error P1-R01 PmtInf[1]/DbtrAcct/Id/IBAN", "error P1-R01 PmtInf[2]/DbtrAcct/Id/IBAN"}},
        rule_case{"P1-R01 currency of an account",
                  "03",
                  {{"<Ccy>SEK<", "<Ccy>kr<"}},
                  {"error P1-R01 PmtInf[1]/DbtrAcct/Ccy", "error P1-R01 PmtInf[2]/DbtrAcct/Ccy"}},
        rule_case{
            "an address",
            "03",
            {{"<Nm>Anna Exempel</Nm>",
              payee("<StrtNm>Provgatan</StrtNm><BldgNb>1</BldgNb><PstCd>123 45</PstCd><TwnNm>Provstad</TwnNm><Ctry>SE</Ctry>")}},
            {}},
        rule_case{"P1-R01 a country in small letters",
                  "03",
                  {{"<Nm>Anna Exempel</Nm>", payee("<TwnNm>Provstad</TwnNm><Ctry>se</Ctry>")}},
                  {"error P1-R01 " + payee_address + "/Ctry"}},
        rule_case{"P1-R01 a town of 36 letters",
                  "03",
                  {{"<Nm>Anna Exempel</Nm>", payee("<TwnNm>" + std::string(36, 'a') + "</TwnNm>")}},
                  {"error P1-R01 " + payee_address + "/TwnNm"}},
        rule_case{"P1-R01 eight lines of an address",
                  "03",
                  {{"<Nm>Anna Exempel</Nm>",
                    payee("<AdrLine>1</AdrLine><AdrLine>2</AdrLine><AdrLine>3</AdrLine><AdrLine>4</AdrLine><AdrLine>5</AdrLine>"
                          "<AdrLine>6</AdrLine><AdrLine>7</AdrLine><AdrLine>8</AdrLine>")}},
                  {"error P1-R01 " + payee_address}},
        rule_case{"P1-R01 name of a building in version 03",
                  "03",
                  {{"<Nm>Anna Exempel</Nm>", payee("<BldgNm>Tornet</BldgNm>")}},
                  {"warning P1-R01 " + payee_address}},
        rule_case{"name of a building in version 09", "09", {{"<Nm>Anna Exempel</Nm>", payee("<BldgNm>Tornet</BldgNm>")}}, {}},
        rule_case{"P1-R01 an empty name",
                  "03",
                  {{debtor, "<Dbtr><Nm></Nm></Dbtr>"}},
                  {"error P1-R01 PmtInf[1]/Dbtr/Nm", "error P1-R01 PmtInf[2]/Dbtr/Nm"}},
        rule_case{"P1-R01 kind of a reference",
                  "03",
                  {{"<Cd>SCOR<", "<Cd>OCR<"}},
                  {"error P1-R01 " + second + "/RmtInf/Strd[1]/CdtrRefInf/Tp/CdOrPrtry/Cd"}},
        rule_case{"P1-R01 bearer of charges",
                  "03",
                  {{refund_amount, refund_amount + "<ChrgBr>BOTH</ChrgBr>"}},
                  {"error P1-R01 " + first + "/ChrgBr"}},
        rule_case{"a day with a zone", "03", {{debtor, "<PoolgAdjstmntDt>2026-11-26Z</PoolgAdjstmntDt>" + debtor}}, {}},
        rule_case{"P1-R01 a day of six digits",
                  "03",
                  {{debtor, "<PoolgAdjstmntDt>261126</PoolgAdjstmntDt>" + debtor}},
                  {"error P1-R01 PmtInf[1]/PoolgAdjstmntDt", "error P1-R01 PmtInf[2]/PoolgAdjstmntDt"}},
        rule_case{"an LEI and a UETR",
                  "09",
                  {{refund_end, refund_end + "<UETR>3f2c8a10-5b7e-4d6f-9a01-0123456789ab</UETR>"},
                   {"<BICFI>XXXXSESS</BICFI>", "<BICFI>XXXXSESS</BICFI><LEI>529900T8BM49AURSDO55</LEI>"}},
                  {}},
        rule_case{"P1-R01 a UETR in capitals",
                  "09",
                  {{refund_end, refund_end + "<UETR>3F2C8A10-5B7E-4D6F-9A01-0123456789AB</UETR>"}},
                  {"error P1-R01 " + first + "/PmtId/UETR"}}));

// An account number is not shown, whatever stands in it; a code is.
TEST(pain_reader, finds_texts_of_the_wrong_type_without_telling_accounts) {
    const std::string text = changed(example("001.03"), "<IBAN>SE3550000000054910000003</IBAN></Id><Ccy>SEK<",
                                     "<IBAN>SE35 5000 0000 0549 1000 0003</IBAN></Id><Ccy>kr<");
    std::string told;
    const initiation_file file = read(text);
    for (const finding& each : file.findings.kept())
        told += describe(each, true) + "\n";
    EXPECT_THAT(told, testing::HasSubstr("29 characters"));
    EXPECT_THAT(told, testing::HasSubstr("kr"));
    EXPECT_THAT(told, testing::Not(testing::HasSubstr("0549")));
}

std::string name_of(std::size_t size) {
    return "<Nm>" + std::string(size, 'a') + "</Nm>";
}
const std::string anna = "<Nm>Anna Exempel</Nm>";

INSTANTIATE_TEST_SUITE_P(
    payments, pain_rules,
    testing::Values(
        rule_case{
            "P1-R02 no name", "03", {{"<Cdtr>" + anna + "</Cdtr>", "<Cdtr></Cdtr>"}}, {"hold P1-R02 " + first + "/Cdtr/Nm"}},
        rule_case{"a name of 70", "03", {{anna, name_of(70)}}, {}},
        rule_case{"P1-R02 a name of 71", "03", {{anna, name_of(71)}}, {"hold P1-R02 " + first + "/Cdtr/Nm"}},
        rule_case{"P1-R02 check digit of an account",
                  "03",
                  {{"<Id>1212121212<", "<Id>1212121213<"}},
                  {"hold P1-R02 " + first + "/CdtrAcct/Id"}},
        rule_case{"P1-R02 length of an account",
                  "03",
                  {{"<Id>1212121212<", "<Id>121212121<"}},
                  {"hold P1-R02 " + first + "/CdtrAcct/Id"}},
        rule_case{"P1-R02 unknown clearing number",
                  "03",
                  {{"<MmbId>3300<", "<MmbId>9999<"}},
                  {"warning P1-R02 " + first + "/CdtrAcct/Id"}},
        rule_case{"P1-R02 clearing number of five digits",
                  "03",
                  {{"<MmbId>3300<", "<MmbId>33000<"}},
                  {"hold P1-R02 " + first + "/CdtrAcct/Id"}},
        rule_case{"clearing number in front of the account",
                  "03",
                  {{"<CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>SESBA</Cd></ClrSysId><MmbId>3300</MmbId></ClrSysMmbId></"
                    "FinInstnId></CdtrAgt>",
                    ""},
                   {"<Id>1212121212<", "<Id>33001212121212<"}},
                  {}},
        rule_case{"P1-R02 check digit of a bankgiro", "03", {{"9912346", "9912347"}}, {"hold P1-R02 " + second + "/CdtrAcct/Id"}},
        rule_case{"a plusgiro",
                  "03",
                  {{"<MmbId>9900<", "<MmbId>9960<"},
                   {"<Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry>", "<Id>1234566</Id><SchmeNm><Cd>BBAN</Cd>"}},
                  {}},
        rule_case{"P1-R02 check digit of a plusgiro",
                  "03",
                  {{"<MmbId>9900<", "<MmbId>9500<"},
                   {"<Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry>", "<Id>1234567</Id><SchmeNm><Cd>BBAN</Cd>"}},
                  {"hold P1-R02 " + second + "/CdtrAcct/Id"}},
        rule_case{
            "P1-R02 IBAN",
            "03",
            {{"<IBAN>SE3550000000054910000003</IBAN></Id></CdtrAcct>", "<IBAN>SE3650000000054910000003</IBAN></Id></CdtrAcct>"}},
            {"hold P1-R02 PmtInf[2]/CdtTrfTxInf[1]/CdtrAcct/Id"}},
        rule_case{"P1-R02 no account",
                  "03",
                  {{"<CdtrAcct><Id><IBAN>SE3550000000054910000003</IBAN></Id></CdtrAcct>", ""}},
                  {"hold P1-R02 PmtInf[2]/CdtTrfTxInf[1]/CdtrAcct/Id"}},
        rule_case{"P1-R02 no amount",
                  "03",
                  {{">300.50<", ">0.00<"}, {"1750.50", "1450.00"}, {"1300.50", "1000.00"}},
                  {"hold P1-R02 " + first + "/Amt/InstdAmt"}},
        rule_case{"P1-R02 OCR", "03", {{"1234567897", "1234567898"}}, {"hold P1-R02 " + second + "/RmtInf/Strd/CdtrRefInf/Ref"}},
        rule_case{"a creditor reference of ISO 11649", "03", {{"1234567897", "RF18539007547034"}}, {}},
        rule_case{"OCR and text of another sender", "03", {{"<RmtInf><Strd>", "<RmtInf><Ustrd>prov</Ustrd><Strd>"}}, {}},
        rule_case{"an id with other signs of another sender", "03", {{"LEV-0000003", "LEV_å3"}}, {}}));

TEST(pain_reader, hands_out_the_same_payments_in_both_versions) {
    const auto payments = payments_in(example("001.03"));
    ASSERT_EQ(payments.size(), 3u);
    EXPECT_EQ(payments, payments_in(example("001.09")));
    EXPECT_EQ(payments[0].id, "REFUND-0000001");
    EXPECT_EQ(payments[0].amount_ore, 30050);
    EXPECT_EQ(payments[0].text, "ÅTERBET 7001");
    EXPECT_EQ(payments[0].account, (creditor_account{account_kind::bank_account, "3300", "1212121212"}));
    EXPECT_EQ(payments[1].account, (creditor_account{account_kind::bankgiro, "", "9912346"}));
    EXPECT_EQ(payments[1].ocr, "1234567897");
    EXPECT_EQ(payments[2].account, (creditor_account{account_kind::iban, "", "SE3550000000054910000003"}));
    EXPECT_EQ(payments[2].purpose, category_purpose::salary);
    EXPECT_EQ(format_iso_date(payments[2].execution_date), "2026-11-27");
}

TEST(pain_reader, takes_any_prefix) {
    std::string text = changed(example("001.03"), "xmlns=", "xmlns:p=");
    for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
        if (text[at + 1] == '?') continue;
        text.insert(text[at + 1] == '/' ? at + 2 : at + 1, "p:");
    }
    EXPECT_THAT(short_findings(read(text).findings), testing::IsEmpty());
    EXPECT_EQ(payments_in(text), payments_in(example("001.03")));
}

TEST(pain_reader, counts_and_holds) {
    const initiation_file file = read(changed(example("001.03"), "9912346", "9912347"));
    EXPECT_TRUE(file.accepted());
    EXPECT_EQ(file.version, 3);
    EXPECT_EQ(file.id, "REFUND-20261123-01");
    EXPECT_EQ(file.created, "2026-11-23T10:00:00");
    EXPECT_EQ(file.records.at("PmtInf"), 2u);
    EXPECT_EQ(file.records.at("CdtTrfTxInf"), 3u);
    EXPECT_TRUE(file.payments_ore == 175050);
    EXPECT_THAT(file.holds, ElementsAre(hold_mark{2, rule::R02}));
}

// Accounts and names stay out of the texts of findings.
TEST(pain_reader, finds_without_telling_personal_data) {
    std::string text = changed(example("001.03"), "1212121212", "1212121213");
    text = changed(text, "Anna Exempel", std::string(80, 'X'));
    const initiation_file file = read(text);
    EXPECT_EQ(file.findings.total(), 2u);
    for (const finding& each : file.findings.kept()) {
        const std::string line = describe(each, true);
        EXPECT_EQ(line.find("1212121213"), std::string::npos) << line;
        EXPECT_EQ(line.find("XXXX"), std::string::npos) << line;
    }
}

TEST(pain_reader, more_groups_than_the_limit_are_refused) {
    const auto with_groups = [](std::size_t count) {
        std::string text = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn>";
        for (std::size_t i = 0; i < count; ++i)
            text += fmt::format("<PmtInf><PmtInfId>{}</PmtInfId></PmtInf>", i);
        return text + "</CstmrCdtTrfInitn></Document>";
    };
    rule_policy without_texts;
    without_texts.cap = 0;
    const auto total = [&](std::size_t count) { return read(with_groups(count), {without_texts, {}}).findings.total(); };
    const std::uint64_t each = total(2) - total(1);
    EXPECT_EQ(total(max_groups) - total(1), each * (max_groups - 1));
    EXPECT_EQ(total(max_groups + 1) - total(max_groups), each + 1);
}

TEST(pain_rule_table, knows_its_rules) {
    EXPECT_EQ(rules().size(), 3u);
    EXPECT_EQ(info(rule::R01).id, "P1-R01");
    EXPECT_EQ(info(rule::R02).id, "P1-R02");
    EXPECT_EQ(info(rule::R03).id, "P1-R03");
}

}  // namespace
}  // namespace brygga::pain
