// PEPPOL-EN16931: what Peppol BIS Billing 3.0.21 asks beyond EN 16931 (einvoice.md section 4.6).
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/core/date.hpp"
#include "formats/einvoice/decimal.hpp"
#include "formats/einvoice/peppol/identifiers.hpp"
#include "formats/einvoice/rules/lists.hpp"
#include "formats/einvoice/rules/rule.hpp"
#include "formats/einvoice/text.hpp"

namespace brygga::einvoice {

namespace {

using peppol::billing_process;
using peppol::specification;

constexpr std::string_view process_with_response = "urn:peppol:bis:billing_with_response";
constexpr std::array processes = {billing_process, process_with_response, std::string_view("urn:peppol:france:billing:regulated"),
                                  std::string_view("urn:peppol:france:billing:non-regulated")};

bool is_german(const document_facts& document) {
    return document.supplier_country == "DE" && document.customer_country == "DE";
}

bool one_note(const document_facts& document, element here, complaint& why) {
    return is_german(document) || at_most_one("Note")(document, here, why);
}

bool is_of_peppol(const document_facts&, element here, complaint& why) {
    why.at = here.child("CustomizationID"_el);
    why.expected = specification;
    return why.at.text().starts_with(specification) && why.at.text().find("::") == std::string_view::npos;
}

bool currency_differs(const document_facts& document, element here, complaint& why) {
    why.expected = "another currency than that of the document";
    return here.text() != document.currency;
}

bool process_is_known(const document_facts&, element here, complaint& why) {
    why.at = here.child("ProfileID"_el);
    why.expected = billing_process;
    return std::find(processes.begin(), processes.end(), why.at.text()) != processes.end();
}

bool is_not_empty(const document_facts&, element here, complaint& why) {
    why.expected = "a value, or no element";
    return here.has_children() || !here.text().empty();
}

// ---- allowances and charges, not those of a price ----

bool is_of_price(element here) {
    return here.parent().is() == "Price"_el;
}

bool percentage_has_base(const document_facts&, element here, complaint& why) {
    why.expected = "a base amount";
    return is_of_price(here) || !here.child("MultiplierFactorNumeric"_el) || here.child("BaseAmount"_el);
}
bool base_has_percentage(const document_facts&, element here, complaint& why) {
    why.at = here.child("BaseAmount"_el);
    why.expected = "a percentage";
    return is_of_price(here) || !why.at || here.child("MultiplierFactorNumeric"_el);
}
bool percentage_is_right(const document_facts&, element here, complaint& why) {
    const element base = here.child("BaseAmount"_el), percentage = here.child("MultiplierFactorNumeric"_el);
    if (is_of_price(here) || !base || !percentage) return true;
    const auto amount = number_at(here, "Amount"), of = decimal::parse(base.raw()), rate = decimal::parse(percentage.raw());
    why.at = here.child("Amount"_el);
    why.expected = "numbers";
    if (!amount || !of || !rate) return false;
    const decimal wanted = (*of * *rate).over_100();
    why.expected = wanted.text();
    return (*amount - wanted).abs() <= decimal(2, 2);
}
// Not of one that R041 or R042 has caught.
bool indicator_is_literal(const document_facts&, element here, complaint& why) {
    const bool is_whole =
        static_cast<bool>(here.child("BaseAmount"_el)) == static_cast<bool>(here.child("MultiplierFactorNumeric"_el));
    why.at = here.child("ChargeIndicator"_el);
    why.expected = "true or false";
    return is_of_price(here) || !is_whole || why.at.text() == "true" || why.at.text() == "false";
}

bool is_no_charge(const document_facts&, element here, complaint& why) {
    why.at = here.child("ChargeIndicator"_el);
    why.expected = "false";
    return why.at.text() == "false";
}
bool net_price_is_right(const document_facts&, element here, complaint& why) {
    if (!here.child("BaseAmount"_el)) return true;
    const auto net = number_at(here.parent(), "PriceAmount"), gross = number_at(here, "BaseAmount"),
               less = number_at(here, "Amount");
    why.at = here.parent().child("PriceAmount"_el);
    why.expected = gross && less ? (*gross - *less).text() : "numbers";
    return net && gross && less && *net == *gross - *less;
}

// ---- currencies and totals ----

bool amount_is_in_currency(const document_facts& document, element here, complaint& why) {
    const element around = here.parent();
    // A second amount of one total is told by its form (EINV-S03).
    if (around.is() == "TaxTotal"_el && around.child("TaxAmount"_el) != here) return true;
    if (around.is() == "TaxTotal"_el && holds(predicate::without_subtotals, around)) return true;
    why.expected = quoted_code(document.currency);
    why.found = here.attribute("currencyID").value_or("");
    return here.attribute("currencyID") == document.currency;
}

bool one_total_with_rows(const document_facts&, element here, complaint& why) {
    const std::size_t count = path("TaxTotal[TaxSubtotal]").count(here);
    why.expected = "1";
    why.found = std::to_string(count);
    return count == 1;
}
bool one_total_without_rows(const document_facts&, element here, complaint& why) {
    const std::size_t count = path("TaxTotal[not TaxSubtotal]").count(here), wanted = here.child("TaxCurrencyCode"_el) ? 1 : 0;
    why.expected = std::to_string(wanted);
    why.found = std::to_string(count);
    return count == wanted;
}
bool totals_have_one_sign(const document_facts& document, element here, complaint& why) {
    if (document.tax_currency.empty()) return true;
    bool positive = false, negative = false;
    path("TaxTotal/TaxAmount").each(here, [&](element each) {
        const auto number = decimal::parse(each.raw());
        positive = positive || (number && *number > decimal());
        negative = negative || (number && *number < decimal());
    });
    why.expected = "both with one sign";
    return !positive || !negative;
}

// ---- references ----

bool direct_debit_has_mandate(const document_facts&, element here, complaint& why) {
    const std::string_view code = here.child("PaymentMeansCode"_el).text();
    why.expected = "PaymentMandate/ID";
    return (code != "49" && code != "59") || path("PaymentMandate/ID").first(here);
}
bool one_project(const document_facts& document, element here, complaint& why) {
    return !document.is_credit_note || at_most_one("AdditionalDocumentReference[50]")(document, here, why);
}
bool reference_is_object(const document_facts&, element here, complaint& why) {
    const element reference = here.child("DocumentReference"_el);
    why.at = reference.child("DocumentTypeCode"_el);
    why.expected = "130";
    return !reference || why.at.text() == "130";
}

// ---- lines ----

bool starts_inside(const document_facts& document, element here, complaint& why) {
    const element whole = document.period.child("StartDate"_el), own = here.child("StartDate"_el);
    why.at = own;
    why.expected = fmt::format("{} or later", whole.text());
    return !whole || !own || own.text() >= whole.text();
}
bool ends_inside(const document_facts& document, element here, complaint& why) {
    const element whole = document.period.child("EndDate"_el), own = here.child("EndDate"_el);
    why.at = own;
    why.expected = fmt::format("{} or before", whole.text());
    return !whole || !own || own.text() <= whole.text();
}

element quantity_of(element line) {
    const element invoiced = line.child("InvoicedQuantity"_el);
    return invoiced ? invoiced : line.child("CreditedQuantity"_el);
}

// Multiplied by the base quantity, so that nothing is divided.
bool line_net_is_right(const document_facts&, element here, complaint& why) {
    decimal charges, allowances;
    bool are_numbers = true;
    here.children("AllowanceCharge"_el, [&](element each) {
        const auto amount = number_at(each, "Amount");
        are_numbers = are_numbers && amount;
        if (amount && is_charge(each)) charges += *amount;
        if (amount && is_allowance(each)) allowances += *amount;
    });
    const auto or_this = [&](element at, const decimal& otherwise) {
        const auto number = at ? decimal::parse(at.raw()) : otherwise;
        are_numbers = are_numbers && number;
        return number.value_or(otherwise);
    };
    const element net = here.child("LineExtensionAmount"_el), price = here.child("Price"_el);
    const decimal amount = or_this(net, 0), quantity = or_this(quantity_of(here), 1),
                  each = or_this(price.child("PriceAmount"_el), 0);
    decimal base = or_this(price.child("BaseQuantity"_el), 1);
    if (base == decimal()) base = 1;
    why.at = net;
    why.expected = "numbers";
    if (!are_numbers) return false;
    const decimal wanted = quantity * each + (charges.rounded(2) - allowances.rounded(2)) * base;
    why.expected = base == decimal(1) ? wanted.text() : fmt::format("{} / {}", wanted.text(), base.text());
    return (amount * base - wanted).abs() <= (decimal(2, 2) * base).abs();
}

bool base_quantity_is_positive(const document_facts&, element here, complaint& why) {
    constexpr path base = "Price/BaseQuantity";
    const auto number = number_at(here, base);
    why.at = base.first(here);
    why.expected = "more than 0";
    return !why.at || (number && *number > decimal());
}

bool units_agree(const document_facts&, element here, complaint& why) {
    const auto unit = path("Price/BaseQuantity").first(here).attribute("unitCode"), of = quantity_of(here).attribute("unitCode");
    why.at = path("Price/BaseQuantity").first(here);
    why.expected = quoted_code(of.value_or(""));
    why.found = unit.value_or("");
    return !unit || unit == of;
}

bool is_a_day(const document_facts&, element here, complaint& why) {
    why.expected = "CCYY-MM-DD, a day of the calendar";
    return parse_iso_date(here.raw()).has_value();
}

// ---- types and codes ----

judgement type_in(list which) {
    return [which](const document_facts& document, element here, complaint& why) {
        why.expected = "a type that Peppol takes";
        return (document.process != billing_process && document.process != process_with_response) ||
               code_list(which).contains(here.text());
    };
}

judgement reason_goes_with(std::string_view code, std::string_view category) {
    return [=](const document_facts&, element here, complaint& why) {
        why.at = here.child("ID"_el);
        why.expected = category;
        return in_capitals(here.child("TaxExemptionReasonCode"_el).text()) != code || why.at.text() == category;
    };
}

bool is_german_type(const document_facts& document, element here, complaint& why) {
    why.expected = "another type, but between two German parties";
    return (here.text() != "326" && here.text() != "384") || is_german(document);
}

judgement reason_in(std::string_view indicator, list which) {
    return [=](const document_facts&, element here, complaint& why) {
        why.at = here.child("AllowanceChargeReasonCode"_el);
        why.expected = "a code of the list";
        return !why.at || here.child("ChargeIndicator"_el).text() != indicator || code_list(which).contains(why.at.text());
    };
}

}  // namespace

void add_peppol_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"PEPPOL-EN16931-R001", severity::error, place::document, has("ProfileID"), "Business process is stated."},
        {"PEPPOL-EN16931-R002", severity::error, place::document, one_note, "At most one document note (German pairs apart)."},
        {"PEPPOL-EN16931-R003", severity::error, place::document, has_either("BuyerReference", "OrderReference/ID"), "Buyer reference or order number is there."},
        {"PEPPOL-EN16931-R004", severity::error, place::document, is_of_peppol, "Specification identifier is the Peppol one."},
        {"PEPPOL-EN16931-R005", severity::error, {"TaxCurrencyCode"_el}, currency_differs, "VAT currency differs from the document currency."},
        {"PEPPOL-EN16931-R007", severity::error, place::document, process_is_known, "Business process is an approved one."},
        {"PEPPOL-EN16931-R008", severity::error, place::any, is_not_empty, "No empty element anywhere."},
        {"PEPPOL-EN16931-R010", severity::error, place::customer, has("Party/EndpointID"), "Buyer electronic address is there."},
        {"PEPPOL-EN16931-R020", severity::error, place::supplier, has("Party/EndpointID"), "Seller electronic address is there."},
        {"PEPPOL-EN16931-R040", severity::error, {"AllowanceCharge"_el}, percentage_is_right, "Percentage allowance or charge is right within 0.02."},
        {"PEPPOL-EN16931-R041", severity::error, {"AllowanceCharge"_el}, percentage_has_base, "Percentage needs a base amount."},
        {"PEPPOL-EN16931-R042", severity::error, {"AllowanceCharge"_el}, base_has_percentage, "Base amount needs a percentage."},
        {"PEPPOL-EN16931-R043", severity::error, {"AllowanceCharge"_el}, indicator_is_literal, "Charge indicator is literally true or false (not 1 or 0)."},
        {"PEPPOL-EN16931-R044", severity::error, place::price_allowance, is_no_charge, "No charge inside a price."},
        {"PEPPOL-EN16931-R046", severity::error, place::price_allowance, net_price_is_right, "Net price is gross price minus discount, exactly."},
        {"PEPPOL-EN16931-R051", severity::error, amounts, amount_is_in_currency, "Every amount is in the document currency, the second VAT total apart."},
        {"PEPPOL-EN16931-R053", severity::error, place::document, one_total_with_rows, "Exactly one VAT total with rows."},
        {"PEPPOL-EN16931-R054", severity::error, place::document, one_total_without_rows, "A VAT total without rows exists exactly when a VAT currency is given."},
        {"PEPPOL-EN16931-R055", severity::error, place::document, totals_have_one_sign, "Both VAT totals have the same sign."},
        {"PEPPOL-EN16931-R061", severity::error, place::payment_means, direct_debit_has_mandate, "Direct debit needs a mandate reference."},
        {"PEPPOL-EN16931-R080", severity::error, place::document, one_project, "One project reference in a credit note."},
        {"PEPPOL-EN16931-R100", severity::error, place::line, at_most_one("DocumentReference"), "One invoiced object per line."},
        {"PEPPOL-EN16931-R101", severity::error, place::line, reference_is_object, "A line document reference is always an object."},
        {"PEPPOL-EN16931-R110", severity::error, place::line_period, starts_inside, "Line period starts inside the document period."},
        {"PEPPOL-EN16931-R111", severity::error, place::line_period, ends_inside, "Line period ends inside the document period."},
        {"PEPPOL-EN16931-R120", severity::error, place::line, line_net_is_right, "Line net is right within 0.02."},
        {"PEPPOL-EN16931-R121", severity::error, place::line, base_quantity_is_positive, "Base quantity is above zero."},
        {"PEPPOL-EN16931-R130", severity::error, place::line, units_agree, "Base quantity and quantity have the same unit."},
        {"PEPPOL-EN16931-F001", severity::error, {"IssueDate"_el, "DueDate"_el, "TaxPointDate"_el, "StartDate"_el, "EndDate"_el, "ActualDeliveryDate"_el}, is_a_day, "Dates are ten characters, a real calendar date."},
        {"PEPPOL-EN16931-P0100", severity::error, {"InvoiceTypeCode"_el}, type_in(list::peppol_invoice_type), "Invoice type is allowed by Peppol."},
        {"PEPPOL-EN16931-P0101", severity::error, {"CreditNoteTypeCode"_el}, type_in(list::peppol_credit_note_type), "Credit note type is allowed by Peppol."},
        {"PEPPOL-EN16931-P0104", severity::error, place::tax_category, reason_goes_with("VATEX-EU-G", "G"), "Exemption code VATEX-EU-G goes with category G."},
        {"PEPPOL-EN16931-P0105", severity::error, place::tax_category, reason_goes_with("VATEX-EU-O", "O"), "Exemption code VATEX-EU-O goes with category O."},
        {"PEPPOL-EN16931-P0106", severity::error, place::tax_category, reason_goes_with("VATEX-EU-IC", "K"), "Exemption code VATEX-EU-IC goes with category K."},
        {"PEPPOL-EN16931-P0107", severity::error, place::tax_category, reason_goes_with("VATEX-EU-AE", "AE"), "Exemption code VATEX-EU-AE goes with category AE."},
        {"PEPPOL-EN16931-P0108", severity::error, place::tax_category, reason_goes_with("VATEX-EU-D", "E"), "Exemption code VATEX-EU-D goes with category E."},
        {"PEPPOL-EN16931-P0109", severity::error, place::tax_category, reason_goes_with("VATEX-EU-F", "E"), "Exemption code VATEX-EU-F goes with category E."},
        {"PEPPOL-EN16931-P0110", severity::error, place::tax_category, reason_goes_with("VATEX-EU-I", "E"), "Exemption code VATEX-EU-I goes with category E."},
        {"PEPPOL-EN16931-P0111", severity::error, place::tax_category, reason_goes_with("VATEX-EU-J", "E"), "Exemption code VATEX-EU-J goes with category E."},
        {"PEPPOL-EN16931-P0112", severity::error, {"InvoiceTypeCode"_el}, is_german_type, "326 and 384 only between German parties."},
        {"PEPPOL-EN16931-CL001", severity::error, {"EmbeddedDocumentBinaryObject"_el}, attribute_in("mimeCode", list::attachment), "Attachment type in list."},
        {"PEPPOL-EN16931-CL002", severity::error, {"AllowanceCharge"_el}, reason_in("false", list::allowance_reason), "Allowance code in UNTDID 5189."},
        {"PEPPOL-EN16931-CL003", severity::error, {"AllowanceCharge"_el}, reason_in("true", list::charge_reason), "Charge code in UNTDID 7161."},
        {"PEPPOL-EN16931-CL006", severity::error, {"DescriptionCode"_el}, text_in(list::tax_point), "Tax point code in list."},
        {"PEPPOL-EN16931-CL007", severity::error, amounts, attribute_in("currencyID", list::peppol_currency), "Currency in ISO 4217."},
        {"PEPPOL-EN16931-CL008", severity::error, {"EndpointID"_el}, attribute_in("schemeID", list::peppol_electronic_address), "Electronic address scheme in the Peppol EAS list."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice
