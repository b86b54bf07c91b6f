#include "formats/print/address/postcode.hpp"

#include "formats/core/check_digit.hpp"

namespace brygga::print {

std::optional<std::string> swedish_postcode(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    for (const std::string_view prefix : {"SE-", "S-"})
        if (text.starts_with(prefix)) {
            text.remove_prefix(prefix.size());
            break;
        }
    std::string digits(text);
    if (digits.size() == 6 && digits[3] == ' ') digits.erase(3, 1);
    if (digits.size() != 5 || !all_digits(digits) || digits.front() == '0') return std::nullopt;
    return digits.insert(3, " ");
}

}  // namespace brygga::print
