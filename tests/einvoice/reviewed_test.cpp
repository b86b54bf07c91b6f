// Documents of a review that got past, were refused though they are right, or took too long.
#include <stdexcept>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/einvoice/generator.hpp"
#include "formats/einvoice/peppol/writer.hpp"
#include "tests/einvoice/verdicts.hpp"

namespace brygga::einvoice::testing {

namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string right(bool credit = false) {
    invoice_inventor inventor(9, date{std::chrono::year{2026}, std::chrono::November, std::chrono::day{5}});
    const invoice made = inventor.invent(6, false);
    return written(peppol::document_of(credit ? inventor.credit(made) : made, peppol::flavour::network));
}

// The first place of `from` is `to` instead.
std::string changed(std::string document, std::string_view from, std::string_view to) {
    const std::size_t at = document.find(from);
    if (at == std::string::npos) throw std::runtime_error("nothing to change: " + std::string(from));
    return document.replace(at, from.size(), to);
}

TEST(einvoice_reviewed, an_extension_says_nothing_of_the_invoice) {
    const std::string extension =
        "<ext:UBLExtensions "
        "xmlns:ext=\"urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2\"><ext:UBLExtension>"
        "<ext:ExtensionContent><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:LegalMonetaryTotal>"
        "<cbc:TaxExclusiveAmount currencyID=\"SEK\">1.00</cbc:TaxExclusiveAmount></cac:LegalMonetaryTotal>"
        "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>\n  <cbc:CustomizationID>";
    EXPECT_THAT(broken_by(changed(right(), "<cbc:CustomizationID>", extension)), ElementsAre("UBL-CR"));
}

TEST(einvoice_reviewed, totals_elsewhere_are_not_those_of_the_document) {
    const std::string total = "<cac:TaxTotal><cbc:TaxAmount currencyID=\"SEK\">1.00</cbc:TaxAmount></cac:TaxTotal><cac:Item>";
    EXPECT_THAT(broken_by(changed(right(), "<cac:Item>", total)), ElementsAre("UBL-CR"));
}

TEST(einvoice_reviewed, a_root_has_the_namespace_of_its_name) {
    EXPECT_THAT(broken_by(changed(right(), "xsd:Invoice-2", "xsd:CreditNote-2")), Contains("EINV-S01"));
    EXPECT_THAT(broken_by(changed(right(true), "<cbc:CreditNoteTypeCode>",
                                  "<cbc:DueDate>2026-11-30</cbc:DueDate><cbc:CreditNoteTypeCode>")),
                Contains("EINV-S06"));
    EXPECT_THAT(broken_by(changed(right(), "<cac:Item>", "<x xmlns=\"urn:other\">1</x><cac:Item>")), Contains("EINV-S06"));
    EXPECT_THAT(broken_by(changed(right(), "<cac:Item>",
                                  "<i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" href=\"a\">x</i:include><cac:Item>")),
                Contains("EINV-S06"));
}

TEST(einvoice_reviewed, blanks_are_characters_of_amounts_and_days) {
    EXPECT_THAT(broken_by(changed(right(), "<cbc:IssueDate>", "<cbc:IssueDate> ")), ElementsAre("PEPPOL-EN16931-F001"));
    const std::string amount = right();
    const std::size_t end = amount.find("</cbc:PayableAmount>");
    EXPECT_THAT(broken_by(std::string(amount).insert(end, " ")), ElementsAre("BR-DEC-18", "UBL-DT-01"));
}

TEST(einvoice_reviewed, the_subject_of_a_note_is_counted_in_characters) {
    const auto with_note = [](std::string_view text) {
        return changed(right(), "<cbc:DocumentCurrencyCode>",
                       fmt::format("<cbc:Note>{}</cbc:Note><cbc:DocumentCurrencyCode>", text));
    };
    EXPECT_THAT(broken_by(with_note("Kund #\xC3\xA5\x61# ok")), IsEmpty());
    EXPECT_THAT(broken_by(with_note("#\xC3\x85ke#")), ElementsAre("BR-CL-08"));
}

TEST(einvoice_reviewed, zeros_make_no_number_too_long) {
    EXPECT_THAT(
        broken_by(changed(right(), "</cbc:InvoicedQuantity>", ".0000000000000000000000000000000000</cbc:InvoicedQuantity>")),
        IsEmpty());
}

TEST(einvoice_reviewed, an_attribute_of_another_namespace_is_another) {
    EXPECT_THAT(broken_by(changed(right(), "<cbc:EndpointID schemeID", "<cbc:EndpointID xmlns:q=\"urn:q\" q:schemeID")),
                Contains("BR-62"));
}

TEST(einvoice_reviewed, findings_hold_no_number_of_a_person_in_clear) {
    const std::string bytes = changed(right(), "<cbc:BuyerReference>4711",
                                      "<cbc:BuyerReference>4711</cbc:BuyerReference><cac:OrderReference><cbc:ID>1</cbc:ID>"
                                      "</cac:OrderReference><cbc:BuyerReference>4711");
    const std::string person =
        changed(bytes, "<cac:AccountingCustomerParty>\n    <cac:Party>\n      <cbc:EndpointID schemeID=\"0007\">",
                "<cac:AccountingCustomerParty>\n    <cac:Party>\n      <cbc:EndpointID schemeID=\"0007\">8112289874");
    const tree read(person);
    finding_list findings(rules());
    evaluate(read, person, findings);
    bool told = false;
    for (const finding& each : findings.kept()) {
        told = told || each.found.find("8112289874") != std::string::npos;
        EXPECT_THAT(describe(each), ::testing::Not(::testing::HasSubstr("8112289874")));
    }
    EXPECT_TRUE(told);
}

}  // namespace

}  // namespace brygga::einvoice::testing
