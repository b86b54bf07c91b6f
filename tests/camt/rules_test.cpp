// Each rule of camt with documents that pass it and documents that break it: changes to the worked example in both versions.
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/iso20022/camt/reader.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::camt {
namespace {

using testing::ElementsAre;

struct rule_case {
    std::string what, version;
    text_changes changes;
    std::vector<std::string> expected;
};

void PrintTo(const rule_case& item, std::ostream* out) {
    *out << item.what;
}

class camt_rules : public testing::TestWithParam<rule_case> {};

TEST_P(camt_rules, find_what_they_must) {
    EXPECT_EQ(findings_of(changed_example(GetParam().version, GetParam().changes), with_receivers()), GetParam().expected);
}

const std::string first_amount = "<AmtDtls><TxAmt><Amt Ccy=\"SEK\">849.50</Amt></TxAmt></AmtDtls>";
const std::string entry_end = "</NtryDtls>\n      </Ntry>";
// Behind an account in kronor that also has euro, of which nothing is booked.
std::string euro_balance(const std::string& kind) {
    return "<Bal><Tp><CdOrPrtry><Cd>" + kind +
           "</Cd></CdOrPrtry></Tp><Amt "
           "Ccy=\"EUR\">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>";
}
const std::string euro_opening = euro_balance("OPBD");
const std::string euro_closing = euro_balance("CLBD");
const std::string second_creditor =
    "<Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct>\n          </RltdPties>\n          "
    "<RmtInf><Strd><RfrdDocInf>";
const std::string other_creditor =
    "<Othr><Id>5555551</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct></RltdPties><RmtInf><Strd><RfrdDocInf>";
const text_changes as_statement = {
    {"camt.054.001.02", "camt.053.001.02"}, {"BkToCstmrDbtCdtNtfctn", "BkToCstmrStmt"}, {"Ntfctn>", "Stmt>"}};
const text_changes as_report = {
    {"camt.054.001.02", "camt.052.001.02"}, {"BkToCstmrDbtCdtNtfctn", "BkToCstmrAcctRpt"}, {"Ntfctn>", "Rpt>"}};

text_changes and_also(text_changes first, const text_changes& then) {
    first.insert(first.end(), then.begin(), then.end());
    return first;
}

INSTANTIATE_TEST_SUITE_P(
    documents, camt_rules,
    testing::Values(
        rule_case{"nothing in version 02", "02", {}, {}}, rule_case{"nothing in version 08", "08", {}, {}},
        rule_case{"a statement", "02", as_statement, {}},

        rule_case{"CAMT-R01 cut", "02", {{entry_end, "</NtryDtls>"}}, {"error CAMT-R01 Ntfctn[1]/Ntry[1]"}},
        rule_case{"CAMT-R01 other message", "02", {{"camt.054.001.02", "pain.002.001.03"}}, {"error CAMT-R01 Document"}},
        rule_case{"CAMT-R01 other root", "02", {{"Document", "Dokument"}}, {"error CAMT-R01 Dokument"}},
        rule_case{"CAMT-R01 newer version", "08", {{"camt.054.001.08", "camt.054.001.13"}}, {"warning CAMT-R01 Document"}},
        rule_case{"CAMT-R01 no namespace",
                  "02",
                  {{" xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.02\"", ""}},
                  {"warning CAMT-R01 Document"}},
        rule_case{"CAMT-R01 message of another namespace",
                  "02",
                  {{"camt.054.001.02", "camt.053.001.02"}},
                  {"error CAMT-R01 Document/BkToCstmrDbtCdtNtfctn"}},
        rule_case{"CAMT-R01 document type", "02", {{"<Document", "<!DOCTYPE Document><Document"}}, {"error CAMT-R01 Document"}},

        rule_case{"CAMT-R01 reversal behind the details",
                  "02",
                  {{entry_end, "</NtryDtls><RvslInd>true</RvslInd></Ntry>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/RvslInd"}},
        rule_case{"CAMT-R01 status behind the details",
                  "02",
                  {{"<Sts>BOOK</Sts>", ""}, {entry_end, "</NtryDtls><Sts>BOOK</Sts></Ntry>"}},
                  {"warning CAMT-R04 Ntfctn[1]/Ntry[1]/Sts", "error CAMT-R01 Ntfctn[1]/Ntry[1]/Sts"}},
        rule_case{
            "CAMT-R01 value date behind the details",
            "02",
            {{"<ValDt><Dt>2026-03-02</Dt></ValDt>", ""}, {entry_end, "</NtryDtls><ValDt><Dt>2026-03-03</Dt></ValDt></Ntry>"}},
            {"error CAMT-R01 Ntfctn[1]/Ntry[1]/ValDt"}},
        rule_case{"CAMT-R01 moment of value behind the details",
                  "02",
                  {{"<ValDt><Dt>2026-03-02</Dt></ValDt>", ""},
                   {entry_end, "</NtryDtls><ValDt><DtTm>2026-03-03T00:00:00</DtTm></ValDt></Ntry>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/ValDt/DtTm"}},
        rule_case{"CAMT-R01 two amounts, the value in the second",
                  "08",
                  {{"<Amt Ccy=\"SEK\">849.50<", "<Amt Ccy=\"EUR\"/><Amt Ccy=\"SEK\">849.50<"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/Amt",
                   "warning CAMT-R10 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/Amt/@Ccy"}},
        rule_case{"CAMT-R01 two equal amounts",
                  "08",
                  {{"<Amt Ccy=\"SEK\">849.50</Amt>", "<Amt Ccy=\"SEK\">849.50</Amt><Amt Ccy=\"SEK\">849.50</Amt>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/Amt"}},
        rule_case{"CAMT-R01 two indicators",
                  "02",
                  {{"</Amt><CdtDbtInd>CRDT<", "</Amt><CdtDbtInd>CRDT</CdtDbtInd><CdtDbtInd>DBIT<"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/CdtDbtInd"}},
        rule_case{"CAMT-R01 two statuses",
                  "02",
                  {{"<Sts>BOOK</Sts>", "<Sts>BOOK</Sts><Sts>PDNG</Sts>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/Sts"}},
        rule_case{"CAMT-R01 two statuses of version 08",
                  "08",
                  {{"<Sts><Cd>BOOK</Cd></Sts>", "<Sts><Cd>BOOK</Cd></Sts><Sts><Cd>PDNG</Cd></Sts>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/Sts"}},
        rule_case{
            "CAMT-R01 two value dates",
            "02",
            {{"<ValDt><Dt>2026-03-02</Dt></ValDt>", "<ValDt><Dt>2026-03-02</Dt></ValDt><ValDt><Dt>2026-03-03</Dt></ValDt>"}},
            {"error CAMT-R01 Ntfctn[1]/Ntry[1]/ValDt"}},
        rule_case{"CAMT-R01 two receiving accounts",
                  "02",
                  {{"</CdtrAcct>", "</CdtrAcct><CdtrAcct><Id><Othr><Id>5555551</Id></Othr></Id></CdtrAcct>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/CdtrAcct",
                   "error CAMT-R01 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[2]/CdtrAcct"}},
        rule_case{"CAMT-R01 two numbers of a receiving account",
                  "02",
                  {{"<Id>9912346</Id><SchmeNm>", "<Id>9912346</Id><Id>5555551</Id><SchmeNm>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/Id",
                   "error CAMT-R01 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[2]/Id"}},
        rule_case{"CAMT-R01 two references",
                  "02",
                  {{"<Ref>1000234706</Ref>", "<Ref>1000234706</Ref><Ref>999</Ref>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/Ref"}},
        rule_case{"CAMT-R01 two references, each in its element",
                  "02",
                  {{"<CdtrRefInf>", "<CdtrRefInf><Ref>999</Ref></CdtrRefInf><CdtrRefInf>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/CdtrRefInf"}},
        rule_case{"CAMT-R01 two reversal indicators",
                  "02",
                  {{"<Sts>", "<RvslInd>false</RvslInd><RvslInd>true</RvslInd><Sts>"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry[1]/RvslInd"}},
        rule_case{"CAMT-R01 entry of another namespace",
                  "02",
                  {{"<Ntry>", "<Ntry xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.03\">"},
                   {"<NbOfNtries>1<", "<NbOfNtries>0<"},
                   {"<Sum>2049.50<", "<Sum>0<"}},
                  {"error CAMT-R01 Ntfctn[1]/Ntry"}},
        rule_case{"CAMT-R01 entry of no namespace is read", "02", {{"<Ntry>", "<Ntry xmlns=\"\">"}}, {}},
        rule_case{
            "CAMT-R01 two message ids", "02", {{"<MsgId>", "<MsgId>EX-0000</MsgId><MsgId>"}}, {"error CAMT-R01 GrpHdr/MsgId"}},
        rule_case{"CAMT-R01 two messages",
                  "02",
                  {{"</Document>", "<BkToCstmrDbtCdtNtfctn/></Document>"}},
                  {"error CAMT-R01 Document/BkToCstmrDbtCdtNtfctn", "warning CAMT-R01 GrpHdr/MsgId"}},
        rule_case{"CAMT-R01 no message id", "02", {{"<MsgId>EX-0001</MsgId>", ""}}, {"warning CAMT-R01 GrpHdr/MsgId"}},

        rule_case{"CAMT-R02 currency in small letters",
                  "02",
                  {{"<Amt Ccy=\"SEK\">2049.50", "<Amt Ccy=\"sek\">2049.50"}},
                  {"error CAMT-R02 Ntfctn[1]/Ntry[1]/Amt/@Ccy"}},
        rule_case{"CAMT-R02 no currency of the world",
                  "02",
                  {{"Ccy=\"SEK\">849.50</Amt>", "Ccy=\"XQZ\">849.50</Amt>"}},
                  {"error CAMT-R02 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/AmtDtls/TxAmt/Amt/@Ccy"}},
        rule_case{"CAMT-R02 five decimals that are zero", "02", {{">849.50<", ">849.50000<"}}, {}},
        rule_case{"CAMT-R02 beyond oere",
                  "02",
                  {{"849.50</Amt>", "849.501</Amt>"}},
                  {"error CAMT-R02 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/AmtDtls/TxAmt/Amt"}},
        rule_case{"CAMT-R02 18 digits in all",
                  "02",
                  {{"<TtlAmt Ccy=\"SEK\">2049.50<", "<TtlAmt Ccy=\"SEK\">0009999999999999999.9900<"}},
                  {"hold CAMT-R11 Ntfctn[1]/Ntry[1]/NtryDtls[1]/Btch/TtlAmt"}},
        rule_case{"CAMT-R02 19 digits in all",
                  "02",
                  {{"<TtlAmt Ccy=\"SEK\">2049.50<", "<TtlAmt Ccy=\"SEK\">10000000000000000.01<"}},
                  {"error CAMT-R02 Ntfctn[1]/Ntry[1]/NtryDtls[1]/Btch/TtlAmt"}},
        rule_case{"CAMT-R02 negative",
                  "02",
                  {{"849.50</Amt>", "-849.50</Amt>"}},
                  {"error CAMT-R02 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/AmtDtls/TxAmt/Amt"}},
        rule_case{"CAMT-R02 no number",
                  "08",
                  {{"849.50</Amt>", "849,50</Amt>"}},
                  {"error CAMT-R02 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/Amt"}},
        rule_case{
            "CAMT-R02 no entry amount", "02", {{"<Amt Ccy=\"SEK\">2049.50</Amt>", ""}}, {"error CAMT-R02 Ntfctn[1]/Ntry[1]/Amt"}},
        rule_case{"CAMT-R02 no currency",
                  "02",
                  {{"<Amt Ccy=\"SEK\">2049.50", "<Amt>2049.50"}},
                  {"error CAMT-R02 Ntfctn[1]/Ntry[1]/Amt/@Ccy"}},

        rule_case{"CAMT-R03 another word",
                  "02",
                  {{"</Amt><CdtDbtInd>CRDT<", "</Amt><CdtDbtInd>CREDIT<"}},
                  {"error CAMT-R03 Ntfctn[1]/Ntry[1]/CdtDbtInd"}},
        rule_case{"CAMT-R03 missing",
                  "02",
                  {{"</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "</Amt>"}},
                  {"error CAMT-R03 Ntfctn[1]/Ntry[1]/CdtDbtInd"}},

        rule_case{"CAMT-R04 pending", "02", {{">BOOK<", ">PDNG<"}}, {"info CAMT-R04 Ntfctn[1]/Ntry[1]/Sts"}},
        rule_case{
            "CAMT-R04 proprietary", "08", {{"<Cd>BOOK</Cd>", "<Prtry>PAID</Prtry>"}}, {"warning CAMT-R04 Ntfctn[1]/Ntry[1]/Sts"}},
        rule_case{"CAMT-R04 no status", "02", {{"<Sts>BOOK</Sts>", ""}}, {"warning CAMT-R04 Ntfctn[1]/Ntry[1]/Sts"}},
        rule_case{"CAMT-R04 no known status", "02", {{">BOOK<", ">Book<"}}, {"warning CAMT-R04 Ntfctn[1]/Ntry[1]/Sts"}},
        rule_case{"CAMT-R04 value date long ago",
                  "02",
                  {{"<ValDt><Dt>2026-03-02", "<ValDt><Dt>1010-01-01"}},
                  {"warning CAMT-R04 Ntfctn[1]/Ntry[1]/ValDt/Dt"}},
        rule_case{"CAMT-R04 first booking date", "02", {{"<BookgDt><Dt>2026-03-02", "<BookgDt><Dt>1997-01-01"}}, {}},
        rule_case{"CAMT-R04 last booking date", "02", {{"<BookgDt><Dt>2026-03-02", "<BookgDt><Dt>2026-03-12"}}, {}},
        rule_case{"CAMT-R04 booking date too far ahead",
                  "02",
                  {{"<BookgDt><Dt>2026-03-02", "<BookgDt><Dt>2026-03-13"}},
                  {"warning CAMT-R04 Ntfctn[1]/Ntry[1]/BookgDt/Dt"}},
        rule_case{"CAMT-R04 moment that never comes",
                  "02",
                  {{"<ValDt><Dt>2026-03-02</Dt>", "<ValDt><DtTm>9999-12-31T00:00:00Z</DtTm>"}},
                  {"warning CAMT-R04 Ntfctn[1]/Ntry[1]/ValDt/DtTm"}},
        rule_case{"CAMT-R04 no date at all",
                  "02",
                  {{"<ValDt><Dt>2026-03-02", "<ValDt><Dt>2026-02-30"}},
                  {"warning CAMT-R04 Ntfctn[1]/Ntry[1]/ValDt/Dt"}},
        rule_case{"CAMT-R05 report", "02", as_report, {"info CAMT-R05 Document/BkToCstmrAcctRpt"}},

        rule_case{"CAMT-R10 too little",
                  "02",
                  {{first_amount, "<AmtDtls><TxAmt><Amt Ccy=\"SEK\">849.49</Amt></TxAmt></AmtDtls>"},
                   {"SEK\">849.50</Rmtd", "SEK\">849.49</Rmtd"},
                   {"<TtlAmt Ccy=\"SEK\">2049.50", "<TtlAmt Ccy=\"SEK\">2049.49"}},
                  {"hold CAMT-R10 Ntfctn[1]/Ntry[1]/Amt"}},
        rule_case{"CAMT-R10 a payment without amount among several",
                  "02",
                  {{first_amount, ""}},
                  {"warning CAMT-R10 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/Amt"}},
        rule_case{"CAMT-R10 the last of several without amount",
                  "02",
                  {{"<AmtDtls><TxAmt><Amt Ccy=\"SEK\">1200.00</Amt></TxAmt></AmtDtls>", ""}},
                  {"warning CAMT-R10 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[2]/Amt"}},
        rule_case{"CAMT-R10 payment in another currency",
                  "02",
                  {{first_amount, "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">849.50</Amt></TxAmt></AmtDtls>"}},
                  {"warning CAMT-R10 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/AmtDtls/TxAmt/Amt/@Ccy"}},
        rule_case{"CAMT-R10 reference in another currency",
                  "02",
                  {{"SEK\">849.50</Rmtd", "EUR\">849.50</Rmtd"}},
                  {"warning CAMT-R10 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RmtInf/Strd[1]/RfrdDocAmt/RmtdAmt/@Ccy"}},
        rule_case{"CAMT-R10 account in another currency",
                  "02",
                  {{"<Ccy>SEK</Ccy>", "<Ccy>EUR</Ccy>"}},
                  {"warning CAMT-R10 Ntfctn[1]/Ntry[1]/Amt/@Ccy"}},
        rule_case{"CAMT-R11 count with leading zeros", "02", {{"<NbOfTxs>2<", "<NbOfTxs>002<"}}, {}},
        rule_case{"CAMT-R12 count with leading zeros", "02", {{"<NbOfNtries>1<", "<NbOfNtries>0001<"}}, {}},
        rule_case{"CAMT-R11 count",
                  "02",
                  {{"<NbOfTxs>2<", "<NbOfTxs>3<"}},
                  {"hold CAMT-R11 Ntfctn[1]/Ntry[1]/NtryDtls[1]/Btch/NbOfTxs"}},
        rule_case{"CAMT-R11 sum",
                  "02",
                  {{"<TtlAmt Ccy=\"SEK\">2049.50", "<TtlAmt Ccy=\"SEK\">2049.51"}},
                  {"hold CAMT-R11 Ntfctn[1]/Ntry[1]/NtryDtls[1]/Btch/TtlAmt"}},
        rule_case{"CAMT-R11 no batch",
                  "02",
                  {{"<Btch><NbOfTxs>2</NbOfTxs><TtlAmt Ccy=\"SEK\">2049.50</TtlAmt><CdtDbtInd>CRDT</CdtDbtInd></Btch>", ""}},
                  {}},
        rule_case{"CAMT-R12 count",
                  "02",
                  {{"<NbOfNtries>1<", "<NbOfNtries>2<"}},
                  {"hold CAMT-R12 Ntfctn[1]/TxsSummry/TtlCdtNtries/NbOfNtries"}},
        rule_case{
            "CAMT-R12 sum", "02", {{"<Sum>2049.50<", "<Sum>2049.00<"}}, {"hold CAMT-R12 Ntfctn[1]/TxsSummry/TtlCdtNtries/Sum"}},
        rule_case{"CAMT-R12 net",
                  "02",
                  {{"<TxsSummry>",
                    "<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries><Sum>2049.50</Sum><TtlNetNtryAmt>2049.50</"
                    "TtlNetNtryAmt><CdtDbtInd>CRDT</CdtDbtInd></TtlNtries>"}},
                  {}},
        rule_case{"CAMT-R12 count of all entries",
                  "02",
                  {{"<TxsSummry>", "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries>"}},
                  {"hold CAMT-R12 Ntfctn[1]/TxsSummry/TtlNtries/NbOfNtries"}},
        rule_case{"CAMT-R12 sum of all entries",
                  "02",
                  {{"<TxsSummry>", "<TxsSummry><TtlNtries><Sum>2049.51</Sum></TtlNtries>"}},
                  {"hold CAMT-R12 Ntfctn[1]/TxsSummry/TtlNtries/Sum"}},
        rule_case{"CAMT-R12 net of version 08",
                  "08",
                  {{"<TxsSummry>",
                    "<TxsSummry><TtlNtries><TtlNetNtry><Amt>2049.51</Amt><CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry></TtlNtries>"}},
                  {"hold CAMT-R12 Ntfctn[1]/TxsSummry/TtlNtries"}},
        rule_case{"CAMT-R12 wrong net",
                  "02",
                  {{"<TxsSummry>",
                    "<TxsSummry><TtlNtries><TtlNetNtryAmt>2049.50</TtlNetNtryAmt><CdtDbtInd>DBIT</CdtDbtInd></TtlNtries>"}},
                  {"hold CAMT-R12 Ntfctn[1]/TxsSummry/TtlNtries"}},
        rule_case{"CAMT-R13 balances agree", "02", and_also(as_statement, {{"<TxsSummry>", balances}}), {}},
        rule_case{"CAMT-R13 balances differ",
                  "02",
                  and_also(as_statement, {{"<TxsSummry>", balances}, {">1949.50<", ">1949.51<"}}),
                  {"hold CAMT-R13 Stmt[1]/Bal[2]/Amt"}},
        rule_case{
            "CAMT-R13 balances in two currencies agree",
            "02",
            and_also(as_statement, {{"<TxsSummry>", euro_opening + balances}, {"<TxsSummry>", euro_closing + "<TxsSummry>"}}),
            {}},
        rule_case{"CAMT-R13 balances in two currencies differ",
                  "02",
                  and_also(as_statement, {{"<TxsSummry>", euro_opening + balances},
                                          {"<TxsSummry>", euro_closing + "<TxsSummry>"},
                                          {">1949.50<", ">1949.51<"}}),
                  {"hold CAMT-R13 Stmt[1]/Bal[3]/Amt"}},
        rule_case{"CAMT-R14 credit note taken off in an invoice",
                  "02",
                  {{"<RmtdAmt Ccy=\"SEK\">849.50</RmtdAmt>",
                    "<CdtNoteAmt Ccy=\"SEK\">50.50</CdtNoteAmt><RmtdAmt Ccy=\"SEK\">900.00</RmtdAmt>"}},
                  {}},
        rule_case{"CAMT-R14 credit note in an invoice too much",
                  "02",
                  {{"<RmtdAmt Ccy=\"SEK\">849.50</RmtdAmt>",
                    "<CdtNoteAmt Ccy=\"SEK\">50.50</CdtNoteAmt><RmtdAmt Ccy=\"SEK\">849.50</RmtdAmt>"}},
                  {"hold CAMT-R14 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RmtInf/Strd[1]/RfrdDocAmt/RmtdAmt"}},
        rule_case{"CAMT-R14 amounts differ",
                  "02",
                  {{"SEK\">849.50</Rmtd", "SEK\">849.00</Rmtd"}},
                  {"hold CAMT-R14 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RmtInf/Strd[1]/RfrdDocAmt/RmtdAmt"}},
        rule_case{"CAMT-R14 amount of a reference beyond oere",
                  "02",
                  {{"SEK\">849.50</Rmtd", "SEK\">849.50001</Rmtd"}},
                  {"hold CAMT-R14 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RmtInf/Strd[1]/RfrdDocAmt/RmtdAmt"}},
        rule_case{"CAMT-R14 letters as amount of a reference",
                  "02",
                  {{"SEK\">849.50</Rmtd", "SEK\">Eva</Rmtd"}},
                  {"hold CAMT-R14 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RmtInf/Strd[1]/RfrdDocAmt/RmtdAmt"}},
        rule_case{"CAMT-R14 negative amount of a reference",
                  "02",
                  {{"SEK\">849.50</Rmtd", "SEK\">-849.50</Rmtd"}},
                  {"hold CAMT-R14 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RmtInf/Strd[1]/RfrdDocAmt/RmtdAmt"}},
        rule_case{"CAMT-R14 amount of a reference without currency",
                  "02",
                  {{"<RmtdAmt Ccy=\"SEK\">849.50", "<RmtdAmt>849.50"}},
                  {"hold CAMT-R14 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RmtInf/Strd[1]/RfrdDocAmt/RmtdAmt"}},
        rule_case{"CAMT-R14 credit note taken off",
                  "02",
                  {{"<RmtdAmt Ccy=\"SEK\">849.50</RmtdAmt></RfrdDocAmt>", "<RmtdAmt Ccy=\"SEK\">900.00</RmtdAmt></RfrdDocAmt>"},
                   {"<Ref>1000234706</Ref></CdtrRefInf></Strd>",
                    "<Ref>1000234706</Ref></CdtrRefInf></Strd><Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></"
                    "Tp><Nb>K1</Nb></RfrdDocInf><RfrdDocAmt><CdtNoteAmt Ccy=\"SEK\">50.50</CdtNoteAmt></RfrdDocAmt></Strd>"}},
                  {}},
        rule_case{"CAMT-R14 invoice and credit note in one, with both amounts",
                  "02",
                  {{"<RfrdDocAmt><RmtdAmt Ccy=\"SEK\">849.50</RmtdAmt></RfrdDocAmt>",
                    "<RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>1</Nb></"
                    "RfrdDocInf><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>2</Nb></"
                    "RfrdDocInf><RfrdDocAmt><CdtNoteAmt Ccy=\"SEK\">100.00</CdtNoteAmt><RmtdAmt "
                    "Ccy=\"SEK\">949.50</RmtdAmt></RfrdDocAmt>"}},
                  {}},
        rule_case{"CAMT-R20 duplicate",
                  "02",
                  {{"</CreDtTm>\n      <Acct>", "</CreDtTm><CpyDplctInd>DUPL</CpyDplctInd><Acct>"}},
                  {"info CAMT-R20 Ntfctn[1]/CpyDplctInd"}},
        rule_case{"CAMT-R15 reference of another bankgiro",
                  "02",
                  {{"BG09912346 00041", "BG05550000 00041"}},
                  {"warning CAMT-R15 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RltdPties/CdtrAcct/Id/Othr/Id"}},
        rule_case{"CAMT-R15 reference of a bankgiro, accounts that are none",
                  "02",
                  {{">BGNR<", ">PGNR<"}},
                  {"warning CAMT-R15 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RltdPties/CdtrAcct/Id/Othr/Id"}},
        rule_case{
            "CAMT-R15 reference of a bankgiro, accounts with IBAN",
            "02",
            {{"<Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr>", "<IBAN>SE4550000000058398257466</IBAN>"}},
            {"warning CAMT-R15 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RltdPties/CdtrAcct/Id/IBAN"}},
        rule_case{"CAMT-R16 not ours",
                  "02",
                  {{">9912346<", ">5555551<"}, {"BG09912346", "BG05555551"}},
                  {"hold CAMT-R16 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RltdPties/CdtrAcct/Id/Othr/Id"}},
        rule_case{"CAMT-R16 not ours, in the second payment only",
                  "02",
                  {{second_creditor, other_creditor}},
                  {"hold CAMT-R16 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[2]/RltdPties/CdtrAcct/Id/Othr/Id"}},
        rule_case{"CAMT-R16 hyphen", "02", {{">9912346<", ">991-2346<"}}, {}},
        rule_case{"CAMT-R23 one page",
                  "02",
                  {{"<AddtlInf>/CRED/", "<MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn><AddtlInf>/CRED/"},
                   {"<Sum>2049.50<", "<Sum>9.00<"}},
                  {"warning CAMT-R23 GrpHdr/MsgPgntn/LastPgInd"}},
        rule_case{"CAMT-R12 summary of several pages is not judged",
                  "02",
                  {{"<AddtlInf>/CRED/", "<MsgPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></MsgPgntn><AddtlInf>/CRED/"},
                   {"<TxsSummry>",
                    "<TxsSummry><TtlNtries><NbOfNtries>7</NbOfNtries><Sum>9.00</Sum><TtlNetNtryAmt>9.00</TtlNetNtryAmt>"
                    "<CdtDbtInd>CRDT</CdtDbtInd></TtlNtries>"}},
                  {"warning CAMT-R23 GrpHdr/MsgPgntn/PgNb"}},
        rule_case{
            "CAMT-R13 balances of several pages are not judged",
            "02",
            and_also(as_statement, {{"<TxsSummry>", balances},
                                    {">1949.50<", ">1949.51<"},
                                    {"<Id>EX-0001-1</Id>",
                                     "<Id>EX-0001-1</Id><StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"}}),
            {"warning CAMT-R23 Stmt[1]/StmtPgntn/LastPgInd"}},
        rule_case{"CAMT-R23 the only page with leading zeros",
                  "02",
                  {{"<AddtlInf>/CRED/", "<MsgPgntn><PgNb>00001</PgNb><LastPgInd>true</LastPgInd></MsgPgntn><AddtlInf>/CRED/"}},
                  {}},
        rule_case{"CAMT-R23 the only page",
                  "02",
                  {{"<AddtlInf>/CRED/", "<MsgPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></MsgPgntn><AddtlInf>/CRED/"}},
                  {}},
        rule_case{"CAMT-R30 return",
                  "08",
                  {{"<Ref>1000234706</Ref></CdtrRefInf></Strd></RmtInf>",
                    "<Ref>1000234706</Ref></CdtrRefInf></Strd></RmtInf><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"}},
                  {"hold CAMT-R30 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RtrInf"}},
        rule_case{"CAMT-R30 reversal",
                  "02",
                  {{"<Sts>", "<RvslInd>true</RvslInd><Sts>"}},
                  {"hold CAMT-R30 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/RvslInd",
                   "hold CAMT-R30 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[2]/RvslInd"}},
        rule_case{"CAMT-R30 no reversal", "02", {{"<Sts>", "<RvslInd>false</RvslInd><Sts>"}}, {}},
        rule_case{"CAMT-R31 OCR as document number",
                  "02",
                  {{"<Nb>Faktura 10002355 kund 987</Nb>", "<Nb>1000235505</Nb>"}},
                  {"warning CAMT-R31 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[2]/RmtInf/Strd[1]/RfrdDocInf[1]/Nb"}},
        rule_case{"CAMT-R31 digits that are no OCR", "02", {{"<Nb>Faktura 10002355 kund 987</Nb>", "<Nb>1000235506</Nb>"}}, {}},
        rule_case{"CAMT-R32 debit in a credit entry",
                  "08",
                  {{"849.50</Amt><CdtDbtInd>CRDT<", "849.50</Amt><CdtDbtInd>DBIT<"},
                   {"2049.50</Amt>", "350.50</Amt>"},
                   {"<Sum>2049.50", "<Sum>350.50"},
                   {"<TtlAmt Ccy=\"SEK\">2049.50", "<TtlAmt Ccy=\"SEK\">350.50"}},
                  {"warning CAMT-R32 Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/CdtDbtInd"}}),
    [](const auto& item) {
        std::string text;
        for (const char c : item.param.what)
            text += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
        return text + "_" + item.param.version;
    });

TEST(camt_rules_table, has_a_case_for_each_rule_that_needs_no_ledger) {
    const std::string source = read_text("tests/camt/rules_test.cpp");
    for (const rule_info& each : rules()) {
        if (each.index >= static_cast<std::size_t>(rule::R20) && each.index <= static_cast<std::size_t>(rule::R22)) continue;
        EXPECT_NE(source.find(fmt::format("rule_case{{\"{}", each.id)), std::string::npos) << each.id;
    }
}

TEST(camt_profile, may_name_a_status_that_means_booked) {
    std::string text = worked_example("08");
    text.replace(text.find("<Cd>BOOK</Cd>"), 13, "<Prtry>PAID</Prtry>");
    read_options options = with_receivers();
    options.policy.profile.booked_statuses.insert("PAID");
    EXPECT_THAT(findings_of(text, options), ElementsAre());
}

}  // namespace
}  // namespace brygga::camt
