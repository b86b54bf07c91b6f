// Judgements on the form of a document that every kind of e-invoice has alike. `Facts` knows what the schema says of an element:
// syntax(element), nothing where the schema does not have it there.
#pragma once

#include "formats/einvoice/rules/telling.hpp"
#include "formats/einvoice/syntax.hpp"

namespace brygga::einvoice {

inline void tell_name(complaint& why, element of) {
    why.found = of.local_name();
    why.tells_name = true;
}

template <class Facts>
bool are_in_order(const Facts& document, element here, complaint& why) {
    if (document.syntax(here) == nullptr) return true;
    const syntax_node* last = nullptr;
    for (element at = here.first_child(); at; at = at.next()) {
        const syntax_node* const known = document.syntax(at);
        if (known == nullptr) continue;
        if (last != nullptr && known < last) {
            why.at = at;
            why.expected = "elements in the order of the schema";
            tell_name(why, at);
            return false;
        }
        last = known;
    }
    return true;
}

template <class Facts>
bool has_no_stray_text(const Facts&, element here, complaint& why) {
    why.expected = "elements only";
    why.found = "text beside them";
    return !here.has_stray_text();
}

}  // namespace brygga::einvoice
