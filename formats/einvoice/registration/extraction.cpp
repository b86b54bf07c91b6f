#include "formats/einvoice/registration/extraction.hpp"

#include <algorithm>

#include "formats/core/bank_identity.hpp"
#include "formats/core/check_digit.hpp"

namespace brygga::einvoice::registration {

namespace {

constexpr std::size_t day_digits = 8;
constexpr std::size_t identity_digits = 12;
constexpr std::size_t century_digits = 2;
constexpr int first_year = 1990, last_year = 2099;

constexpr std::size_t agreement_digits = 11;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// So many digits that end before `at`; nothing where there are fewer. Fields stand close: more digits may stand before them.
std::string_view digits_before(std::string_view record, std::size_t at, std::size_t count) {
    if (at < count || !all_digits(record.substr(at - count, count))) return {};
    return record.substr(at - count, count);
}

// ".NB.SE" from `at`; nothing where there is none.
std::string_view bank_from(std::string_view record, std::size_t at) {
    const std::string_view left = record.substr(at);
    const std::size_t end = left.find(".SE", 1);
    constexpr std::size_t most = 5;  // a full stop and four letters
    return end == std::string_view::npos || end > most ? std::string_view() : left.substr(0, end + 3);
}

// An identity that ends with the bank from this full stop.
void take_identity(std::string_view record, std::size_t at, extracted& into) {
    const std::string_view bank = bank_from(record, at);
    if (bank.empty()) return;
    const std::string_view number = digits_before(record, at, identity_digits);
    const std::string receiver = std::string(number) + std::string(bank);
    if (parse_receiver_identity(receiver)) into.receivers.push_back(receiver);
    if (digits_before(record, at, agreement_digits).empty() || at < agreement_digits + 1) return;
    const std::size_t before = at - agreement_digits - 1;
    if (record[before] != '.') return;
    const std::string sender(record.substr(before < identity_digits ? 0 : before - identity_digits,
                                           identity_digits + 1 + agreement_digits + bank.size()));
    if (parse_issuer_identity(sender)) into.sender = sender;
}

void take_digits(std::string_view digits, extracted& into) {
    if (digits.size() == identity_digits && modulus_10_valid(digits.substr(century_digits)))
        into.identity_numbers.emplace_back(digits);
    if (digits.size() != day_digits) return;
    const auto day = parse_ccyymmdd(digits);
    if (day && int(day->year()) >= first_year && int(day->year()) <= last_year) into.days.push_back(*day);
}

}  // namespace

extracted extract(std::string_view record) {
    extracted out;
    for (std::size_t at = record.find('.'); at != std::string_view::npos; at = record.find('.', at + 1))
        take_identity(record, at, out);
    for (auto at = record.begin(); at != record.end();) {
        at = std::find_if(at, record.end(), is_digit);
        const auto end = std::find_if_not(at, record.end(), is_digit);
        const bool is_of_identity = end != record.end() && *end == '.';
        if (!is_of_identity)
            take_digits(record.substr(static_cast<std::size_t>(at - record.begin()), static_cast<std::size_t>(end - at)), out);
        at = end;
    }
    return out;
}

}  // namespace brygga::einvoice::registration
