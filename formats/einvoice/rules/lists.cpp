#include "formats/einvoice/rules/lists.hpp"

#include <cctype>

namespace brygga::einvoice {

namespace {

constexpr std::string_view of_list = "a code of the list";

}  // namespace

std::string_view without_blanks(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

judgement text_in(list which) {
    return [which](const document_facts&, element here, complaint& why) {
        why.expected = of_list;
        return code_list(which).contains(here.text());
    };
}

judgement child_in(path child, list which) {
    return [=](const document_facts&, element here, complaint& why) {
        why.at = child.first(here);
        why.expected = of_list;
        return !why.at || code_list(which).contains(why.at.text());
    };
}

judgement attribute_in(std::string_view attribute, list which) {
    return [=](const document_facts&, element here, complaint& why) {
        const auto found = here.attribute(attribute);
        why.expected = of_list;
        why.found = found.value_or("");
        return !found || code_list(which).contains(without_blanks(*found));
    };
}

judgement child_attribute_in(path child, std::string_view attribute, list which) {
    return [=](const document_facts&, element here, complaint& why) {
        why.at = child.first(here);
        const auto found = why.at.attribute(attribute);
        why.expected = of_list;
        why.found = found.value_or("");
        return !found || code_list(which).contains(without_blanks(*found));
    };
}

std::string in_capitals(std::string_view ascii) {
    std::string out(ascii);
    for (char& c : out)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

const context amounts = {"Amount"_el,
                         "BaseAmount"_el,
                         "PriceAmount"_el,
                         "TaxAmount"_el,
                         "TaxableAmount"_el,
                         "LineExtensionAmount"_el,
                         "TaxExclusiveAmount"_el,
                         "TaxInclusiveAmount"_el,
                         "AllowanceTotalAmount"_el,
                         "ChargeTotalAmount"_el,
                         "PrepaidAmount"_el,
                         "PayableRoundingAmount"_el,
                         "PayableAmount"_el};

}  // namespace brygga::einvoice
