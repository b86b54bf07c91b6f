// The published JSON Schemas of the canonical types, as the program carries them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace brygga::ledger {

// The value of the member "type" of a line.
enum class record_type : std::uint8_t { customer, facility, invoice, credit_note, registration, run, receipt, facility_event };
inline constexpr std::array all_record_types = {record_type::customer,    record_type::facility,      record_type::invoice,
                                                record_type::credit_note, record_type::registration,  record_type::run,
                                                record_type::receipt,     record_type::facility_event};

[[nodiscard]] std::string_view name(record_type type) noexcept;
[[nodiscard]] std::optional<record_type> parse_record_type(std::string_view text) noexcept;

// The text of mapping/ledger/schema/TYPE.schema.json.
[[nodiscard]] std::string_view schema_text(record_type type) noexcept;

}  // namespace brygga::ledger
