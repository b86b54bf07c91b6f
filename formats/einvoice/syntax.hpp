// The elements of a Peppol BIS Billing 3 invoice and credit note, in the order of their schema (einvoice.md section 3.4): what is
// written, what a reader may expect, and what each means by its business term of EN 16931.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "formats/einvoice/names.hpp"

namespace brygga::einvoice {

struct syntax_attribute {
    std::string_view name;  // local
    bool required{};
    std::string_view meaning;
};

struct syntax_node {
    element_name is{};
    bool aggregate{};        // of the cac namespace, or a root; else cbc
    std::uint16_t least{};   // 0 or 1
    std::uint16_t most{};    // 1, 2 or any: 0
    std::string_view terms;  // "BT-1", "BT-29, BT-90"; of a group "BG-4"
    std::string_view meaning;
    std::vector<syntax_attribute> attributes;
    std::vector<syntax_node> children;

    // Nothing when none has this name.
    [[nodiscard]] const syntax_node* child(element_name which) const noexcept;
};

[[nodiscard]] const syntax_node& invoice_syntax();
[[nodiscard]] const syntax_node& credit_note_syntax();
// Of the root element with this name; nothing for any other.
[[nodiscard]] const syntax_node* syntax_of(element_name root) noexcept;

}  // namespace brygga::einvoice
