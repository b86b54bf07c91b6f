// The elements of an e-invoice in the order of its schema (einvoice.md sections 3.3 and 3.4): what is written, what a reader may
// expect, and what each means by its business term of EN 16931. Here those of a Peppol BIS Billing 3 invoice and credit note.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "formats/einvoice/language.hpp"
#include "formats/einvoice/names.hpp"

namespace brygga::einvoice {

struct syntax_attribute {
    std::string_view name;  // local
    bool required{};
    std::string_view meaning;
};

struct syntax_node {
    element_name is{};
    vocabulary_part part{};
    std::uint16_t least{};   // 0 or 1
    std::uint16_t most{};    // any: 0
    std::string_view terms;  // "BT-1", "BT-29, BT-90"; of a group "BG-4"
    std::string_view meaning;
    std::vector<syntax_attribute> attributes;
    std::vector<syntax_node> children;

    // Nothing when none has this name.
    [[nodiscard]] const syntax_node* child(element_name which) const noexcept;
};

// An element or attribute of a syntax that is written as a table: parents stand before their children, a root is none of them.
struct syntax_row {
    std::size_t depth{};         // 0: of the root
    std::string_view qualified;  // "cac:Party", "cbc:ID", "ID" of the namespace of the document, "@schemeID"
    std::uint16_t least{}, most{};
    std::string_view terms, meaning;
};
// `currency` and `unit` are the attributes that each amount and each quantity has; the unit may be empty.
[[nodiscard]] syntax_node syntax_from(element_name root, std::string_view meaning, std::span<const syntax_row> rows,
                                      const syntax_attribute& currency, const syntax_attribute& unit);

[[nodiscard]] const syntax_node& invoice_syntax();
[[nodiscard]] const syntax_node& credit_note_syntax();
// Of Peppol, of the root element with this name; nothing for any other.
[[nodiscard]] const syntax_node* syntax_of(element_name root) noexcept;

}  // namespace brygga::einvoice
