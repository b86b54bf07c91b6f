#include "formats/print/code_line/code_line.hpp"

#include <fmt/format.h>

#include "formats/core/bankgiro.hpp"
#include "formats/core/check_digit.hpp"
#include "formats/core/ocr.hpp"
#include "formats/core/plusgiro.hpp"

namespace brygga::print {

namespace {

constexpr std::int64_t ore_per_krona = 100;

bool account_valid(const code_line& line) {
    switch (line.type) {
        case giro::bankgiro:
            return bankgiro_valid(line.account);
        case giro::plusgiro:
            return plusgiro_valid(line.account);
    }
    return false;
}

// Positions 47 to 75.
std::string account_and_type(const code_line& line) {
    return line.type == giro::bankgiro ? fmt::format("{:>25}#41#", line.account) : fmt::format("{:>24} #14#", line.account);
}

}  // namespace

std::string_view name(giro type) noexcept {
    return type == giro::bankgiro ? "bankgiro" : "plusgiro";
}

char amount_check_digit(std::int64_t amount_ore) {
    return modulus_10_digit(fmt::format("{:03}", amount_ore)).value_or('0');
}

result<std::string> write_code_line(const code_line& line, alignment_mark mark) {
    if (line.amount_ore <= 0) return fail(error_code::invalid_argument, "a payment slip is for an amount above zero");
    if (line.amount_ore > max_code_line_ore)
        return fail(error_code::invalid_argument, "a payment slip holds less than 100 000 000 kronor");
    if (ocr::validate(line.reference, {ocr_level::hard, {}}) != ocr_verdict::valid)
        return fail(error_code::invalid_argument, "the reference of a payment slip is no OCR reference");
    if (!account_valid(line))
        return fail(error_code::invalid_argument, fmt::format("the account of a payment slip is no {} number", name(line.type)));
    return fmt::format("{}# {:>25} #{:>8} {:02}   {} >{}    ", mark == alignment_mark::leading_h ? code_line_alignment_mark : "",
                       line.reference, line.amount_ore / ore_per_krona, line.amount_ore % ore_per_krona,
                       amount_check_digit(line.amount_ore), account_and_type(line));
}

}  // namespace brygga::print
