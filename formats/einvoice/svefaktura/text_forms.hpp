// Forms of text that several rules ask for.
#pragma once

#include "formats/einvoice/svefaktura/rule.hpp"

namespace brygga::einvoice::svefaktura {

// Letters, digits and symbols only, as \w of XPath: no blanks, dashes or full stops.
[[nodiscard]] bool is_without_marks(const document_facts& document, element here, complaint& why);
[[nodiscard]] bool is_telephone_number(const document_facts& document, element here, complaint& why);
// Of the ID of a category or scheme.
[[nodiscard]] bool code_has_no_blanks_around(const document_facts& document, element here, complaint& why);

}  // namespace brygga::einvoice::svefaktura
