#include "formats/core/digits.hpp"

#include <cassert>

#include "formats/core/check_digit.hpp"

namespace brygga {

namespace {

constexpr std::string_view no_break_blank = "\xC2\xA0";

}  // namespace

std::string without_blanks(std::string_view utf8) {
    std::string out;
    while (!utf8.empty()) {
        if (utf8.starts_with(no_break_blank)) {
            utf8.remove_prefix(no_break_blank.size());
            continue;
        }
        if (utf8.front() != ' ') out += utf8.front();
        utf8.remove_prefix(1);
    }
    return out;
}

std::optional<std::string> digits_with_hyphen(std::string_view utf8, std::size_t after_hyphen) {
    std::string digits = without_blanks(utf8);
    const std::size_t hyphen = digits.find('-');
    if (hyphen != std::string::npos) {
        if (hyphen == 0 || digits.size() - hyphen - 1 != after_hyphen) return std::nullopt;
        digits.erase(hyphen, 1);
    }
    if (!all_digits(digits)) return std::nullopt;
    return digits;
}

std::string_view without_leading_zeros(std::string_view digits) noexcept {
    const std::size_t first = digits.find_first_not_of('0');
    return first == std::string_view::npos ? std::string_view{} : digits.substr(first);
}

std::string zero_filled(std::string_view digits, std::size_t positions) {
    assert(digits.size() <= positions);
    std::string out(positions - digits.size(), '0');
    out += digits;
    return out;
}

}  // namespace brygga
