// Judgements on codes, and the elements that are amounts.
#pragma once

#include "formats/einvoice/code_lists.hpp"
#include "formats/einvoice/rules/rule.hpp"

namespace brygga::einvoice {

[[nodiscard]] judgement text_in(list which);
[[nodiscard]] judgement child_in(path child, list which);                                        // where it is there
[[nodiscard]] judgement attribute_in(std::string_view attribute, list which);                    // where it is there
[[nodiscard]] judgement child_attribute_in(path child, std::string_view attribute, list which);  // where it is there

extern const context amounts;  // every element that is one

}  // namespace brygga::einvoice
