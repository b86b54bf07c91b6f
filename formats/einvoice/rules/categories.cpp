// The rules of each VAT category (einvoice.md section 4.3). All categories have the same ten, with three kinds of answers.
#include <algorithm>

#include "formats/einvoice/decimal.hpp"
#include "formats/einvoice/rules/rule.hpp"

namespace brygga::einvoice {

namespace {

using check = bool (*)(const document_facts& document, element here, complaint& why);

std::string_view category_of(element category) {
    return category.child("ID"_el).text();
}
element category_of_row(element subtotal) {
    return subtotal.child("TaxCategory"_el);
}

std::size_t count_of(const std::vector<element>& categories, std::string_view code) {
    return static_cast<std::size_t>(
        std::count_if(categories.begin(), categories.end(), [&](element each) { return category_of(each) == code; }));
}
std::size_t rows_of(const document_facts& document, std::string_view code) {
    const auto& rows = document.all(place::subtotal);
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](element each) { return category_of(category_of_row(each)) == code; }));
}
std::size_t users_of(const document_facts& document, std::string_view code) {
    return count_of(document.all(place::line_category), code) + count_of(document.all(place::allowance_category), code) +
           count_of(document.all(place::charge_category), code);
}

judgement row_where_used(std::string_view code) {
    return [code](const document_facts& document, element, complaint& why) {
        why.expected = "a row of the breakdown exactly where the category is used";
        return (users_of(document, code) != 0) == (rows_of(document, code) != 0);
    };
}
judgement one_row_where_used(std::string_view code) {
    return [code](const document_facts& document, element, complaint& why) {
        const std::size_t rows = rows_of(document, code);
        why.expected = "one row of the breakdown";
        why.found = std::to_string(rows);
        return rows == 1 || (rows == 0 && users_of(document, code) == 0);
    };
}

judgement where_used(place where, std::string_view code, check holds) {
    return [=](const document_facts& document, element here, complaint& why) {
        return count_of(document.all(where), code) == 0 || holds(document, here, why);
    };
}
judgement of_category(std::string_view code, check holds) {
    return [=](const document_facts& document, element here, complaint& why) {
        return category_of(here) != code || holds(document, here, why);
    };
}
judgement of_row(std::string_view code, check holds) {
    return [=](const document_facts& document, element here, complaint& why) {
        return category_of(category_of_row(here)) != code || holds(document, here, why);
    };
}

// ---- who is registered for VAT ----

bool has_vat_number_of(element party) {
    constexpr path number = "PartyTaxScheme[VAT]/CompanyID";
    return static_cast<bool>(number.first(party));
}

bool has_vat_number(const document_facts& document, element, complaint& why) {
    why.expected = "a VAT number of the seller or its representative";
    return has_vat_number_of(document.supplier) || has_vat_number_of(document.representative);
}
bool is_registered(const document_facts& document, element, complaint& why) {
    constexpr path any = "PartyTaxScheme/CompanyID";
    why.expected = "a tax registration of the seller, or a VAT number of its representative";
    return any.first(document.supplier) || has_vat_number_of(document.representative);
}
bool is_reverse_charge(const document_facts& document, element here, complaint& why) {
    constexpr path registration = "PartyLegalEntity/CompanyID";
    const bool buyer = has_vat_number_of(document.customer) || registration.first(document.customer);
    if (!is_registered(document, here, why)) return false;
    why.expected = "a VAT number or organisation number of the buyer";
    return buyer;
}
bool is_community_supply(const document_facts& document, element here, complaint& why) {
    if (!has_vat_number(document, here, why)) return false;
    why.expected = "a VAT number of the buyer";
    return has_vat_number_of(document.customer);
}
bool has_no_vat_number(const document_facts& document, element, complaint& why) {
    why.expected = "no VAT number";
    return !has_vat_number_of(document.supplier) && !has_vat_number_of(document.representative) &&
           !has_vat_number_of(document.customer);
}

// ---- rates, of a category ----

