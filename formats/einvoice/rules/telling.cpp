#include "formats/einvoice/rules/telling.hpp"

#include <algorithm>

#include "formats/core/date.hpp"
#include "formats/einvoice/decimal.hpp"

namespace brygga::einvoice {

namespace {

constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t longest_code = 20;
constexpr std::size_t fewest_identity_digits = 10;

std::size_t digits_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// Capitals, digits and hyphens, and too few digits for anybody's number.
bool is_code(std::string_view text) {
    return text.size() <= longest_code && digits_in(text) < fewest_identity_digits &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return capitals.find(c) != std::string_view::npos || (c >= '0' && c <= '9') || c == '-'; });
}

// Codes, days and amounts are nobody's where they are such; everything else may be, digits too: a name may have slipped there.
bool is_open(std::string_view name, std::string_view text) {
    constexpr std::size_t day = 10;
    for (const std::string_view number : {"Amount", "Quantity", "Percent", "Numeric", "Rate"})
        if (name.ends_with(number)) return digits_in(text) < longest_code && decimal::parse(text).has_value();
    if (name.ends_with("Date") || name.ends_with("DateTime"))
        return parse_iso_date(text.substr(0, day)) &&
               digits_in(text.substr(std::min(day, text.size()))) < fewest_identity_digits &&
               text.find_first_not_of("0123456789-+:.TZ") == std::string_view::npos;
    if (name.ends_with("Code")) return is_code(text);
    if (name.ends_with("Indicator")) return text == "true" || text == "false" || text == "0" || text == "1";
    return name == "CustomizationID" || name == "ProfileID";
}

bool is_personal(element at, const complaint& why) {
    if (why.tells_name) return false;
    if (why.found.empty() || why.found == at.text()) return !is_open(at.local_name(), at.text());
    const auto attributes = at.attributes();
    const bool is_of_attribute =
        std::any_of(attributes.begin(), attributes.end(), [&](const auto& each) { return each.second == why.found; });
    return is_of_attribute && !is_code(why.found);
}

}  // namespace

std::string quoted_code(std::string_view text) {
    return is_code(text) ? std::string(text) : std::string("that of the document");
}

void teller::tell_fault(const xml::fault& fault) {
    to_.add(0, severity::error, [&] {
        finding out;
        out.where = {lines_.line_of(fault.offset), fault.offset, 0, 0};
        out.found = fault.text;
        out.expected = "a well-formed document";
        return out;
    });
}

void teller::tell(std::size_t rule, severity level, element here, const complaint& why) {
    const element at = why.at ? why.at : here;
    to_.add(rule, level, [&] {
        finding out;
        out.where = {lines_.line_of(at.offset()), at.offset(), 0, 0};
        out.path = at.path();
        out.found = why.found.empty() ? std::string(at.text()) : why.found;
        out.expected = why.expected;
        out.personal = is_personal(at, why);
        return out;
    });
}

}  // namespace brygga::einvoice
