// BR-CO and BR-DEC: sums, and how many decimals amounts have (einvoice.md section 4.3). Sums are of what is declared, to the öre.
#include "formats/einvoice/code_lists.hpp"
#include "formats/einvoice/decimal.hpp"
#include "formats/einvoice/rules/rule.hpp"

namespace brygga::einvoice {

namespace {

// Nothing where one of them is no number.
std::optional<decimal> sum_of(const std::vector<element>& elements, path amount) {
    decimal out;
    for (const element each : elements) {
        if (!amount.first(each)) continue;
        const auto one = number_at(each, amount);
        if (!one) return std::nullopt;
        out += *one;
    }
    return out;
}

decimal or_zero(element from, path what) {
    return number_at(from, what).value_or(decimal());
}

bool is_equal(element at, const std::optional<decimal>& found, const std::optional<decimal>& wanted, complaint& why) {
    why.at = at;
    if (!found || !wanted) {
        why.expected = "numbers";
        return false;
    }
    why.expected = wanted->text();
    return *found == *wanted;
}

std::optional<decimal> rounded(const std::optional<decimal>& number) {
    return number ? std::optional(number->rounded(2)) : std::nullopt;
}

bool one_tax_point(const document_facts& document, element here, complaint& why) {
    why.at = here.child("TaxPointDate"_el);
    why.expected = "a tax point date, or a code of the period, not both";
    return !why.at || !document.period.child("DescriptionCode"_el);
}

// Whether a code and a text mean the same is for a person to say: the published rule sets hold it always.
bool is_for_people(const document_facts&, element, complaint&) {
    return true;
}
// As published it looks for an element where there is an attribute: UBL-DT-01 is what tests these.
bool never_matches(const document_facts&, element, complaint&) {
    return true;
}

bool vat_number_has_country(const document_facts&, element here, complaint& why) {
    if (!holds(predicate::vat, here)) return true;
    why.at = here.child("CompanyID"_el);
    why.expected = "a country code first";
    const std::string_view country = why.at.text().substr(0, 2);
    return country == "EL" || country == "1A" || country == "XI" || code_list(list::country).contains(country);
}

bool sum_of_lines(const document_facts& document, element here, complaint& why) {
    const element at = here.child("LineExtensionAmount"_el);
    return is_equal(at ? at : here, number_at(here, "LineExtensionAmount"),
                    rounded(sum_of(document.all(place::line), "LineExtensionAmount")), why);
}

bool is_sum_of(element here, path stated, const std::vector<element>& elements, complaint& why) {
    const element at = stated.first(here);
    if (!at && elements.empty()) return true;
    return is_equal(at ? at : here, number_at(here, stated), rounded(sum_of(elements, "Amount")), why);
}
bool sum_of_allowances(const document_facts& document, element here, complaint& why) {
    return is_sum_of(here, "AllowanceTotalAmount", document.all(place::document_allowance), why);
}
bool sum_of_charges(const document_facts& document, element here, complaint& why) {
    return is_sum_of(here, "ChargeTotalAmount", document.all(place::document_charge), why);
}

bool total_without_vat(const document_facts&, element here, complaint& why) {
    const decimal wanted =
        or_zero(here, "LineExtensionAmount") + or_zero(here, "ChargeTotalAmount") - or_zero(here, "AllowanceTotalAmount");
    const element at = here.child("TaxExclusiveAmount"_el);
    return is_equal(at ? at : here, number_at(here, "TaxExclusiveAmount"), wanted.rounded(2), why);
}

bool vat_total(const document_facts&, element here, complaint& why) {
    decimal sum;
    bool any = false;
    here.children("TaxSubtotal"_el, [&](element each) {
        any = true;
        sum += or_zero(each, "TaxAmount");
    });
    const element at = here.child("TaxAmount"_el);
    return !any || is_equal(at ? at : here, number_at(here, "TaxAmount"), sum.rounded(2), why);
}

bool total_with_vat(const document_facts& document, element here, complaint& why) {
    std::size_t count = 0;
    std::optional<decimal> vat;
    constexpr path amounts = "TaxTotal/TaxAmount";
    amounts.each(here, [&](element amount) {
        if (amount.attribute("currencyID") != document.currency) return;
        ++count;
        vat = decimal::parse(amount.raw());
    });
    if (count != 1) {
        why.expected = "one VAT total in the currency of the document";
        return false;
    }
    const auto net = number_at(document.legal_total, "TaxExclusiveAmount");
    const element at = document.legal_total.child("TaxInclusiveAmount"_el);
    return is_equal(at ? at : here, number_at(document.legal_total, "TaxInclusiveAmount"),
                    net && vat ? std::optional((*net + *vat).rounded(2)) : std::nullopt, why);
}

bool amount_to_pay(const document_facts&, element here, complaint& why) {
    const auto payable = number_at(here, "PayableAmount"), total = number_at(here, "TaxInclusiveAmount");
    const decimal rounding = or_zero(here, "PayableRoundingAmount"), prepaid = or_zero(here, "PrepaidAmount");
    why.at = here.child("PayableAmount"_el);
    if (!payable || !total) {
        why.expected = "numbers";
        return false;
    }
    why.expected = (*total - prepaid + rounding).text();
    return (*payable - rounding).rounded(2) == (*total - prepaid).rounded(2);
}

bool vat_of_row(const document_facts&, element here, complaint& why) {
    if (!path("TaxCategory[VAT]").first(here)) return true;
    const auto rate = number_at(here, "TaxCategory[VAT]/Percent"), amount = number_at(here, "TaxAmount"),
               base = number_at(here, "TaxableAmount");
    why.at = here.child("TaxAmount"_el);
    if (!rate || rate->rounded(0) == decimal()) {
        why.expected = "0";
        return amount && amount->rounded(0) == decimal();
    }
    if (!amount || !base) {
        why.expected = "numbers";
        return false;
    }
    const decimal wanted = (base->abs() * *rate).over_100().rounded(2);
    why.expected = wanted.text();
    return (amount->abs() - wanted).abs() < decimal(1);
}

bool period_says_something(const document_facts&, element here, complaint& why) {
    why.expected = "a start, an end or a code";
    return here.child("StartDate"_el) || here.child("EndDate"_el) || here.child("DescriptionCode"_el);
}

bool seller_is_identified(const document_facts&, element here, complaint& why) {
    constexpr path vat = "Party/PartyTaxScheme[VAT]/CompanyID", id = "Party/PartyIdentification/ID[not SEPA]",
                   registration = "Party/PartyLegalEntity/CompanyID";
    why.expected = "a VAT number, an identifier or an organisation number";
    return vat.first(here) || id.first(here) || registration.first(here);
}

}  // namespace

void add_total_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"BR-CO-03", severity::error, place::document, one_tax_point, "Tax point date and tax point code exclude each other."},
        {"BR-CO-04", severity::error, place::line, has("Item/ClassifiedTaxCategory[VAT]/ID"), "Each line carries a VAT category."},
        {"BR-CO-05", severity::error, place::document_allowance, is_for_people, "Reason code and reason text of a document allowance mean the same."},
        {"BR-CO-06", severity::error, place::document_charge, is_for_people, "Reason code and reason text of a document charge mean the same."},
        {"BR-CO-07", severity::error, place::line_allowance, is_for_people, "Reason code and reason text of a line allowance mean the same."},
        {"BR-CO-08", severity::error, place::line_charge, is_for_people, "Reason code and reason text of a line charge mean the same."},
        {"BR-CO-09", severity::error, place::party_tax_scheme, vat_number_has_country, "VAT numbers start with a country prefix."},
        {"BR-CO-10", severity::error, place::legal_total, sum_of_lines, "Sum of line nets is right."},
        {"BR-CO-11", severity::error, place::legal_total, sum_of_allowances, "Sum of document allowances is right, and absent only when there is none."},
        {"BR-CO-12", severity::error, place::legal_total, sum_of_charges, "Sum of document charges is right, and absent only when there is none."},
        {"BR-CO-13", severity::error, place::legal_total, total_without_vat, "Total without VAT is right."},
        {"BR-CO-14", severity::error, place::tax_total, vat_total, "VAT total equals the breakdown."},
        {"BR-CO-15", severity::error, place::document, total_with_vat, "Total with VAT is right, and one VAT total is in the document currency."},
        {"BR-CO-16", severity::error, place::legal_total, amount_to_pay, "Amount to pay is right."},
        {"BR-CO-17", severity::error, place::subtotal, vat_of_row, "VAT of each breakdown row is rate times base, within one unit."},
        {"BR-CO-18", severity::error, place::document, has("TaxTotal/TaxSubtotal"), "At least one VAT breakdown row."},
        {"BR-CO-19", severity::error, place::document_period, period_says_something, "Document period has a start, an end, or only a tax point code."},
        {"BR-CO-20", severity::error, place::line_period, has_either("StartDate", "EndDate"), "Line period has a start or an end."},
        {"BR-CO-21", severity::error, place::document_allowance, has_either("AllowanceChargeReason", "AllowanceChargeReasonCode"), "Document allowance has reason text, reason code or both."},
        {"BR-CO-22", severity::error, place::document_charge, has_either("AllowanceChargeReason", "AllowanceChargeReasonCode"), "Document charge has reason text, reason code or both."},
        {"BR-CO-23", severity::error, place::line_allowance, has_either("AllowanceChargeReason", "AllowanceChargeReasonCode"), "Line allowance has reason text, reason code or both."},
        {"BR-CO-24", severity::error, place::line_charge, has_either("AllowanceChargeReason", "AllowanceChargeReasonCode"), "Line charge has reason text, reason code or both."},
        {"BR-CO-26", severity::error, place::supplier, seller_is_identified, "Seller can be identified."},
        {"BR-DEC-01", severity::error, place::document_allowance, two_decimals("Amount"), "Amount at this place has at most two decimals."},
        {"BR-DEC-02", severity::error, place::document_allowance, two_decimals("BaseAmount"), "BaseAmount at this place has at most two decimals."},
        {"BR-DEC-05", severity::error, place::document_charge, two_decimals("Amount"), "Amount at this place has at most two decimals."},
        {"BR-DEC-06", severity::error, place::document_charge, two_decimals("BaseAmount"), "BaseAmount at this place has at most two decimals."},
        {"BR-DEC-09", severity::error, place::legal_total, two_decimals("LineExtensionAmount"), "LineExtensionAmount at this place has at most two decimals."},
        {"BR-DEC-10", severity::error, place::legal_total, two_decimals("AllowanceTotalAmount"), "AllowanceTotalAmount at this place has at most two decimals."},
        {"BR-DEC-11", severity::error, place::legal_total, two_decimals("ChargeTotalAmount"), "ChargeTotalAmount at this place has at most two decimals."},
        {"BR-DEC-12", severity::error, place::legal_total, two_decimals("TaxExclusiveAmount"), "TaxExclusiveAmount at this place has at most two decimals."},
        {"BR-DEC-13", severity::error, place::document, never_matches, "VAT total in the document currency has at most two decimals."},
        {"BR-DEC-14", severity::error, place::legal_total, two_decimals("TaxInclusiveAmount"), "Total with VAT has at most two decimals."},
        {"BR-DEC-15", severity::error, place::document, never_matches, "VAT total in the accounting currency has at most two decimals."},
        {"BR-DEC-16", severity::error, place::legal_total, two_decimals("PrepaidAmount"), "PrepaidAmount has at most two decimals."},
        {"BR-DEC-17", severity::error, place::legal_total, two_decimals("PayableRoundingAmount"), "PayableRoundingAmount has at most two decimals."},
        {"BR-DEC-18", severity::error, place::legal_total, two_decimals("PayableAmount"), "PayableAmount has at most two decimals."},
        {"BR-DEC-19", severity::error, place::subtotal, two_decimals("TaxableAmount"), "TaxableAmount at this place has at most two decimals."},
        {"BR-DEC-20", severity::error, place::subtotal, two_decimals("TaxAmount"), "TaxAmount at this place has at most two decimals."},
        {"BR-DEC-23", severity::error, place::line, two_decimals("LineExtensionAmount"), "LineExtensionAmount at this place has at most two decimals."},
        {"BR-DEC-24", severity::error, place::line_allowance, two_decimals("Amount"), "Amount at this place has at most two decimals."},
        {"BR-DEC-25", severity::error, place::line_allowance, two_decimals("BaseAmount"), "BaseAmount at this place has at most two decimals."},
        {"BR-DEC-27", severity::error, place::line_charge, two_decimals("Amount"), "Amount at this place has at most two decimals."},
        {"BR-DEC-28", severity::error, place::line_charge, two_decimals("BaseAmount"), "BaseAmount at this place has at most two decimals."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice
