// A receipt as values (print-batch.md 3.3): what stands where, once for reading, writing, showing, comparing, masking and JSON.
// Texts are views of the document, valid as xml::value says; records.hpp has them as values of our own.
#pragma once

#include <cstdint>
#include <string_view>

#include "formats/xml/table.hpp"

namespace brygga::print::receipt::layout {

using xml::value;

inline constexpr std::string_view namespace_uri = "urn:x-cpb:receipt:1";
inline constexpr std::string_view root_name = "BatchReceipt";

struct refusal {
    value rule, text;
    void clear() { *this = {}; }
};

struct document {
    value id, status, at, channel, reason, provider_ref, pages, sheets;
    void clear() { *this = {}; }
};

struct totals {
    value documents, delivered, posted, failed, pages, sheets;
    void clear() { *this = {}; }
};

struct root {
    value version, batch_id, number, created_at, type, digest, is_final;
    xml::list<refusal> errors;
    layout::document document;
    layout::totals totals;
};

// What xml::listener is told.
inline constexpr std::uint16_t document_level = 0;

[[nodiscard]] const xml::table& root_table();
[[nodiscard]] const xml::table& document_table();

}  // namespace brygga::print::receipt::layout
