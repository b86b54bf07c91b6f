#include "formats/einvoice/rules/telling.hpp"

namespace brygga::einvoice {

namespace {

// Codes, dates and amounts are nobody's; everything else may be, digits too.
bool may_be_personal(element at) {
    const std::string_view name = at.local_name();
    for (const std::string_view open :
         {"Amount", "Date", "DateTime", "Code", "Quantity", "Percent", "Numeric", "Rate", "Indicator"})
        if (name.ends_with(open)) return false;
    return name != "CustomizationID" && name != "ProfileID";
}

}  // namespace

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
        out.personal = !why.tells_name && may_be_personal(at) && (why.found.empty() || at.text() == why.found);
        return out;
    });
}

}  // namespace brygga::einvoice
