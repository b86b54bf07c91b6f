#include "formats/layout/language/ledger_names.hpp"

#include <array>

namespace brygga::layout::language {

namespace {

using enum ledger_kind;

constexpr bool required = true;

constexpr std::array customer{
    ledger_name{"customer_id", text, required},
    ledger_name{"name", text},
    ledger_name{"identity_number", text},
    ledger_name{"category", text, required},
    ledger_name{"street", text},
    ledger_name{"postcode", text},
    ledger_name{"town", text},
    ledger_name{"country_code", text},
    ledger_name{"telephone", text},
    ledger_name{"email", text},
    ledger_name{"branch_code", text},
    ledger_name{"foreign", flag},
    ledger_name{"estate", flag},
    ledger_name{"protected_identity", flag},
};
constexpr std::array facility{
    ledger_name{"facility_id", text, required}, ledger_name{"customer_id", text, required},
    ledger_name{"utility", text, required},     ledger_name{"gsrn", text},
    ledger_name{"property_designation", text},  ledger_name{"supply_address", text},
};
constexpr std::array invoice{
    ledger_name{"number", text, required},
    ledger_name{"customer_id", text, required},
    ledger_name{"reference", text},
    ledger_name{"issue_date", day, required},
    ledger_name{"due_date", day, required},
    ledger_name{"currency", text},
    ledger_name{"total_ore", amount, required},
    ledger_name{"rounding_ore", amount},
    ledger_name{"lines.utility", text},
    ledger_name{"lines.supply_point", text, required},
    ledger_name{"lines.text", text},
    ledger_name{"lines.amount_ore", amount, required},
};
constexpr std::array credit_note{
    ledger_name{"number", text, required},
    ledger_name{"customer_id", text, required},
    ledger_name{"reference", text},
    ledger_name{"invoice_number", text, required},
    ledger_name{"utility", text},
    ledger_name{"supply_point", text, required},
    ledger_name{"issue_date", day, required},
    ledger_name{"currency", text},
    ledger_name{"amount_ore", amount, required},
    ledger_name{"settlement", text},
};
constexpr std::array registration{
    ledger_name{"kind", text, required}, ledger_name{"sender", text},          ledger_name{"receiver", text, required},
    ledger_name{"customer_id", text},    ledger_name{"identity_number", text}, ledger_name{"day", day},
    ledger_name{"needs_a_person", flag},
};

constexpr std::array receipt{
    ledger_name{"number", text, required},
    ledger_name{"channel", text, required},
    ledger_name{"outcome", text, required},
    ledger_name{"code", text},
    ledger_name{"text", text},
    ledger_name{"day", day},
    ledger_name{"document", text},
};

constexpr std::array facility_event{
    ledger_name{"facility_id", text, required},
    ledger_name{"event", text, required},
    ledger_name{"day", day, required},
};

}  // namespace

std::span<const ledger_name> ledger_names(std::string_view type) noexcept {
    if (type == "customer") return customer;
    if (type == "facility") return facility;
    if (type == "invoice") return invoice;
    if (type == "credit_note") return credit_note;
    if (type == "registration") return registration;
    if (type == "receipt") return receipt;
    if (type == "facility_event") return facility_event;
    return {};
}

}  // namespace brygga::layout::language
