// The XML namespaces of a kind of e-invoice: which part of its vocabulary an element belongs to (einvoice.md sections 3.3, 3.4).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace brygga::einvoice {

// Where the schema of an e-invoice declares an element: for the document itself, as an aggregate of others, as a basic component.
enum class vocabulary_part : std::uint8_t { other, root, aggregate, basic, extension };

struct language {
    std::array<std::string_view, 2> documents;  // of roots; the second may be empty
    std::string_view aggregate, basic, extension;

    [[nodiscard]] constexpr vocabulary_part part_of(std::string_view uri) const noexcept {
        if (uri.empty()) return vocabulary_part::other;
        if (uri == basic) return vocabulary_part::basic;
        if (uri == aggregate) return vocabulary_part::aggregate;
        if (uri == extension) return vocabulary_part::extension;
        return uri == documents[0] || uri == documents[1] ? vocabulary_part::root : vocabulary_part::other;
    }
};

inline constexpr std::string_view invoice_namespace = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
inline constexpr std::string_view credit_note_namespace = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";

inline constexpr language ubl_2_1 = {
    {invoice_namespace, credit_note_namespace},
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
};

}  // namespace brygga::einvoice
