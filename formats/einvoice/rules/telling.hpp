// How a rule that does not hold is told: as a finding at the element, marked where what it quotes may be somebody's.
#pragma once

#include <string>
#include <string_view>

#include "formats/core/finding.hpp"
#include "formats/einvoice/tree.hpp"
#include "formats/xml/line_counter.hpp"

namespace brygga::einvoice {

// What is told of a rule that does not hold.
struct complaint {
    element at;               // nothing: the element that the rule is on
    std::string expected;     // what would have been right
    std::string found;        // nothing: the text of `at`
    bool tells_name = false;  // `found` is the name of an element, and nobody's data
};

// A code of the document that `expected` names; where it is none it may be anything, and is not repeated.
[[nodiscard]] std::string quoted_code(std::string_view text);

// The help of every rule on a document that came from somewhere else.
inline constexpr std::string_view help_of_rules = "Correct it in the system that makes the invoice.";

class teller {
 public:
    // `bytes` are those of the document, and must outlive the teller, as `to`.
    teller(std::string_view bytes, finding_list& to) : lines_(bytes), to_(to) {}

    // By the first rule: what follows the fault is missing, and the others speak of what was read.
    void tell_fault(const xml::fault& fault);
    void tell(std::size_t rule, severity level, element here, const complaint& why);

 private:
    xml::line_counter lines_;
    finding_list& to_;
};

}  // namespace brygga::einvoice
