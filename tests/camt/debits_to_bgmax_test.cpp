// Debit payments of camt as deductions of BgMax, which holds a section where their payer does not pay as much (BGMAX-R36, R50).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "tests/camt/converted.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::convert {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct paid {
    std::string_view indicator, amount, payer;  // payer: a bankgiro, "IBAN" for one, or none
};

std::string account_of(std::string_view payer) {
    if (payer.empty()) return {};
    return "<DbtrAcct><Id>" +
           (payer == "IBAN" ? "<IBAN>SE4550000000058398257466</IBAN>"
                            : "<Othr><Id>" + std::string(payer) + "</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr>") +
           "</Id></DbtrAcct>";
}

// The worked example of version 08 with other payments.
std::string document_of(const std::vector<paid>& payments, const std::string& net) {
    std::string text = camt::changed_example(
        "08", {{"<Amt Ccy=\"SEK\">2049.50<", "<Amt Ccy=\"SEK\">" + net + "<"}, {"<Sum>2049.50<", "<Sum>" + net + "<"}});
    std::string details;
    for (const paid& each : payments)
        details += "<TxDtls><Amt Ccy=\"SEK\">" + std::string(each.amount) + "</Amt><CdtDbtInd>" + std::string(each.indicator) +
                   "</CdtDbtInd><RltdPties>" + account_of(each.payer) +
                   "<CdtrAcct><Id><Othr><Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct>"
                   "</RltdPties></TxDtls>";
    const std::size_t first = text.find("<NtryDtls>");
    const std::string_view last = "</NtryDtls>";
    return text.replace(first, text.find(last) + last.size() - first, "<NtryDtls>" + details + "</NtryDtls>");
}

struct debit_case {
    std::string_view name;
    std::vector<paid> payments;
    std::string net;
    std::vector<std::string> expected;  // amount columns of each payment with its payer
    std::vector<std::string> notes;
};

class debit_to_bgmax : public testing::TestWithParam<debit_case> {};

TEST_P(debit_to_bgmax, makes_no_section_that_waits) {
    const converted made = convert(document_of(GetParam().payments, GetParam().net));
    EXPECT_EQ(made.error, "");
    EXPECT_EQ(made.notes, GetParam().notes);
    std::vector<std::string> payments;
    for (const std::string& line : made.lines)
        if (line.starts_with("20") || line.starts_with("21")) payments.push_back(line.substr(0, 12));
    EXPECT_EQ(payments, GetParam().expected);
    for (const bgmax::logical_file& file : bgmax::read(made.bytes)) {
        EXPECT_TRUE(file.accepted());
        EXPECT_THAT(file.holds, IsEmpty());
    }
}

const std::string left_out = "1.0 left out: a debit is no deduction of a payer who pays as much in it (BGMAX-R36, R50)";
const std::string given = ".2 changed: a deduction of no stated payer was given the only payer of the deposit";
const std::string by_account = ".2 not carried: the payer's account, which is no bankgiro";

INSTANTIATE_TEST_SUITE_P(
    entries, debit_to_bgmax,
    testing::Values(
        debit_case{"of_its_payer",
                   {{"CRDT", "1000.00", "50501055"}, {"DBIT", "100.00", "50501055"}},
                   "900.00",
                   {"200050501055", "210050501055"},
                   {}},
        debit_case{"before_its_payer",
                   {{"DBIT", "100.00", "50501055"}, {"CRDT", "1000.00", "50501055"}},
                   "900.00",
                   {"210050501055", "200050501055"},
                   {}},
        debit_case{
            "of_another_payer", {{"CRDT", "1000.00", "50501055"}, {"DBIT", "100.00", "5555551"}}, "900.00", {}, {left_out}},
        debit_case{"of_more_than_its_payer_pays",
                   {{"CRDT", "1000.00", "50501055"}, {"CRDT", "99.00", "5555551"}, {"DBIT", "100.00", "5555551"}},
                   "999.00",
                   {},
                   {left_out}},
        debit_case{"of_all_that_its_payer_pays",
                   {{"CRDT", "1000.00", "50501055"}, {"CRDT", "100.00", "5555551"}, {"DBIT", "100.00", "5555551"}},
                   "1000.00",
                   {"200050501055", "200005555551", "210005555551"},
                   {}},
        debit_case{"of_nobody_told_beside_one_payer",
                   {{"CRDT", "1000.00", "50501055"}, {"DBIT", "100.00", ""}},
                   "900.00",
                   {"200050501055", "210050501055"},
                   {"1" + given}},
        debit_case{"of_nobody_told_beside_two_payers",
                   {{"CRDT", "1000.00", "50501055"}, {"CRDT", "1000.00", "5555551"}, {"DBIT", "100.00", ""}},
                   "1900.00",
                   {},
                   {left_out}},
        debit_case{"of_an_account_beside_one_payer",
                   {{"CRDT", "1000.00", "50501055"}, {"DBIT", "100.00", "IBAN"}},
                   "900.00",
                   {},
                   {left_out}},
        debit_case{"of_an_account_beside_a_payer_not_told",
                   {{"CRDT", "1000.00", ""}, {"DBIT", "100.00", "IBAN"}},
                   "900.00",
                   {"200000000000", "210000000000"},
                   {"1" + by_account}},
        debit_case{"all_of_nobody_told",
                   {{"CRDT", "1000.00", ""}, {"DBIT", "100.00", ""}},
                   "900.00",
                   {"200000000000", "210000000000"},
                   {}}),
    [](const auto& item) { return std::string(item.param.name); });

}  // namespace
}  // namespace brygga::convert
