// Where the findings of camt stand and what they show, and what versions call otherwise.
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/iso20022/camt/meaning.hpp"
#include "formats/iso20022/camt/reader.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::camt {
namespace {

using testing::ElementsAre;

TEST(camt_findings, do_not_show_a_name_that_stands_where_a_number_or_code_should) {
    struct misplaced {
        std::string version, from, to;
    };
    for (const misplaced& each :
         {misplaced{"02", ">2049.50</Amt>", ">Eva Exempel</Amt>"},
          misplaced{"02", "</Amt><CdtDbtInd>CRDT<", "</Amt><CdtDbtInd>Eva Exempel<"}, misplaced{"02", ">BOOK<", ">Eva Exempel<"},
          misplaced{"02", "<NbOfNtries>1<", "<NbOfNtries>Eva Exempel<"}, misplaced{"02", "<NbOfTxs>2<", "<NbOfTxs>Eva Exempel<"},
          misplaced{"02", "SEK\">849.50</Rmtd", "SEK\">Eva Exempel</Rmtd"},
          misplaced{"02", "</RmtInf>", "</RmtInf><RtrInf><Rsn><Cd>Eva Exempel</Cd></Rsn></RtrInf>"}}) {
        const std::string text = changed_example(each.version, {{each.from, each.to}});
        const message_file file = read(text, with_receivers());
        EXPECT_FALSE(file.findings.kept().empty()) << each.to;
        for (const finding& found : file.findings.kept())
            EXPECT_EQ(describe(found).find("Exempel"), std::string::npos) << describe(found);
    }
}

TEST(camt_findings, of_a_missing_element_stand_at_the_entry) {
    const std::string text = changed_example("02", {{"<Amt Ccy=\"SEK\">2049.50</Amt>", ""}});
    const message_file file = read(text, with_receivers());
    ASSERT_FALSE(file.findings.kept().empty());
    EXPECT_EQ(file.findings.kept().front().where.offset, text.find("<Ntry>"));
}

// A finding points at what is at fault: at `place` in the changed document, behind whatever `place` begins with.
struct place_case {
    std::string what, version;
    text_changes changes;
    std::string rule, place;
};

void PrintTo(const place_case& item, std::ostream* out) {
    *out << item.what;
}

class camt_place : public testing::TestWithParam<place_case> {};

std::string two_bytes_each(std::string_view utf8) {
    std::string out = "\xFF\xFE";
    for (const char c : utf8)
        if (static_cast<unsigned char>(c) < 0x80) (out += c) += '\0';
    return out;
}

TEST_P(camt_place, is_that_of_the_element_at_fault) {
    const place_case& item = GetParam();
    std::string text = changed_example(item.version, item.changes);
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const std::size_t offset = text.find(item.place) + item.place.find('>') + 1;
    const auto line =
        1 + static_cast<std::uint64_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
    std::string wide = text;
    wide.replace(wide.find("UTF-8"), 5, "UTF-16");
    const std::size_t wide_offset = 2 + 2 * (offset + 1);
    for (const auto& [document, at] : {std::pair(text, offset), std::pair(two_bytes_each(wide), wide_offset)}) {
        const message_file file = read(document, with_receivers());
        ASSERT_EQ(file.findings.kept().size(), 1U);
        EXPECT_EQ(file.findings.kept()[0].rule->id, item.rule);
        EXPECT_EQ(file.findings.kept()[0].where.offset, at);
        EXPECT_EQ(file.findings.kept()[0].where.line, line);
    }
}

const std::string paged_group_header = "<MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn><AddtlInf>/CRED/";

INSTANTIATE_TEST_SUITE_P(
    documents, camt_place,
    testing::Values(
        place_case{"R10",
                   "02",
                   {{"<Amt Ccy=\"SEK\">2049.50", "<Amt Ccy=\"SEK\">2049.51"}, {"<Sum>2049.50", "<Sum>2049.51"}},
                   "CAMT-R10",
                   "<Amt Ccy=\"SEK\">2049.51"},
        place_case{
            "R11", "02", {{"<TtlAmt Ccy=\"SEK\">2049.50", "<TtlAmt Ccy=\"SEK\">2049.51"}}, "CAMT-R11", "<TtlAmt Ccy=\"SEK\">"},
        place_case{"R14", "02", {{"SEK\">849.50</Rmtd", "SEK\">849.00</Rmtd"}}, "CAMT-R14", "<RmtdAmt Ccy=\"SEK\">849.00"},
        place_case{"R23_message", "02", {{"<AddtlInf>/CRED/", paged_group_header}}, "CAMT-R23", "<LastPgInd>"},
        place_case{"R23_container",
                   "08",
                   {{"<CreDtTm>2026-03-02T16:30:05+01:00</CreDtTm>\n      <Acct>",
                     "<NtfctnPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></NtfctnPgntn><CreDtTm>2026-03-02T16:30:05+01:00</"
                     "CreDtTm>\n      <Acct>"}},
                   "CAMT-R23",
                   "<PgNb>"}),
    [](const auto& item) { return item.param.what; });

TEST(camt_meaning, the_number_of_a_payer_is_that_of_a_company_or_person) {
    const auto id = [](const std::string& number, const std::string& scheme = {}) {
        return "<Othr><Id>" + number + "</Id>" + (scheme.empty() ? "" : "<SchmeNm>" + scheme + "</SchmeNm>") + "</Othr>";
    };
    struct identity_case {
        std::string ids, digits;
    };
    for (const identity_case& each : {identity_case{id("5560004615"), "5560004615"},
                                      {id("16556000-4615"), "165560004615"},
                                      {id("SE556000461501", "<Cd>TXID</Cd>"), "5560004615"},
                                      {id("SE556000461501") + id("5590000001"), "5560004615"},
                                      {id("SE556000461502") + id("5560004615"), "5560004615"},
                                      {id("549300ABCDEFGH1234YZ") + id("5560004615"), "5560004615"},
                                      {id("549300ABCDEFGH1234YZ"), ""},
                                      {id("12") + id("556000-4615"), "5560004615"},
                                      {id("5560004615", "<Cd>CUST</Cd>"), ""},
                                      {id("5560004615", "<Prtry>BANK</Prtry>"), ""},
                                      {id("SE556000461501", "<Cd>BANK</Cd>"), ""}}) {
        struct : sink {
            void payment(const payment_view& item) override {
                if (item.ordinal == 1) digits = identity_of(item.data->debtor);
            }
            std::string digits = "none";
        } seen;
        const std::string text =
            changed_example("02", {{"<Nm>Exempelsson Åsa</Nm>", "<Nm>A</Nm><Id><OrgId>" + each.ids + "</OrgId></Id>"}});
        static_cast<void>(read(text, {}, &seen));
        EXPECT_EQ(seen.digits, each.digits) << each.ids;
    }
}

TEST(camt_findings, of_an_invoice_with_its_credit_note_take_the_note_off_the_invoice) {
    const std::string text = changed_example(
        "02",
        {{"<RfrdDocAmt><RmtdAmt Ccy=\"SEK\">849.50</RmtdAmt></RfrdDocAmt><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></"
          "Tp><Ref>1000234706</Ref></CdtrRefInf>",
          "<RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>K 2</Nb></RfrdDocInf>"
          "<RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>F 1</Nb></RfrdDocInf>"
          "<RfrdDocAmt><CdtNoteAmt Ccy=\"SEK\">100.00</CdtNoteAmt><RmtdAmt Ccy=\"SEK\">949.50</RmtdAmt></RfrdDocAmt>"}});
    struct : sink {
        void payment(const payment_view& item) override {
            if (item.ordinal != 1) return;
            adds_up = item.parts_add_up;
            for (const part& each : item.parts)
                told.push_back(std::string(each.reference) + (each.credit_note ? " credit " : " ") +
                               std::to_string(each.amount_ore.value_or(0)) + " less " + std::to_string(each.taken_off_ore) +
                               " document " + std::to_string(each.document));
        }
        bool adds_up = false;
        std::vector<std::string> told;
    } seen;
    static_cast<void>(read(text, with_receivers(), &seen));
    EXPECT_TRUE(seen.adds_up);
    EXPECT_THAT(seen.told, ElementsAre("F 1 94950 less 10000 document 1", "K 2 0 less 0 document 0"));
}

// The elements that were called otherwise in the first version.
TEST(camt_version_01, is_read_by_its_own_names) {
    std::string text =
        changed_example("02", {{".054.001.02", ".053.001.01"},
                               {"BkToCstmrDbtCdtNtfctn", "BkToCstmrStmtV01"},
                               {"Ntfctn>", "Stmt>"},
                               {"<Othr><Id>58411009823</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr>", "<BBAN>58411009823</BBAN>"},
                               {"<NtryDtls>", ""},
                               {"</NtryDtls>", ""},
                               {"<TxsSummry>", balances},
                               {"<Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>", "<Tp><Cd>OPBD</Cd></Tp>"},
                               {"<Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>", "<Tp><Cd>CLBD</Cd></Tp>"},
                               {">1949.50<", ">1949.51<"},
                               {"<Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>1000234706</Ref>",
                                "<CdtrRefTp><Cd>SCOR</Cd></CdtrRefTp><CdtrRef>1000234706</CdtrRef>"},
                               {"<Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>Faktura 10002355 kund 987</Nb>",
                                "<RfrdDocTp><Cd>CINV</Cd></RfrdDocTp><RfrdDocNb>Faktura 10002355 kund 987</RfrdDocNb>"}});
    struct : sink {
        void payment(const payment_view& each) override {
            for (const part& of : each.parts)
                references.emplace_back(of.reference);
        }
        void entry_closed(const entry_view& each) override { account = bank_account_of(each.container->account); }
        std::vector<std::string> references;
        std::string account;
    } seen;
    const message_file file = read(text, with_receivers(), &seen);
    EXPECT_EQ(seen.references, (std::vector<std::string>{"1000234706", "Faktura 10002355 kund 987"}));
    EXPECT_EQ(seen.account, "5841000001009823");
    ASSERT_EQ(file.containers.size(), 1U);
    EXPECT_EQ(file.containers[0].account, "58411009823");
    EXPECT_THAT(findings_of(text, with_receivers()), ElementsAre("hold CAMT-R13 Stmt[1]/Bal[2]/Amt"));
}

TEST(camt_findings, name_the_details_that_a_payment_stands_in) {
    const std::string text = changed_example("02", {{"</TxDtls>\n        <TxDtls>", "</TxDtls></NtryDtls><NtryDtls><TxDtls>"},
                                                    {"<NbOfTxs>2<", "<NbOfTxs>1<"},
                                                    {"<TtlAmt Ccy=\"SEK\">2049.50", "<TtlAmt Ccy=\"SEK\">849.50"},
                                                    {"1200.00</Amt>", "1200,00</Amt>"}});
    EXPECT_THAT(findings_of(text, with_receivers()),
                ElementsAre("error CAMT-R02 Ntfctn[1]/Ntry[1]/NtryDtls[2]/TxDtls[1]/AmtDtls/TxAmt/Amt"));
}

TEST(camt_findings, of_an_unknown_message_name_what_was_found_and_what_is_known) {
    std::string text = worked_example("02");
    text.replace(text.find("camt.054"), 8, "camt.055");
    text.insert(text.find("<Document"), "<!-- more -->");
    const message_file file = read(text);
    ASSERT_EQ(file.findings.kept().size(), 1U);
    const finding& told = file.findings.kept()[0];
    EXPECT_EQ(told.where.offset, text.find("<Document"));
    EXPECT_EQ(told.found, "urn:iso:std:iso:20022:tech:xsd:camt.055.001.02");
    EXPECT_EQ(told.expected,
              "the namespace urn:iso:std:iso:20022:tech:xsd:camt.052.001.VV, camt.053.001.VV or camt.054.001.VV, with VV from 01 "
              "to 08");
}

}  // namespace
}  // namespace brygga::camt
