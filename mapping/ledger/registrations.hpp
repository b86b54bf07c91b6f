// Registrations of consumers who want their invoices in an internet bank, and their cancellations (anmälan, avanmälan;
// einvoice.md section 3.2). Rows are never changed: what became of a registration is its newest event. The latest decides where a
// customer's invoices go.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

// What a person must see to: a registration that fits no customer, or several.
inline constexpr std::string_view registration_to_match = "einvoice-registration-to-match";

enum class registration_kind : std::uint8_t {
    registered,
    from_payment,  // derived from a payment
    cancelled,
    autogiro,  // asks for a direct debit: for a person to see to
};
[[nodiscard]] std::string_view name(registration_kind kind) noexcept;
[[nodiscard]] std::optional<registration_kind> parse_registration_kind(std::string_view text) noexcept;

enum class registration_state : std::uint8_t {
    matched,  // of one customer; a cancellation: of its FMI
    waiting,  // fits none or several: for a person to decide
    ignored,  // a person has set it aside
};
[[nodiscard]] std::string_view name(registration_state state) noexcept;

struct registration {
    row_id id{};
    std::string key;  // the same again is the same registration
    registration_kind kind{};
    std::string sender;           // FUI; empty where not told
    std::string receiver;         // FMI
    std::string customer_number;  // that the consumer stated; may be empty
    date day{};                   // from which it holds
    std::string fields;           // what else the consumer stated, as JSON
    row_id source_id{};           // the file that brought it; 0: imported by hand
};

struct registration_event {
    registration_state state{};
    std::string customer_id;    // of a matched one
    std::string actor, reason;  // of a person, else empty
    timestamp_ms recorded_at{};
};

struct registration_item {
    registration row;
    registration_event newest;
};

// Part of a transaction: commits and ends with it.
class registration_rows {
 public:
    virtual ~registration_rows() = default;

    // A key that is there gives its id, and changes nothing: false then.
    virtual result<bool> add_registration(registration& item, const registration_event& first) = 0;
    virtual result<void> add_registration_event(row_id registration_id, const registration_event& item) = 0;
    [[nodiscard]] virtual result<std::optional<registration_item>> registration_with_id(row_id id) = 0;
    // By day, then as they came.
    [[nodiscard]] virtual result<std::vector<registration_item>> registrations_of_customer(std::string_view customer_id) = 0;
    [[nodiscard]] virtual result<std::vector<registration_item>> registrations_of_receiver(std::string_view receiver) = 0;
    [[nodiscard]] virtual result<std::vector<registration_item>> registrations_in_state(registration_state state,
                                                                                        std::size_t limit) = 0;  // oldest first
    [[nodiscard]] virtual result<std::vector<registration_event>> registration_events(row_id registration_id) = 0;
};

// The FMI that a customer's invoices go to on this day; nothing where none is registered. `of_customer` as
// registration_history() gives them, cancellations of the FMIs with them.
[[nodiscard]] std::optional<std::string> active_receiver(std::span<const registration_item> of_customer, date day);

}  // namespace brygga::ledger
