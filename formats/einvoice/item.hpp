// An element that is made: what invoices are written from. Children take the places that the schema gives them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "formats/einvoice/syntax.hpp"
#include "formats/einvoice/tree.hpp"

namespace brygga::einvoice {

struct item {
    element_name is{};
    vocabulary_part part = vocabulary_part::root;
    std::string text;                                             // UTF-8; of an element without children
    std::vector<std::pair<std::string, std::string>> attributes;  // in the order of the document
    std::vector<item> children;

    // The first child of this name, or a new one in its place: behind all that come no later in the schema.
    item& child(const syntax_node& syntax, element_name which);
    // Another one, behind those of its name.
    item& add(const syntax_node& syntax, element_name which);
    void set(std::string_view attribute, std::string_view value);
};

// All that the vocabulary knows of an element; what it does not know is left out.
[[nodiscard]] item item_of(element from);

// UTF-8 with an XML declaration, an element to a line, indented by two blanks.
[[nodiscard]] std::string written(const item& root, const language& in = ubl_2_1);

}  // namespace brygga::einvoice