bool rate_is(element here, complaint& why, std::string_view expected, bool (*right)(const decimal&)) {
    why.at = here.child("Percent"_el);
    why.expected = expected;
    const auto rate = number_at(here, "Percent");
    return rate && right(*rate);
}
bool rate_is_above_zero(const document_facts&, element here, complaint& why) {
    return rate_is(here, why, "a rate above 0", [](const decimal& rate) { return rate > decimal(); });
}
bool rate_is_not_negative(const document_facts&, element here, complaint& why) {
    return rate_is(here, why, "a rate of 0 or more", [](const decimal& rate) { return rate >= decimal(); });
}
bool rate_is_zero(const document_facts&, element here, complaint& why) {
    return rate_is(here, why, "0", [](const decimal& rate) { return rate == decimal(); });
}
bool rate_is_absent(const document_facts&, element here, complaint& why) {
    why.at = here.child("Percent"_el);
    why.expected = "no rate";
    return !why.at;
}

// ---- rows of the breakdown ----

// What lines, charges and allowances of a category come to, of one rate or of all; nothing where one is no number.
std::optional<decimal> base_of(const document_facts& document, std::string_view code, const std::optional<decimal>& rate,
                               bool& used) {
    decimal out;
    bool is_number = true;
    const auto& bases = document.bases();
    const auto begin = rate ? bases.find({code, rate}) : bases.lower_bound({code, std::nullopt});
    for (auto at = begin; at != bases.end() && at->first.first == code; ++at) {
        if (rate && at->first.second != rate) break;
        used = true;
        is_number = is_number && at->second.is_number;
        out += at->second.sum;
    }
    return is_number ? std::optional(out) : std::nullopt;
}

judgement base_of_category(std::string_view code) {
    return [code](const document_facts& document, element here, complaint& why) {
        if (category_of(category_of_row(here)) != code) return true;
        bool used = false;
        const auto wanted = base_of(document, code, std::nullopt, used), found = number_at(here, "TaxableAmount");
        why.at = here.child("TaxableAmount"_el);
        why.expected = wanted ? wanted->text() : "numbers";
        return wanted && found && *wanted == *found;
    };
}

judgement base_of_rate(std::string_view code, bool must_be_used) {
    return [=](const document_facts& document, element here, complaint& why) {
        if (category_of(category_of_row(here)) != code) return true;
        bool used = false;
        const auto rate = number_at(here, "TaxCategory/Percent");
        const auto wanted = base_of(document, code, rate, used), found = number_at(here, "TaxableAmount");
        why.at = here.child("TaxableAmount"_el);
        why.expected = wanted ? wanted->text() : "numbers";
        return wanted && found && (*wanted - *found).abs() < decimal(1) && (used || !must_be_used);
    };
}

bool vat_is_zero(const document_facts&, element here, complaint& why) {
    const auto amount = number_at(here, "TaxAmount");
    why.at = here.child("TaxAmount"_el);
    why.expected = "0";
    return amount && *amount == decimal();
}
bool vat_is_base_times_rate(const document_facts&, element here, complaint& why) {
    const auto amount = number_at(here, "TaxAmount"), base = number_at(here, "TaxableAmount"),
               rate = number_at(here, "TaxCategory/Percent");
    why.at = here.child("TaxAmount"_el);
    why.expected = "numbers";
    if (!amount || !base || !rate) return false;
    const decimal wanted = (base->abs() * *rate).over_100().rounded(2);
    why.expected = wanted.text();
    return (amount->abs() - wanted).abs() < decimal(1);
}

element reason_of(element here) {
    const element category = category_of_row(here);
    const element text = category.child("TaxExemptionReason"_el);
    return text ? text : category.child("TaxExemptionReasonCode"_el);
}
bool has_reason(const document_facts&, element here, complaint& why) {
    why.expected = "a reason, as text or code";
    return static_cast<bool>(reason_of(here));
}
bool has_no_reason(const document_facts&, element here, complaint& why) {
    why.at = reason_of(here);
    why.expected = "no reason";
    return !why.at;
}

bool has_delivery_day(const document_facts& document, element, complaint& why) {
    constexpr path day = "Delivery/ActualDeliveryDate";
    why.expected = "a delivery date or a period";
    return !day.first(document.root).text().empty() || document.period.has_children();
}
bool has_delivery_country(const document_facts& document, element, complaint& why) {
    constexpr path country = "Delivery/DeliveryLocation/Address/Country/IdentificationCode";
    why.expected = "a deliver-to country";
    return !country.first(document.root).text().empty();
}

