#include "formats/core/money.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace brygga {

namespace {

constexpr std::size_t max_decimals = 5;
constexpr std::string_view no_break_blank = "\xC2\xA0";

bool all_digits(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Size without sign: also right for INT64_MIN.
std::uint64_t magnitude(std::int64_t amount_ore) noexcept {
    const auto bits = static_cast<std::uint64_t>(amount_ore);
    return amount_ore < 0 ? std::uint64_t{0} - bits : bits;
}

// Nothing when the amount leaves 64 bits.
std::optional<std::int64_t> ore_of(std::string_view whole, std::string_view two_decimals, bool negative) noexcept {
    int128 value = 0;
    for (const std::string_view part : {whole, two_decimals}) {
        for (const char c : part) {
            value = value * 10 + (c - '0');
            if (value > int128{INT64_MAX} + 1) return std::nullopt;
        }
    }
    if (negative) value = -value;
    if (value > INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

}  // namespace

std::string ore_sum::text() const {
    if (total_ == 0) return "0";
    std::string out;
    int128 rest = total_;
    while (rest != 0) {
        const int digit = static_cast<int>(rest % 10);
        out += static_cast<char>('0' + (digit < 0 ? -digit : digit));
        rest /= 10;
    }
    if (total_ < 0) out += '-';
    std::reverse(out.begin(), out.end());
    return out;
}

result<std::int64_t> parse_decimal_amount(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.size() + decimals.size() == 0 || !all_digits(whole) || !all_digits(decimals))
        return fail(error_code::invalid_content, "amount is not a decimal number");
    if (decimals.size() > max_decimals)
        return fail(error_code::invalid_content, fmt::format("amount has more than {} decimals", max_decimals));
    std::string two_decimals(decimals.substr(0, 2));
    if (decimals.size() > 2 && decimals.find_first_not_of('0', 2) != std::string_view::npos)
        return fail(error_code::invalid_content, "amount has digits beyond öre that are not zero");
    two_decimals.resize(2, '0');
    const std::optional<std::int64_t> amount_ore = ore_of(whole, two_decimals, negative);
    if (!amount_ore) return fail(error_code::invalid_content, "amount is larger than 64 bits of öre hold");
    return *amount_ore;
}

std::string format_decimal_amount(std::int64_t amount_ore) {
    const std::uint64_t size = magnitude(amount_ore);
    return fmt::format("{}{}.{:02}", amount_ore < 0 ? "-" : "", size / 100, size % 100);
}

std::string format_decimal_amount(ore_sum amount) {
    std::string digits = amount.text();
    const std::size_t sign = amount.negative() ? 1 : 0;
    constexpr std::size_t fewest = 3;  // 0.05
    if (digits.size() - sign < fewest) digits.insert(sign, fewest - (digits.size() - sign), '0');
    return digits.insert(digits.size() - 2, 1, '.');
}

std::string format_swedish_amount(std::int64_t amount_ore) {
    const std::uint64_t size = magnitude(amount_ore);
    const std::string kronor = fmt::format("{}", size / 100);
    std::string out = amount_ore < 0 ? "-" : "";
    for (std::size_t i = 0; i < kronor.size(); ++i) {
        if (i != 0 && (kronor.size() - i) % 3 == 0) out += no_break_blank;
        out += kronor[i];
    }
    return out + fmt::format(",{:02}", size % 100);
}

}  // namespace brygga
