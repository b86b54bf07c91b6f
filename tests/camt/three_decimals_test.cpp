// CAMT-R02 judges the decimals of currencies that have two: an amount in another refuses no message, and is counted nowhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/camt/converted.hpp"
#include "tests/camt/documents.hpp"

namespace brygga::camt {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The worked example with a second entry in front, to an IBAN.
std::string with_entry(const std::string& currency, const std::string& amount, const std::string& details) {
    const std::string entry =
        "<Ntry><NtryRef>7</NtryRef><Amt Ccy=\"" + currency + "\">" + amount +
        "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt><NtryDtls>" + details +
        "</NtryDtls></Ntry>\n      <Ntry>\n";
    const std::string summary =
        "<TxsSummry><TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>2049.50</Sum></TtlCdtNtries></TxsSummry>";
    return changed_example("08", {{summary, ""}, {"<Ntry>\n", entry}});
}

std::string payment(const std::string& amount) {
    return "<TxDtls>" + amount +
           "<CdtDbtInd>CRDT</CdtDbtInd><RltdPties><CdtrAcct><Id><IBAN>SE4550000000058398257466</IBAN></Id></CdtrAcct></RltdPties>"
           "</TxDtls>";
}

struct decimals_case {
    std::string_view name, currency, amount;
    std::string details;
    std::vector<std::string> findings;
    std::string note;
};

class three_decimals : public testing::TestWithParam<decimals_case> {};

TEST_P(three_decimals, leave_the_other_entries_as_they_are) {
    const std::string document = with_entry(std::string(GetParam().currency), std::string(GetParam().amount), GetParam().details);
    EXPECT_EQ(findings_of(document, with_receivers()), GetParam().findings);
    const convert::converted made = convert::convert(document);
    EXPECT_EQ(made.error, "");
    EXPECT_THAT(made.notes, ElementsAre(GetParam().note));
    EXPECT_EQ(made.lines.back(), "7000000002000000000000000000000001");
}

const std::string in_payment = "Ntfctn[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]/Amt";

INSTANTIATE_TEST_SUITE_P(
    entries, three_decimals,
    testing::Values(decimals_case{"in_a_payment",
                                  "SEK",
                                  "35.00",
                                  payment("<Amt Ccy=\"KWD\">1.234</Amt>"),
                                  {"warning CAMT-R02 " + in_payment, "warning CAMT-R10 " + in_payment + "/@Ccy"},
                                  "1.0 left out: a payment without amount or in another currency"},
                    decimals_case{"in_the_entry",
                                  "KWD",
                                  "1.234",
                                  payment("<Amt Ccy=\"KWD\">1.234</Amt>"),
                                  {"warning CAMT-R02 Ntfctn[1]/Ntry[1]/Amt", "warning CAMT-R10 Ntfctn[1]/Ntry[1]/Amt/@Ccy",
                                   "warning CAMT-R02 " + in_payment},
                                  "1.0 left out: without an amount in öre"},
                    decimals_case{"in_the_entry_of_a_payment_without_amount",
                                  "KWD",
                                  "1.234",
                                  payment(""),
                                  {"warning CAMT-R02 Ntfctn[1]/Ntry[1]/Amt", "warning CAMT-R10 Ntfctn[1]/Ntry[1]/Amt/@Ccy"},
                                  "1.0 left out: without an amount in öre"}),
    [](const auto& item) { return std::string(item.param.name); });

TEST(three_decimals_test, refuse_a_message_in_other_currencies_and_when_they_are_none) {
    for (const auto& [currency, amount] : {std::pair<std::string, std::string>{"SEK", "1.234"},
                                           {"USD", "1.234"},
                                           {"KWD", "1.2x4"},
                                           {"KWD", "1.234567"},
                                           {"KWD", "1,234"}})
        EXPECT_FALSE(read(with_entry("SEK", "35.00", payment("<Amt Ccy=\"" + currency + "\">" + amount + "</Amt>"))).accepted())
            << currency << amount;
    EXPECT_TRUE(read(with_entry("SEK", "35.00", payment("<Amt Ccy=\"KWD\">1.2340</Amt>"))).accepted());
}

TEST(three_decimals_test, stand_in_the_sum_of_entries_in_such_a_currency) {
    const auto with_sum = [](const std::string& currency) {
        return changed_example("08", {{"<Sum>2049.50<", "<Sum>2049.505<"},
                                      {"Ccy=\"SEK\"", "Ccy=\"" + currency + "\""},
                                      {"<Ccy>SEK<", "<Ccy>" + currency + "<"}});
    };
    EXPECT_THAT(findings_of(with_sum("KWD"), with_receivers()), IsEmpty());
    EXPECT_THAT(findings_of(with_sum("SEK"), with_receivers()),
                ElementsAre("error CAMT-R02 Ntfctn[1]/TxsSummry/TtlCdtNtries/Sum"));
}

}  // namespace
}  // namespace brygga::camt