// Nothing of another category where the breakdown has O.
judgement stands_alone(place where) {
    return [where](const document_facts& document, element, complaint& why) {
        if (rows_of(document, "O") == 0) return true;
        why.expected = "O and no other category";
        for (const element each : document.all(where))
            if (const element category = where == place::subtotal ? category_of_row(each) : each; category_of(category) != "O") {
                why.at = category;
                return false;
            }
        return true;
    };
}

bool uses(const document_facts& document, std::string_view code) {
    return users_of(document, code) + rows_of(document, code) != 0;
}
bool split_payment_is_italian(const document_facts& document, element, complaint& why) {
    if (!uses(document, "B")) return true;
    why.expected = "IT";
    for (const element each : document.all("IdentificationCode"_el))
        if (each.text() != "IT") {
            why.at = each;
            return false;
        }
    return true;
}
bool split_payment_stands_alone(const document_facts& document, element, complaint& why) {
    why.expected = "B or S, not both";
    return !uses(document, "B") || !uses(document, "S");
}

}  // namespace

void add_category_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"BR-S-01", severity::error, place::document, row_where_used("S"), "Standard rate: a row in the breakdown exists when and only when a line, document allowance or document charge uses S."},
        {"BR-S-02", severity::error, place::document, where_used(place::line_category, "S", is_registered), "Standard rate: the seller has any tax registration, or a tax representative has a VAT number when a line uses S."},
        {"BR-S-03", severity::error, place::document, where_used(place::allowance_category, "S", is_registered), "Standard rate: the seller has any tax registration, or a tax representative has a VAT number when a document or line allowance uses S."},
        {"BR-S-04", severity::error, place::document, where_used(place::charge_category, "S", is_registered), "Standard rate: the seller has any tax registration, or a tax representative has a VAT number when a document or line charge uses S."},
        {"BR-S-05", severity::error, place::line_category, of_category("S", rate_is_above_zero), "Standard rate: rate above zero on a line."},
        {"BR-S-06", severity::error, place::allowance_category, of_category("S", rate_is_above_zero), "Standard rate: rate above zero on a document allowance."},
        {"BR-S-07", severity::error, place::charge_category, of_category("S", rate_is_above_zero), "Standard rate: rate above zero on a document charge."},
        {"BR-S-08", severity::error, place::subtotal, base_of_rate("S", true), "Standard rate: taxable amount of each rate equals lines plus charges minus allowances of that rate, within one unit."},
        {"BR-S-09", severity::error, place::subtotal, of_row("S", vat_is_base_times_rate), "Standard rate: tax amount is base times rate, within one unit."},
        {"BR-S-10", severity::error, place::subtotal, of_row("S", has_no_reason), "Standard rate: no exemption reason, text or code."},
        {"BR-Z-01", severity::error, place::document, one_row_where_used("Z"), "Zero rate: if Z is used anywhere (breakdown included) there is exactly one breakdown row for it."},
        {"BR-Z-02", severity::error, place::document, where_used(place::line_category, "Z", is_registered), "Zero rate: the seller has any tax registration, or a tax representative has a VAT number when a line uses Z."},
        {"BR-Z-03", severity::error, place::document, where_used(place::allowance_category, "Z", is_registered), "Zero rate: the seller has any tax registration, or a tax representative has a VAT number when a document or line allowance uses Z."},
        {"BR-Z-04", severity::error, place::document, where_used(place::charge_category, "Z", is_registered), "Zero rate: the seller has any tax registration, or a tax representative has a VAT number when a document or line charge uses Z."},
        {"BR-Z-05", severity::error, place::line_category, of_category("Z", rate_is_zero), "Zero rate: rate is 0 on a line."},
        {"BR-Z-06", severity::error, place::allowance_category, of_category("Z", rate_is_zero), "Zero rate: rate is 0 on a document allowance."},
        {"BR-Z-07", severity::error, place::charge_category, of_category("Z", rate_is_zero), "Zero rate: rate is 0 on a document charge."},
        {"BR-Z-08", severity::error, place::subtotal, base_of_category("Z"), "Zero rate: taxable amount equals lines plus charges minus allowances of the category, exactly."},
        {"BR-Z-09", severity::error, place::subtotal, of_row("Z", vat_is_zero), "Zero rate: tax amount is 0."},
        {"BR-Z-10", severity::error, place::subtotal, of_row("Z", has_no_reason), "Zero rate: no exemption reason, text or code."},
        {"BR-E-01", severity::error, place::document, one_row_where_used("E"), "Exempt: if E is used anywhere (breakdown included) there is exactly one breakdown row for it."},
        {"BR-E-02", severity::error, place::document, where_used(place::line_category, "E", is_registered), "Exempt: the seller has any tax registration, or a tax representative has a VAT number when a line uses E."},
        {"BR-E-03", severity::error, place::document, where_used(place::allowance_category, "E", is_registered), "Exempt: the seller has any tax registration, or a tax representative has a VAT number when a document or line allowance uses E."},
        {"BR-E-04", severity::error, place::document, where_used(place::charge_category, "E", is_registered), "Exempt: the seller has any tax registration, or a tax representative has a VAT number when a document or line charge uses E."},
        {"BR-E-05", severity::error, place::line_category, of_category("E", rate_is_zero), "Exempt: rate is 0 on a line."},
        {"BR-E-06", severity::error, place::allowance_category, of_category("E", rate_is_zero), "Exempt: rate is 0 on a document allowance."},
        {"BR-E-07", severity::error, place::charge_category, of_category("E", rate_is_zero), "Exempt: rate is 0 on a document charge."},
        {"BR-E-08", severity::error, place::subtotal, base_of_category("E"), "Exempt: taxable amount equals lines plus charges minus allowances of the category, exactly."},
        {"BR-E-09", severity::error, place::subtotal, of_row("E", vat_is_zero), "Exempt: tax amount is 0."},
        {"BR-E-10", severity::error, place::subtotal, of_row("E", has_reason), "Exempt: an exemption reason, text or code, is given."},
        {"BR-AE-01", severity::error, place::document, one_row_where_used("AE"), "Reverse charge: if AE is used anywhere (breakdown included) there is exactly one breakdown row for it."},
        {"BR-AE-02", severity::error, place::document, where_used(place::line_category, "AE", is_reverse_charge), "Reverse charge: the seller has any tax registration (or a representative) and the buyer has a VAT number or a legal registration number when a line uses AE."},
        {"BR-AE-03", severity::error, place::document, where_used(place::allowance_category, "AE", is_reverse_charge), "Reverse charge: the seller has any tax registration (or a representative) and the buyer has a VAT number or a legal registration number when a document or line allowance uses AE."},
        {"BR-AE-04", severity::error, place::document, where_used(place::charge_category, "AE", is_reverse_charge), "Reverse charge: the seller has any tax registration (or a representative) and the buyer has a VAT number or a legal registration number when a document or line charge uses AE."},
        {"BR-AE-05", severity::error, place::line_category, of_category("AE", rate_is_zero), "Reverse charge: rate is 0 on a line."},
        {"BR-AE-06", severity::error, place::allowance_category, of_category("AE", rate_is_zero), "Reverse charge: rate is 0 on a document allowance."},
        {"BR-AE-07", severity::error, place::charge_category, of_category("AE", rate_is_zero), "Reverse charge: rate is 0 on a document charge."},
        {"BR-AE-08", severity::error, place::subtotal, base_of_category("AE"), "Reverse charge: taxable amount equals lines plus charges minus allowances of the category, exactly."},
        {"BR-AE-09", severity::error, place::subtotal, of_row("AE", vat_is_zero), "Reverse charge: tax amount is 0."},
        {"BR-AE-10", severity::error, place::subtotal, of_row("AE", has_reason), "Reverse charge: an exemption reason, text or code, is given."},
        {"BR-IC-01", severity::error, place::document, one_row_where_used("K"), "Intra-community supply: if K is used anywhere (breakdown included) there is exactly one breakdown row for it."},
        {"BR-IC-02", severity::error, place::document, where_used(place::line_category, "K", is_community_supply), "Intra-community supply: seller or representative has a VAT number and the buyer has a VAT number when a line uses K."},
        {"BR-IC-03", severity::error, place::document, where_used(place::allowance_category, "K", is_community_supply), "Intra-community supply: seller or representative has a VAT number and the buyer has a VAT number when a document or line allowance uses K."},
        {"BR-IC-04", severity::error, place::document, where_used(place::charge_category, "K", is_community_supply), "Intra-community supply: seller or representative has a VAT number and the buyer has a VAT number when a document or line charge uses K."},
        {"BR-IC-05", severity::error, place::line_category, of_category("K", rate_is_zero), "Intra-community supply: rate is 0 on a line."},
        {"BR-IC-06", severity::error, place::allowance_category, of_category("K", rate_is_zero), "Intra-community supply: rate is 0 on a document allowance."},
        {"BR-IC-07", severity::error, place::charge_category, of_category("K", rate_is_zero), "Intra-community supply: rate is 0 on a document charge."},
        {"BR-IC-08", severity::error, place::subtotal, base_of_category("K"), "Intra-community supply: taxable amount equals lines plus charges minus allowances of the category, exactly."},
        {"BR-IC-09", severity::error, place::subtotal, of_row("K", vat_is_zero), "Intra-community supply: tax amount is 0."},
        {"BR-IC-10", severity::error, place::subtotal, of_row("K", has_reason), "Intra-community supply: an exemption reason, text or code, is given."},
        {"BR-IC-11", severity::error, place::subtotal, of_row("K", has_delivery_day), "Intra-community supply: a delivery date or a document period is given."},
        {"BR-IC-12", severity::error, place::subtotal, of_row("K", has_delivery_country), "Intra-community supply: a deliver-to country is given."},
        {"BR-G-01", severity::error, place::document, one_row_where_used("G"), "Export: if G is used anywhere (breakdown included) there is exactly one breakdown row for it."},
        {"BR-G-02", severity::error, place::document, where_used(place::line_category, "G", has_vat_number), "Export: the seller or its tax representative has a VAT number when a line uses G."},
        {"BR-G-03", severity::error, place::document, where_used(place::allowance_category, "G", has_vat_number), "Export: the seller or its tax representative has a VAT number when a document or line allowance uses G."},
        {"BR-G-04", severity::error, place::document, where_used(place::charge_category, "G", has_vat_number), "Export: the seller or its tax representative has a VAT number when a document or line charge uses G."},
        {"BR-G-05", severity::error, place::line_category, of_category("G", rate_is_zero), "Export: rate is 0 on a line."},
        {"BR-G-06", severity::error, place::allowance_category, of_category("G", rate_is_zero), "Export: rate is 0 on a document allowance."},
        {"BR-G-07", severity::error, place::charge_category, of_category("G", rate_is_zero), "Export: rate is 0 on a document charge."},
        {"BR-G-08", severity::error, place::subtotal, base_of_category("G"), "Export: taxable amount equals lines plus charges minus allowances of the category, exactly."},
        {"BR-G-09", severity::error, place::subtotal, of_row("G", vat_is_zero), "Export: tax amount is 0."},
        {"BR-G-10", severity::error, place::subtotal, of_row("G", has_reason), "Export: an exemption reason, text or code, is given."},
        {"BR-O-01", severity::error, place::document, one_row_where_used("O"), "Outside VAT: if O is used anywhere (breakdown included) there is exactly one breakdown row for it."},
        {"BR-O-02", severity::error, place::document, where_used(place::line_category, "O", has_no_vat_number), "Outside VAT: no VAT number of seller, representative or buyer is given when a line uses O."},
        {"BR-O-03", severity::error, place::document, where_used(place::allowance_category, "O", has_no_vat_number), "Outside VAT: no VAT number of seller, representative or buyer is given when a document or line allowance uses O."},
        {"BR-O-04", severity::error, place::document, where_used(place::charge_category, "O", has_no_vat_number), "Outside VAT: no VAT number of seller, representative or buyer is given when a document or line charge uses O."},
        {"BR-O-05", severity::error, place::line_category, of_category("O", rate_is_absent), "Outside VAT: no rate on a line."},
        {"BR-O-06", severity::error, place::allowance_category, of_category("O", rate_is_absent), "Outside VAT: no rate on a document allowance."},
        {"BR-O-07", severity::error, place::charge_category, of_category("O", rate_is_absent), "Outside VAT: no rate on a document charge."},
        {"BR-O-08", severity::error, place::subtotal, base_of_category("O"), "Outside VAT: taxable amount equals lines plus charges minus allowances of the category, exactly."},
        {"BR-O-09", severity::error, place::subtotal, of_row("O", vat_is_zero), "Outside VAT: tax amount is 0."},
        {"BR-O-10", severity::error, place::subtotal, of_row("O", has_reason), "Outside VAT: an exemption reason, text or code, is given."},
        {"BR-O-11", severity::error, place::document, stands_alone(place::subtotal), "Outside VAT: the breakdown has no other category."},
        {"BR-O-12", severity::error, place::document, stands_alone(place::line_category), "Outside VAT: no line has another category."},
        {"BR-O-13", severity::error, place::document, stands_alone(place::allowance_category), "Outside VAT: no allowance has another category."},
        {"BR-O-14", severity::error, place::document, stands_alone(place::charge_category), "Outside VAT: no charge has another category."},
        {"BR-AF-01", severity::error, place::document, row_where_used("L"), "Canary Islands: a row in the breakdown exists when and only when a line, document allowance or document charge uses L."},
        {"BR-AF-02", severity::error, place::document, where_used(place::line_category, "L", is_registered), "Canary Islands: the seller has any tax registration, or a tax representative has a VAT number when a line uses L."},
        {"BR-AF-03", severity::error, place::document, where_used(place::allowance_category, "L", is_registered), "Canary Islands: the seller has any tax registration, or a tax representative has a VAT number when a document or line allowance uses L."},
        {"BR-AF-04", severity::error, place::document, where_used(place::charge_category, "L", is_registered), "Canary Islands: the seller has any tax registration, or a tax representative has a VAT number when a document or line charge uses L."},
        {"BR-AF-05", severity::error, place::line_category, of_category("L", rate_is_not_negative), "Canary Islands: rate zero or above on a line."},
        {"BR-AF-06", severity::error, place::allowance_category, of_category("L", rate_is_not_negative), "Canary Islands: rate zero or above on a document allowance."},
        {"BR-AF-07", severity::error, place::charge_category, of_category("L", rate_is_not_negative), "Canary Islands: rate zero or above on a document charge."},
        {"BR-AF-08", severity::error, place::subtotal, base_of_rate("L", false), "Canary Islands: taxable amount of each rate equals lines plus charges minus allowances of that rate, within one unit."},
        {"BR-AF-09", severity::error, place::subtotal, of_row("L", vat_is_base_times_rate), "Canary Islands: tax amount is base times rate, within one unit."},
        {"BR-AF-10", severity::error, place::subtotal, of_row("L", has_no_reason), "Canary Islands: no exemption reason, text or code."},
        {"BR-AG-01", severity::error, place::document, row_where_used("M"), "Ceuta and Melilla: a row in the breakdown exists when and only when a line, document allowance or document charge uses M."},
        {"BR-AG-02", severity::error, place::document, where_used(place::line_category, "M", is_registered), "Ceuta and Melilla: the seller has any tax registration, or a tax representative has a VAT number when a line uses M."},
        {"BR-AG-03", severity::error, place::document, where_used(place::allowance_category, "M", is_registered), "Ceuta and Melilla: the seller has any tax registration, or a tax representative has a VAT number when a document or line allowance uses M."},
        {"BR-AG-04", severity::error, place::document, where_used(place::charge_category, "M", is_registered), "Ceuta and Melilla: the seller has any tax registration, or a tax representative has a VAT number when a document or line charge uses M."},
        {"BR-AG-05", severity::error, place::line_category, of_category("M", rate_is_not_negative), "Ceuta and Melilla: rate zero or above on a line."},
        {"BR-AG-06", severity::error, place::allowance_category, of_category("M", rate_is_not_negative), "Ceuta and Melilla: rate zero or above on a document allowance."},
        {"BR-AG-07", severity::error, place::charge_category, of_category("M", rate_is_not_negative), "Ceuta and Melilla: rate zero or above on a document charge."},
        {"BR-AG-08", severity::error, place::subtotal, base_of_rate("M", false), "Ceuta and Melilla: taxable amount of each rate equals lines plus charges minus allowances of that rate, within one unit."},
        {"BR-AG-09", severity::error, place::subtotal, of_row("M", vat_is_base_times_rate), "Ceuta and Melilla: tax amount is base times rate, within one unit."},
        {"BR-AG-10", severity::error, place::subtotal, of_row("M", has_no_reason), "Ceuta and Melilla: no exemption reason, text or code."},
        {"BR-B-01", severity::error, place::document, split_payment_is_italian, "Split payment category B only when every country code in the document is IT."},
        {"BR-B-02", severity::error, place::document, split_payment_stands_alone, "Category B and category S exclude each other."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice
