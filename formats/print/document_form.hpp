// What section 2.4 of print-batch.md asks of manifest and receipt beside being XML: UTF-8 without byte order mark, LF, normalised
// text, no processing instructions. Internal to their readers.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace brygga::print {

struct form_fault {
    std::size_t offset{};
    std::string_view found;  // nothing of the document
    std::string_view expected;
};

// Each kind of fault once. A document that is not well-formed has that fault alone.
[[nodiscard]] std::vector<form_fault> form_faults_of(std::string_view bytes);

// Where a letter stands apart from its accent though Latin-1 has both in one: "a" and U+030A for "å"; npos where none does.
[[nodiscard]] std::size_t decomposed_at(std::string_view utf8) noexcept;

// Whether a moment (xs:dateTime) states its zone.
[[nodiscard]] bool has_zone(std::string_view moment) noexcept;

}  // namespace brygga::print
