// What the writer writes: the worked example, each kind of account, both versions, the order of the schema.
#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/iso20022/pain/detail/verify.hpp"
#include "formats/xml/reader.hpp"
#include "tests/pain/batches.hpp"

namespace brygga::pain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// supplier-payments.md 7.3
constexpr std::string_view worked_document = R"(<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">
 <CstmrCdtTrfInitn>
  <GrpHdr>
   <MsgId>REFUND-20261123-01</MsgId><CreDtTm>2026-11-23T10:00:00</CreDtTm>
   <NbOfTxs>1</NbOfTxs><CtrlSum>300.50</CtrlSum>
   <InitgPty><Nm>Provstad Energi AB</Nm><Id><OrgId><Othr><Id>5560000001</Id></Othr></OrgId></Id></InitgPty>
  </GrpHdr>
  <PmtInf>
   <PmtInfId>REFUND-20261123-01-P1</PmtInfId><PmtMtd>TRF</PmtMtd>
   <NbOfTxs>1</NbOfTxs><CtrlSum>300.50</CtrlSum>
   <ReqdExctnDt>2026-11-26</ReqdExctnDt>
   <Dbtr><Nm>Provstad Energi AB</Nm></Dbtr>
   <DbtrAcct><Id><IBAN>SE0000000000000000000000</IBAN></Id><Ccy>SEK</Ccy></DbtrAcct>
   <DbtrAgt><FinInstnId><BIC>XXXXSESS</BIC></FinInstnId></DbtrAgt>
   <CdtTrfTxInf>
    <PmtId><InstrId>REFUND-0000001</InstrId><EndToEndId>REFUND-0000001</EndToEndId></PmtId>
    <Amt><InstdAmt Ccy="SEK">300.50</InstdAmt></Amt>
    <CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>SESBA</Cd></ClrSysId><MmbId>3300</MmbId></ClrSysMmbId></FinInstnId></CdtrAgt>
    <Cdtr><Nm>Anna Exempel</Nm></Cdtr>
    <CdtrAcct><Id><Othr><Id>1212121212</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id></CdtrAcct>
    <RmtInf><Ustrd>ÅTERBET 7001</Ustrd></RmtInf>
   </CdtTrfTxInf>
  </PmtInf>
 </CstmrCdtTrfInitn>
</Document>
)";

// Tags, attributes and texts without the blanks between them: "<InstdAmt Ccy=SEK", "300.50", ">".
std::vector<std::string> elements_of(std::string_view document) {
    std::vector<std::string> out;
    xml::reader in(document);
    for (xml::event what = in.next(); what != xml::event::finished && what != xml::event::failed; what = in.next()) {
        if (what == xml::event::end) {
            if (!in.text().empty()) out.emplace_back(in.text());
            out.emplace_back(">");
            continue;
        }
        std::string tag = "<" + std::string(in.name());
        for (const xml::attribute& each : in.attributes())
            tag += fmt::format(" {}={}", each.name, each.value);
        out.push_back(std::move(tag));
    }
    return out;
}

// Children of each element in the order in which they stand, over the whole document.
std::vector<std::pair<std::string, std::vector<std::string>>> children_in(std::string_view document) {
    std::vector<std::pair<std::string, std::vector<std::string>>> ended, open;
    xml::reader in(document);
    for (xml::event what = in.next(); what != xml::event::finished && what != xml::event::failed; what = in.next()) {
        if (what == xml::event::start) {
            if (!open.empty()) open.back().second.emplace_back(in.name());
            open.push_back({std::string(in.name()), {}});
        } else {
            ended.push_back(std::move(open.back()));
            open.pop_back();
        }
    }
    return ended;
}

written write_whole(const batch& item, const bank_profile& profile) {
    auto made = write(item, profile, never_used);
    if (!made) throw std::runtime_error(made.error().text);
    return std::move(*made);
}

TEST(pain_writer, writes_the_worked_example) {
    const written made = write_whole(worked_batch(), worked_profile());
    EXPECT_EQ(elements_of(made.bytes), elements_of(worked_document));
    // The IBAN is a placeholder.
    EXPECT_THAT(short_findings(made.findings), ElementsAre("warning P1-R01 PmtInf/DbtrAcct/Id"));
    EXPECT_EQ(payments_in(made.bytes), worked_batch().payments);
    EXPECT_EQ(payments_in(worked_document), worked_batch().payments);
    EXPECT_THAT(made.replaced, IsEmpty());
}

TEST(pain_writer, leaves_nothing_but_our_own_layout_of_blanks) {
    std::string made = write_whole(worked_batch(), worked_profile()).bytes;
    std::string wanted(worked_document);
    for (std::string* each : {&made, &wanted}) {
        std::string closed;
        for (std::size_t i = 0; i < each->size(); ++i) {
            const char c = (*each)[i];
            // blanks and line ends that stand between two tags
            const std::size_t next = each->find_first_not_of(" \n", i);
            const bool between = (c == ' ' || c == '\n') && !closed.empty() && closed.back() == '>' &&
                                 (next == std::string::npos || (*each)[next] == '<');
            if (!between) closed += c;
        }
        *each = std::move(closed);
    }
    EXPECT_EQ(made, wanted);
}

// ---- accounts, references and what the profile changes ----

struct shape_case {
    std::string what;
    void (*change)(batch& item, bank_profile& profile);
    std::vector<std::string> wanted;  // stand in the document without its blanks
    std::vector<std::string> absent;
};

void PrintTo(const shape_case& item, std::ostream* out) {
    *out << item.what;
}

std::string without_blanks_between(std::string_view document) {
    std::string out;
    for (const std::string& each : elements_of(document))
        out += each + " ";
    return out;
}

class pain_writer_shapes : public testing::TestWithParam<shape_case> {};

