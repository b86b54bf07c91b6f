// PEPPOL-COMMON: numbers whose scheme says what they must be (einvoice.md section 4.6).
#include <array>

#include "formats/core/check_digit.hpp"
#include "formats/einvoice/rules/lists.hpp"
#include "formats/einvoice/rules/rule.hpp"

namespace brygga::einvoice {

namespace {

using number_test = bool (*)(std::string_view number);

bool are_digits(std::string_view text, std::size_t count) {
    return text.size() == count && all_digits(text);
}
bool eight_digits(std::string_view text) {
    return are_digits(text, 8);
}
bool ten_digits(std::string_view text) {
    return are_digits(text, 10);
}
bool twelve_digits(std::string_view text) {
    return are_digits(text, 12);
}
bool twenty_digits(std::string_view text) {
    return are_digits(text, 20);
}
unsigned digit(char c) {
    return static_cast<unsigned>(c - '0');
}
bool are_alphanumeric(std::string_view text) {
    return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
}

bool is_gln(std::string_view text) {
    return gs1_valid(text);  // of any length
}

bool is_norwegian(std::string_view text) {
    constexpr std::array<unsigned, 8> weights = {3, 2, 7, 6, 5, 4, 3, 2};
    if (!are_digits(text, weights.size() + 1)) return false;
    unsigned sum = 0;
    for (std::size_t i = 0; i != weights.size(); ++i)
        sum += digit(text[i]) * weights[i];
    const unsigned check = (11 - sum % 11) % 11;
    return check == digit(text.back());  // 10 is no digit
}

bool is_danish_cvr(std::string_view text) {
    return eight_digits(text.starts_with("DK") ? text.substr(2) : text);
}
bool is_danish_se(std::string_view text) {
    return text.starts_with("DK") && eight_digits(text.substr(2));
}

bool is_belgian(std::string_view text) {
    constexpr std::size_t body = 8;
    if (!ten_digits(text)) return false;
    const auto rest = modulus_97(text.substr(0, body));
    return rest && 97 - *rest == digit(text[body]) * 10 + digit(text[body + 1]);
}

bool is_italian_office(std::string_view text) {
    return text.size() == 6 && are_alphanumeric(text);
}
bool is_italian_tax_code(std::string_view text) {
    return are_digits(text, 11) || (text.size() == 16 && are_alphanumeric(text));
}
bool is_italian_vat(std::string_view text) {
    return text.starts_with("IT") && are_digits(text.substr(2), 11);
}

bool is_swedish(std::string_view text) {
    return ten_digits(text) && modulus_10_valid(text);
}

bool is_australian(std::string_view text) {
    constexpr std::array<unsigned, 11> weights = {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
    if (!are_digits(text, weights.size()) || text.front() == '0') return false;
    unsigned sum = (digit(text.front()) - 1) * weights.front();
    for (std::size_t i = 1; i != weights.size(); ++i)
        sum += digit(text[i]) * weights[i];
    return sum % 89 == 0;
}

// "NL123456789B01"
bool is_dutch_vat(std::string_view text) {
    return text.size() == 14 && text.starts_with("NL") && are_digits(text.substr(2, 9), 9) && text[11] == 'B' &&
           are_digits(text.substr(12), 2);
}

// Of a party: other elements of these names may hold numbers of other kinds.
judgement number_of(std::string_view scheme, number_test is_right) {
    return [=](const document_facts&, element here, complaint& why) {
        why.expected = "a number of its scheme, with a right check digit";
        if (here.attribute("schemeID") != scheme) return true;
        return (here.is() == "ID"_el && here.parent().is() != "PartyIdentification"_el) || is_right(here.text());
    };
}

bool dutch_vat_number(const document_facts&, element here, complaint& why) {
    why.at = here.child("CompanyID"_el);
    why.expected = "NL, nine digits, B and two digits";
    return !holds(predicate::vat, here) || !why.at.text().starts_with("NL") || is_dutch_vat(why.at.text());
}

}  // namespace

void add_identity_rules(std::vector<rule>& to) {
    // clang-format off
    const rule rules[] = {
        {"PEPPOL-COMMON-R040", severity::error, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0088", is_gln), "GLN is numeric with a right GS1 check digit."},
        {"PEPPOL-COMMON-R041", severity::error, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0192", is_norwegian), "Norwegian organisation number, nine digits; weights 3,2,7,6,5,4,3,2, last digit = 11 - sum mod 11 (11 counts 0, 10 fails)."},
        {"PEPPOL-COMMON-R042", severity::error, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0184", is_danish_cvr), "Danish CVR, eight digits, DK prefix tolerated."},
        {"PEPPOL-COMMON-R043", severity::error, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0208", is_belgian), "Belgian enterprise number, ten digits, last two = 97 - (first eight mod 97)."},
        {"PEPPOL-COMMON-R044", severity::warning, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0201", is_italian_office), "Italian IPA code, exactly six alphanumerics."},
        {"PEPPOL-COMMON-R045", severity::warning, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0210", is_italian_tax_code), "Italian tax code form: 11 digits, or 16 letters and digits (**UNVERIFIED** for 16)."},
        {"PEPPOL-COMMON-R046", severity::warning, {"EndpointID"_el}, number_of("9907", is_italian_tax_code), "Italian tax code form, as R045."},
        {"PEPPOL-COMMON-R047", severity::warning, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0211", is_italian_vat), "Italian VAT number form: IT and 11 digits."},
        {"PEPPOL-COMMON-R049", severity::error, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0007", is_swedish), "Swedish organisation number: ten digits, right Luhn digit."},
        {"PEPPOL-COMMON-R050", severity::error, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0151", is_australian), "Australian business number, eleven digits; first digit minus 1, weights 10,1,3,5,7,9,11,13,15,17,19, sum mod 89 = 0."},
        {"PEPPOL-COMMON-R052", severity::error, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0096", ten_digits), "Danish P number, ten digits."},
        {"PEPPOL-COMMON-R053", severity::error, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0198", is_danish_se), "Danish SE number, DK and eight digits."},
        {"PEPPOL-COMMON-R054", severity::warning, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0106", eight_digits), "Dutch KVK number, eight digits."},
        {"PEPPOL-COMMON-R055", severity::warning, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0190", twenty_digits), "Dutch OIN, twenty digits."},
        {"PEPPOL-COMMON-R056-1", severity::warning, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("9944", is_dutch_vat), "Dutch VAT number form: NL, nine digits, B, two digits (newer letter forms **UNVERIFIED**)."},
        {"PEPPOL-COMMON-R056-2", severity::warning, place::party_tax_scheme, dutch_vat_number, "Dutch VAT number form, as R056-1."},
        {"PEPPOL-COMMON-R057", severity::warning, {"EndpointID"_el, "ID"_el, "CompanyID"_el}, number_of("0217", twelve_digits), "Dutch establishment number, twelve digits."},
    };
    // clang-format on
    to.insert(to.end(), std::begin(rules), std::end(rules));
}

}  // namespace brygga::einvoice
