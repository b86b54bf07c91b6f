#include "formats/core/bic.hpp"

#include <algorithm>

#include "formats/core/digits.hpp"

namespace brygga {

namespace {

constexpr std::size_t without_branch = 8;
constexpr std::size_t with_branch = 11;

bool is_capital(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

bool is_capital_or_digit(char c) noexcept {
    return is_capital(c) || (c >= '0' && c <= '9');
}

}  // namespace

std::optional<std::string> parse_bic(std::string_view utf8) {
    std::string code = without_blanks(utf8);
    for (char& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (code.size() != without_branch && code.size() != with_branch) return std::nullopt;
    if (!std::all_of(code.begin(), code.end(), is_capital_or_digit) || !is_capital(code[4]) || !is_capital(code[5]))
        return std::nullopt;
    if (code.size() == with_branch && code.ends_with("XXX")) code.resize(without_branch);
    return code;
}

}  // namespace brygga
