// R: buyer and seller, their addresses and tax schemes.
#include "formats/einvoice/svefaktura/rule.hpp"
#include "formats/einvoice/svefaktura/text_forms.hpp"

namespace brygga::einvoice::svefaktura {

namespace {

constexpr path party_name = "PartyName/Name";

bool is_not_mixed(const document_facts&, element here, complaint& why) {
    why.expected = "a free address or one of parts, not both";
    if (!here.child("AddressLine"_el)) return true;
    return !here.child("Postbox"_el) && !here.child("StreetName"_el) && !here.child("Department"_el);
}

bool has_more_lines(const document_facts&, element here, complaint& why) {
    constexpr path line = "Line";
    why.expected = "more than one line";
    return line.count(here) != 1;
}

bool has_town_and_postcode(const document_facts&, element here, complaint& why) {
    why.expected = "CityName and PostalZone";
    return here.child("CityName"_el) && here.child("PostalZone"_el);
}

bool has_no_identifier(const document_facts&, element here, complaint& why) {
    why.expected = "the identifier of the party instead";
    return !here.child("ID"_el);
}

bool has_one_identifier(const document_facts&, element here, complaint& why) {
    constexpr path identifier = "PartyIdentification";
    why.expected = "at most one PartyIdentification";
    why.found = std::to_string(identifier.count(here));
    return identifier.count(here) <= 1;
}

// Below Party/PartyTaxScheme.
bool is_another_name(const document_facts&, element here, complaint& why) {
    why.expected = "none, as it is the name";
    bool is_same = false;
    party_name.each(here.parent().parent(), [&](element each) { is_same = is_same || each.text() == here.text(); });
    return !is_same;
}

bool is_vat_or_swt(const document_facts&, element here, complaint& why) {
    why.expected = "VAT or SWT";
    return here.text() == "VAT" || here.text() == "SWT";
}

bool has_tax_scheme(const document_facts&, element here, complaint& why) {
    constexpr path scheme = "Party/PartyTaxScheme";
    why.expected = "PartyTaxScheme";
    return static_cast<bool>(scheme.first(here));
}

bool has_organisation_number(const document_facts& document, element, complaint& why) {
    why.expected = "an organisation number (SWT)";
    return document.has_seller_number;
}

bool seller_has_vat_number(const document_facts& document, element, complaint& why) {
    why.expected = "a VAT number of the seller (VAT)";
    return document.has_seller_vat;
}

}  // namespace

void add_party_rules(std::vector<rule>& to) {
    const path buyer_address = "BuyerParty/Party/Address", seller_address = "SellerParty/Party/Address";
    // clang-format off
    const rule rules[] = {
        {"R-33", severity::info, buyer_address, is_not_mixed, "The buyer's address is free or in parts, not both."},
        {"R-34", severity::info, path("BuyerParty/Party/Address/AddressLine"), has_more_lines, "A free address of the buyer has more than one line."},
        {"R-35", severity::error, path("BuyerParty/Party/PartyTaxScheme/RegistrationName"), is_another_name, "The buyer's registered name is there only when it differs from the name."},
        {"R-36", severity::warning, path("BuyerParty/Party/PartyTaxScheme/CompanyID"), is_without_marks, "The buyer's numbers have no editing characters."},
        {"R-37", severity::error, path("BuyerParty/Party/PartyTaxScheme/TaxScheme/ID"), is_vat_or_swt, "The buyer's tax scheme is VAT or SWT."},
        {"R-38", severity::error, path("SellerParty"), has_tax_scheme, "The seller has a tax scheme."},
        {"R-39", severity::info, path("SellerParty/Party"), has_organisation_number, "The seller's organisation number is given as SWT."},
        {"R-40", severity::info, seller_address, is_not_mixed, "The seller's address is free or in parts, not both."},
        {"R-41", severity::info, path("SellerParty/Party/Address/AddressLine"), has_more_lines, "A free address of the seller has more than one line."},
        {"R-44", severity::error, path("SellerParty/Party/PartyTaxScheme/RegistrationName"), is_another_name, "The seller's registered name is there only when it differs from the name."},
        {"R-45", severity::warning, path("SellerParty/Party/PartyTaxScheme/CompanyID"), is_without_marks, "The seller's numbers have no editing characters."},
        {"R-46", severity::error, path("SellerParty/Party/PartyTaxScheme/TaxScheme/ID"), is_vat_or_swt, "The seller's tax scheme is VAT or SWT."},
        {"R-88", severity::error, path("TaxTotal/TaxSubTotal"), seller_has_vat_number, "A VAT breakdown needs a VAT number of the seller."},
        {"R-93", severity::info, buyer_address, has_town_and_postcode, "The buyer's town and postal code have elements of their own."},
        {"R-94", severity::info, seller_address, has_town_and_postcode, "The seller's town and postal code have elements of their own."},
        {"R-98", severity::info, {"Party"_el}, has_one_identifier, "A party has at most one identifier."},
        {"R-99", severity::info, {"Address"_el}, has_no_identifier, "The party is identified, not its address."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice::svefaktura
