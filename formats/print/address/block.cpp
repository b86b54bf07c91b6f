#include "formats/print/address/block.hpp"

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/core/small_letters.hpp"
#include "formats/core/text.hpp"
#include "formats/print/address/countries.hpp"
#include "formats/print/address/postcode.hpp"

namespace brygga::print {

namespace {

void add(std::string text, std::vector<std::string>& into) {
    if (!text.empty()) into.push_back(std::move(text));
}

// The text behind a prefix that may already be there: "c/o Bo Prov", "C/O Bo Prov", "Bo Prov".
std::string prefixed(std::string_view prefix, std::string_view text) {
    const std::string plain = without_extra_blanks(text);
    if (plain.empty()) return {};
    const std::string small = in_small_letters(plain);
    if (!small.starts_with(in_small_letters(prefix))) return fmt::format("{} {}", prefix, plain);
    return fmt::format("{} {}", prefix, without_extra_blanks(std::string_view(plain).substr(prefix.size())));
}

std::string joined(std::string_view first, std::string_view second) {
    return without_extra_blanks(fmt::format("{} {}", first, second));
}

// The supplement on the line of the street, or above it where that would be too long.
void add_delivery(const address_parts& parts, const address_limits& limits, address_block& into) {
    const std::string box = without_extra_blanks(parts.box), street = without_extra_blanks(parts.street);
    if (!box.empty()) {
        into.street_left_out = !street.empty();
        add(all_digits(box) ? fmt::format("Box {}", box) : box, into.lines);
        return;
    }
    const std::string supplement = without_extra_blanks(parts.supplement);
    const std::string both = joined(street, supplement);
    if (!street.empty() && count_code_points(both) > limits.line_characters) {
        add(supplement, into.lines);
        add(street, into.lines);
    } else {
        add(both, into.lines);
    }
}

void add_town(const address_parts& parts, const country& to, std::vector<std::string>& into) {
    const std::string postcode = without_extra_blanks(parts.postcode), town = without_extra_blanks(parts.town);
    if (to.code == sweden) return add(joined(swedish_postcode(postcode).value_or(postcode), town), into);
    switch (to.postcode) {
        case postcode_place::before_town:
            add(joined(postcode, town), into);
            break;
        case postcode_place::town_first:
            add(joined(town, postcode), into);
            break;
        case postcode_place::postcode_below:
            add(town, into);
            add(postcode, into);
            break;
    }
    add(std::string(to.swedish), into);
}

}  // namespace

std::string without_extra_blanks(std::string_view utf8) {
    constexpr std::string_view no_break_blank = "\xC2\xA0";
    std::string kept;
    bool blank = false;
    while (!utf8.empty()) {
        const bool wide = utf8.starts_with(no_break_blank);
        if (wide || utf8.front() == ' ' || utf8.front() == '\t' || utf8.front() == '\n' || utf8.front() == '\r') {
            blank = true;
            utf8.remove_prefix(wide ? no_break_blank.size() : 1);
            continue;
        }
        if (blank && !kept.empty()) kept += ' ';
        blank = false;
        kept += utf8.front();
        utf8.remove_prefix(1);
    }
    return kept;
}

result<address_block> address_lines(const address_parts& parts, const address_limits& limits) {
    const country* const to = find_country(parts.country);
    if (to == nullptr) return fail(error_code::invalid_argument, "the country of an address is not in ISO 3166-1");
    address_block made;
    made.country = to->code;
    add(without_extra_blanks(parts.name), made.lines);
    add(without_extra_blanks(parts.department), made.lines);
    add(prefixed("Att:", parts.attention), made.lines);
    add(prefixed("c/o", parts.care_of), made.lines);
    add_delivery(parts, limits, made);
    add_town(parts, *to, made.lines);
    return made;
}

}  // namespace brygga::print
