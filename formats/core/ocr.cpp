#include "formats/core/ocr.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"

namespace brygga {

std::string_view name(ocr_level level) noexcept {
    switch (level) {
        case ocr_level::none:
            return "none";
        case ocr_level::soft:
            return "OCR 1";
        case ocr_level::hard:
            return "OCR 2";
        case ocr_level::variable_length:
            return "OCR 3";
        case ocr_level::fixed_length:
            return "OCR 4";
    }
    return "unknown";
}

std::string_view name(ocr_verdict verdict) noexcept {
    switch (verdict) {
        case ocr_verdict::valid:
            return "valid";
        case ocr_verdict::not_digits:
            return "digits only";
        case ocr_verdict::too_short:
            return "more digits";
        case ocr_verdict::too_long:
            return "at most 25 digits";
        case ocr_verdict::all_zeros:
            return "a digit other than zero";
        case ocr_verdict::check_digit:
            return "the modulus-10 check digit last";
        case ocr_verdict::length_digit:
            return "the last digit of the length before the check digit";
        case ocr_verdict::not_agreed:
            return "an agreed length";
    }
    return "unknown";
}

namespace ocr {

namespace {

char length_digit(std::size_t total_digits) noexcept {
    return static_cast<char>('0' + total_digits % 10);
}

std::size_t least_digits(ocr_level level) noexcept {
    return level == ocr_level::variable_length ? min_ocr_digits_level_3 : min_ocr_digits;
}

// Everything but the agreed lengths.
ocr_verdict validate_digits(std::string_view text, ocr_level level) noexcept {
    if (level == ocr_level::none) return ocr_verdict::valid;
    if (!all_digits(text)) return ocr_verdict::not_digits;
    if (text.size() < least_digits(level)) return ocr_verdict::too_short;
    if (text.size() > max_ocr_digits) return ocr_verdict::too_long;
    if (all_zeros(text)) return ocr_verdict::all_zeros;
    if (!modulus_10_valid(text)) return ocr_verdict::check_digit;
    if (level == ocr_level::variable_length && text[text.size() - 2] != length_digit(text.size()))
        return ocr_verdict::length_digit;
    return ocr_verdict::valid;
}

std::size_t appended_digits(ocr_level level) noexcept {
    switch (level) {
        case ocr_level::none:
            return 0;
        case ocr_level::soft:
        case ocr_level::hard:
        case ocr_level::fixed_length:
            return 1;
        case ocr_level::variable_length:
            return 2;
    }
    return 0;
}

struct digit_run {
    std::size_t offset;
    std::size_t size;
};

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

std::vector<digit_run> digit_runs(std::string_view text) {
    std::vector<digit_run> runs;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at]))
            ++at;
        runs.push_back({begin, at - begin});
    }
    return runs;
}

bool joinable(std::string_view text, const digit_run& left, const digit_run& right) noexcept {
    const std::size_t end = left.offset + left.size;
    const std::string_view between = text.substr(end, right.offset - end);
    return between == " " || between == "-" || between == "\xC2\xA0";
}

bool passes(std::string_view digits, const ocr_agreement& agreement) noexcept {
    if (digits.size() < min_ocr_digits || digits.size() > max_ocr_digits || all_zeros(digits)) return false;
    return validate(digits, agreement) == ocr_verdict::valid;
}

// The chains that begin with runs[first]; at most max_ocr_digits runs long, since each run has a digit.
void add_joined(std::string_view text, const std::vector<digit_run>& runs, std::size_t first, const ocr_agreement& agreement,
                std::vector<candidate>& found) {
    std::string digits(text.substr(runs[first].offset, std::min(runs[first].size, max_ocr_digits + 1)));
    for (std::size_t next = first + 1; next < runs.size() && joinable(text, runs[next - 1], runs[next]); ++next) {
        if (digits.size() + runs[next].size > max_ocr_digits) return;
        digits += text.substr(runs[next].offset, runs[next].size);
        const std::size_t size = runs[next].offset + runs[next].size - runs[first].offset;
        if (passes(digits, agreement)) found.push_back({digits, runs[first].offset, size, true});
    }
}

}  // namespace

ocr_verdict validate(std::string_view text, const ocr_agreement& agreement) noexcept {
    const ocr_verdict verdict = validate_digits(text, agreement.level);
    if (verdict != ocr_verdict::valid || agreement.level != ocr_level::fixed_length) return verdict;
    const bool agreed = std::find(agreement.lengths.begin(), agreement.lengths.end(), text.size()) != agreement.lengths.end();
    return agreed ? ocr_verdict::valid : ocr_verdict::not_agreed;
}

result<std::string> build(std::string_view number, ocr_level level) {
    if (!all_digits(number)) return fail(error_code::invalid_argument, "an OCR reference is built from digits only");
    if (all_zeros(number)) return fail(error_code::invalid_argument, "an OCR reference is not built from zeros");
    if (number.size() + appended_digits(level) > max_ocr_digits) {
        return fail(error_code::invalid_argument, fmt::format("an OCR reference of level {} is built from at most {} digits",
                                                              name(level), max_ocr_digits - appended_digits(level)));
    }
    std::string reference(number);
    if (level == ocr_level::none) return reference;
    if (level == ocr_level::variable_length) reference += length_digit(number.size() + 2);
    reference += *modulus_10_digit(reference);
    return reference;
}

std::optional<std::string> number_of(std::string_view reference, ocr_level level) {
    if (validate_digits(reference, level) != ocr_verdict::valid) return std::nullopt;
    return std::string(reference.substr(0, reference.size() - appended_digits(level)));
}

std::vector<candidate> find_all(std::string_view utf8, const ocr_agreement& agreement) {
    const std::vector<digit_run> runs = digit_runs(utf8);
    std::vector<candidate> found;
    for (const digit_run& run : runs) {
        const std::string_view digits = utf8.substr(run.offset, run.size);
        if (passes(digits, agreement)) found.push_back({std::string(digits), run.offset, run.size, false});
    }
    for (std::size_t first = 0; first < runs.size(); ++first)
        add_joined(utf8, runs, first, agreement, found);
    return found;
}

}  // namespace ocr

}  // namespace brygga
