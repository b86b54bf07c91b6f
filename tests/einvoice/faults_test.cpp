// Each rule has a document that breaks it and, but for those that say the same in other words, no other one.
#include <gmock/gmock.h>

#include "formats/einvoice/generator.hpp"
#include "formats/einvoice/peppol/generator.hpp"
#include "tests/einvoice/verdicts.hpp"

namespace brygga::einvoice::testing {

namespace {

using ::testing::IsEmpty;

const fault_table& faults() {
    static const fault_table read = peppol::faults(7, default_invoice_day).value();
    return read;
}

TEST(planted_faults, begin_with_documents_that_are_right) {
    for (const auto& [name, base] : faults().bases())
        EXPECT_THAT(broken_by(written(base)), IsEmpty()) << name;
}

TEST(planted_faults, are_found_by_the_rule_that_is_meant) {
    for (const planted_fault& each : faults().faults()) {
        const auto document = faults().document_with(each);
        ASSERT_TRUE(document) << each.rule << ": " << document.error().text;
        std::set<std::string> expected = each.also;
        expected.insert(each.rule);
        EXPECT_EQ(broken_by(written(*document)), expected) << "peppol.txt line " << each.line;
    }
}

TEST(planted_faults, are_found_in_documents_of_any_seed) {
    const fault_table others = peppol::faults(20261101, default_invoice_day).value();
    for (const planted_fault& each : others.faults()) {
        const auto document = others.document_with(each);
        ASSERT_TRUE(document) << each.rule << ": " << document.error().text;
        EXPECT_TRUE(broken_by(written(*document)).contains(each.rule)) << "peppol.txt line " << each.line;
    }
}

// Those that the published rule sets hold always, and some that no document which is made can show: below.
const std::set<std::string_view> without_fault = {"BR-CO-05",  "BR-CO-06", "BR-CO-07", "BR-CO-08", "BR-DEC-13",
                                                  "BR-DEC-15", "EINV-S01", "EINV-S06", "EINV-S09"};

TEST(planted_faults, are_there_for_each_rule) {
    std::set<std::string> planted;
    for (const planted_fault& each : faults().faults())
        planted.insert(each.rule);
    for (const rule_info& each : rules())
        EXPECT_EQ(planted.contains(std::string(each.id)), !without_fault.contains(each.id)) << each.id;
}

TEST(forms_that_are_wrong, are_told_by_the_first_rules) {
    for (const std::string_view bytes :
         {"", "<Invoice", "<Order/>", "<!DOCTYPE Invoice><Invoice/>",
          "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>",
          "<CreditNote xmlns='urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2'><ID>&xxe;</ID></CreditNote>"})
        EXPECT_TRUE(broken_by(bytes).contains("EINV-S01")) << bytes;
    std::string swapped = written(faults().bases().at(""));
    const std::size_t at = swapped.find("<cbc:BuyerReference>4711</cbc:BuyerReference>");
    swapped.replace(at, 45, "<cac:BuyerReference>4711</cac:BuyerReference>");
    EXPECT_THAT(broken_by(swapped), ::testing::ElementsAre("EINV-S06"));
    std::string mixed = written(faults().bases().at(""));
    mixed.insert(mixed.find("<cac:AccountingSupplierParty>"), "text");
    EXPECT_THAT(broken_by(mixed), ::testing::ElementsAre("EINV-S09"));
}

}  // namespace

}  // namespace brygga::einvoice::testing
