// BR-01 to BR-65: what EN 16931 asks of each element by itself (einvoice.md section 4.3).
#include "formats/einvoice/decimal.hpp"
#include "formats/einvoice/rules/rule.hpp"

namespace brygga::einvoice {

namespace {

bool has_type(const document_facts&, element here, complaint& why) {
    why.expected = "a type code";
    return !here.child("InvoiceTypeCode"_el).text().empty() || !here.child("CreditNoteTypeCode"_el).text().empty();
}

// By name and by identifier, whatever seller there is.
bool payee_is_another(const document_facts& document, element here, complaint& why) {
    constexpr path name = "PartyName/Name", id = "PartyIdentification/ID";
    const element payee = name.first(here);
    why.expected = "another name and number than the seller's";
    bool same = false;
    name.each(document.supplier, [&](element each) { same = same || each.text() == payee.text(); });
    id.each(document.supplier,
            [&](element each) { id.each(here, [&](element own) { same = same || each.text() == own.text(); }); });
    return payee && !same;
}

bool quantity_has_unit(const document_facts&, element here, complaint& why) {
    element quantity = here.child("InvoicedQuantity"_el);
    if (!quantity) quantity = here.child("CreditedQuantity"_el);
    why.at = quantity;
    why.expected = "@unitCode";
    return quantity && quantity.attribute("unitCode");
}

bool net_price_is_not_negative(const document_facts&, element here, complaint& why) {
    constexpr path price = "Price/PriceAmount";
    why.at = price.first(here);
    why.expected = "0 or more";
    const auto number = number_at(here, price);
    return number && *number >= decimal();
}

bool gross_price_is_not_negative(const document_facts&, element here, complaint& why) {
    constexpr path price = "Price/AllowanceCharge/BaseAmount";
    why.at = price.first(here);
    why.expected = "0 or more";
    const auto number = number_at(here, price);
    return !why.at || (number && *number >= decimal());
}

// As text: days of one form are in their order.
bool ends_after_it_starts(const document_facts&, element here, complaint& why) {
    const element from = here.child("StartDate"_el), to = here.child("EndDate"_el);
    why.at = to;
    why.expected = "the start date or a later one";
    return !from || !to || from.text() <= to.text();
}

bool has_rate(const document_facts&, element here, complaint& why) {
    constexpr path rate = "TaxCategory[VAT]/Percent", category = "TaxCategory[VAT]/ID";
    why.expected = "a rate";
    return rate.first(here) || category.first(here).text() == "O";
}

bool is_transfer(element means) {
    const std::string_view code = means.child("PaymentMeansCode"_el).text();
    return code == "30" || code == "58";
}

bool account_is_not_blank(const document_facts&, element here, complaint& why) {
    const element account = here.child("PayeeFinancialAccount"_el);
    why.at = account;
    why.expected = "an account";
    return !is_transfer(here) || !account || !account.child("ID"_el).text().empty();
}

bool transfer_has_account(const document_facts&, element here, complaint& why) {
    constexpr path account = "PayeeFinancialAccount/ID";
    why.expected = "an account";
    return !is_transfer(here) || account.first(here);
}

bool card_number_is_short(const document_facts&, element here, complaint& why) {
    constexpr std::size_t most_shown = 10;
    constexpr path number = "CardAccount/PrimaryAccountNumberID";
    why.at = number.first(here);
    why.expected = "at most ten characters";
    return why.at.text().size() <= most_shown;
}

bool has_total_in_tax_currency(const document_facts& document, element here, complaint& why) {
    bool found = document.tax_currency.empty();
    here.children("TaxTotal"_el, [&](element total) {
        total.children("TaxAmount"_el,
                       [&](element amount) { found = found || amount.attribute("currencyID") == document.tax_currency; });
    });
    why.expected = "a VAT total in it";
    return found;
}

bool has_name_and_value(const document_facts&, element here, complaint& why) {
    why.expected = "a name and a value";
    return here.child("Name"_el) && here.child("Value"_el);
}

}  // namespace

void add_model_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"BR-01", severity::error, place::document, has_text("CustomizationID"), "Specification identifier is there."},
        {"BR-02", severity::error, place::document, has_text("ID"), "Invoice number is there."},
        {"BR-03", severity::error, place::document, has_text("IssueDate"), "Issue date is there."},
        {"BR-04", severity::error, place::document, has_type, "Type code is there."},
        {"BR-05", severity::error, place::document, has_text("DocumentCurrencyCode"), "Currency is there."},
        {"BR-06", severity::error, place::document, has_text("AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName"), "Seller has a registered name."},
        {"BR-07", severity::error, place::document, has_text("AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName"), "Buyer has a registered name."},
        {"BR-08", severity::error, place::document, has("AccountingSupplierParty/Party/PostalAddress"), "Seller has a postal address element."},
        {"BR-09", severity::error, place::supplier_address, has_text("Country/IdentificationCode"), "Seller address names its country."},
        {"BR-10", severity::error, place::document, has("AccountingCustomerParty/Party/PostalAddress"), "Buyer has a postal address element."},
        {"BR-11", severity::error, place::customer_address, has_text("Country/IdentificationCode"), "Buyer address names its country."},
        {"BR-12", severity::error, place::legal_total, has("LineExtensionAmount"), "Sum of line nets is stated."},
        {"BR-13", severity::error, place::legal_total, has("TaxExclusiveAmount"), "Total without VAT is stated."},
        {"BR-14", severity::error, place::legal_total, has("TaxInclusiveAmount"), "Total with VAT is stated."},
        {"BR-15", severity::error, place::legal_total, has("PayableAmount"), "Amount to pay is stated."},
        {"BR-16", severity::error, place::document, has_either("InvoiceLine", "CreditNoteLine"), "At least one line."},
        {"BR-17", severity::error, place::payee, payee_is_another, "A payee, when given, is named and is somebody else than the seller."},
        {"BR-18", severity::error, place::representative, has_text("PartyName/Name"), "A tax representative is named."},
        {"BR-19", severity::error, place::representative, has("PostalAddress"), "A tax representative has an address."},
        {"BR-20", severity::error, place::representative_address, has_text("Country/IdentificationCode"), "The tax representative address names its country."},
        {"BR-21", severity::error, place::line, has_text("ID"), "Each line has an identifier."},
        {"BR-22", severity::error, place::line, has_either("InvoicedQuantity", "CreditedQuantity"), "Each line has a quantity."},
        {"BR-23", severity::error, place::line, quantity_has_unit, "Each quantity has a unit."},
        {"BR-24", severity::error, place::line, has("LineExtensionAmount"), "Each line has a net amount."},
        {"BR-25", severity::error, place::line, has_text("Item/Name"), "Each line has an item name."},
        {"BR-26", severity::error, place::line, has("Price/PriceAmount"), "Each line has a net price."},
        {"BR-27", severity::error, place::line, net_price_is_not_negative, "Net price is not negative."},
        {"BR-28", severity::error, place::line, gross_price_is_not_negative, "Gross price is not negative."},
        {"BR-29", severity::error, place::document_period, ends_after_it_starts, "Document period ends on or after its start."},
        {"BR-30", severity::error, place::line_period, ends_after_it_starts, "Line period ends on or after its start."},
        {"BR-31", severity::error, place::document_allowance, has("Amount"), "Document allowance has an amount."},
        {"BR-32", severity::error, place::document_allowance, has("TaxCategory[VAT]/ID"), "Document allowance has a VAT category."},
        {"BR-33", severity::error, place::document_allowance, has_either("AllowanceChargeReason", "AllowanceChargeReasonCode"), "Document allowance has a reason, text or code."},
        {"BR-36", severity::error, place::document_charge, has("Amount"), "Document charge has an amount."},
        {"BR-37", severity::error, place::document_charge, has("TaxCategory[VAT]/ID"), "Document charge has a VAT category."},
        {"BR-38", severity::error, place::document_charge, has_either("AllowanceChargeReason", "AllowanceChargeReasonCode"), "Document charge has a reason, text or code."},
        {"BR-41", severity::error, place::line_allowance, has("Amount"), "Line allowance has an amount."},
        {"BR-42", severity::error, place::line_allowance, has_either("AllowanceChargeReason", "AllowanceChargeReasonCode"), "Line allowance has a reason, text or code."},
        {"BR-43", severity::error, place::line_charge, has("Amount"), "Line charge has an amount."},
        {"BR-44", severity::error, place::line_charge, has_either("AllowanceChargeReason", "AllowanceChargeReasonCode"), "Line charge has a reason, text or code."},
        {"BR-45", severity::error, place::subtotal, has("TaxableAmount"), "VAT breakdown row has a taxable amount."},
        {"BR-46", severity::error, place::subtotal, has("TaxAmount"), "VAT breakdown row has a tax amount."},
        {"BR-47", severity::error, place::subtotal, has("TaxCategory[VAT]/ID"), "VAT breakdown row has a category code."},
        {"BR-48", severity::error, place::subtotal, has_rate, "VAT breakdown row has a rate, unless category O."},
        {"BR-49", severity::error, place::payment_means, has("PaymentMeansCode"), "Payment instruction has a means code."},
        {"BR-50", severity::error, place::payment_means, account_is_not_blank, "Credit transfer account is not blank."},
        {"BR-51", severity::warning, place::payment_means, card_number_is_short, "Card number shows at most ten characters."},
        {"BR-52", severity::error, place::additional_reference, has_text("ID"), "Supporting document has a reference."},
        {"BR-53", severity::error, place::document, has_total_in_tax_currency, "If a VAT accounting currency is given, a VAT total in it is given."},
        {"BR-54", severity::error, place::item_property, has_name_and_value, "Item attribute has both name and value."},
        {"BR-55", severity::error, place::billing_reference, has("InvoiceDocumentReference/ID"), "Preceding invoice reference has a number."},
        {"BR-56", severity::error, place::representative, has("PartyTaxScheme[VAT]/CompanyID"), "Tax representative has a VAT number."},
        {"BR-57", severity::error, place::delivery_address, has("Country/IdentificationCode"), "Deliver-to address names its country."},
        {"BR-61", severity::error, place::payment_means, transfer_has_account, "Means 30 or 58 needs an account."},
        {"BR-62", severity::error, place::supplier, has_attribute("Party/EndpointID", "schemeID"), "Seller electronic address has a scheme."},
        {"BR-63", severity::error, place::customer, has_attribute("Party/EndpointID", "schemeID"), "Buyer electronic address has a scheme."},
        {"BR-64", severity::error, place::line, has_attribute("Item/StandardItemIdentification/ID", "schemeID"), "Standard item number has a scheme."},
        {"BR-65", severity::error, place::line, has_attribute("Item/CommodityClassification/ItemClassificationCode", "listID"), "Item classification has a list id."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice
