// Nothing of a camt payment is lost in silence on the way to BgMax: it is carried or told (iso20022-incoming.md section 6.1).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/camt/converted.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::convert {
namespace {

const std::string street = "<StrtNm>Provgatan 7 LGH 1102</StrtNm>";
const std::string document_number = "<Nb>Faktura 10002355 kund 987</Nb>";
const std::string lost_address =
    "not carried: parts of the payer's address that BgMax has no field for (department, building, floor, room, district)";
const std::string lost_parties = "1.2 not carried: names of others in a reference (Invcr, Invcee)";

struct loss_case {
    std::string_view name, version;
    camt::text_changes changes;
    std::vector<std::string> expected;  // lines that stand one after the other
    std::vector<std::string> notes;
};

class not_in_silence : public testing::TestWithParam<loss_case> {};

TEST_P(not_in_silence, is_carried_or_told) {
    const converted made = convert(camt::changed_example(GetParam().version, GetParam().changes));
    EXPECT_EQ(made.error, "");
    EXPECT_EQ(made.notes, GetParam().notes);
    const std::vector<std::string>& expected = GetParam().expected;
    EXPECT_NE(std::search(made.lines.begin(), made.lines.end(), expected.begin(), expected.end()), made.lines.end())
        << testing::PrintToString(made.lines);
}

INSTANTIATE_TEST_SUITE_P(
    payments, not_in_silence,
    testing::Values(
        loss_case{"a_box",
                  "08",
                  {{street, "<PstBx>Box 12</PstBx>"}},
                  {"26Exempelsson Åsa", "27Box 12                             123 45"},
                  {}},
        loss_case{
            "a_number_of_a_box", "08", {{street, "<PstBx>12</PstBx>"}}, {"27Box 12                             123 45"}, {}},
        loss_case{"a_box_beside_a_street",
                  "08",
                  {{street, street + "<PstBx>12</PstBx>"}},
                  {"26Exempelsson Åsa                    Box 12", "27Provgatan 7 LGH 1102               123 45"},
                  {}},
        loss_case{"a_box_beside_a_street_and_a_line",
                  "08",
                  {{street, street + "<PstBx>12</PstBx>"},
                   {"<TwnNm>PROVKÖPING</TwnNm></PstlAdr></Pty></Dbtr>", "<AdrLine>c/o Prov</AdrLine></PstlAdr></Pty></Dbtr>"}},
                  {"26Exempelsson Åsa                    Box 12", "27Provgatan 7 LGH 1102               123 45"},
                  {"1.1 not carried: a name or address line is longer than its field"}},
        loss_case{"the_name_of_a_building",
                  "08",
                  {{street, street + "<BldgNm>Huset</BldgNm>"}},
                  {"27Provgatan 7 LGH 1102               123 45"},
                  {"1.1 " + lost_address}},
        loss_case{"a_floor", "08", {{street, street + "<Flr>3</Flr>"}}, {}, {"1.1 " + lost_address}},
        loss_case{"a_room", "08", {{street, street + "<Room>4</Room>"}}, {}, {"1.1 " + lost_address}},
        loss_case{"a_place", "08", {{street, street + "<TwnLctnNm>Byn</TwnLctnNm>"}}, {}, {"1.1 " + lost_address}},
        loss_case{"a_district", "08", {{street, street + "<DstrctNm>Norr</DstrctNm>"}}, {}, {"1.1 " + lost_address}},
        loss_case{"a_department", "08", {{street, "<Dept>Ekonomi</Dept>" + street}}, {}, {"1.1 " + lost_address}},
        loss_case{"a_part_of_a_department", "02", {{street, "<SubDept>FE 12</SubDept>" + street}}, {}, {"1.1 " + lost_address}},
        loss_case{"a_region",
                  "02",
                  {{"<PstCd>123 45</PstCd>", "<PstCd>123 45</PstCd><CtrySubDvsn>Testland</CtrySubDvsn>"}},
                  {},
                  {"1.1 " + lost_address}},
        loss_case{"lines_of_an_invoice",
                  "08",
                  {{document_number, document_number + "<LineDtls><Id><Nb>1</Nb></Id><Desc>Elnät mars</Desc></LineDtls>"
                                                       "<LineDtls><Id><Nb>2</Nb></Id><Desc>Fjärrvärme</Desc></LineDtls>"}},
                  {"25654", "25Elnät mars", "25Fjärrvärme", "26Testström Nils"},
                  {}},
        loss_case{"who_made_the_invoice",
                  "08",
                  {{"<AddtlRmtInf>654", "<Invcr><Nm>Annat AB</Nm></Invcr><AddtlRmtInf>654"}},
                  {"25654"},
                  {lost_parties}},
        loss_case{"whose_invoice_it_is",
                  "02",
                  {{"<AddtlRmtInf>654", "<Invcee><Nm>Annan Eva</Nm></Invcee><AddtlRmtInf>654"}},
                  {"25654"},
                  {lost_parties}},
        loss_case{"information_of_an_entry_with_several_payments",
                  "02",
                  {{"</NtryDtls>", "</NtryDtls><AddtlNtryInf>Dagens inbetalningar</AddtlNtryInf>"}},
                  {},
                  {"1.0 not carried: the additional information of an entry with several payments"}},
        loss_case{"the_number_of_another_bankgiros_deposit",
                  "02",
                  {{"<NtryRef>BG09912346", "<NtryRef>BG05253604"}},
                  {},
                  {"1.0 not carried: the number of another bankgiro's deposit (CAMT-R15)"}}),
    [](const auto& item) { return std::string(item.param.name); });

// The worked example of version 02 with its second payment only.
std::string with_one_payment(const camt::text_changes& changes) {
    std::string text = camt::changed_example("02", {{"2049.50", "1200.00"}, {"<NbOfTxs>2<", "<NbOfTxs>1<"}});
    const std::size_t first = text.find("<TxDtls>");
    text.erase(first, text.find("<TxDtls>", first + 1) - first);
    for (const auto& [from, to] : changes)
        text.replace(text.find(from), from.size(), to);
    return text;
}

TEST(entry_of_one_payment, gives_it_its_additional_information) {
    const std::string end = "</NtryDtls>";
    const converted made = convert(with_one_payment({{end, end + "<AddtlNtryInf>OCR 1000234706 Ω</AddtlNtryInf>"}}));
    EXPECT_THAT(made.lines, testing::IsSupersetOf({"25654", "25OCR 1000234706 ?", "26Testström Nils"}));
    EXPECT_THAT(made.notes, testing::ElementsAre("1.1 not carried: letters outside ISO 8859-1 were written as '?'"));
}

TEST(entry_of_one_payment, repeats_nothing_that_the_payment_says) {
    const std::string plain = convert(with_one_payment({})).bytes;
    for (const std::string said : {"654", "Faktura 10002355 kund 987"}) {
        const std::string end = "</NtryDtls>";
        const converted made = convert(with_one_payment({{end, end + "<AddtlNtryInf> " + said + "\n</AddtlNtryInf>"}}));
        EXPECT_EQ(made.bytes, plain);
        EXPECT_THAT(made.notes, testing::IsEmpty());
    }
}

}  // namespace
}  // namespace brygga::convert
