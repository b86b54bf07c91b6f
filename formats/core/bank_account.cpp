#include "formats/core/bank_account.hpp"

#include <vector>

#include "formats/core/check_digit.hpp"
#include "formats/core/digits.hpp"

namespace brygga {

namespace {

constexpr std::size_t clearing_digits = 4;
constexpr std::size_t max_account_digits = 12;
constexpr std::size_t field_digits = clearing_digits + max_account_digits;

struct account_length {
    std::size_t least;
    std::size_t most;
    std::size_t in_field;  // digits that an account read from a zero-filled field keeps
};

account_length length_of(account_rule rule) noexcept {
    switch (rule) {
        case account_rule::type_1_comment_1:
        case account_rule::type_1_comment_2:
            return {7, 7, 7};
        case account_rule::type_2_comment_1:
            return {10, 10, 10};
        case account_rule::type_2_comment_2:
            return {8, 9, 9};
        case account_rule::type_2_comment_3:
            return {1, 10, 1};
        case account_rule::format_only:
            break;
    }
    return {1, max_account_digits, 1};
}

bool has_fifth_clearing_digit(std::string_view digits) noexcept {
    return digits.size() == clearing_digits + 1 && digits.front() == '8' && modulus_10_valid(digits);
}

// The runs of digits; nothing when anything but separators stands between, before or behind them.
std::optional<std::vector<std::string>> digit_groups(std::string_view utf8) {
    std::vector<std::string> groups(1);
    while (!utf8.empty()) {
        const char c = utf8.front();
        const bool no_break_blank = utf8.starts_with("\xC2\xA0");
        if (c >= '0' && c <= '9') {
            groups.back() += c;
        } else if (no_break_blank || c == ' ' || c == '-' || c == ',' || c == '.') {
            if (!groups.back().empty()) groups.emplace_back();
        } else {
            return std::nullopt;
        }
        utf8.remove_prefix(no_break_blank ? 2 : 1);
    }
    if (groups.back().empty()) groups.pop_back();
    return groups;
}

std::string joined(const std::vector<std::string>& groups, std::size_t from) {
    std::string out;
    for (std::size_t i = from; i < groups.size(); ++i)
        out += groups[i];
    return out;
}

bool modulus_11_of(std::string_view clearing, const std::string& account) {
    return modulus_11_valid(std::string(clearing) + account);
}

bool passes(const bank_account& account, account_rule rule) {
    switch (rule) {
        case account_rule::type_1_comment_1:
            return modulus_11_of(std::string_view(account.clearing).substr(1), account.account);
        case account_rule::type_1_comment_2:
            return modulus_11_of(account.clearing, account.account);
        case account_rule::type_2_comment_1:
        case account_rule::type_2_comment_3:
            return modulus_10_valid(account.account);
        case account_rule::type_2_comment_2:
            return modulus_11_valid(account.account);
        case account_rule::format_only:
            break;
    }
    return true;
}

std::optional<bank_account> checked(std::string clearing, std::string account) {
    if (account.empty() || account.size() > max_account_digits) return std::nullopt;
    return bank_account{std::move(clearing), std::move(account)};
}

}  // namespace

std::optional<std::string> normalise_clearing(std::string_view utf8) {
    const std::optional<std::string> digits = digits_with_hyphen(utf8, 1);
    if (!digits) return std::nullopt;
    const bool four = digits->size() == clearing_digits && utf8.find('-') == std::string_view::npos;
    if (!four && !has_fifth_clearing_digit(*digits)) return std::nullopt;
    return digits->substr(0, clearing_digits);
}

std::optional<bank_account> parse_bank_account(std::string_view utf8) {
    const auto groups = digit_groups(utf8);
    if (!groups || groups->empty()) return std::nullopt;
    const std::string& first = groups->front();
    if (groups->size() == 1 && first.size() == field_digits) return parse_account_field(first);
    if (first.size() < clearing_digits) return std::nullopt;
    const std::string clearing = first.substr(0, clearing_digits);
    if (first.size() == clearing_digits) {
        const bool fifth_apart = groups->size() > 2 && (*groups)[1].size() == 1 && first.front() == '8';
        if (fifth_apart && !has_fifth_clearing_digit(first + (*groups)[1])) return std::nullopt;
        return checked(clearing, joined(*groups, fifth_apart ? 2 : 1));
    }
    if (first.size() == clearing_digits + 1 && groups->size() > 1) {
        if (!has_fifth_clearing_digit(first)) return std::nullopt;
        return checked(clearing, joined(*groups, 1));
    }
    return checked(clearing, first.substr(clearing_digits) + joined(*groups, 1));
}

std::string_view expectation(account_verdict verdict) noexcept {
    switch (verdict) {
        case account_verdict::valid:
            return "a valid account";
        case account_verdict::untested:
            return "a bank with a known test";
        case account_verdict::unknown_clearing:
            return "a clearing number in the table";
        case account_verdict::doubtful:
        case account_verdict::check_digit:
            return "an account that passes its bank's check-digit test";
        case account_verdict::length:
            return "the account length of its bank";
        case account_verdict::all_zeros:
            return "a digit other than zero";
    }
    return "unknown";
}

account_verdict test_account(const bank_account& account) noexcept {
    const clearing_range* const range = find_clearing(account.clearing);
    if (!all_digits(account.account) || account.account.size() > max_account_digits) return account_verdict::length;
    if (all_zeros(account.account)) return account_verdict::all_zeros;
    if (range == nullptr) return account_verdict::unknown_clearing;
    const account_length length = length_of(range->rule);
    if (account.account.size() < length.least || account.account.size() > length.most) return account_verdict::length;
    if (range->rule == account_rule::format_only) return account_verdict::untested;
    if (passes(account, range->rule)) return account_verdict::valid;
    return range->rule == account_rule::type_2_comment_3 ? account_verdict::doubtful : account_verdict::check_digit;
}

std::string account_field(const bank_account& account) {
    return account.clearing + zero_filled(account.account, max_account_digits);
}

std::optional<bank_account> parse_account_field(std::string_view field) {
    if (field.size() != field_digits || !all_digits(field)) return std::nullopt;
    const std::string_view clearing = field.substr(0, clearing_digits);
    const clearing_range* const range = find_clearing(clearing);
    const std::size_t kept = range == nullptr ? 1 : length_of(range->rule).in_field;
    std::string_view account = field.substr(clearing_digits);
    while (account.size() > kept && account.front() == '0')
        account.remove_prefix(1);
    return bank_account{std::string(clearing), std::string(account)};
}

std::string display_bank_account(const bank_account& account) {
    return account.clearing + '-' + account.account;
}

}  // namespace brygga
