#include "formats/iso20022/camt/meaning.hpp"

#include <algorithm>
#include <iterator>

#include "formats/core/check_digit.hpp"

namespace brygga::camt {

namespace {

constexpr std::size_t clearing_digits = 4;
constexpr std::size_t account_digits = 16;  // with the clearing number

std::string digits_of(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

// The bank's own number of its customer.
bool is_of_the_bank(const identification& item) noexcept {
    for (const value* scheme : {&item.scheme_code, &item.scheme_proprietary})
        if (told(*scheme) == "BANK" || told(*scheme) == "CUST") return true;
    return false;
}

// Ten or twelve digits with hyphens; of a Swedish VAT number (SE, ten digits, 01) the ten. Empty in any other text.
std::string_view number_in(std::string_view text) noexcept {
    constexpr std::ptrdiff_t short_form = 10, long_form = 12;
    constexpr std::size_t vat_size = 14;
    if (text.size() == vat_size && text.starts_with("SE") && text.ends_with("01") && all_digits(text.substr(2)))
        return text.substr(2, short_form);
    if (text.find_first_not_of("0123456789-") != std::string_view::npos) return {};
    const auto digits = std::ssize(text) - std::count(text.begin(), text.end(), '-');
    return digits == short_form || digits == long_form ? text : std::string_view();
}

}  // namespace

std::string bank_account_of(const account& item) {
    if (!item.bban.present && told(item.scheme_code) != "BBAN") return {};
    std::string digits = digits_of(item.bban.present ? item.bban.text : item.other.text);
    if (digits.size() <= clearing_digits || digits.size() > account_digits) return {};
    return digits.insert(clearing_digits, account_digits - digits.size(), '0');
}

bool is_stated(const account& item) noexcept {
    return !told(item.iban).empty() || !told(item.bban).empty() || !told(item.other).empty() || !told(item.proxy).empty();
}

std::string box_of(const party& item) {
    const std::string_view number = told(item.box);
    return (all_digits(number) ? "Box " : "") + std::string(number);
}

std::string street_of(const party& item) {
    std::string street(told(item.street));
    const std::string_view building = told(item.building);
    if (!building.empty()) (street += street.empty() ? "" : " ") += building;
    return street.empty() ? box_of(item) : street;
}

const identification* identified_by(const party& item) noexcept {
    for (const auto* list : {&item.organisation, &item.person})
        for (const identification& each : *list)
            if (!is_of_the_bank(each) && !number_in(told(each.id)).empty()) return &each;
    return nullptr;
}

bool has_other_number(const party& item) noexcept {
    if (identified_by(item) != nullptr) return false;
    for (const auto* list : {&item.organisation, &item.person})
        for (const identification& each : *list)
            if (!is_of_the_bank(each) && !told(each.id).empty()) return true;
    return false;
}

std::string identity_of(const party& item) {
    const identification* found = identified_by(item);
    return found == nullptr ? std::string() : digits_of(number_in(told(found->id)));
}

bool is_copy(const container& item) noexcept {
    const std::string_view indicator = inner(item.copy.text);
    return indicator == "COPY" || indicator == "DUPL";
}

}  // namespace brygga::camt
