// BR-CL: codes that stand in their lists (einvoice.md section 4.4). What is not there is asked for by other rules.
#include "formats/core/text.hpp"
#include "formats/einvoice/rules/lists.hpp"
#include "formats/einvoice/rules/rule.hpp"
#include "formats/einvoice/text.hpp"

namespace brygga::einvoice {

namespace {

bool is_type_code(const document_facts&, element here, complaint& why) {
    const list types = here.is() == "InvoiceTypeCode"_el ? list::invoice_type : list::credit_note_type;
    why.expected = "a type of UNTDID 1001";
    return code_list(types).contains(here.text());
}

bool object_scheme(const document_facts&, element here, complaint& why) {
    why.at = here.child("ID"_el);
    why.expected = "a scheme of UNTDID 1153";
    const auto scheme = why.at.attribute("schemeID");
    why.found = scheme.value_or("");
    return !holds(predicate::object, here) || !scheme || code_list(list::object_scheme).contains(without_blanks(*scheme));
}

// Between the first two hash signs of a note, where three characters stand there.
bool note_subject(const document_facts& document, element here, complaint& why) {
    if (here.parent() != document.root) return true;
    const std::string_view text = here.text();
    const std::size_t first = text.find('#'), second = first == std::string_view::npos ? first : text.find('#', first + 1);
    why.expected = "a subject of UNTDID 4451";
    if (second == std::string_view::npos) return true;
    const std::string_view code = text.substr(first + 1, second - first - 1);
    return count_code_points(code) != 3 || code_list(list::note_subject).contains(code);
}

// Sellers and payees may have a bank's number.
bool party_scheme(const document_facts&, element here, complaint& why) {
    why.at = here.child("ID"_el);
    why.expected = "a scheme of ISO 6523";
    const auto scheme = why.at.attribute("schemeID");
    why.found = scheme.value_or("");
    if (!scheme || code_list(list::identifier_scheme).contains(without_blanks(*scheme))) return true;
    const bool may_be_sepa = here.parent().is() == "PayeeParty"_el || here.parent().parent().is() == "AccountingSupplierParty"_el;
    return *scheme == "SEPA" && may_be_sepa;
}

judgement reason_in(bool of_charge, list which) {
    return [=](const document_facts&, element here, complaint& why) {
        why.at = here.child("AllowanceChargeReasonCode"_el);
        why.expected = "a code of the list";
        return !why.at || !(of_charge ? is_charge(here) : is_allowance(here)) || code_list(which).contains(why.at.text());
    };
}

bool exemption_reason(const document_facts&, element here, complaint& why) {
    why.expected = "a code of VATEX";
    return code_list(list::exemption_reason).contains(in_capitals(here.text()));
}

}  // namespace

void add_code_list_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"BR-CL-01", severity::error, {"InvoiceTypeCode"_el, "CreditNoteTypeCode"_el}, is_type_code, "Type code in list."},
        {"BR-CL-03", severity::error, amounts, attribute_in("currencyID", list::currency), "Currency attribute in ISO 4217."},
        {"BR-CL-04", severity::error, {"DocumentCurrencyCode"_el}, text_in(list::currency), "Document currency in ISO 4217."},
        {"BR-CL-05", severity::error, {"TaxCurrencyCode"_el}, text_in(list::currency), "VAT currency in ISO 4217."},
        {"BR-CL-06", severity::error, {"DescriptionCode"_el}, text_in(list::tax_point), "Tax point code is 3, 35 or 432."},
        {"BR-CL-07", severity::error, {"AdditionalDocumentReference"_el, "DocumentReference"_el}, object_scheme, "Object identifier scheme in UNTDID 1153."},
        {"BR-CL-08", severity::error, {"Note"_el}, note_subject, "Subject code inside a note, #XXX#, in UNTDID 4451."},
        {"BR-CL-10", severity::error, {"PartyIdentification"_el}, party_scheme, "Party identifier scheme in ISO 6523 (or SEPA for seller and payee)."},
        {"BR-CL-11", severity::error, {"PartyLegalEntity"_el}, child_attribute_in("CompanyID", "schemeID", list::identifier_scheme), "Registration number scheme in ISO 6523."},
        {"BR-CL-13", severity::error, {"ItemClassificationCode"_el}, attribute_in("listID", list::classification), "Classification list in UNTDID 7143."},
        {"BR-CL-14", severity::error, {"Country"_el}, child_in("IdentificationCode", list::country), "Country in ISO 3166-1."},
        {"BR-CL-15", severity::error, {"OriginCountry"_el}, child_in("IdentificationCode", list::country), "Origin country in ISO 3166-1."},
        {"BR-CL-16", severity::error, {"PaymentMeansCode"_el}, text_in(list::payment_means), "Payment means in UNTDID 4461."},
        {"BR-CL-17", severity::error, {"TaxCategory"_el}, child_in("ID", list::vat_category), "VAT category in list."},
        {"BR-CL-18", severity::error, {"ClassifiedTaxCategory"_el}, child_in("ID", list::vat_category), "VAT category in list."},
        {"BR-CL-19", severity::error, {"AllowanceCharge"_el}, reason_in(false, list::allowance_reason), "Allowance reason code in UNTDID 5189."},
        {"BR-CL-20", severity::error, {"AllowanceCharge"_el}, reason_in(true, list::charge_reason), "Charge reason code in UNTDID 7161."},
        {"BR-CL-21", severity::error, {"StandardItemIdentification"_el}, child_attribute_in("ID", "schemeID", list::identifier_scheme), "Standard item scheme in ISO 6523."},
        {"BR-CL-22", severity::error, {"TaxExemptionReasonCode"_el}, exemption_reason, "Exemption code in VATEX."},
        {"BR-CL-23", severity::error, {"InvoicedQuantity"_el, "CreditedQuantity"_el, "BaseQuantity"_el}, attribute_in("unitCode", list::unit), "Unit in Recommendation 20/21."},
        {"BR-CL-24", severity::error, {"EmbeddedDocumentBinaryObject"_el}, attribute_in("mimeCode", list::attachment), "Attachment type in list."},
        {"BR-CL-25", severity::error, {"EndpointID"_el}, attribute_in("schemeID", list::electronic_address), "Electronic address scheme in EAS."},
        {"BR-CL-26", severity::error, {"DeliveryLocation"_el}, child_attribute_in("ID", "schemeID", list::identifier_scheme), "Delivery location scheme in ISO 6523."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice
