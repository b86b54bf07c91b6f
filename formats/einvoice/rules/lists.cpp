#include "formats/einvoice/rules/lists.hpp"

#include "formats/einvoice/text.hpp"

namespace brygga::einvoice {

namespace {

constexpr std::string_view of_list = "a code of the list";

}  // namespace

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
