#include "mapping/ledger/json/schema_text.hpp"

namespace brygga::ledger {

namespace {

constexpr std::array<std::string_view, 8> type_names = {"customer",     "facility", "invoice", "credit_note",
                                                        "registration", "run",      "receipt", "facility_event"};

}  // namespace

std::string_view name(record_type type) noexcept {
    return type_names[static_cast<std::size_t>(type)];
}

std::optional<record_type> parse_record_type(std::string_view text) noexcept {
    for (const record_type type : all_record_types)
        if (name(type) == text) return type;
    return std::nullopt;
}

}  // namespace brygga::ledger
