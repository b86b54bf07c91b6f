// R: lines, allowances and charges, VAT and totals. Most sums may be half a unit of the currency off.
#include "formats/einvoice/svefaktura/rule.hpp"

namespace brygga::einvoice::svefaktura {

namespace {

const decimal half{5, 1};

bool is_charge(element allowance) {
    const std::string_view said = allowance.child("ChargeIndicator"_el).text();
    return said == "true" || said == "1";
}

// Less than half a unit off.
bool is_near(const decimal& found, const decimal& wanted, complaint& why) {
    why.expected = wanted.text();
    why.found = found.text();
    return (found - wanted).abs() < half;
}
// At most.
bool is_near_or_half(const decimal& found, const decimal& wanted, complaint& why) {
    return is_near(found, wanted, why) || (found - wanted).abs() == half;
}

// ---- lines ----

// What a line is: its quantity and price, of how many units, and what is taken off or added.
struct line_parts {
    std::optional<decimal> quantity, price, net, amount;
    std::optional<decimal> base;
    element allowance;

    explicit line_parts(element line)
        : quantity(number_at(line, "InvoicedQuantity")),
          price(number_at(line, "Item/BasePrice/PriceAmount")),
          net(number_at(line, "LineExtensionAmount")),
          amount(number_at(line, "AllowanceCharge/Amount")),
          base(number_at(line, "Item/BasePrice/BaseQuantity")),
          allowance(line.child("AllowanceCharge"_el)) {}
};

enum class line_form : std::uint8_t { plain, with_allowance, with_charge };

line_form form_of(const line_parts& line) {
    if (!line.allowance) return line_form::plain;
    return is_charge(line.allowance) ? line_form::with_charge : line_form::with_allowance;
}

// Of lines of this form, with a base quantity or without. Compared without a division: all is multiplied by the base quantity.
judgement net_is_right(line_form form, bool has_base) {
    return [form, has_base](const document_facts&, element here, complaint& why) {
        const line_parts line(here);
        if (!line.quantity || !line.price || !line.net || form_of(line) != form || line.base.has_value() != has_base) return true;
        const decimal base = line.base.value_or(decimal(1));
        why.at = here.child("LineExtensionAmount"_el);
        why.expected = "a base quantity that is not 0";
        if (base == decimal()) return false;
        decimal extra = line.amount.value_or(decimal());
        if (form == line_form::with_allowance) extra = -extra;
        why.expected = ((*line.price * *line.quantity).divided_by(base, 2) + extra).text();
        return (*line.price * *line.quantity + (extra - *line.net) * base).abs() < half * base.abs();
    };
}

// Of the base amount of an allowance, within an öre.
judgement allowance_base_is_right(bool has_base) {
    return [has_base](const document_facts&, element here, complaint& why) {
        const line_parts line(here);
        const auto stated = number_at(here, "AllowanceCharge/AllowanceChargeBaseAmount");
        if (!stated || !line.quantity || !line.price || line.base.has_value() != has_base) return true;
        const decimal base = line.base.value_or(decimal(1));
        why.at = line.allowance.child("AllowanceChargeBaseAmount"_el);
        why.expected = "a base quantity that is not 0";
        if (base == decimal()) return false;
        why.expected = (*line.price * *line.quantity).divided_by(base, 2).text();
        return (*line.price * *line.quantity - *stated * base).abs() <= decimal(1, 2) * base.abs();
    };
}

bool allowance_has_amount(const document_facts&, element here, complaint& why) {
    why.expected = "Amount";
    return static_cast<bool>(here.child("Amount"_el));
}

bool is_true_or_false(const document_facts&, element here, complaint& why) {
    why.expected = "true or false";
    return here.text() == "true" || here.text() == "false";
}

bool base_has_unit_of_quantity(const document_facts&, element here, complaint& why) {
    constexpr path base = "Item/BasePrice/BaseQuantity";
    const element quantity = here.child("InvoicedQuantity"_el);
    why.at = base.first(here);
    if (!why.at || !quantity) return true;
    why.found = why.at.attribute("quantityUnitCode").value_or("none");
    why.expected = quantity.attribute("quantityUnitCode").value_or("none");
    return why.found == why.expected;
}

bool line_has_text(const document_facts&, element here, complaint& why) {
    constexpr path description = "Item/Description";
    why.expected = "Note or Description";
    if (or_zero(here, "LineExtensionAmount") == decimal()) return true;
    return !here.child("Note"_el).text().empty() || !description.first(here).text().empty();
}

// ---- VAT: on a TaxCategory ----

std::string_view category(element here) {
    return here.child("ID"_el).text();
}

bool has_swedish_rate(const document_facts&, element here, complaint& why) {
    const auto rate = number_at(here, "Percent");
    why.at = here.child("Percent"_el);
    why.expected = "6, 12 or 25";
    return category(here) != "S" || !rate || *rate == decimal(6) || *rate == decimal(12) || *rate == decimal(25);
}

bool is_s_or_e(const document_facts&, element here, complaint& why) {
    why.at = here.child("ID"_el);
    why.expected = "S or E";
    return category(here) == "S" || category(here) == "E";
}

bool exempt_has_rate_0(const document_facts&, element here, complaint& why) {
    const auto rate = number_at(here, "Percent");
    why.at = here.child("Percent"_el);
    why.expected = "0";
    return category(here) != "E" || (rate && *rate == decimal());
}

bool standard_has_rate(const document_facts&, element here, complaint& why) {
    const auto rate = number_at(here, "Percent");
    why.at = here.child("Percent"_el);
    why.expected = "6, 12 or 25";
    return category(here) != "S" || !rate || *rate != decimal();
}

bool states_rate(const document_facts&, element here, complaint& why) {
    why.expected = "Percent";
    return static_cast<bool>(here.child("Percent"_el));
}

bool is_vat(const document_facts&, element here, complaint& why) {
    why.expected = "VAT";
    return here.text() == "VAT";
}

bool exemption_is_motivated(const document_facts&, element here, complaint& why) {
    why.expected = "ExemptionReason";
    return category(here) != "E" || !here.child("ExemptionReason"_el).text().empty();
}

bool exemption_is_motivated_somewhere(const document_facts& document, element here, complaint& why) {
    constexpr path reason = "TaxTotal/TaxSubTotal/TaxCategory/ExemptionReason";
    why.expected = "ExemptionReason in the breakdown";
    return category(here) != "E" || reason.first(document.root);
}

bool standard_is_in_breakdown(const document_facts& document, element here, complaint& why) {
    const auto rate = number_at(here, "Percent");
    why.expected = "a row of the breakdown for this rate";
    return category(here) != "S" || !rate || document.is_in_breakdown("S", *rate);
}

bool exempt_is_in_breakdown(const document_facts& document, element here, complaint& why) {
    why.expected = "a row of the breakdown for E";
    const element around = here.parent();
    const bool is_used = around.is() == "Item"_el || around.is() == "AllowanceCharge"_el;
    return !is_used || category(here) != "E" || document.is_in_breakdown("E");
}

// ---- totals ----

bool has_one_tax_total(const document_facts&, element here, complaint& why) {
    constexpr path total = "TaxTotal";
    why.expected = "at most one TaxTotal";
    why.found = std::to_string(total.count(here));
    return total.count(here) < 2;
}

bool vat_of_row(const document_facts& document, element here, complaint& why) {
    const auto base = number_at(here, "TaxableAmount"), rate = number_at(here, "TaxCategory/Percent"),
               vat = number_at(here, "TaxAmount");
    const bool has_one_currency = document.vat_currency.empty() || document.vat_currency == document.currency;
    why.at = here.child("TaxAmount"_el);
    why.expected = "a rate (Percent)";
    if (has_one_currency && base && vat && !rate) return false;
    return !has_one_currency || !base || !vat || is_near(*vat, (*base * *rate).over_100(), why);
}

bool converted_vat(const document_facts& document, element here, complaint& why) {
    constexpr path row = "TaxTotal/TaxSubTotal";
    const auto rate = number_at(here, "ExchangeRate/CalculationRate");
    if (document.vat_currency.empty() || !rate) return true;
    decimal converted;
    row.each(here, [&](element each) { converted += or_zero(each, "TaxCurrencyTaxAmount"); });
    return is_near(converted, document.vat * *rate, why);
}

bool is_converted_with_currency(const document_facts& document, element here, complaint& why) {
    why.expected = document.vat_currency.empty() ? "no TaxCurrencyTaxAmount" : "TaxCurrencyTaxAmount";
    return here.child("TaxCurrencyTaxAmount"_el).operator bool() != document.vat_currency.empty();
}

bool total_is_bases(const document_facts& document, element here, complaint& why) {
    const auto stated = decimal::parse(here.raw());
    return !stated || is_near(*stated, document.taxable, why);
}

bool vat_total(const document_facts& document, element here, complaint& why) {
    const auto stated = decimal::parse(here.raw());
    return !stated || is_near_or_half(*stated, document.vat, why);
}

bool sum_of_lines(const document_facts& document, element here, complaint& why) {
    const auto stated = decimal::parse(here.raw());
    return !stated || is_near_or_half(*stated, document.lines, why);
}

bool total_without_vat(const document_facts& document, element here, complaint& why) {
    const auto stated = decimal::parse(here.raw());
    return !stated || is_near_or_half(*stated, document.lines + document.charges - document.allowances, why);
}

decimal amount_to_pay(const document_facts& document) {
    return document.lines + document.charges - document.allowances + or_zero(document.root, "TaxTotal/TotalTaxAmount") +
           or_zero(document.root, "LegalTotal/RoundOffAmount");
}

bool total_to_pay(const document_facts& document, element here, complaint& why) {
    const auto stated = decimal::parse(here.raw());
    return !stated || is_near_or_half(*stated, amount_to_pay(document), why);
}

bool rounded_total_is_exact(const document_facts& document, element here, complaint& why) {
    const auto stated = number_at(here, "TaxInclusiveTotalAmount");
    why.at = here.child("TaxInclusiveTotalAmount"_el);
    why.expected = amount_to_pay(document).text();
    return !stated || !here.child("RoundOffAmount"_el) || *stated == amount_to_pay(document);
}

bool total_without_vat_is_stated(const document_facts&, element here, complaint& why) {
    constexpr path total = "LegalTotal/TaxExclusiveTotalAmount";
    why.expected = "TaxExclusiveTotalAmount";
    return !here.child("AllowanceCharge"_el) || total.first(here);
}

bool is_reason_zzz(const document_facts&, element here, complaint& why) {
    why.expected = "ZZZ, with a text in @name";
    return here.text() == "ZZZ";
}

}  // namespace

void add_amount_rules(std::vector<rule>& to) {
    using form = line_form;
    const context whole{"Invoice"_el};
    const path line = "InvoiceLine", row = "TaxTotal/TaxSubTotal/TaxCategory";
    const path item = "InvoiceLine/Item/TaxCategory", allowance = "AllowanceCharge/TaxCategory";
    // clang-format off
    const rule rules[] = {
        {"R-3", severity::error, whole, converted_vat, "VAT in the VAT currency agrees with the exchange rate."},
        {"R-4", severity::error, path("TaxTotal/TaxSubTotal"), vat_of_row, "The VAT of a row is base times rate."},
        {"R-6", severity::warning, allowance, has_swedish_rate, "The rate of S on an allowance or charge is 6, 12 or 25."},
        {"R-7", severity::warning, item, has_swedish_rate, "The rate of S on a line is 6, 12 or 25."},
        {"R-10", severity::error, path("LegalTotal/TaxExclusiveTotalAmount"), total_is_bases, "The total without VAT equals the taxable amounts."},
        {"R-11", severity::error, line, net_is_right(form::with_allowance, true), "The net of a line with base quantity and allowance is right."},
        {"R-12", severity::error, line, net_is_right(form::with_charge, true), "The net of a line with base quantity and charge is right."},
        {"R-13", severity::error, line, net_is_right(form::with_allowance, false), "The net of a line with an allowance is right."},
        {"R-14", severity::error, line, net_is_right(form::with_charge, false), "The net of a line with a charge is right."},
        {"R-15", severity::error, line, net_is_right(form::plain, true), "The net of a line with base quantity is right."},
        {"R-16", severity::warning, row, has_swedish_rate, "The rate of S in the breakdown is 6, 12 or 25."},
        {"R-17", severity::error, whole, has_one_tax_total, "There is at most one VAT total."},
        {"R-20", severity::error, line, net_is_right(form::plain, false), "The net of a line is price times quantity."},
        {"R-55", severity::warning, whole, total_without_vat_is_stated, "The total without VAT is stated where the document has an allowance or charge."},
        {"R-56", severity::error, path("AllowanceCharge/TaxCategory/TaxScheme/ID"), is_vat, "The tax scheme of an allowance or charge is VAT."},
        {"R-57", severity::error, path("AllowanceCharge/ReasonCode"), is_reason_zzz, "The reason code is ZZZ."},
        {"R-58", severity::error, allowance, states_rate, "An allowance or charge states its VAT rate."},
        {"R-59", severity::error, row, is_s_or_e, "The category in the breakdown is S or E."},
        {"R-60", severity::warning, allowance, exemption_is_motivated_somewhere, "An exempt allowance or charge is motivated in the breakdown."},
        {"R-61", severity::error, row, exempt_has_rate_0, "E in the breakdown has rate 0."},
        {"R-62", severity::warning, row, standard_has_rate, "S in the breakdown does not have rate 0."},
        {"R-67", severity::error, path("TaxTotal/TotalTaxAmount"), vat_total, "The VAT total equals the rows."},
        {"R-68", severity::error, path("TaxTotal/TaxSubTotal"), is_converted_with_currency, "VAT amounts are converted exactly when there is a VAT currency."},
        {"R-69", severity::error, path("LegalTotal/LineExtensionTotalAmount"), sum_of_lines, "The sum of the lines is right."},
        {"R-70", severity::error, path("LegalTotal/TaxExclusiveTotalAmount"), total_without_vat, "The total without VAT is right."},
        {"R-71", severity::error, path("LegalTotal/TaxInclusiveTotalAmount"), total_to_pay, "The amount to pay is right."},
        {"R-72", severity::error, path("InvoiceLine/AllowanceCharge"), allowance_has_amount, "An allowance or charge of a line has an amount."},
        {"R-73", severity::error, path("InvoiceLine/AllowanceCharge/ChargeIndicator"), is_true_or_false, "A charge indicator of a line is true or false."},
        {"R-74", severity::error, path("InvoiceLine/AllowanceCharge/Amount"), is_not_negative, "The amount of an allowance or charge of a line is not negative."},
        {"R-75", severity::error, path("InvoiceLine/Item/TaxCategory/TaxScheme/ID"), is_vat, "The tax scheme of a line is VAT."},
        {"R-76", severity::error, item, is_s_or_e, "The category of a line is S or E."},
        {"R-77", severity::error, item, exempt_has_rate_0, "E on a line has rate 0."},
        {"R-78", severity::error, line, base_has_unit_of_quantity, "Base quantity and quantity have the same unit."},
        {"R-89", severity::error, allowance, standard_is_in_breakdown, "Each S rate of an allowance or charge is in the breakdown."},
        {"R-90", severity::error, {"TaxCategory"_el}, exempt_is_in_breakdown, "E of a line, allowance or charge is in the breakdown."},
        {"R-91", severity::warning, row, exemption_is_motivated, "An exempt row of the breakdown is motivated."},
        {"R-92", severity::warning, path("LegalTotal"), rounded_total_is_exact, "With a round-off the amount to pay is exact."},
        {"R-95", severity::error, allowance, exempt_has_rate_0, "E on an allowance or charge has rate 0."},
        {"R-96", severity::warning, item, standard_has_rate, "S on a line does not have rate 0."},
        {"R-97", severity::warning, allowance, standard_has_rate, "S on an allowance or charge does not have rate 0."},
        {"R-102", severity::warning, line, line_has_text, "A line with an amount has a text."},
        {"R-103", severity::warning, line, allowance_base_is_right(false), "The base of an allowance is price times quantity."},
        {"R-104", severity::warning, line, allowance_base_is_right(true), "The base of an allowance is price times quantity over the base quantity."},
        {"R-105", severity::error, path("LegalTotal/TaxInclusiveTotalAmount"), is_not_negative, "The amount to pay is zero or more."},
        {"R-106", severity::error, item, standard_is_in_breakdown, "Each S rate of a line is in the breakdown."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice::svefaktura
