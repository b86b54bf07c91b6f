#include "formats/print/code_line/check.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "formats/core/bankgiro.hpp"
#include "formats/core/money.hpp"
#include "formats/core/plusgiro.hpp"
#include "formats/print/code_line/grammar.hpp"

namespace brygga::print {

namespace {

constexpr std::uint16_t index_of(code_line_rule rule) {
    return static_cast<std::uint16_t>(rule);
}

constexpr std::array rules{
    rule_info{index_of(code_line_rule::layout), "OCRL-R01", "error", "A code line has 79 characters, its marks and its blanks.",
              "Correct the program that makes the line."},
    rule_info{index_of(code_line_rule::reference), "OCRL-R02", "error",
              "The reference passes the checks agreed with the bank and is the document's.",
              "Correct the reference of the document."},
    rule_info{index_of(code_line_rule::amount_digit), "OCRL-R03", "error", "The check digit of the amount is right.",
              "Correct the program that makes the line."},
    rule_info{index_of(code_line_rule::account), "OCRL-R04", "error", "The giro number passes modulus 10 and is the document's.",
              "Correct the giro number of the company."},
    rule_info{index_of(code_line_rule::amount), "OCRL-R05", "error", "The amount is the document's.",
              "Correct the program that makes the line."},
    rule_info{index_of(code_line_rule::not_in_page), "OCRL-R06", "error", "The first page of the letter holds the code line.",
              "Make the letter again."},
    rule_info{index_of(code_line_rule::typeface), "OCRL-R07", "warning",
              "The line is printed in OCR-B, ten characters to the inch.",
              "Correct the letter's template, and let the bank look at a printed sample."},
};
static_assert(in_order(rules));

constexpr std::size_t type_position = 72, reference_end = 27, amount_position = 30, amount_digit_position = 44;

// Fields are right-aligned: where one begins depends on its digits.
constexpr std::size_t begins(std::size_t last, std::size_t digits) {
    return last - digits + 1;
}

std::string expected_reference(ocr_verdict verdict) {
    return verdict == ocr_verdict::valid ? "the reference of the document" : std::string(name(verdict));
}

void check_reference(const code_line& line, const code_line_demands& demands, std::vector<code_line_finding>& into) {
    ocr_agreement agreement = demands.agreement;
    if (agreement.level == ocr_level::none) agreement.level = ocr_level::hard;
    const ocr_verdict verdict = ocr::validate(line.reference, agreement);
    if (verdict == ocr_verdict::valid && line.reference == demands.payment.reference) return;
    into.push_back({code_line_rule::reference, begins(reference_end, line.reference.size()), masked(line.reference),
                    expected_reference(verdict)});
}

void check_account(const code_line& line, const code_line_demands& demands, std::vector<code_line_finding>& into) {
    const bool valid = line.type == giro::bankgiro ? bankgiro_valid(line.account) : plusgiro_valid(line.account);
    if (valid && line.account == demands.payment.account) return;
    const std::size_t last = line.type == giro::bankgiro ? type_position - 1 : type_position - 2;
    into.push_back(
        {code_line_rule::account, begins(last, line.account.size()), masked(line.account),
         valid ? "the giro number of the document" : fmt::format("a {} number that passes modulus 10", name(line.type))});
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

std::string without_spaces(std::string_view utf8) {
    constexpr std::string_view no_break_blank = "\xC2\xA0";
    std::string kept;
    while (!utf8.empty()) {
        if (utf8.starts_with(no_break_blank)) {
            utf8.remove_prefix(no_break_blank.size());
            continue;
        }
        if (!is_blank(utf8.front())) kept += utf8.front();
        utf8.remove_prefix(1);
    }
    return kept;
}

bool is_subset_tag(std::string_view text) {
    return text.size() == 7 && text.back() == '+' &&
           std::all_of(text.begin(), text.end() - 1, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "OCRB", "OCR-B", "OcrB10PitchBT", "ABCDEF+OCR B"
bool is_ocr_b(std::string_view font_name) {
    if (is_subset_tag(font_name.substr(0, 7))) font_name.remove_prefix(7);
    std::string letters;
    for (const char c : font_name) {
        if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
        if (c >= 'a' && c <= 'z') letters += c;
    }
    return letters.starts_with("ocrb");
}

}  // namespace

std::span<const rule_info> code_line_rules() noexcept {
    return rules;
}

std::vector<code_line_finding> check_code_line(std::string_view line, const code_line_demands& demands) {
    const auto read = read_code_line(line, demands.mark);
    if (!read) {
        const std::size_t skipped = demands.mark == alignment_mark::leading_h && line.starts_with(code_line_alignment_mark)
                                        ? code_line_alignment_mark.size()
                                        : 0;
        const std::size_t at = read.error().position - 1 + skipped;
        // One character tells nothing of a person.
        return {{code_line_rule::layout, read.error().position, std::string(line.substr(std::min(at, line.size()), 1)),
                 read.error().expected}};
    }
    std::vector<code_line_finding> found;
    if (read->line.type != demands.payment.type)
        found.push_back({code_line_rule::layout, type_position, std::string(read->line.type == giro::bankgiro ? "#41#" : "#14#"),
                         std::string(demands.payment.type == giro::bankgiro ? "#41#" : "#14#")});
    check_reference(read->line, demands, found);
    if (const char digit = amount_check_digit(read->line.amount_ore); digit != read->amount_digit)
        found.push_back(
            {code_line_rule::amount_digit, amount_digit_position, std::string(1, read->amount_digit), std::string(1, digit)});
    check_account(read->line, demands, found);
    if (read->line.amount_ore != demands.payment.amount_ore)
        found.push_back({code_line_rule::amount, amount_position, format_decimal_amount(read->line.amount_ore),
                         format_decimal_amount(demands.payment.amount_ore)});
    return found;
}

bool is_in_text(std::string_view line, std::string_view page_text) {
    const std::string wanted = without_spaces(line);
    return !wanted.empty() && without_spaces(page_text).find(wanted) != std::string::npos;
}

std::vector<code_line_finding> check_code_line_print(std::string_view font_name, std::int64_t advance_mpt) {
    std::vector<code_line_finding> found;
    if (!is_ocr_b(font_name)) found.push_back({code_line_rule::typeface, 0, std::string(font_name), "OCR-B"});
    if (advance_mpt < code_line_pitch_mpt - code_line_pitch_tolerance_mpt ||
        advance_mpt > code_line_pitch_mpt + code_line_pitch_tolerance_mpt)
        found.push_back({code_line_rule::typeface, 0, fmt::format("{} thousandths of a point", advance_mpt),
                         fmt::format("{} thousandths of a point, 1 % more or less", code_line_pitch_mpt)});
    return found;
}

}  // namespace brygga::print
