// R: the document, its references and days, and how it is paid.
#include <algorithm>
#include <array>

#include "formats/einvoice/svefaktura/rule.hpp"
#include "formats/einvoice/svefaktura/syntax.hpp"
#include "formats/einvoice/svefaktura/text_forms.hpp"

namespace brygga::einvoice::svefaktura {

namespace {

// ---- the document ----

bool counts_lines(const document_facts&, element here, complaint& why) {
    why.expected = "LineItemCountNumeric";
    return static_cast<bool>(here.child("LineItemCountNumeric"_el));
}

bool count_is_right(const document_facts& document, element here, complaint& why) {
    constexpr path line = "InvoiceLine";
    const decimal lines(static_cast<std::int64_t>(line.count(document.root)));
    why.expected = lines.text();
    return decimal::parse(here.raw()) == lines;
}

bool is_above_zero(const document_facts&, element here, complaint& why) {
    why.expected = "more than 0";
    const auto number = decimal::parse(here.raw());
    return !number || *number > decimal();
}

bool credit_says_what_it_credits(const document_facts& document, element here, complaint& why) {
    constexpr path credited = "InitialInvoiceDocumentReference/ID", from = "InvoicingPeriod/StartDateTime",
                   to = "InvoicingPeriod/EndDateTime";
    why.at = here.child("InvoiceTypeCode"_el);
    why.expected = "the invoice that is credited, or the whole period";
    const bool has_period = !from.first(here).text().empty() && !to.first(here).text().empty();
    return !document.is_credit_note || !credited.first(here).text().empty() || has_period;
}

bool is_invoice_or_credit(const document_facts&, element here, complaint& why) {
    why.expected = "380 or 381";
    return here.text() == "380" || here.text() == "381";
}

bool names_no_schema(const document_facts&, element here, complaint& why) {
    const auto attributes = here.attributes();
    why.found = "schemaLocation";
    why.expected = "none in a file that is exchanged";
    return std::none_of(attributes.begin(), attributes.end(),
                        [](const auto& each) { return each.first.ends_with(":schemaLocation"); });
}

bool names_no_stylesheet(const document_facts& document, element here, complaint& why) {
    why.found = "xml-stylesheet";
    why.expected = "none in a file that is exchanged";
    std::string_view prolog = document.bytes.substr(0, here.offset());
    for (std::size_t at = prolog.find('<'); at != std::string_view::npos; at = prolog.find('<', at + 1)) {
        if (prolog.substr(at).starts_with("<?xml-stylesheet")) return false;
        if (prolog.substr(at).starts_with("<!--")) at = std::min(prolog.find("-->", at), prolog.size() - 1);
    }
    return true;
}

// ---- references ----

// CT a contract, ACD an invoiced object, DQ a delivery note, ATS an attachment.
constexpr std::array<std::string_view, 4> reference_schemes = {"CT", "ACD", "DQ", "ATS"};

bool has_known_scheme(const document_facts&, element here, complaint& why) {
    const auto scheme = here.attribute("identificationSchemeID");
    why.expected = "CT, ACD, DQ or ATS";
    why.found = scheme.value_or("");
    if (!scheme || here.attribute("identificationSchemeAgencyName") != "SFTI") return true;
    return std::find(reference_schemes.begin(), reference_schemes.end(), why.found) != reference_schemes.end();
}

bool is_of_sfti(const document_facts&, element here, complaint& why) {
    why.expected = "SFTI";
    why.found = here.attribute("identificationSchemeAgencyName").value_or("SFTI");
    return why.found == "SFTI";
}

bool has_scheme(const document_facts&, element here, complaint& why) {
    why.expected = "@identificationSchemeID";
    why.found = "none";
    return here.attribute("identificationSchemeID").has_value();
}

// A scheme of SFTI says so.
template <std::size_t Scheme>
bool names_its_agency(const document_facts&, element here, complaint& why) {
    why.expected = "SFTI";
    why.found = here.attribute("identificationSchemeAgencyName").value_or("none");
    return here.attribute("identificationSchemeID") != reference_schemes[Scheme] || why.found == "SFTI";
}

bool is_not_blank(const document_facts&, element here, complaint& why) {
    why.expected = "the reference of the buyer";
    return !here.text().empty();
}

// ---- days ----

bool is_not_after_invoice(const document_facts& document, element here, complaint& why) {
    const auto day = day_of(here.text());
    if (!day || !document.issued) return true;
    why.expected = format_iso_date(*document.issued) + " or earlier";
    return *day <= *document.issued;
}

bool is_not_before_invoice(const document_facts& document, element here, complaint& why) {
    const auto day = day_of(here.text());
    if (!day || !document.issued) return true;
    why.expected = format_iso_date(*document.issued) + " or later";
    return *day >= *document.issued;
}

// Seconds since 1970; one without a zone is taken for UTC.
std::optional<std::int64_t> moment_of(std::string_view text) {
    constexpr std::size_t day = 10, clock = 19, zone = 6;
    const auto on = day_of(text);
    if (!on || text.size() < clock) return std::nullopt;
    const auto two = [&](std::size_t at) { return std::int64_t{text[at] - '0'} * 10 + (text[at + 1] - '0'); };
    const std::int64_t hours = two(day + 1), minutes = two(day + 4), seconds = two(day + 7);
    std::int64_t out = ((std::chrono::sys_days(*on).time_since_epoch().count() * 24 + hours) * 60 + minutes) * 60 + seconds;
    if (const char sign = text.size() > clock + zone - 1 ? text[text.size() - zone] : 'Z'; sign == '+' || sign == '-') {
        const std::int64_t apart = (two(text.size() - 5) * 60 + two(text.size() - 2)) * 60;
        out += sign == '+' ? -apart : apart;
    }
    return out;
}

bool has_both_ends(const document_facts&, element here, complaint& why) {
    why.expected = "StartDateTime and EndDateTime";
    return here.child("StartDateTime"_el) && here.child("EndDateTime"_el);
}

bool ends_after_start(const document_facts&, element here, complaint& why) {
    const auto from = moment_of(here.child("StartDateTime"_el).text()), to = moment_of(here.child("EndDateTime"_el).text());
    why.at = here.child("EndDateTime"_el);
    why.expected = "the start or later";
    return !from || !to || *from <= *to;  // a period of one day may say the same twice
}

// ---- payment ----

bool is_means_1(const document_facts&, element here, complaint& why) {
    why.expected = "1";
    return here.text() == "1";
}

constexpr path bank = "FinancialInstitutionBranch/FinancialInstitution/ID";

bool bank_has_account(const document_facts&, element here, complaint& why) {
    const std::string_view bic = bank.first(here).text();
    why.expected = "an account for the BIC";
    return bic.empty() || bic == "SNDOSESS" || !here.child("ID"_el).text().empty();
}

bool account_has_bank(const document_facts&, element here, complaint& why) {
    why.expected = "a BIC for the account";
    return !here.child("ID"_el) || !bank.first(here).text().empty();
}

bool payee_is_another(const document_facts& document, element here, complaint& why) {
    constexpr path name = "PartyName/Name";
    bool is_seller = false;
    name.each(document.seller, [&](element each) { is_seller = is_seller || each.text() == here.text(); });
    why.expected = "none where the seller is paid";
    return !is_seller;
}

// ---- currencies ----

bool has_with_vat_currency(const document_facts& document, path what, element here, complaint& why) {
    why.expected = what.text();
    return document.vat_currency.empty() || what.first(here);
}

bool currencies_differ(const document_facts& document, element here, complaint& why) {
    why.expected = "another currency than that of the invoice, or none";
    return here.text() != document.currency;
}
bool has_rate(const document_facts& document, element here, complaint& why) {
    return has_with_vat_currency(document, "ExchangeRate", here, why);
}
bool has_rows(const document_facts& document, element here, complaint& why) {
    return has_with_vat_currency(document, "TaxTotal/TaxSubTotal", here, why);
}
bool has_converted_amounts(const document_facts& document, element here, complaint& why) {
    return has_with_vat_currency(document, "TaxTotal/TaxSubTotal/TaxCurrencyTaxAmount", here, why);
}
bool has_invoice_currency(const document_facts& document, element here, complaint& why) {
    return has_with_vat_currency(document, "InvoiceCurrencyCode", here, why);
}
bool rate_has_invoice_currency(const document_facts& document, element, complaint& why) {
    why.expected = "InvoiceCurrencyCode";
    return !document.currency.empty();
}
bool rate_has_vat_currency(const document_facts& document, element, complaint& why) {
    why.expected = "TaxCurrencyCode";
    return !document.vat_currency.empty();
}
bool has_calculation_rate(const document_facts&, element here, complaint& why) {
    why.expected = "CalculationRate";
    return static_cast<bool>(here.child("CalculationRate"_el));
}

bool is_in_invoice_currency(const document_facts& document, element here, complaint& why) {
    const auto stated = here.attribute("amountCurrencyID");
    // Without a currency of the invoice all must be in one.
    const std::string_view currency = document.currency.empty() ? document.first_currency : document.currency;
    if (!stated || here.is() == "TaxCurrencyTaxAmount"_el) return true;
    why.expected = quoted_code(currency);
    why.found = *stated;
    return *stated == currency;
}

}  // namespace

void add_document_rules(std::vector<rule>& to) {
    const context any(context::kind::any);
    const context whole{"Invoice"_el}, exchanged{"Invoice"_el, "ObjectEnvelope"_el};
    const path reference = "AdditionalDocumentReference/ID", account = "PaymentMeans/PayeeFinancialAccount";
    // clang-format off
    const rule rules[] = {
        {"R-1", severity::error, whole, counts_lines, "The number of lines is stated."},
        {"R-2", severity::warning, whole, credit_says_what_it_credits, "A credit note points at earlier invoicing."},
        {"R-5", severity::error, path("TaxCurrencyCode"), currencies_differ, "The VAT currency differs from the invoice currency."},
        {"R-8", severity::warning, {"PostalZone"_el}, is_without_marks, "A postal code has no editing characters."},
        {"R-9", severity::warning, {"Telephone"_el, "Telefax"_el}, is_telephone_number, "Telephone and telefax numbers are digits, a plus sign before them where needed."},
        {"R-18", severity::warning, {"TaxCategory"_el}, code_has_no_blanks_around, "A category code has no blanks around it."},
        {"R-19", severity::warning, {"TaxScheme"_el}, code_has_no_blanks_around, "A tax scheme has no blanks around it."},
        {"R-21", severity::warning, exchanged, names_no_schema, "A file that is exchanged has no schemaLocation."},
        {"R-22", severity::error, path("InvoiceTypeCode"), is_invoice_or_credit, "The type is 380 or 381."},
        {"R-23", severity::error, whole, has_rate, "A VAT currency needs an exchange rate."},
        {"R-24", severity::error, whole, has_rows, "A VAT currency needs a VAT breakdown."},
        {"R-25", severity::error, whole, has_converted_amounts, "A VAT currency needs converted VAT amounts."},
        {"R-26", severity::error, whole, has_invoice_currency, "The invoice currency is there where a VAT currency is."},
        {"R-27", severity::error, path("LineItemCountNumeric"), count_is_right, "The number of lines is right."},
        {"R-29", severity::error, path("LineItemCountNumeric"), is_above_zero, "The number of lines is positive."},
        {"R-29", severity::info, reference, has_known_scheme, "The scheme of a reference is one of SFTI's."},
        {"R-30", severity::info, reference, is_of_sfti, "Another agency than SFTI is a matter of the two parties."},
        {"R-31", severity::info, reference, has_scheme, "A reference says of which scheme it is."},
        {"R-47", severity::warning, {"ActualDeliveryDateTime"_el}, is_not_after_invoice, "Delivery is not after the invoice date."},
        {"R-48", severity::error, path("PaymentMeans/PaymentMeansTypeCode"), is_means_1, "The payment means code is 1."},
        {"R-49", severity::warning, path("PaymentMeans/DuePaymentDate"), is_not_before_invoice, "The due date is not before the invoice date."},
        {"R-50", severity::warning, path("PaymentMeans/PayeeFinancialAccount/ID"), is_without_marks, "An account has no editing characters."},
        {"R-51", severity::error, account, bank_has_account, "A BIC needs an account."},
        {"R-52", severity::warning, path("PaymentMeans/PayeePartyName/Name"), payee_is_another, "A payee that is named is not the seller."},
        {"R-54", severity::error, path("PaymentTerms/PenaltySurchargePercent"), is_not_negative, "Interest on late payment is zero or more."},
        {"R-63", severity::error, path("ExchangeRate"), rate_has_invoice_currency, "An exchange rate needs the invoice currency."},
        {"R-64", severity::error, path("ExchangeRate"), rate_has_vat_currency, "An exchange rate needs the VAT currency."},
        {"R-65", severity::info, path("ExchangeRate"), has_calculation_rate, "An exchange rate says the rate of calculation."},
        {"R-66", severity::error, path("ExchangeRate/CalculationRate"), is_above_zero, "The rate of calculation is above 0."},
        {"R-79", severity::error, path("RequisitionistDocumentReference/ID"), is_not_blank, "The reference of the buyer is not blank."},
        {"R-80", severity::error, path("InvoicingPeriod"), has_both_ends, "A period has both ends."},
        {"R-81", severity::warning, path("InvoicingPeriod"), ends_after_start, "A period ends after it starts."},
        {"R-82", severity::warning, path("InvoicingPeriod/EndDateTime"), is_not_after_invoice, "A period does not end after the invoice date."},
        {"R-83", severity::warning, exchanged, names_no_stylesheet, "A file that is exchanged has no stylesheet instruction."},
        {"R-84", severity::warning, reference, names_its_agency<0>, "A contract reference (CT) names SFTI as agency."},
        {"R-85", severity::warning, reference, names_its_agency<1>, "A reference to an invoiced object (ACD) names SFTI as agency."},
        {"R-86", severity::warning, reference, names_its_agency<2>, "A reference to a delivery note (DQ) names SFTI as agency."},
        {"R-87", severity::warning, reference, names_its_agency<3>, "A reference to an attachment (ATS) names SFTI as agency."},
        {"R-100", severity::error, any, is_in_invoice_currency, "Amounts are in the invoice currency."},
        {"R-101", severity::warning, account, account_has_bank, "An account has a BIC."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice::svefaktura
