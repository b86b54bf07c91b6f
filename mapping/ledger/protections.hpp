// Protected personal data (skyddade personuppgifter): since when a customer is protected, who said so, and what of them is sealed
// (protected-identity.md sections 3.1 and 4). Names and addresses of the protected are not in what other calls of the store give:
// find_customer(), each_customer() and find_facility() leave them empty.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/result.hpp"
#include "mapping/ledger/model.hpp"

namespace brygga::ledger {

enum class protection : std::uint8_t {
    none,
    confidential,            // confidentiality marking (sekretessmarkering)
    protected_registration,  // protected population registration (skyddad folkbokföring)
    manual,                  // the customer told us, or a partner signalled it
};
[[nodiscard]] std::string_view name(protection code) noexcept;  // "PROTECTED_REG"
[[nodiscard]] std::optional<protection> parse_protection(std::string_view text) noexcept;

enum class protection_source : std::uint8_t { spar, navet, customer, partner, operator_ };
[[nodiscard]] std::string_view name(protection_source code) noexcept;
[[nodiscard]] std::optional<protection_source> parse_protection_source(std::string_view text) noexcept;

enum class protection_step : std::uint8_t {
    changed,
    checked,   // a register says the same as before
    denied,    // a register says that there is none: the protection stays until two persons lift it (PRO-R07)
    proposed,  // the first of them
};

struct protection_event {
    row_id id{};
    std::string customer_id;
    protection_step step{};
    protection now{};  // from here on; of proposed as it was
    date since{};      // the register's date, or the day of entry
    protection_source source{};
    std::optional<timestamp_ms> checked_at;  // last register answer
    std::int64_t epoch{};                    // raised by the store at every change; queues carry it
    std::string actor, reason;               // of a person, else empty
    timestamp_ms recorded_at{};              // of what is read
};

enum class sealed_kind : std::uint8_t { name, street, town, telephone, email, facility_address, property, identity_number };
[[nodiscard]] std::string_view name(sealed_kind code) noexcept;

// A value that must not leave, of any version of the customer and of each facility that they have or had.
struct sealed_value {
    std::string customer_id;
    sealed_kind kind{};
    std::string text;
};

// A file that holds something of a person.
struct file_about {
    row_id outgoing_id{};
    std::string partner, name;
    timestamp_ms queued_at{};
};

// Part of a transaction: commits and ends with it.
class protection_rows {
 public:
    virtual ~protection_rows() = default;

    // Of a change: the epoch is raised and the customer's flag is that of `now`, both in this transaction (PRO-R05, PRO-R07); for
    // others the epoch stays. not_found where the customer is not there. What a change entails beyond that is
    // mapping/protection's.
    virtual result<void> add_protection_event(protection_event& item) = 0;
    // Of a customer who was flagged and never had one (put_customer adds it): nothing for those who never were protected.
    [[nodiscard]] virtual result<std::optional<protection_event>> newest_protection(std::string_view customer_id) = 0;
    [[nodiscard]] virtual result<std::vector<protection_event>> protection_events(
        std::string_view customer_id) = 0;                                             // oldest first
    [[nodiscard]] virtual result<std::vector<std::string>> protected_customers() = 0;  // by id
    // Those whose last register answer, or flag where there is none, is older (PRO-R17).
    [[nodiscard]] virtual result<std::vector<std::string>> unchecked_since(timestamp_ms time) = 0;

    // Sealed data of all who are protected, or of one. `actor` and `why` are logged (PRO-R15), not whose: a read-only transaction
    // cannot read it.
    virtual result<void> each_sealed(std::string_view actor, std::string_view why,
                                     const std::function<result<void>(const sealed_value&)>& visit) = 0;
    // The name of a protected customer, for the inner envelope; logged likewise. Nothing for others.
    [[nodiscard]] virtual result<std::optional<std::string>> sealed_name(std::string_view customer_id, std::string_view actor,
                                                                         std::string_view why) = 0;
    // Not protected, and at a facility, past or present, of somebody who is (PRO-R09).
    [[nodiscard]] virtual result<bool> is_co_located(std::string_view customer_id) = 0;

    // The file holds something of this customer, as their epoch is now.
    virtual result<void> add_file_person(row_id outgoing_id, std::string_view customer_id) = 0;
    // Customers of the file whose epoch is another by now (PRO-R06).
    [[nodiscard]] virtual result<std::vector<std::string>> changed_since(row_id outgoing_id) = 0;
    // Oldest first (PRO-R16).
    [[nodiscard]] virtual result<std::vector<file_about>> files_about(std::string_view customer_id) = 0;
};

}  // namespace brygga::ledger
