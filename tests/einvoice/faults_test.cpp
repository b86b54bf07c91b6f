// Each rule has a document that breaks it and, but for those that say the same in other words, no other one.
#include <gmock/gmock.h>

#include "formats/einvoice/generator.hpp"
#include "formats/einvoice/peppol/writer.hpp"
#include "tests/einvoice/edits.hpp"
#include "tests/einvoice/verdicts.hpp"

namespace brygga::einvoice::testing {

namespace {

using ::testing::IsEmpty;

const fault_file& faults() {
    static const fault_file read = [] {
        invoice_inventor inventor(7, date{std::chrono::year{2026}, std::chrono::November, std::chrono::day{5}});
        const invoice made = inventor.invent(10, false);
        const auto document = [](const invoice& of) { return peppol::document_of(of, peppol::flavour::network); };
        return read_faults(std::filesystem::path(BRYGGA_SOURCE_DIR) / "tests/einvoice/faults.txt",
                           {{"", document(made)}, {"credit", document(inventor.credit(made))}}, syntax_of);
    }();
    return read;
}

TEST(planted_faults, begin_with_documents_that_are_right) {
    for (const auto& [name, base] : faults().bases)
        EXPECT_THAT(broken_by(written(base)), IsEmpty()) << name;
}

TEST(planted_faults, are_found_by_the_rule_that_is_meant) {
    for (const planted_fault& each : faults().faults) {
        item document = faults().bases.at(each.base);
        for (const std::string& edit : each.edits)
            try {
                carry_out(edit, document, *syntax_of(document.is));
            } catch (const std::exception& wrong) {
                ADD_FAILURE() << each.rule << ": " << edit << ": " << wrong.what();
            }
        std::set<std::string> expected = each.also;
        expected.insert(each.rule);
        EXPECT_EQ(broken_by(written(document)), expected) << "faults.txt line " << each.line;
    }
}

// Those that the published rule sets hold always, and some that no document which is made can show: below.
const std::set<std::string_view> without_fault = {"BR-CO-05",  "BR-CO-06", "BR-CO-07", "BR-CO-08", "BR-DEC-13",
                                                  "BR-DEC-15", "EINV-S01", "EINV-S06", "EINV-S09"};

TEST(planted_faults, are_there_for_each_rule) {
    std::set<std::string> planted;
    for (const planted_fault& each : faults().faults)
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
    std::string swapped = written(faults().bases.at(""));
    const std::size_t at = swapped.find("<cbc:BuyerReference>4711</cbc:BuyerReference>");
    swapped.replace(at, 45, "<cac:BuyerReference>4711</cac:BuyerReference>");
    EXPECT_THAT(broken_by(swapped), ::testing::ElementsAre("EINV-S06"));
    std::string mixed = written(faults().bases.at(""));
    mixed.insert(mixed.find("<cac:AccountingSupplierParty>"), "text");
    EXPECT_THAT(broken_by(mixed), ::testing::ElementsAre("EINV-S09"));
}

}  // namespace

}  // namespace brygga::einvoice::testing
