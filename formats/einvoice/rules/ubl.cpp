// UBL-SR, UBL-DT and UBL-CR: how often elements of UBL may stand, and which of them and of their attributes EN 16931 uses
// (einvoice.md section 4.5).
#include "formats/einvoice/rules/lists.hpp"
#include "formats/einvoice/rules/rule.hpp"

namespace brygga::einvoice {

namespace {

// And a name that is not the seller's.
judgement payee_has_one(path what) {
    return [what](const document_facts& document, element here, complaint& why) {
        constexpr path name = "PartyName/Name", seller = "PartyLegalEntity/RegistrationName";
        const element payee = name.first(here);
        why.at = payee;
        why.expected = "at most one, and another party than the seller";
        return what.count(here) <= 1 && (!payee || payee.text() != seller.first(document.supplier).text());
    };
}

bool one_creditor_number(const document_facts& document, element, complaint& why) {
    std::size_t count = 0;
    for (const element party : document.all("PartyIdentification"_el))
        party.children("ID"_el, [&](element id) { count += holds(predicate::sepa, id) ? 1U : 0U; });
    why.expected = "at most one";
    why.found = std::to_string(count);
    return count <= 1;
}

judgement one_reason(bool of_charge) {
    return [of_charge](const document_facts&, element here, complaint& why) {
        why.expected = "at most one";
        return !(of_charge ? is_charge(here) : is_allowance(here)) || path("AllowanceChargeReason").count(here) <= 1;
    };
}

bool two_tax_schemes(const document_facts& document, element, complaint& why) {
    why.expected = "at most two";
    return path("PartyTaxScheme").count(document.supplier) <= 2;
}

bool scheme_of_object(const document_facts& document, element here, complaint& why) {
    if (holds(predicate::object, here) || (document.is_credit_note && holds(predicate::project, here))) return true;
    why.expected = "a scheme or type code of an invoiced object only";
    why.at = here.child("DocumentTypeCode"_el);
    return !why.at && !here.child("ID"_el).attribute("schemeID");
}

judgement all_are_the_same(element_name which) {
    return [which](const document_facts& document, element, complaint& why) {
        const auto& all = document.all(which);
        for (const element each : all)
            if (each.text() != all.front().text()) {
                why.at = each;
                why.expected = "the same in all of them";
                return false;
            }
        return true;
    };
}

bool one_means_text(const document_facts& document, element, complaint& why) {
    std::size_t count = 0;
    for (const element each : document.all("PaymentMeansCode"_el))
        count += each.attribute("name") ? 1U : 0U;
    why.expected = "at most one";
    why.found = std::to_string(count);
    return count <= 1;
}

bool one_category(const document_facts&, element here, complaint& why) {
    constexpr path category = "Item/ClassifiedTaxCategory";
    const std::size_t count = category.count(here);
    why.expected = "1";
    why.found = std::to_string(count);
    return count == 1;
}

bool scheme_is_complete(const document_facts&, element here, complaint& why) {
    constexpr path scheme = "TaxScheme/ID";
    why.expected = "a scheme and a number";
    return scheme.first(here) && here.child("CompanyID"_el);
}

bool amount_has_two_decimals(const document_facts& document, element here, complaint& why) {
    const bool is_price = here.is() == "PriceAmount"_el || here.parent().parent().is() == "Price"_el;
    return is_price || two_decimals("")(document, here, why);
}

judgement has_no_attribute(std::string_view name) {
    return [name](const document_facts&, element here, complaint& why) {
        const auto found = here.attribute(name);
        why.expected = "no attribute";
        why.found = found.value_or("");
        return !found || (name == "name" && here.is() == "PaymentMeansCode"_el);
    };
}

judgement object_has_no(element_name which) {
    return [which](const document_facts&, element here, complaint& why) {
        why.at = here.child(which);
        why.expected = "nothing";
        return !holds(predicate::object, here) || !why.at;
    };
}

void add_cardinality_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"UBL-SR-01", severity::error, place::document, at_most_one("ContractDocumentReference/ID"), "One contract reference."},
        {"UBL-SR-02", severity::error, place::document, at_most_one("ReceiptDocumentReference/ID"), "One receiving advice."},
        {"UBL-SR-03", severity::error, place::document, at_most_one("DespatchDocumentReference/ID"), "One despatch advice."},
        {"UBL-SR-04", severity::error, place::document, at_most_one("AdditionalDocumentReference[130]/ID"), "One invoiced object."},
        {"UBL-SR-05", severity::error, place::document, at_most_one("PaymentTerms/Note"), "One payment terms note."},
        {"UBL-SR-06", severity::error, place::billing_reference, at_most_one("InvoiceDocumentReference"), "One document inside a billing reference."},
        {"UBL-SR-07", severity::error, place::billing_reference, has("InvoiceDocumentReference/ID"), "Billing reference has a number."},
        {"UBL-SR-08", severity::error, place::document, at_most_one("InvoicePeriod"), "One document period."},
        {"UBL-SR-09", severity::error, place::document, at_most_one("AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName"), "One seller name."},
        {"UBL-SR-10", severity::error, place::document, at_most_one("AccountingSupplierParty/Party/PartyName/Name"), "One seller trading name."},
        {"UBL-SR-11", severity::error, place::document, at_most_one("AccountingSupplierParty/Party/PartyLegalEntity/CompanyID"), "One seller registration number."},
        {"UBL-SR-12", severity::error, place::document, at_most_one("AccountingSupplierParty/Party/PartyTaxScheme[VAT]/CompanyID"), "One seller VAT number."},
        {"UBL-SR-13", severity::error, place::document, at_most_one("AccountingSupplierParty/Party/PartyTaxScheme[not VAT]/CompanyID"), "One seller tax registration."},
        {"UBL-SR-14", severity::error, place::document, at_most_one("AccountingSupplierParty/Party/PartyLegalEntity/CompanyLegalForm"), "One seller legal form."},
        {"UBL-SR-15", severity::error, place::document, at_most_one("AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName"), "One buyer name."},
        {"UBL-SR-16", severity::error, place::document, at_most_one("AccountingCustomerParty/Party/PartyIdentification/ID"), "One buyer identifier."},
        {"UBL-SR-17", severity::error, place::document, at_most_one("AccountingCustomerParty/Party/PartyLegalEntity/CompanyID"), "One buyer registration number."},
        {"UBL-SR-18", severity::error, place::document, at_most_one("AccountingCustomerParty/Party/PartyTaxScheme[VAT]/CompanyID"), "One buyer VAT number."},
        {"UBL-SR-19", severity::error, place::payee, payee_has_one("PartyName/Name"), "One payee name, not the seller name."},
        {"UBL-SR-20", severity::error, place::payee, payee_has_one("PartyIdentification/ID[not SEPA]"), "One payee identifier (SEPA apart), not the seller name."},
        {"UBL-SR-21", severity::error, place::payee, payee_has_one("PartyLegalEntity/CompanyID"), "One payee registration number, not the seller name."},
        {"UBL-SR-22", severity::error, place::representative, at_most_one("PartyName/Name"), "One representative name."},
        {"UBL-SR-23", severity::error, place::representative, at_most_one("PartyTaxScheme/CompanyID"), "One representative VAT number."},
        {"UBL-SR-24", severity::error, place::document, at_most_one("Delivery"), "One delivery."},
        {"UBL-SR-25", severity::error, {"Delivery"_el}, at_most_one("DeliveryParty/PartyName/Name"), "One deliver-to name."},
        {"UBL-SR-26", severity::error, place::payment_means, at_most_one("PaymentID"), "One payment reference per means."},
        {"UBL-SR-27", severity::error, place::payment_means, at_most_one("PaymentMeansCode"), "One means code per means."},
        {"UBL-SR-28", severity::error, place::payment_means, at_most_one("PaymentMandate/ID"), "One mandate per means."},
        {"UBL-SR-29", severity::error, place::document, one_creditor_number, "One creditor identifier."},
        {"UBL-SR-30", severity::error, {"AllowanceCharge"_el}, one_reason(false), "One allowance reason."},
        {"UBL-SR-31", severity::error, {"AllowanceCharge"_el}, one_reason(true), "One charge reason."},
        {"UBL-SR-32", severity::error, place::subtotal, at_most_one("TaxCategory/TaxExemptionReason"), "One exemption text."},
        {"UBL-SR-33", severity::error, place::additional_reference, at_most_one("DocumentDescription"), "One document description."},
        {"UBL-SR-34", severity::error, place::line, at_most_one("Note"), "One line note."},
        {"UBL-SR-35", severity::error, place::line, at_most_one("OrderLineReference/LineID"), "One order line reference."},
        {"UBL-SR-36", severity::error, place::line, at_most_one("InvoicePeriod"), "One line period."},
        {"UBL-SR-37", severity::error, place::line, at_most_one("Price/AllowanceCharge/Amount"), "One price discount."},
        {"UBL-SR-39", severity::error, place::document, at_most_one("ProjectReference/ID"), "One project reference."},
        {"UBL-SR-40", severity::error, place::document, at_most_one("AccountingCustomerParty/Party/PartyName/Name"), "One buyer trading name."},
        {"UBL-SR-42", severity::error, place::document, two_tax_schemes, "At most two seller tax schemes."},
        {"UBL-SR-43", severity::error, place::additional_reference, scheme_of_object, "Scheme and type code on an additional reference only for object 130, or 50 in a credit note."},
        {"UBL-SR-44", severity::error, place::document, all_are_the_same("PaymentID"_el), "All payment references in the document are the same."},
        {"UBL-SR-45", severity::error, place::document, at_most_one("PaymentMeans/PaymentDueDate"), "One due date (credit note place)."},
        {"UBL-SR-46", severity::error, place::document, one_means_text, "One means text."},
        {"UBL-SR-47", severity::error, place::document, all_are_the_same("PaymentMeansCode"_el), "All means codes in the document are the same."},
        {"UBL-SR-48", severity::error, place::line, one_category, "Exactly one VAT category per line."},
        {"UBL-SR-49", severity::error, place::document, at_most_one("InvoicePeriod/DescriptionCode"), "One tax point code."},
        {"UBL-SR-50", severity::error, place::line, at_most_one("Item/Description"), "One item description."},
        {"UBL-SR-51", severity::error, {"PostalAddress"_el, "Address"_el}, at_most_one("AddressLine"), "One extra address line."},
        {"UBL-SR-52", severity::error, place::line, at_most_one("DocumentReference"), "One line object."},
        {"UBL-SR-53", severity::error, place::party_tax_scheme, scheme_is_complete, "Tax scheme complete."},
        {"UBL-SR-54", severity::error, place::document, at_most_one("PaymentMeans/CardAccount"), "One card."},
        {"UBL-SR-55", severity::error, place::document, at_most_one("PaymentMeans/PaymentMandate"), "One mandate group."},
        {"UBL-SR-56", severity::error, place::document, at_most_one("OriginatorDocumentReference/ID"), "One tender reference."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

void add_data_type_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"UBL-DT-01", severity::error, amounts, amount_has_two_decimals, "No amount has more than two decimals, price amounts and price discounts apart."},
        {"UBL-DT-06", severity::error, {"EmbeddedDocumentBinaryObject"_el}, has_attribute("", "mimeCode"), "Attachment states its type."},
        {"UBL-DT-07", severity::error, {"EmbeddedDocumentBinaryObject"_el}, has_attribute("", "filename"), "Attachment states its file name."},
        {"UBL-DT-08", severity::warning, place::attributed, has_no_attribute("schemeName"), "Attribute not used."},
        {"UBL-DT-09", severity::warning, place::attributed, has_no_attribute("schemeAgencyName"), "Attribute not used."},
        {"UBL-DT-10", severity::warning, place::attributed, has_no_attribute("schemeDataURI"), "Attribute not used."},
        {"UBL-DT-11", severity::warning, place::attributed, has_no_attribute("schemeURI"), "Attribute not used."},
        {"UBL-DT-12", severity::warning, place::attributed, has_no_attribute("format"), "Attribute not used."},
        {"UBL-DT-13", severity::warning, place::attributed, has_no_attribute("unitCodeListIdentifier"), "Attribute not used."},
        {"UBL-DT-14", severity::warning, place::attributed, has_no_attribute("unitCodeListAgencyIdentifier"), "Attribute not used."},
        {"UBL-DT-15", severity::warning, place::attributed, has_no_attribute("unitCodeListAgencyName"), "Attribute not used."},
        {"UBL-DT-16", severity::warning, place::attributed, has_no_attribute("listAgencyName"), "Attribute not used."},
        {"UBL-DT-17", severity::warning, place::attributed, has_no_attribute("listName"), "Attribute not used."},
        {"UBL-DT-18", severity::warning, place::attributed, has_no_attribute("name"), "Attribute not used."},
        {"UBL-DT-19", severity::warning, place::attributed, has_no_attribute("languageID"), "Attribute not used."},
        {"UBL-DT-20", severity::warning, place::attributed, has_no_attribute("listURI"), "Attribute not used."},
        {"UBL-DT-21", severity::warning, place::attributed, has_no_attribute("listSchemeURI"), "Attribute not used."},
        {"UBL-DT-22", severity::warning, place::attributed, has_no_attribute("languageLocaleID"), "Attribute not used."},
        {"UBL-DT-23", severity::warning, place::attributed, has_no_attribute("uri"), "Attribute not used."},
        {"UBL-DT-24", severity::warning, place::attributed, has_no_attribute("currencyCodeListVersionID"), "Attribute not used."},
        {"UBL-DT-25", severity::warning, place::attributed, has_no_attribute("characterSetCode"), "Attribute not used."},
        {"UBL-DT-26", severity::warning, place::attributed, has_no_attribute("encodingCode"), "Attribute not used."},
        {"UBL-DT-27", severity::warning, place::attributed, has_no_attribute("schemeAgencyID"), "Attribute not used."},
        {"UBL-DT-28", severity::warning, place::attributed, has_no_attribute("listAgencyID"), "Attribute not used."},
        {"UBL-CR-666", severity::error, place::additional_reference, object_has_no("Attachment"_el), "An invoiced-object reference carries no attachment."},
        {"UBL-CR-673", severity::error, place::additional_reference, object_has_no("DocumentDescription"_el), "An invoiced-object reference carries no description."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace

void add_ubl_rules(std::vector<rule>& to) {
    add_cardinality_rules(to);
    add_data_type_rules(to);
}

}  // namespace brygga::einvoice
