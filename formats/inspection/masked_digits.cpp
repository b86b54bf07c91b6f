#include "formats/inspection/masked_digits.hpp"

#include <cassert>

#include <fmt/format.h>

#include "formats/core/bank_account.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/date.hpp"
#include "formats/core/digits.hpp"
#include "formats/core/gs1.hpp"

namespace brygga::inspection {

namespace {

__extension__ using uint128 = unsigned __int128;

constexpr std::size_t identity_digits = 10;
constexpr std::size_t century_digits = 2;
constexpr std::size_t supply_point_digits = 18;
constexpr std::size_t account_field_digits = 16;
constexpr std::size_t clearing_digits = 4;
constexpr std::size_t max_half_digits = 18;  // 10^18 fits 64 bits
constexpr unsigned rounds = 8;               // of the Feistel network, even; NIST SP 800-38G has 8 and 10
// Years below it can follow the century 20, the others cannot: nobody is born in the future.
constexpr std::string_view first_year_of_1900s = "26";
constexpr std::size_t max_known_numbers = 100'000;

std::uint64_t power_of_ten(std::size_t digits) noexcept {
    std::uint64_t out = 1;
    for (std::size_t i = 0; i < digits; ++i)
        out *= 10;
    return out;
}

std::uint64_t value_of(std::string_view digits) noexcept {
    std::uint64_t out = 0;
    for (const char c : digits)
        out = out * 10 + static_cast<std::uint64_t>(c - '0');
    return out;
}

// YYMMDD, or the day of a coordination number, which is 60 more.
bool begins_with_date(std::string_view digits) {
    std::string day(digits.substr(0, 6));
    if (day[4] >= '6') day[4] = static_cast<char>(day[4] - 6);
    return parse_yymmdd(day).has_value();
}

// Twelve digits whose first two are the century of a person or the prefix of an organisation.
bool has_century(std::string_view digits) {
    if (digits.size() != identity_digits + century_digits) return false;
    const std::string_view century = digits.substr(0, century_digits);
    const bool person = century == "18" || century == "19" || century == "20";
    return (person && begins_with_date(digits.substr(century_digits))) || (century == "16" && digits[century_digits + 2] >= '2');
}

// An installation for electricity (anläggnings-id), its check digit right or not.
bool is_supply_point(std::string_view digits) {
    return digits.size() == supply_point_digits && digits.starts_with(swedish_gsrn_prefix);
}

// What a replacement must have in common with the number.
struct likeness {
    bool leading_zero = false, length_digit = false, organisation = false, date = false, short_year = false, coordination = false;
    bool supply_point = false;  // these are masked by themselves
    [[nodiscard]] bool operator==(const likeness&) const = default;
};

likeness likeness_of(std::string_view digits, std::size_t counted_length, bool may_be_identity) {
    likeness out;
    out.supply_point = is_supply_point(digits);
    out.leading_zero = digits[0] == '0';
    out.length_digit = counted_length > 2 && digits[digits.size() - 2] == static_cast<char>('0' + counted_length % 10);
    if (!may_be_identity || digits.size() != identity_digits) return out;
    out.organisation = digits[2] >= '2';
    out.date = begins_with_date(digits);
    out.coordination = out.date && digits[4] >= '6';
    out.short_year = out.date && digits.substr(0, 2) < first_year_of_1900s;
    return out;
}

// How far the last digit is from the right check digit.
unsigned check_distance(std::string_view digits) {
    const char right = *modulus_10_digit(digits.substr(0, digits.size() - 1));
    return static_cast<unsigned>(digits.back() - right + 10) % 10;
}

// Leading zeros that fill a field; those of a person born in 2000 to 2009 belong to the number.
std::size_t filling_zeros(std::string_view digits, bool may_be_identity) {
    const std::size_t zeros = digits.size() - without_leading_zeros(digits).size();
    if (!may_be_identity || digits.size() < identity_digits || digits.size() > identity_digits + century_digits) return zeros;
    const std::size_t before = digits.size() - identity_digits;
    return zeros > before && begins_with_date(digits.substr(before)) ? before : zeros;
}

}  // namespace

std::string digit_masker::number(std::string_view digits, number_kind kind) {
    std::string key = fmt::format("{}{}", static_cast<unsigned>(kind), digits);
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    const bool may_be_identity = kind != number_kind::giro;
    const std::size_t zeros = all_zeros(digits) ? digits.size() : filling_zeros(digits, may_be_identity);
    std::string out(digits.substr(0, zeros));
    std::string_view rest = digits.substr(zeros);
    const std::size_t counted_length = kind == number_kind::reference ? digits.size() : rest.size();
    if (is_supply_point(rest)) {
        out += supply_point(rest);
    } else if (has_century(rest) && may_be_identity) {
        out += rest.substr(0, century_digits);
        rest.remove_prefix(century_digits);
        // As a reference the whole number counts for the length digit, century included.
        out += significant(rest, kind == number_kind::reference ? counted_length : rest.size(), true);
    } else {
        for (; rest.size() > 2 * max_half_digits; rest.remove_prefix(max_half_digits))
            out += permuted(rest.substr(0, max_half_digits));
        out += significant(rest, counted_length, may_be_identity);
    }
    if (known_.size() >= max_known_numbers) known_.clear();
    return known_.emplace(std::move(key), std::move(out)).first->second;
}

// As far from its check digit as the number was.
std::string digit_masker::supply_point(std::string_view digits) {
    const auto right_digit = [](std::string_view body) { return static_cast<unsigned>(gs1_digit(body).value_or('0') - '0'); };
    const std::string_view body = digits.substr(0, digits.size() - 1);
    std::string out(swedish_gsrn_prefix);
    out += permuted(body.substr(out.size()));
    const unsigned distance = static_cast<unsigned>(digits.back() - '0') + 10 - right_digit(body);
    out += static_cast<char>('0' + (right_digit(out) + distance) % 10);
    return out;
}

std::string digit_masker::significant(std::string_view digits, std::size_t counted_length, bool may_be_identity) {
    if (digits.size() < 2) return std::string(digits);
    const likeness wanted = likeness_of(digits, counted_length, may_be_identity);
    const unsigned distance = check_distance(digits);
    const std::size_t kept = wanted.length_digit ? 2 : 1;
    std::string head(digits.substr(0, digits.size() - kept));
    std::string out;
    do {
        head = permuted(head);
        out = head;
        if (wanted.length_digit) out += digits[digits.size() - 2];
        out += static_cast<char>('0' + (static_cast<unsigned>(*modulus_10_digit(out) - '0') + distance) % 10);
    } while (likeness_of(out, counted_length, may_be_identity) != wanted);
    return out;
}

std::string digit_masker::account(std::string_view digits) {
    assert(digits.size() >= account_field_digits);
    const std::size_t before = digits.size() - account_field_digits;
    const std::string_view field = digits.substr(before);
    const auto test = [](std::string_view sixteen) {
        const auto parsed = parse_account_field(sixteen);
        return parsed ? test_account(*parsed) : account_verdict::length;
    };
    const std::string_view own = without_leading_zeros(field.substr(clearing_digits));
    const std::string kept(field.substr(0, field.size() - own.size()));
    std::string out(own);
    if (own.size() > 1 && !all_zeros(own)) {
        do
            out = permuted(out);
        while (out[0] == '0' || test(kept + out) != test(field));
    }
    return number(digits.substr(0, before), number_kind::reference) + kept + out;
}

std::uint64_t digit_masker::round_value(std::size_t digits, unsigned round, std::uint64_t half, std::uint64_t modulus) {
    const keyed_hash::digest made = hash_->of(fmt::format("digits {} {} {}", digits, round, half));
    uint128 wide = 0;
    for (std::size_t i = 0; i < 16; ++i)
        wide = wide << 8u | made[i];
    return static_cast<std::uint64_t>(wide % modulus);
}

// A permutation of all numbers of so many digits: a Feistel network over two decimal halves, as in NIST SP 800-38G.
std::string digit_masker::permuted(std::string_view digits) {
    const std::size_t size = digits.size();
    if (size == 0) return {};
    assert(size <= 2 * max_half_digits);
    if (size == 1) return std::string(1, static_cast<char>('0' + (value_of(digits) + 1 + round_value(1, 0, 0, 9)) % 10));
    std::uint64_t left = value_of(digits.substr(0, size / 2));
    std::uint64_t right = value_of(digits.substr(size / 2));
    for (unsigned round = 0; round < rounds; ++round) {
        const std::uint64_t modulus = power_of_ten(round % 2 == 0 ? size / 2 : size - size / 2);
        const std::uint64_t sum = (left + round_value(size, round, right, modulus)) % modulus;
        left = right;
        right = sum;
    }
    return fmt::format("{:0{}}{:0{}}", left, size / 2, right, size - size / 2);
}

}  // namespace brygga::inspection
