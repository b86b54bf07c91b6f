// Makes invoices and credit notes of Peppol from a seed, right ones and such as break one rule. Internal to the format.
#pragma once

#include "formats/einvoice/faults.hpp"
#include "formats/format.hpp"

namespace brygga::einvoice::peppol {

[[nodiscard]] std::span<const std::string_view> generated_kinds() noexcept;  // the first where none is asked for

// So many lines; a document with a fault has ten.
[[nodiscard]] result<std::string> generated(const generate_settings& what);

// What a document of this seed and day can be given.
[[nodiscard]] result<fault_table> faults(std::uint64_t seed, date day);

}  // namespace brygga::einvoice::peppol
