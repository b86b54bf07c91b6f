#include "formats/iso20022/camt/meaning.hpp"

#include <algorithm>
#include <iterator>

namespace brygga::camt {

namespace {

constexpr std::size_t clearing_digits = 4;
constexpr std::size_t account_digits = 16;  // with the clearing number

std::string digits_of(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

}  // namespace

std::string bank_account_of(const account& item) {
    if (!item.bban.present && told(item.scheme_code) != "BBAN") return {};
    std::string digits = digits_of(item.bban.present ? item.bban.text : item.other.text);
    if (digits.size() <= clearing_digits || digits.size() > account_digits) return {};
    return digits.insert(clearing_digits, account_digits - digits.size(), '0');
}

std::string street_of(const party& item) {
    std::string street(told(item.street));
    const std::string_view building = told(item.building);
    if (!building.empty()) (street += street.empty() ? "" : " ") += building;
    return street;
}

const identification* identified_by(const party& item) noexcept {
    for (const auto* list : {&item.organisation, &item.person}) {
        for (const identification& each : *list) {
            const std::string_view scheme = told(each.scheme_code);
            if (scheme == "BANK" || scheme == "CUST") continue;
            if (told(each.id).find_first_of("0123456789") != std::string_view::npos) return &each;
        }
    }
    return nullptr;
}

std::string identity_of(const party& item) {
    const identification* found = identified_by(item);
    return found == nullptr ? std::string() : digits_of(told(found->id));
}

}  // namespace brygga::camt