TEST_P(pain_writer_shapes, stand_as_the_page_says) {
    batch item = worked_batch();
    bank_profile profile = worked_profile();
    GetParam().change(item, profile);
    const written made = write_whole(item, profile);
    ASSERT_TRUE(made.accepted()) << testing::PrintToString(short_findings(made.findings));
    const std::string document = without_blanks_between(made.bytes);
    for (const std::string& each : GetParam().wanted)
        EXPECT_NE(document.find(each), std::string::npos) << each << "\n" << document;
    for (const std::string& each : GetParam().absent)
        EXPECT_EQ(document.find(each), std::string::npos) << each << "\n" << document;
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(
    batches, pain_writer_shapes,
    testing::Values(
        shape_case{"bankgiro with OCR",
            [](batch& item, bank_profile&) { item.payments[0].account = {account_kind::bankgiro, "", "991-2346"}; item.payments[0].text.clear(); item.payments[0].ocr = "1234567897"; },
            {"<MmbId 9900 >", "<CdtrAcct <Id <Othr <Id 9912346 > <SchmeNm <Prtry BGNR >", "<Strd <RfrdDocAmt <RmtdAmt Ccy=SEK 300.50 > > <CdtrRefInf <Tp <CdOrPrtry <Cd SCOR > > > <Ref 1234567897 >"}, {"<Ustrd"}},
        shape_case{"plusgiro",
            [](batch& item, bank_profile&) { item.payments[0].account = {account_kind::plusgiro, "", "12 34 56-6"}; },
            {"<MmbId 9960 >", "<Id 1234566 > <SchmeNm <Cd BBAN >"}, {}},
        shape_case{"plusgiro at another bank",
            [](batch& item, bank_profile& profile) { item.payments[0].account = {account_kind::plusgiro, "", "1234566"}; profile.plusgiro_member = "9500"; },
            {"<MmbId 9500 >"}, {"9960"}},
        shape_case{"plusgiro given as an account",
            [](batch& item, bank_profile& profile) { item.payments[0].account = {account_kind::bank_account, "9960", "1234566"}; profile.plusgiro_member = "9500"; },
            {"<MmbId 9500 >", "<Id 1234566 >"}, {}},
        shape_case{"account with fifth clearing digit",
            [](batch& item, bank_profile&) { item.payments[0].account = {account_kind::bank_account, "8105-9", "900 000 000-1"}; },
            {"<MmbId 8105 >", "<Id 9000000001 > <SchmeNm <Cd BBAN >"}, {}},
        shape_case{"IBAN",
            [](batch& item, bank_profile&) { item.payments[0].account = {account_kind::iban, "", "SE35 5000 0000 0549 1000 0003"}; },
            {"<CdtrAcct <Id <IBAN SE3550000000054910000003 >"}, {"<CdtrAgt"}},
        shape_case{"salary",
            [](batch& item, bank_profile&) { item.payments[0].purpose = category_purpose::salary; },
            {"<CtrlSum 300.50 > <PmtTpInf <CtgyPurp <Cd SALA > > > <ReqdExctnDt"}, {}},
        shape_case{"supplier not told",
            [](batch& item, bank_profile&) { item.payments[0].purpose = category_purpose::supplier; },
            {}, {"SUPP", "PmtTpInf"}},
        shape_case{"supplier told",
            [](batch& item, bank_profile& profile) { item.payments[0].purpose = category_purpose::supplier; profile.tell_supplier_purpose = true; },
            {"<Cd SUPP >"}, {}},
        shape_case{"batch booking",
            [](batch&, bank_profile& profile) { profile.batch_booking = true; },
            {"<PmtMtd TRF > <BtchBookg true > <NbOfTxs"}, {}},
        shape_case{"initiator known by the bank",
            [](batch&, bank_profile& profile) { profile.initiator = initiator_scheme::bank; },
            {"<Id 5560000001 > <SchmeNm <Cd BANK >"}, {"CUST"}},
        shape_case{"initiator known as a customer",
            [](batch&, bank_profile& profile) { profile.initiator = initiator_scheme::customer; },
            {"<Id 5560000001 > <SchmeNm <Cd CUST >"}, {}},
        shape_case{"address not wanted",
            [](batch& item, bank_profile&) { item.payments[0].creditor_town = "Storstad"; item.payments[0].creditor_country = "SE"; },
            {}, {"PstlAdr"}},
        shape_case{"address",
            [](batch& item, bank_profile& profile) { item.payments[0].creditor_town = "Storstad"; item.payments[0].creditor_country = "SE"; profile.creditor_address = true; },
            {"<Nm Anna Exempel > <PstlAdr <TwnNm Storstad > <Ctry SE > >"}, {}},
        shape_case{"debtor by account number",
            [](batch& item, bank_profile&) { item.account = {debit_form::bban, "54910000003"}; },
            {"<DbtrAcct <Id <Othr <Id 54910000003 > <SchmeNm <Cd BBAN > > > > <Ccy SEK >"}, {"IBAN"}},
        shape_case{"debtor by bankgiro",
            [](batch& item, bank_profile&) { item.account = {debit_form::bankgiro, "9912346"}; },
            {"<DbtrAcct <Id <Othr <Id 9912346 > <SchmeNm <Prtry BGNR >"}, {"IBAN"}},
        shape_case{"version 09",
            [](batch&, bank_profile& profile) { profile.version = 9; },
            {"<Document xmlns=urn:iso:std:iso:20022:tech:xsd:pain.001.001.09", "<ReqdExctnDt <Dt 2026-11-26 > >", "<BICFI XXXXSESS >"}, {"<BIC ", "UETR"}}));
// clang-format on

TEST(pain_writer, makes_one_group_for_each_day_purpose_and_debit_account) {
    batch item = worked_batch();
    item.debtor_bankgiro = "9912346";
    const payment refund = item.payments[0];
    const auto add = [&](std::string id, std::string_view day, category_purpose purpose, creditor_account to) {
        payment each = refund;
        each.id = std::move(id);
        each.execution_date = parse_iso_date(day).value();
        each.purpose = purpose;
        each.account = std::move(to);
        item.payments.push_back(each);
    };
    const creditor_account giro = {account_kind::bankgiro, "", "9912346"};
    add("LATER", "2026-11-27", category_purpose::none, refund.account);
    add("GIRO", "2026-11-26", category_purpose::none, giro);
    add("SALARY", "2026-11-26", category_purpose::salary, refund.account);
    add("SAME", "2026-11-26", category_purpose::none, refund.account);
    const written made = write_whole(item, worked_profile());
    ASSERT_TRUE(made.accepted()) << testing::PrintToString(short_findings(made.findings));
    struct collector : sink {
        void payment(const payment_view& each) override {
            places.push_back(fmt::format("{} {}{}", each.what.id, each.group->id.text, each.group->debtor_account.other.text));
        }
        std::vector<std::string> places;
    } into;
    const initiation_file file = read(made.bytes, {}, &into);
    EXPECT_THAT(into.places,
                ElementsAre("REFUND-0000001 REFUND-20261123-01-P1", "SAME REFUND-20261123-01-P1",
                            "GIRO REFUND-20261123-01-P29912346", "SALARY REFUND-20261123-01-P3", "LATER REFUND-20261123-01-P4"));
    EXPECT_TRUE(file.payments_ore == 5 * 30050);
}

// The lists of iso20022-incoming.md section 7, against the document as it stands.
TEST(pain_writer, keeps_the_order_of_the_schema) {
    const std::map<std::string, std::vector<std::string>> orders = {
        {"CstmrCdtTrfInitn", {"GrpHdr", "PmtInf"}},
        {"GrpHdr", {"MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"}},
        {"InitgPty", {"Nm", "PstlAdr", "Id"}},
        {"PmtInf",
         {"PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt",
          "ChrgBr", "CdtTrfTxInf"}},
        {"CdtTrfTxInf", {"PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"}},
        {"PmtId", {"InstrId", "EndToEndId", "UETR"}},
        {"Cdtr", {"Nm", "PstlAdr"}},
        {"PstlAdr", {"TwnNm", "Ctry"}},
        {"ClrSysMmbId", {"ClrSysId", "MmbId"}},
        {"Othr", {"Id", "SchmeNm"}},
        {"Strd", {"RfrdDocAmt", "CdtrRefInf"}},
        {"CdtrRefInf", {"Tp", "Ref"}},
        {"DbtrAcct", {"Id", "Ccy"}},
    };
    const std::map<std::string, std::vector<std::string>> wanted = {
        {"GrpHdr", {"MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"}},
        {"PmtInf", {"PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt", "CdtTrfTxInf"}},
        {"CdtTrfTxInf", {"PmtId", "Amt", "Cdtr", "CdtrAcct"}},
        {"PmtId", {"EndToEndId"}},
        {"Cdtr", {"Nm"}},
    };
    batch item = worked_batch();
    payment& first = item.payments[0];
    first.creditor_town = "Storstad";
    first.creditor_country = "SE";
    first.purpose = category_purpose::pension;
    payment second = first;
    second.id = "REFUND-0000002";
    second.account = {account_kind::bankgiro, "", "9912346"};
    second.text.clear();
    second.ocr = "1234567897";
    item.payments.push_back(second);
    for (const std::uint16_t version : {std::uint16_t{3}, std::uint16_t{9}}) {
        bank_profile profile;
        profile.version = version;
        profile.creditor_address = true;
        profile.initiator = initiator_scheme::bank;
        const written made = write_whole(item, profile);
        ASSERT_TRUE(made.accepted()) << testing::PrintToString(short_findings(made.findings));
        for (const auto& [name, children] : children_in(made.bytes)) {
            if (const auto order = orders.find(name); order != orders.end()) {
                std::size_t at = 0;
                for (const std::string& each : children) {
                    const auto found = std::find(order->second.begin(), order->second.end(), each);
                    ASSERT_NE(found, order->second.end()) << name << "/" << each;
                    const auto index = static_cast<std::size_t>(found - order->second.begin());
                    EXPECT_LE(at, index) << name << "/" << each;
                    at = index;
                }
            }
            if (const auto needs = wanted.find(name); needs != wanted.end()) {
                for (const std::string& each : needs->second)
                    EXPECT_NE(std::find(children.begin(), children.end(), each), children.end()) << name << "/" << each;
            }
        }
    }
}

// ---- reading back ----

TEST(pain_writer, finds_bytes_that_do_not_say_what_was_given) {
    const batch item = worked_batch();
    const bank_profile profile = worked_profile();
    const std::string bytes = write_whole(item, profile).bytes;
    const std::vector<const payment*> order = {&item.payments[0]};
    const auto found = [&](const std::string& document) {
        written into{{}, {}, {}, {}, finding_list(rules())};
        detail::verify(document, item, order, profile, into);
        return short_findings(into.findings);
    };
    const std::string place = "error P1-R01 PmtInf[1]/CdtTrfTxInf[1]";
    EXPECT_THAT(found(bytes), IsEmpty());
    EXPECT_THAT(found(changed(bytes, "300.50", "300.51")), ElementsAre(place));
    EXPECT_THAT(found(changed(bytes, "Anna", "Anne")), ElementsAre(place));
    EXPECT_THAT(found(changed(bytes, "7001", "7002")), ElementsAre(place));
    EXPECT_THAT(found(changed(bytes, "\"SEK\"", "\"EUR\"")), ElementsAre(place));
    EXPECT_THAT(found(changed(bytes, "2026-11-26", "2026-11-27")), ElementsAre(place));
    EXPECT_THAT(found(changed(bytes, "XXXXSESS", "YYYYSESS")), ElementsAre("error P1-R01 PmtInf[1]"));
    EXPECT_THAT(found(changed(bytes, "SE0000000000000000000000", "SE0000000000000000000001")),
                ElementsAre("error P1-R01 PmtInf[1]"));
    EXPECT_THAT(found(changed(bytes, "T10:00", "T11:00")), ElementsAre("error P1-R01 GrpHdr"));
    EXPECT_THAT(found(changed(bytes, "<CtrlSum>300.50", "<CtrlSum>300.51")),
                ElementsAre("error P1-R01 PmtInf[1]/CtrlSum", "error P1-R01 GrpHdr/CtrlSum"));
    const std::size_t begin = bytes.find("      <CdtTrfTxInf>");
    const std::size_t end = bytes.find("    </PmtInf>");
    std::string twice = bytes;
    twice.insert(end, bytes.substr(begin, end - begin));
    EXPECT_THAT(found(twice), testing::Contains("error P1-R01 GrpHdr/NbOfTxs"));
}

}  // namespace
}  // namespace brygga::pain
