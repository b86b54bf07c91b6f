// SE-R: what Peppol asks of Swedish sellers (einvoice.md section 4.7). The seller's postal country decides.
#include <algorithm>

#include "formats/core/check_digit.hpp"
#include "formats/einvoice/decimal.hpp"
#include "formats/einvoice/rules/lists.hpp"
#include "formats/einvoice/rules/rule.hpp"
#include "formats/einvoice/text.hpp"

namespace brygga::einvoice {

namespace {

using text_test = bool (*)(std::string_view text);

bool is_swedish(const document_facts& document) {
    return document.supplier_country == "SE";
}

element vat_number_of(const document_facts& document) {
    constexpr path number = "PartyTaxScheme[VAT]/CompanyID";
    return number.first(document.supplier);
}
bool has_swedish_vat_number(const document_facts& document) {
    return is_swedish(document) && vat_number_of(document).text().starts_with("SE");
}
element organisation_number_of(const document_facts& document) {
    constexpr path number = "PartyLegalEntity/CompanyID";
    return number.first(document.supplier);
}

// As the published rules: what XPath reads as a number.
bool is_number(std::string_view text) {
    return decimal::parse(text).has_value();
}
bool has_14_characters(std::string_view text) {
    return text.size() == 14;
}
bool has_digits_behind(std::string_view text) {
    return is_number(text.substr(std::min<std::size_t>(2, text.size())));
}
bool has_10_characters(std::string_view text) {
    return text.size() == 10;
}
bool has_check_digit(std::string_view text) {
    return modulus_10_valid(text);
}
bool has_7_or_8_characters(std::string_view text) {
    return text.size() == 7 || text.size() == 8;
}
bool has_2_to_8_characters(std::string_view text) {
    return text.size() >= 2 && text.size() <= 8;
}

judgement of_vat_number(text_test test) {
    return [test](const document_facts& document, element, complaint& why) {
        why.at = vat_number_of(document);
        why.expected = "SE and 12 digits";
        return !has_swedish_vat_number(document) || test(why.at.text());
    };
}
judgement of_organisation_number(text_test test) {
    return [test](const document_facts& document, element, complaint& why) {
        why.at = organisation_number_of(document);
        why.expected = "ten digits with a right check digit";
        return !is_swedish(document) || !why.at || test(why.at.text());
    };
}

bool tax_registration_text(const document_facts& document, element, complaint& why) {
    if (!is_swedish(document) || !organisation_number_of(document)) return true;
    constexpr path texts = "PartyTaxScheme[not VAT]/CompanyID";
    bool all = true;
    texts.each(document.supplier, [&](element each) {
        std::string text = in_capitals(each.text());
        for (const auto& [small, capital] : {std::pair("\xC3\xA4", "\xC3\x84"), std::pair("\xC3\xB6", "\xC3\x96")})
            for (std::size_t at = text.find(small); at != std::string::npos; at = text.find(small, at))
                text.replace(at, 2, capital);
        if (!all || text == "GODK\xC3\x84ND F\xC3\x96R F-SKATT") return;
        all = false;
        why.at = each;
        why.expected = "Godk\xC3\xA4nd f\xC3\xB6r F-skatt";
    });
    return all;
}

bool rate_is_swedish(const document_facts& document, element here, complaint& why) {
    const element rate = here.child("Percent"_el);
    if (!has_swedish_vat_number(document) || here.child("ID"_el).text() != "S" || !rate) return true;
    const auto number = decimal::parse(rate.raw());
    why.at = rate;
    why.expected = "25, 12 or 6";
    return number && (*number == decimal(25) || *number == decimal(12) || *number == decimal(6));
}

std::string_view means_code(element means) {
    return means.child("PaymentMeansCode"_el).text();
}

judgement of_giro(std::string_view branch, text_test test) {
    return [=](const document_facts& document, element here, complaint& why) {
        constexpr path of = "PayeeFinancialAccount/FinancialInstitutionBranch/ID", account = "PayeeFinancialAccount/ID";
        why.at = account.first(here);
        why.expected = "the digits of a giro number";
        return !is_swedish(document) || means_code(here) != "30" || of.first(here).text() != branch || test(why.at.text());
    };
}

bool means_is_no_giro(const document_facts& document, element here, complaint& why) {
    why.at = here.child("PaymentMeansCode"_el);
    why.expected = "30";
    return !is_swedish(document) || (means_code(here) != "50" && means_code(here) != "56");
}
bool means_is_no_domestic_transfer(const document_facts& document, element here, complaint& why) {
    why.at = here.child("PaymentMeansCode"_el);
    why.expected = "30";
    return !is_swedish(document) || document.customer_country != "SE" || means_code(here) != "31";
}

}  // namespace

void add_swedish_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"SE-R-001", severity::error, place::document, of_vat_number(has_14_characters), "Seller VAT number is 14 characters."},
        {"SE-R-002", severity::error, place::document, of_vat_number(has_digits_behind), "Characters 3 to 14 of it are digits."},
        {"SE-R-003", severity::error, place::document, of_organisation_number(is_number), "Seller organisation number is numeric."},
        {"SE-R-004", severity::error, place::document, of_organisation_number(has_10_characters), "Seller organisation number is ten characters."},
        {"SE-R-005", severity::error, place::document, tax_registration_text, "The non-VAT tax registration text is Godkänd för F-skatt."},
        {"SE-R-006", severity::error, {"TaxCategory"_el, "ClassifiedTaxCategory"_el}, rate_is_swedish, "Standard rate is 25, 12 or 6."},
        {"SE-R-007", severity::warning, place::payment_means, of_giro("SE:PLUSGIRO", is_number), "Plusgiro account is numeric."},
        {"SE-R-008", severity::warning, place::payment_means, of_giro("SE:BANKGIRO", is_number), "Bankgiro account is numeric."},
        {"SE-R-009", severity::warning, place::payment_means, of_giro("SE:BANKGIRO", has_7_or_8_characters), "Bankgiro account is seven or eight characters."},
        {"SE-R-010", severity::warning, place::payment_means, of_giro("SE:PLUSGIRO", has_2_to_8_characters), "Plusgiro account is two to eight characters."},
        {"SE-R-011", severity::warning, place::payment_means, means_is_no_giro, "Means 50 or 56 should be 30 with a giro branch."},
        {"SE-R-012", severity::warning, place::payment_means, means_is_no_domestic_transfer, "Means 31 should be 30 in domestic trade."},
        {"SE-R-013", severity::error, place::document, of_organisation_number(has_check_digit), "Seller organisation number has a right Luhn digit."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice
